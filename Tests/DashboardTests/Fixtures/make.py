#!/usr/bin/env python3
"""Writes the event files that the golden screens are drawn from: seven calls on a server that started at 13:40:02, up to
14:03:27, and one whose words are out to trick a terminal. Run it here after changing it, then record the screens anew."""
import json
import random

START = 13 * 3600 + 40 * 60 + 2


def at(clock):
    h, m, s = clock.split(":")
    return (int(h) * 3600 + int(m) * 60 + float(s) - START) * 1000


class Stream:
    def __init__(self):
        self.events = []

    def add(self, t, kind, session=None, turn=None, words=None, cause=None, **fields):
        event = {"at": round(t, 3), "kind": kind}
        if session:
            event["session"] = session
        if turn:
            event["turn"] = turn
        event["_cause"] = cause
        if fields:
            event["fields"] = {k.rstrip("_"): v for k, v in fields.items()}
        if words is not None:
            event["words"] = words
        self.events.append(event)
        return event

    def write(self, name, until):
        events = sorted((e for e in self.events if e["at"] <= until), key=lambda e: e["at"])
        for number, event in enumerate(events, 1):
            event["seq"] = number
        with open(name, "w") as file:
            for event in events:
                cause = event.pop("_cause")
                if cause is not None and "seq" in cause and cause["seq"] < event["seq"]:
                    event["cause"] = cause["seq"]
                order = ["seq", "at", "kind", "session", "turn", "cause", "fields", "words"]
                file.write(json.dumps({k: event[k] for k in order if k in event}, ensure_ascii=True,
                                      separators=(",", ":")) + "\n")


OWNERS = {"endpointing": "silence_ms 300", "transcription": "deepgram", "inference": "openai", "segmentation": "host",
          "synthesis": "elevenlabs", "playout": "host"}


class Call:
    """One caller. Times are in ms since the server started."""

    def __init__(self, stream, session, start, peer="127.0.0.1:51234", tts="elevenlabs"):
        self.s, self.id, self.turn, self.request = stream, session, 0, 0
        self.owners = dict(OWNERS, synthesis=tts)
        self.tts = tts
        self.start = start
        self.add(start, "session.started", peer=peer, stt="deepgram", llm="openai", tts=tts, memory="window")

    def add(self, t, kind, **more):
        return self.s.add(t, kind, session=self.id, **more)

    def hear(self, t, words, length):
        """The caller speaks; interim results come every 300 ms."""
        first = self.add(t, "speech.started", position_ms=round(t - self.start))
        parts = words.split()
        for n in range(1, len(parts) + 1, 2):
            self.add(t + length * n / len(parts) + 120, "transcript.interim", words=" ".join(parts[:n]))
        return first

    def say(self, t, user, reply, parts, length=None, cut=None, audio=None, retries=(), stop=None):
        """One turn; t is when the caller stops. Answers when the reply's audio ends."""
        length = length or 280 * len(user.split())
        self.hear(t - length, user, length)
        self.turn += 1
        n = self.turn
        self.add(t + 40, "speech.stopped", position_ms=round(t - self.start), length_ms=round(length))
        e, r, i, g, y, p = parts
        self.add(t + e + r - 1, "transcript.final", words=user)
        begun = self.add(t + e + r, "turn.started", turn=n, words=user)
        self.request += 1
        asked = self.add(t + e + r + 1, "request.started", turn=n, slot="llm", provider="openai",
                         request=self.request, cause=begun)
        for attempt, when, slot, provider, reason, delay in retries:
            self.add(when, "request.retrying", turn=n, slot=slot, provider=provider, request=self.request,
                     attempt=attempt, of=4, delay_ms=delay, reason=reason, cause=asked)
        if stop == "llm":
            return None
        first = t + e + r + i
        answered = self.add(first, "request.answered", turn=n, slot="llm", provider="openai", request=self.request,
                            ms=i, cause=asked)
        out = first + g
        for k, sentence in enumerate(reply, 1):
            spoken = self.add(out + (k - 1) * 400, "sentence.ready", turn=n, words=sentence, sentence=k, cause=answered)
            if k == 1:
                self.add(out + 1, "request.started", turn=n, slot="tts", provider=self.tts, request=self.request + 500,
                         cause=spoken)
        if stop == "tts":
            return None
        self.add(out + y, "request.answered", turn=n, slot="tts", provider=self.tts, request=self.request + 500, ms=y)
        heard_at = out + y + p
        started = self.add(heard_at, "reply.started", turn=n, sample_rate=24000, cause=answered)
        names = list(OWNERS)
        fields = {"total_ms": sum(parts)}
        fields.update({f"{name}_ms": ms for name, ms in zip(names, parts)})
        fields.update({f"{name}_owner": self.owners[name] for name in names})
        self.add(heard_at + 1, "turn.timed", turn=n, cause=started, **fields)
        words = " ".join(reply).split()
        audio = audio or 330 * len(words)
        if cut:
            heard, onset, rule = cut
            when = heard_at + audio * heard / len(words)
            suspected = self.add(when - onset, "bargein.suspected", turn=n, rule="voice",
                                 position_ms=round(when - self.start))
            self.add(when, "bargein.confirmed", turn=n, rule=rule, heard_ms=round(when - heard_at), audio_ms=audio,
                     onset_ms=onset, heard_words=heard, of_words=len(words), words=" ".join(words[:heard]),
                     cause=suspected)
            self.add(when + 2, "turn.ended", turn=n, outcome="interrupted", sentences=len(reply),
                     generated=len(" ".join(reply)), heard=len(" ".join(words[:heard])), audio_ms=round(when - heard_at),
                     words=" ".join(words[:heard]))
            return when
        self.add(heard_at + min(audio * 0.6, audio - 200), "reply.sent", turn=n, audio_ms=audio)
        self.add(heard_at + audio, "turn.ended", turn=n, outcome="completed", sentences=len(reply),
                 generated=len(" ".join(reply)), heard=len(" ".join(reply)), audio_ms=audio, words=" ".join(reply))
        return heard_at + audio

    def small_talk(self, until, totals, seed):
        """So many ordinary turns, ending before `until`."""
        dice = random.Random(seed)
        users = ["yes please", "what time is that", "could you say that again", "no the other one",
                 "and how much is it", "that works for me", "my name is Anna Berg"]
        replies = ["Of course.", "It takes about an hour.", "That is right.", "I have written that down for you.",
                   "Anything else I can do?", "The next one is on Friday at ten."]
        room = (until - self.start - 1500) / max(len(totals), 1)
        for k, total in enumerate(totals):
            parts = [300, round(total * .08), 0, round(total * .06), round(total * .14), round(total * .02)]
            parts[2] = total - sum(parts)
            user = users[dice.randrange(len(users))]
            audio = max(min(1800, room - total - 280 * len(user.split()) - 300), 300)
            self.say(self.start + 1500 + (k + .4) * room, user, [replies[dice.randrange(len(replies))]], parts,
                     audio=round(audio))


