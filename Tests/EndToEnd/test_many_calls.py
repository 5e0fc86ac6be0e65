"""Twenty calls at once, six of them talking at any moment: everybody is heard, and nobody's audio comes late."""

import os
import statistics
import threading
import time
from pathlib import Path

from speech import books, cards, silence
from voiced import model

CALLS = 20
TALKERS = 6
ROUNDS = 3
LATE = 0.1  # seconds
BUSY = "I am listening to too many people at once"
# Short enough to be heard before the next question; some have several sentences.
ANSWERS = ["Yes, I think so too.", "That is a good point. I shall think about it. Then I have something to say.",
           "I am not sure that I understand that."]


def test_twenty_calls_with_six_talkers_are_all_answered_and_no_audio_is_late(start, dial, figures):
    server = start(model(script=[{"say": answer} for answer in ANSWERS * ROUNDS]))
    calls = [dial(server) for _ in range(CALLS)]
    party = Party(calls)
    before = Usage(server.pid)
    party.run()
    after = Usage(server.pid)

    worst = max(reply.lateness for call in calls for reply in call.replies)
    figures.append(party.summary() + usage(before, after))
    figures.append(f"{CALLS} calls: the latest chunk of audio missed the moment it was due by {worst * 1000:.0f} ms")
    assert party.lost == []
    for call in calls:
        call.check()
        assert len(call.transcripts()) >= ROUNDS, call.story()
        assert sum(reply.text is not None for reply in call.replies) == ROUNDS, call.story()
        # There are four recognisers a core, each lent until the last word is out. Where other programs have the cores,
        # somebody is asked for patience, and says it once more.
        assert all(error.startswith(BUSY) for error in call.errors()), call.errors()
    assert worst <= LATE


class Party:
    """Everybody talks in turn, by the clock: one call after the other begins, so that so many talk at any moment."""

    voices = [speech.trimmed for speech in (*books(), cards()[4])]

    def __init__(self, calls):
        self.calls = calls
        self.latencies = []
        self.repeated = 0
        self.lost = []
        mean = statistics.mean(speech.seconds for speech in self.voices)
        self.period = mean * CALLS / TALKERS

    def run(self):
        self._began = time.monotonic()
        talkers = [threading.Thread(target=self._talk, args=(number, call)) for number, call in enumerate(self.calls)]
        for thread in talkers:
            thread.start()
        for thread in talkers:
            thread.join()

    def _talk(self, number, call):
        for round_number in range(ROUNDS):
            due = self._began + (number / CALLS + round_number) * self.period
            time.sleep(max(0.0, due - time.monotonic()))
            replies = len(call.replies)
            spoken = call.say(self.voices[(number + round_number) % len(self.voices)])
            try:
                while call.next_of("response", "error", timeout=60).kind == "error":
                    self.repeated += 1
                    # After a pause: to the server it is still the same utterance.
                    spoken = call.say(silence(1), spoken.speech)
            except AssertionError as error:
                self.lost.append(f"call {number}, round {round_number}: {error}")
                return
            self.latencies.append(call.replies[replies].first - spoken.end)
            call.listen_to_end()

    def summary(self):
        latencies = sorted(self.latencies) or [0.0]
        return (
            f"{CALLS} calls, {TALKERS} talking: {len(latencies)} of {ROUNDS * CALLS} questions answered, "
            f"{self.repeated} times asked to say it again; "
            f"end of speech to first audio: median {statistics.median(latencies) * 1000:.0f} ms, "
            f"worst {latencies[-1] * 1000:.0f} ms; ")


class Usage:
    """What a process has used: CPU seconds, and memory in MB."""

    def __init__(self, pid):
        self.at = time.monotonic()
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        self.cpu = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        status = Path(f"/proc/{pid}/status").read_text()
        self.memory = int(status.split("VmRSS:")[1].split()[0]) / 1024


def usage(before, after):
    milliseconds = (after.cpu - before.cpu) / (after.at - before.at) * 1000
    return (
        f"CPU {milliseconds / CALLS:.0f} ms a call and second, local recognition included; "
        f"memory {after.memory:.0f} MB, {before.memory:.0f} MB before the first word")
