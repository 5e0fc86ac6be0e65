"""Interruptions of a long answer, by voice and by `interrupt`: how soon it is silent, that it stays silent, and what
the event log says about it."""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor

from speech import books, cards, commands, overlap, places, say
from voiced import model

TRIES = 20
CALLS = 4
# A dozen sentences, whatever is asked: an answer that is not over before somebody interrupts it.
STORY = (
    "Once there was a lighthouse that was afraid of the dark. Every evening it lit its lamp as fast as it could. "
    "The ships thought that it was very reliable. One night a small boat came by with a tired sailor in it. "
    "Can you see me, he called out to the rocks. I never look, said the lighthouse, it is far too dark out there. "
    "The sailor laughed so loudly that all the gulls woke up. You are the only bright thing for thirty miles, he said. "
    "The lighthouse thought about this for a long time. Then it opened one eye, and after a while the other one too. "
    "There was the sea, silver and wide, in the light of its own lamp. Since that night it looks around all the time.")
LONG = model(script=[{"say": STORY, "times": 0}])


def begin_story(call, speech):
    """Says something and waits until the answer can be heard."""
    call.say(speech)
    call.next("audio_start")
    call.next("audio")


def interrupt_by_voice(server, call, speech, listen):
    """Listens for a while, then speaks; returns the seconds from the onset of speech to `audio_interrupted`."""
    time.sleep(listen)  # the caller listens
    reply = call.replies[-1]
    assert reply.ending is None
    spoken = call.say(speech)
    silent = call.next("audio_interrupted").at
    spoken.wait()
    call.next("audio_start")  # the next turn is answered, and the dialect's reader saw nothing in between
    assert reply.ending == "audio_interrupted" and reply.text is None
    return silent - spoken.onset


def test_a_voice_silences_the_answer_within_400_ms(start, dial, figures):
    server = start(LONG)
    voices = books() + cards()[4:] + commands() + places()[:2]

    def talk(number):
        call = dial(server)
        time.sleep(number * 0.7)  # callers do not speak in step
        begin_story(call, voices[number])
        delays = [interrupt_by_voice(server, call, voices[(number + n) % len(voices)], 1.2 + 0.3 * n)
                  for n in range(TRIES // CALLS)]
        call.tell("interrupt")
        call.next("audio_interrupted")
        call.end()
        return call.session, delays

    with ThreadPoolExecutor(CALLS) as callers:
        calls = list(callers.map(talk, range(CALLS)))
    delays = sorted(delay * 1000 for _, list_of_delays in calls for delay in list_of_delays)
    figures.append(f"barge-in by voice, onset to audio_interrupted: median {statistics.median(delays):.0f} ms, "
                   f"worst {delays[-1]:.0f} ms of {len(delays)}")
    assert len(delays) == TRIES
    assert statistics.median(delays) <= 400, delays
    assert delays[-1] <= 600, delays
    for session, _ in calls:
        check_story_of(server, session, TRIES // CALLS)


def check_story_of(server, session, count):
    """The event log tells each interruption: what was heard, and what was stopped for it."""
    events = server.events
    events.wait("session.ended", session=session)
    confirmed = events.find("bargein.confirmed", session=session, rule="voice")
    assert len(confirmed) == count
    for event in confirmed:
        turn, fields = event["turn"], event["fields"]
        suspected = events.find("bargein.suspected", session=session, turn=turn)
        assert any(earlier["seq"] < event["seq"] for earlier in suspected)
        assert 0 < fields["heard_words"] < fields["of_words"]
        assert 0 < fields["heard_ms"] < fields["audio_ms"]
        assert 0 < fields["onset_ms"] < 600
        assert STORY.startswith(event["words"])
        [ended] = events.find("turn.ended", session=session, turn=turn)
        assert ended["fields"]["outcome"] == "interrupted" and ended["words"] == event["words"]
        assert events.find("turn.started", session=session, turn=turn + 1)
        check_stopped(events, session, turn, ended)


def check_stopped(events, session, turn, ended):
    """No request of the turn outlives it: each one had finished, or was cancelled in the same breath."""
    for started in events.find("request.started", session=session, turn=turn):
        number = started["fields"]["request"]
        [last] = [event for kind in ("request.finished", "request.cancelled", "request.failed")
                  for event in events.find(kind, session=session, request=number)]
        # The end has the moment of its cause; what is cancelled for it, the moment when that is done.
        assert last["at"] <= ended["at"] + 50
    late = [event for event in events.find("sentence.ready", session=session, turn=turn) if event["seq"] > ended["seq"]]
    assert late == []


def test_the_model_and_the_voice_really_stop(start, dial):
    """Interrupted at once, while both are still at work; slow, so that they are."""
    server = start(model(tokens_per_second=12, script=[{"say": STORY, "times": 0}]))
    call = dial(server)
    begin_story(call, books()[0])
    at = call.tell("interrupt")
    call.next("audio_interrupted")
    cancelled = server.events.wait("request.cancelled", session=call.session, slot="llm")
    ended = server.events.wait("turn.ended", session=call.session)
    assert cancelled["turn"] == 1 and ended["fields"]["outcome"] == "interrupted"
    begin_story(call, books()[1])
    # Nothing of the first turn has come to life again meanwhile.
    after = [event for event in server.events.update()
             if event.get("session") == call.session and event.get("turn") == 1 and event["seq"] > ended["seq"]]
    assert [event["kind"] for event in after if event["kind"] != "stale.dropped"] == []
    assert call.heard[-1].at > at
    call.end()


def test_the_interrupt_message_silences_the_answer_within_20_ms(start, dial, figures):
    server = start(LONG)
    calls = [dial(server) for _ in range(CALLS)]
    delays = []
    for _ in range(TRIES // CALLS):
        for call in calls:
            call.say(cards()[2])
        for call in calls:
            call.next("audio_start")
            call.next("audio")
        # One after the other while the others are being spoken to: nobody is busy but the server.
        for call in calls:
            at = call.tell("interrupt")
            delays.append((call.next("audio_interrupted").at - at) * 1000)
    figures.append(f"barge-in by message, interrupt to audio_interrupted: median {statistics.median(delays):.1f} ms, "
                   f"worst {max(delays):.1f} ms of {len(delays)}")
    assert len(delays) == TRIES
    assert statistics.median(delays) <= 20, delays
    for call in calls:
        confirmed = server.events.find("bargein.confirmed", session=call.session, rule="client")
        assert len(confirmed) == TRIES // CALLS
        call.end()


def test_what_interrupts_is_understood_from_its_first_word_and_answered(start, dial):
    """The onset of the interruption is part of the next utterance, not lost to the decision."""
    server = start(LONG)
    call = dial(server)
    begin_story(call, books()[0])
    time.sleep(1.5)  # the caller listens
    call.say(books()[1])
    call.next("audio_interrupted")
    call.next("audio_start")
    assert overlap(books()[1].text, call.transcripts()[-1]) >= 0.6
    assert call.transcripts()[-1].startswith("he")
    call.end()


def test_an_interrupt_before_and_after_the_answer_does_no_harm(server, dial):
    call = dial(server)
    call.tell("interrupt")
    call.say(say("who are you"))
    call.answer()
    call.listen_to_end()
    server.events.wait("turn.ended", session=call.session)
    call.tell("interrupt")
    call.say(say("who are you"))
    call.answer()
    assert "audio_interrupted" not in call.story()
    assert call.errors() == []
    call.end()
