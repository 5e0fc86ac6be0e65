"""Callers in the classic dialect, on a client library that is not voiced's: they speak recordings at real time and keep
everything they hear, with the moment it came.

All sockets live on one thread with an asyncio loop; tests use a `Call` from any other. Times are `time.monotonic()`.
"""

import asyncio
import concurrent.futures
import json
import socket
import struct
import threading
import time
from dataclasses import dataclass, field

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from dialect import Dialect, DialectError
from speech import RATE, silence

FRAME_BYTES = 640  # 20 ms
WAIT = 20.0  # seconds; for whatever takes a local recogniser and a model
ROOM = silence(2.0).samples.tobytes()
ROOM_TWICE = ROOM + ROOM


@dataclass
class Heard:
    """One message of the server."""

    at: float
    kind: str  # its type, or "audio"
    message: dict | bytes


@dataclass
class Reply:
    """One answer: its audio as it came, and how it ended."""

    rate: int
    chunks: list[tuple[float, bytes]] = field(default_factory=list)
    ending: str | None = None  # "audio_end", "audio_interrupted"
    text: str | None = None

    @property
    def audio(self):
        return b"".join(data for _, data in self.chunks)

    @property
    def seconds(self):
        return len(self.audio) / 2 / self.rate

    @property
    def first(self):
        return self.chunks[0][0]

    @property
    def over(self):
        """When a caller who plays it from its first byte has heard all that has come so far."""
        end = self.first
        for at, data in self.chunks:
            end = max(end, at) + len(data) / 2 / self.rate
        return end

    @property
    def lateness(self):
        """By how much the latest chunk missed the moment at which it was to be heard, in seconds; 0 if none did."""
        due, late = self.first, 0.0
        for at, data in self.chunks:
            late = max(late, at - due)
            due += len(data) / 2 / self.rate
        return late


class Spoken:
    """An utterance on its way through the microphone: when it begins and ends is known once it has begun."""

    def __init__(self, speech):
        self.speech = speech
        self._begun = concurrent.futures.Future()
        self.is_over = threading.Event()

    def begin(self, at):
        self._begun.set_result(at)

    @property
    def began(self):
        return self._begun.result(WAIT)

    @property
    def onset(self):
        """When the first sound of it is spoken; a frame with it leaves up to 20 ms later."""
        return self.began + self.speech.onset

    @property
    def end(self):
        """When the last sound of it has been spoken."""
        return self.began + self.speech.end

    def wait(self):
        """Returns when all of it was sent."""
        assert self.is_over.wait(self.speech.seconds + WAIT), "the microphone has stopped"
        return self


class Switchboard:
    """The thread that all calls run on."""

    def __init__(self):
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, coroutine, timeout=WAIT):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(timeout)

    def close(self):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()


