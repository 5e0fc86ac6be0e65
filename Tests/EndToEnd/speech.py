"""Speech to call with: human recordings from Debian's packages with what is said in them, and sentences by flite.

Everything is 16 kHz, 16 bit, mono: what a caller's microphone sends.
"""

import array
import functools
import math
import operator
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

RATE = 16000
SPHINX = Path("/usr/share/pocketsphinx/test/data")
ALSA = Path("/usr/share/sounds/alsa")
BOOK = SPHINX / "librivox/sense_and_sensibility_01_austen_64kb"
FRAME = RATE // 100  # 10 ms, for levels


@dataclass(frozen=True)
class Speech:
    """An utterance: its samples, and what is said in it."""

    samples: array.array
    text: str

    @property
    def seconds(self):
        return len(self.samples) / RATE

    @functools.cached_property
    def onset(self):
        """Where the speech begins, in seconds: by its energy alone, which no server has a part in."""
        return self._loud[0] * FRAME / RATE

    @functools.cached_property
    def end(self):
        """Where the speech ends, in seconds."""
        return (self._loud[-1] + 5) * FRAME / RATE

    @functools.cached_property
    def _loud(self):
        """Runs of 50 ms of which four fifths are 10 dB over the noise and within 30 dB of the loudest."""
        levels = [decibels(self.samples[n:n + FRAME]) for n in range(0, len(self.samples) - FRAME, FRAME)]
        ordered = sorted(levels)
        threshold = max(ordered[len(levels) // 20] + 10, ordered[len(levels) * 19 // 20] - 30)
        return [n for n in range(len(levels) - 5)
                if levels[n] > threshold and sum(level > threshold for level in levels[n:n + 5]) >= 4]

    @functools.cached_property
    def trimmed(self):
        """From the onset to the end."""
        return Speech(self.samples[round(self.onset * RATE):round(self.end * RATE)], self.text)

    def __add__(self, other):
        return Speech(self.samples + other.samples, f"{self.text} {other.text}".strip())


def decibels(samples):
    """Below full scale."""
    power = sum(map(operator.mul, samples, samples)) / max(len(samples), 1) / 32768 ** 2
    return 10 * math.log10(power + 1e-12)


def silence(seconds):
    """A pause, with the faint noise that every microphone has."""
    state, noise = 1, array.array("h")
    for _ in range(round(seconds * RATE)):
        state = (state * 1664525 + 1013904223) % 2 ** 32
        noise.append((state >> 29) - 4)
    return Speech(noise, "")


# Human voices.


@functools.cache
def recording(path, text):
    path = Path(path)
    return Speech(converted(path, raw(RATE) if path.suffix == ".raw" else []), text)


@functools.cache
def books():
    """Two sentences of about three seconds, from an audio book."""
    return [recording(f"{BOOK}-{number}.wav", text) for number, text in (
        ("0880", "he was not an ill disposed young man"),
        ("0930", "he might even have been made amiable himself"))]


@functools.cache
def long_books():
    """Two sentences of five to seven seconds, from the same book."""
    return [recording(f"{BOOK}-{number}.wav", text) for number, text in (
        ("0870", "and mister john dashwood had then leisure to consider how much there might be prudently in his power "
                 "to do for them"),
        ("0890", "unless to be rather cold hearted and rather selfish is to be ill disposed"))]


@functools.cache
def cards():
    """Short calls of one to four seconds."""
    return [recording(SPHINX / f"cards/00{number}.wav", text) for number, text in enumerate(
        ("ten of clubs", "four queen of clubs", "seven of clubs", "five five",
         "eight of spades four of clubs seven of hearts"), 1)]


@functools.cache
def commands():
    """Another voice and another room."""
    return [recording(SPHINX / "goforward.raw", "go forward ten meters")]


@functools.cache
def places():
    """A woman's voice, from 48 kHz."""
    return [recording(ALSA / f"{name.replace(' ', '_')}.wav", name.lower())
            for name in ("Front Center", "Front Left", "Rear Right", "Side Left")]


def humans():
    return books() + cards() + commands() + places()


# Machines' voices.


@functools.cache
def say(text):
    """`text` in flite's voice rms: for what nobody has recorded."""
    made = subprocess.run(
        ["flite", "-voice", "rms", "-t", text, "-o", "/dev/stdout"], capture_output=True, check=True).stdout
    return Speech(converted(made), text.lower())


def answer(data, rate, text=""):
    """An agent's answer (bytes of linear16), for a caller to play back."""
    return Speech(converted(data, raw(rate)), text)


def raw(rate):
    """How sox is told of bare linear16."""
    return ["-t", "raw", "-r", str(rate), "-e", "signed", "-b", "16", "-c", "1"]


def converted(source, format=()):
    """Samples of a file or of bytes, by sox."""
    name = str(source) if isinstance(source, Path) else "-"
    wav = [] if format or isinstance(source, Path) else ["-t", "wav", "--ignore-length"]
    done = subprocess.run(
        ["sox", "-V1", "-R", *format, *wav, name, *raw(RATE), "-"],
        input=None if isinstance(source, Path) else source, capture_output=True, check=True)
    return array.array("h", done.stdout)


# Words.


def words(text):
    return re.findall(r"[a-z']+", text.lower())


def overlap(spoken, understood):
    """The share of the spoken words that were understood, in order."""
    spoken, understood = words(spoken), words(understood)
    row = [0] * (len(understood) + 1)
    for word in spoken:
        diagonal = 0
        for n, other in enumerate(understood):
            above = row[n + 1]
            row[n + 1] = diagonal + 1 if word == other else max(above, row[n])
            diagonal = above
    return row[-1] / len(spoken)
