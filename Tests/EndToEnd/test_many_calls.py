"""Twenty calls at once, six of them talking at any moment: everybody is heard, and nobody's audio comes late."""

import os
import queue
import statistics
import threading
import time
from pathlib import Path

from speech import books, cards, commands, long_books
from voiced import model

CALLS = 20
TALKERS = 6
SECONDS = 30.0
LATE = 0.1  # seconds
# Short enough for six of twenty to talk while the others wait or listen; some have several sentences.
ANSWERS = ["Yes, I think so too.", "That is a good point. I shall think about it for a moment. Then I have something to say.",
           "I am not sure that I understand that."]
SCRIPT = [{"say": answer} for answer in ANSWERS * 20]


def test_twenty_calls_with_six_talkers_are_all_answered_and_no_audio_is_late(start, dial, figures):
    server = start(model(script=SCRIPT))
    calls = [dial(server) for _ in range(CALLS)]
    party = Party(calls)
    before = Usage(server.pid)
    party.run(SECONDS)
    after = Usage(server.pid)

    assert party.talking >= TALKERS - 1, f"only {party.talking:.1f} talked at once"
    for call in calls:
        call.check()
        assert len(call.transcripts()) >= 1, call.story()
        assert any(reply.text for reply in call.replies), call.story()
        assert call.errors() == []
    assert party.unanswered == []
    replies = [reply for call in calls for reply in call.replies]
    worst = max(reply.lateness for reply in replies)
    figures.append(summary(party, replies, worst, before, after))
    assert worst <= LATE, f"audio came {worst * 1000:.0f} ms late"


class Party:
    """A few talkers at any moment: each speaks into the call that has waited longest, and goes on to the next."""

    def __init__(self, calls):
        self.latencies = []
        self.utterances = 0
        self.unanswered = []
        self._spoken = 0.0
        self._free = queue.Queue()
        self._lock = threading.Lock()
        for call in calls:
            self._free.put(call)

    def run(self, seconds):
        self._deadline = time.monotonic() + seconds
        talkers = [threading.Thread(target=self._talk, args=(number,)) for number in range(TALKERS)]
        for thread in talkers:
            thread.start()
        for thread in talkers:
            thread.join()
        self.talking = self._spoken / seconds
        deadline = time.monotonic() + 40
        while self._free.qsize() < CALLS and time.monotonic() < deadline and not self.unanswered:
            time.sleep(0.05)

    def _talk(self, number):
        voices = books() + cards()[4:] + long_books() + commands()
        while time.monotonic() < self._deadline:
            speech = voices[number % len(voices)].trimmed
            number += 1
            try:
                call = self._free.get(timeout=10)
            except queue.Empty:
                return
            replies = len(call.replies)
            spoken = call.say(speech).wait()
            with self._lock:
                self.utterances += 1
                self._spoken += speech.seconds
            threading.Thread(target=self._listen, args=(call, spoken, replies), daemon=True).start()

    def _listen(self, call, spoken, replies):
        """Waits for the answer, hears it to its end, and gives the call back."""
        try:
            call.next("response", timeout=30)
        except AssertionError as error:
            self.unanswered.append(f"{spoken.speech.text}: {error}")
            return
        with self._lock:
            self.latencies.append(call.replies[replies].first - spoken.end)
        call.listen_to_end()
        self._free.put(call)


class Usage:
    """What a process has used: CPU seconds, and memory in MB."""

    def __init__(self, pid):
        self.at = time.monotonic()
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        self.cpu = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        status = Path(f"/proc/{pid}/status").read_text()
        self.memory = int(status.split("VmRSS:")[1].split()[0]) / 1024


def summary(party, replies, worst, before, after):
    seconds = after.at - before.at
    latencies = sorted(party.latencies)
    return (
        f"{CALLS} calls, {party.talking:.1f} talking: {party.utterances} utterances, {len(replies)} replies; "
        f"end of speech to first audio: median {statistics.median(latencies) * 1000:.0f} ms, "
        f"worst {latencies[-1] * 1000:.0f} ms; latest audio {worst * 1000:.0f} ms; "
        f"CPU {(after.cpu - before.cpu) / seconds * 1000 / CALLS:.0f} ms a call and second, local recognition included; "
        f"memory {after.memory:.0f} MB, before the first word {before.memory:.0f} MB")
