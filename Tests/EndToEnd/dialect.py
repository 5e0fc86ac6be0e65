"""The classic dialect as a strict reader: every message of a server in its order, and what is wrong with it.

It is written from docs/protocol.md alone and knows nothing of the server.
"""

import json
import re

KEYS = {
    "connected": {"type": str, "sessionId": str, "message": str},
    "transcript": {"type": str, "text": str, "isFinal": bool},
    "thinking": {"type": str},
    "audio_start": {"type": str, "sampleRate": int, "encoding": str},
    "speaking": {"type": str},
    "audio_end": {"type": str},
    "audio_interrupted": {"type": str},
    "response": {"type": str, "text": str},
    "error": {"type": str, "message": str},
}
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


class DialectError(AssertionError):
    """The server broke the protocol."""


class Dialect:
    """Takes the messages of one connection and raises `DialectError` at the first that must not be."""

    def __init__(self):
        self._last = []
        self._is_connected = False
        self._has_words = False  # a final transcript that no turn has taken up yet
        # Where the reply is: None, "thinking", "started" (audio_start), "speaking", "sent" (audio_end).
        self._reply = None
        self._has_failed = False  # an error in this turn: a response may come without audio
        self._may_be_given_up = False  # the client asked for it before there was audio

    def sent(self, kind):
        """The client sends a message: it may end a reply that has not begun, and nobody says so."""
        self._may_be_given_up = kind in ("clear", "interrupt") and self._reply == "thinking"

    def feed(self, data):
        """Takes one message and returns it: a dictionary, or bytes."""
        self._last = [*self._last[-20:], data if isinstance(data, str) else f"{len(data)} bytes"]
        if isinstance(data, bytes):
            self._require(self._reply == "speaking", "binary outside of audio_start … audio_end")
            self._require(len(data) > 0 and len(data) % 2 == 0, f"{len(data)} bytes are not whole samples")
            return data
        message = self._parse(data)
        kind = message["type"]
        self._require(self._is_connected == (kind != "connected"), "connected comes first, and once")
        self._require(self._reply != "started" or kind == "speaking", "speaking follows audio_start")
        getattr(self, f"_{kind}")(message)
        return message

    def finish(self):
        """The connection has ended."""
        self._require(self._is_connected, "there was no connected")

    @property
    def is_open(self):
        """A reply's audio has begun and has neither ended nor been interrupted."""
        return self._reply in ("started", "speaking")

    def _parse(self, text):
        try:
            message = json.loads(text, object_pairs_hook=unique)
        except ValueError as error:
            raise DialectError(f"not JSON ({error}): {text[:200]}") from None
        self._require(isinstance(message, dict) and message.get("type") in KEYS, "an unknown message")
        keys = KEYS[message["type"]]
        self._require(message.keys() == keys.keys(), f"the keys have to be {sorted(keys)}")
        for key, kind in keys.items():
            self._require(type(message[key]) is kind, f"{key} has to be a {kind.__name__}")
            self._require(message[key] != "", f"{key} is empty")
        return message

    def _connected(self, message):
        self._require(UUID.fullmatch(message["sessionId"]), "sessionId has to be a UUID")
        self._is_connected = True

    def _transcript(self, message):
        if message["isFinal"]:
            self._has_words = True
        if self._reply == "thinking":  # the caller goes on speaking: the turn is given up
            self._reply = None

    def _thinking(self, _):
        self._require(self._has_words, "thinking without a final transcript")
        self._require(self._reply is None or self._may_be_given_up, f"thinking while the reply is {self._reply}")
        self._has_words, self._has_failed, self._may_be_given_up = False, False, False
        self._reply = "thinking"

    def _audio_start(self, message):
        self._require(self._reply == "thinking", f"audio_start while the reply is {self._reply}")
        self._require(message["encoding"] == "linear16", "the encoding has to be linear16")
        self._require(8000 <= message["sampleRate"] <= 48000, "an impossible sample rate")
        self._reply = "started"

    def _speaking(self, _):
        self._require(self._reply == "started", "speaking without audio_start")
        self._reply = "speaking"

    def _audio_end(self, _):
        self._require(self._reply == "speaking", "audio_end without audio")
        self._reply = "sent"

    def _audio_interrupted(self, _):
        self._require(self._reply == "speaking", "audio_interrupted without audio")
        self._reply = None

    def _response(self, _):
        is_mute = self._reply == "thinking" and self._has_failed
        self._require(self._reply == "sent" or is_mute, f"response while the reply is {self._reply}")
        self._reply = None

    def _error(self, _):
        self._has_failed = True

    def _require(self, condition, complaint):
        if not condition:
            raise DialectError("\n".join([complaint, "the last messages:", *map(str, self._last)]))


def unique(pairs):
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise ValueError(f"a key twice: {keys}")
    return dict(pairs)