class Call:
    """One caller. The microphone is open from the start and sends without a pause, silence too.

    `frame` is the size of its frames in bytes. `first` is spoken from the very first frame on. `microphone=False`
    leaves the microphone closed, for tests that send by themselves.
    """

    def __init__(self, switchboard, url, frame=FRAME_BYTES, first=None, microphone=True):
        self.heard: list[Heard] = []
        self.replies: list[Reply] = []
        self.broken: DialectError | None = None
        self.close_code = None
        self.session = None
        self._switchboard = switchboard
        self._frame = frame
        self._dialect = Dialect()
        self._waiting = bytearray()
        self._spoken: list[tuple[int, int, Spoken]] = []  # where each utterance begins and ends, in bytes
        self._sent = 0
        self._queued = 0
        self._cursor = 0
        self._changed = threading.Condition()
        self._tasks = []
        if first:
            self._enqueue(Spoken(first))
        self._connection = switchboard.run(self._open(url, microphone))
        self.session = self.next("connected").message["sessionId"]

    async def _open(self, url, microphone):
        connection = await connect(
            url, compression=None, max_size=None, ping_interval=None, proxy=None, close_timeout=3)
        self._tasks.append(asyncio.create_task(self._listen(connection)))
        if microphone:
            self._tasks.append(asyncio.create_task(self._speak(connection)))
        return connection

    # Speaking.

    def say(self, *speeches):
        """Puts speech before the microphone, behind what still waits there."""
        speech = sum(speeches[1:], speeches[0])
        spoken = Spoken(speech)
        self._switchboard.loop.call_soon_threadsafe(self._enqueue, spoken)
        return spoken

    def _enqueue(self, spoken):
        data = spoken.speech.samples.tobytes()
        start = max(self._queued, self._sent + self._sent % 2)
        if start > self._sent + len(self._waiting):  # half a sample of silence is out: finish it
            self._waiting += b"\0"
        self._queued = start + len(data)
        self._spoken.append((start, self._queued, spoken))
        self._waiting += data

    async def _speak(self, connection):
        """Frames at real time: each leaves when its last sample has been spoken."""
        began = time.monotonic()
        while True:
            frame = bytes(self._waiting[:self._frame])
            del self._waiting[:self._frame]
            if missing := self._frame - len(frame):
                room = (self._sent + len(frame)) % len(ROOM)
                frame += ROOM_TWICE[room:room + missing]
            for start, _, spoken in self._spoken:
                if self._sent <= start < self._sent + self._frame:
                    spoken.begin(began + start / 2 / RATE)
            self._sent += self._frame
            await asyncio.sleep(began + self._sent / 2 / RATE - time.monotonic())
            try:
                await connection.send(frame)
            except ConnectionClosed:
                return
            while self._spoken and self._spoken[0][1] <= self._sent:
                self._spoken.pop(0)[2].is_over.set()

    def tell(self, kind):
        """Sends a message of the dialect; returns when it left."""
        self._switchboard.loop.call_soon_threadsafe(self._dialect.sent, kind)
        return self.send(json.dumps({"type": kind}))

    def send(self, data):
        """Sends a text or binary frame of any content; returns when it left."""
        async def send():
            at = time.monotonic()
            await self._connection.send(data)
            return at
        return self._switchboard.run(send())

    # Hearing.

    async def _listen(self, connection):
        try:
            async for data in connection:
                self._keep(time.monotonic(), data)
        except ConnectionClosed:
            pass
        with self._changed:
            self.close_code = connection.close_code
            self._changed.notify_all()

    def _keep(self, at, data):
        with self._changed:
            try:
                message = self._dialect.feed(data)
            except DialectError as error:
                self.broken = self.broken or error
                self._changed.notify_all()
                return
            kind = "audio" if isinstance(message, bytes) else message["type"]
            self.heard.append(Heard(at, kind, message))
            if kind == "audio_start":
                self.replies.append(Reply(message["sampleRate"]))
            elif kind == "audio":
                self.replies[-1].chunks.append((at, message))
            elif kind in ("audio_end", "audio_interrupted"):
                self.replies[-1].ending = kind
            elif kind == "response" and self.replies and self.replies[-1].ending == "audio_end":
                self.replies[-1].text = message["text"]
            self._changed.notify_all()

    def next(self, kind, timeout=WAIT, **members):
        """Waits for the next message of a kind with these members, behind the one that was returned before."""
        return self.next_of(kind, timeout=timeout, **members)

    def next_of(self, *kinds, timeout=WAIT, **members):
        """The same for the first of several kinds."""
        def find():
            while self._cursor < len(self.heard):
                heard = self.heard[self._cursor]
                self._cursor += 1
                if heard.kind in kinds and all(heard.message[name] == value for name, value in members.items()):
                    return heard
            return None
        return self._wait(find, timeout, f"{' or '.join(kinds)} {members or ''}")

    def answer(self, timeout=WAIT):
        """Waits for the next reply to be complete, and returns it."""
        self.next("response", timeout)
        return self.replies[-1]

    def _wait(self, find, timeout, what):
        deadline = time.monotonic() + timeout
        with self._changed:
            while True:
                if self.broken:
                    raise self.broken
                if (found := find()) is not None:
                    return found
                rest = deadline - time.monotonic()
                if rest <= 0 or (self.close_code is not None and what != "close"):
                    raise AssertionError(
                        f"no {what} within {timeout} s (closed: {self.close_code}); heard: {self.story()[-30:]}, "
                        f"{self.transcripts()[-3:]}, {self.errors()[-3:]}")
                self._changed.wait(rest)

    def listen_to_end(self):
        """Waits until the caller has heard the last reply to its end. There is no message for this: it is the clock."""
        time.sleep(max(0.0, self.replies[-1].over - time.monotonic()))

    def story(self):
        """The kinds of all messages in order, runs of audio as one; final transcripts are told from interim ones."""
        story = []
        for heard in list(self.heard):
            kind = heard.kind
            if kind == "transcript":
                kind = "final" if heard.message["isFinal"] else "interim"
            if story[-1:] != [kind]:
                story.append(kind)
        return story

    def transcripts(self):
        """The final transcripts, in order."""
        return [heard.message["text"] for heard in list(self.heard)
                if heard.kind == "transcript" and heard.message["isFinal"]]

    def errors(self):
        return [heard.message["message"] for heard in list(self.heard) if heard.kind == "error"]

    # Ending.

    def wait_closed(self, timeout=WAIT):
        """Waits until the connection is closed and returns the code."""
        return self._wait(lambda: self.close_code, timeout, "close")

    def end(self):
        """Says goodbye, and checks that the server does too."""
        self.tell("end")
        assert self.wait_closed() == 1000
        self.check()

    def vanish(self):
        """Is gone without a word: the network cable is out of the wall, and the kernel says reset."""
        self._switchboard.run(self._cut())

    async def _cut(self):
        transport = self._connection.transport
        linger = struct.pack("ii", 1, 0)  # closing sends a reset instead of a farewell
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        transport.abort()

    def check(self):
        """Raises what was wrong with the messages so far."""
        if self.broken:
            raise self.broken
        self._dialect.finish()

    def close(self):
        async def close():
            for task in self._tasks[1:]:
                task.cancel()
            await self._connection.close()
            await asyncio.gather(*self._tasks, return_exceptions=True)
        self._switchboard.run(close())