def calls():
    s = Stream()
    s.add(0, "provider.ready", slot="stt", entry="deepgram", library="DeepgramSTT", version="1.2.0", state="serving")
    s.add(1, "provider.ready", slot="llm", entry="openai", library="OpenAIChat", version="2.0.1", state="serving")
    s.add(2, "provider.ready", slot="tts", entry="elevenlabs", library="ElevenLabs", version="1.3.2", state="serving")
    s.add(3, "provider.ready", slot="tts", entry="cartesia", library="Cartesia", version="0.9.4", state="standby")
    s.add(3.5, "provider.skipped", slot="llm", entry="grok", reason="its secret GROK_API_KEY is not set")
    s.add(4, "server.started", address="127.0.0.1", port=8080, plugins=6)

    a = Call(s, "e4410d61-2b7c-4c11-9d57-0f6a1e6f3a90", at("13:54:42"), tts="cartesia")
    s.add(at("14:02:40.118"), "provider.reconnected", session=a.id, turn=30, slot="stt", provider="deepgram", ms=212,
          replayed_ms=60)
    dice = random.Random(3)
    a.small_talk(at("14:02:55"), [dice.randrange(520, 640) for _ in range(32)], 1)
    a.say(at("14:03:20.2"), "and if I have to cancel", ["You can cancel free of charge until the day before.",
          "After that we keep half of the deposit."], [300, 45, 110, 30, 80, 15], audio=9000)

    b = Call(s, "c9d410aa-71f0-4a7e-8f2d-5a5b0ac1d2e3", at("13:58:17"))
    b.small_talk(at("14:03:19"), [dice.randrange(560, 700) for _ in range(17)] + [1180, 1320, 710, 630], 2)
    b.add(at("14:03:22.377") - 300, "bargein.suspected", turn=21, rule="voice", position_ms=305000)
    b.add(at("14:03:22.377"), "bargein.dismissed", turn=21, rule="backchannel", ms=280)
    b.hear(at("14:03:24.6"), "um let me find my booking number it is somewhere here", 4200)

    c = Call(s, "03c9aa77-0f1b-4d90-a2d1-77b1cc0a4411", at("13:59:39"))
    c.small_talk(at("14:02:56"), [dice.randrange(690, 800) for _ in range(11)] + [770], 3)
    c.add(at("14:02:59"), "session.ended", reason="left", turns=12, age_ms=200000)

    d = Call(s, "7f3a2c55-9d0e-4f44-b8a1-3f0f2f6f9d10", at("14:00:46"))
    d.say(at("14:00:53"), "hello", ["Hello, this is Nova at the clinic.", "What can I do for you?"],
          [300, 40, 200, 30, 80, 10])
    d.say(at("14:01:06"), "I have an appointment tomorrow", ["I see.", "Which name is it under?"],
          [300, 50, 230, 40, 80, 10])
    d.say(at("14:01:19"), "Miller", ["Thank you, I have found it."], [300, 40, 190, 30, 70, 10])
    d.say(at("14:01:31"), "it is at nine I think", ["Yes, at nine with Doctor Okafor."], [300, 40, 180, 30, 70, 10])
    d.say(at("14:01:45"), "is there a place to park", ["There is, behind the house.", "The first hour is free."],
          [300, 50, 230, 40, 90, 10])
    d.say(at("14:02:08"), "hi I'd like to change a booking", ["Happy to help.", "What is the name on the booking?"],
          [300, 40, 200, 30, 70, 10])
    d.say(at("14:02:57.6"), "can you move my appointment to next week", ["Of course.", "Which day suits you best?"],
          [300, 50, 220, 40, 80, 20], length=3100, audio=2300)
    d.say(at("14:03:06.9"), "thursday if possible", ["Thursday works.", "I can offer nine or half past ten or noon."],
          [300, 50, 270, 40, 100, 18], length=1900, cut=(8, 42, "words"), audio=5300)
    d.say(at("14:03:19.2"), "half past ten please", ["Great, half past ten on Thursday is booked.",
          "You will get a message with the details."], [300, 60, 270, 50, 110, 20], length=1900, audio=8800,
          retries=[(2, at("14:03:19.62"), "llm", "openai", "unreachable", 0)])

    e = Call(s, "4aa8f1b3-66c2-4b6e-9a3c-c2f8d0d1e2f3", at("14:02:20"))
    e.small_talk(at("14:02:44"), [710, 760], 5)
    e.say(at("14:02:54"), "what do you have on friday evening", ["On Friday there is a table at seven."],
          [300, 60, 500, 40, 1980, 20], retries=[
              (2, at("14:02:55.4"), "tts", "elevenlabs", "throttled", 250)])
    e.say(at("14:03:13.2"), "seven is a bit early", ["There is one at half past eight, too."],
          [300, 60, 500, 40, 1980, 20], stop="tts")
    for attempt, when, delay in [(2, "14:03:16.020", 800), (3, "14:03:17.841", 1600)]:
        e.add(at(when), "request.retrying", turn=4, slot="tts", provider="elevenlabs", request=504, attempt=attempt, of=4,
              delay_ms=delay, reason="throttled")
    e.add(at("14:03:19.502"), "request.failed", turn=4, slot="tts", provider="elevenlabs", request=504, ms=5480,
          class_="throttled", words="Too many concurrent requests. Your plan allows 5.")
    e.add(at("14:03:19.503"), "provider.failover", turn=4, slot="tts", from_="elevenlabs", to="cartesia",
          reason="throttled")
    e.add(at("14:03:25.9"), "request.retrying", turn=4, slot="tts", provider="cartesia", request=505, attempt=2, of=4,
          delay_ms=800, reason="late")

    f = Call(s, "b01e77d0-5a4f-4d8e-8c55-19f0a9b8c7d6", at("14:02:35"))
    f.small_talk(at("14:02:56"), [640, 690], 6)
    f.say(at("14:03:04"), "and the breakfast", ["Breakfast is served from seven to ten."],
          [300, 60, 880, 50, 110, 20])
    f.say(at("14:03:25.7"), "what's the cancellation policy", [], [300, 60, 880, 50, 110, 20], stop="llm")

    g = Call(s, "19be0242-3d1a-4b9c-a7e6-0c1d2e3f4a5b", at("14:02:56"))
    g.small_talk(at("14:03:18"), [680, 700], 8)
    s.write("calls.events", at("14:03:27"))


def hostile():
    """Words that would clear a screen, change a title, turn lines around or hide; and odd widths."""
    s = Stream()
    a = Call(s, "evil\x1b[2J-4b9c", 1000, peer="\x1b]0;owned\x07host")
    a.say(6000, "clear \x1b[2J\x1b[H the screen\r\nand \x9b31m\x9d0;t\x9cthen \u202emoc.elgoog\u202c \u200bhid\u00adden\ufeff",
          ["A\u0301e\u0300 \u4f60\u597d\uff0c\u4e16\u754c \U0001f600 \U0001f469\u200d\U0001f469\u200d\U0001f467 fin.",
           "Z" + "\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307" + "algo \x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\ \ue000."],
          [300, 60, 270, 50, 110, 20], cut=(3, 42, "wor\x1b[31mds"))
    a.add(9000, "request.failed", turn=1, slot="tts", provider="aura\x1b[5m", request=1, ms=10, class_="vendor",
          words="\x1bP$q\"p\x1b\\500 <html>\x08\x08\x08\n\n\nnever closed: \x1b]0;rest of the line")
    a.hear(9500, "日本語 の テスト です ありがとう ございます", 2500)
    s.write("hostile.events", 13000)


calls()
hostile()
