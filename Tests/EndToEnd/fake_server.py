"""A classic-dialect server that does exactly what a test tells it, including what the real one must never do.

It exists for the page's tests: stale audio after an interruption, errors, restarts, replies at odd sample rates.
"""

import json
import queue
import socket
import threading
import time
from http import HTTPStatus

from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Response
from websockets.sync.server import serve

WAIT = 10.0  # seconds


class FakeServer:
    """Serves `page` at / and the classic dialect at /ws. One caller at a time is what the tests need."""

    def __init__(self, page, port=0):
        self.page = page.encode() if isinstance(page, str) else page
        self.port = port or free_port()
        self.greet = True
        self.callers: queue.Queue[Caller] = queue.Queue()
        self._server = None
        self.start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/"

    def start(self):
        self._server = serve(
            self._talk, "127.0.0.1", self.port, process_request=self._answer, compression=None, max_size=None,
            open_timeout=1)  # browsers open sockets in advance and say nothing on them; stop() waits for those
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self, code=1012):
        """Goes away as a server does that is restarted: its callers are closed with `code`."""
        self._server.shutdown(code=code)

    def next_caller(self, timeout=WAIT):
        try:
            return self.callers.get(timeout=timeout)
        except queue.Empty:
            raise AssertionError(f"no caller within {timeout} s") from None

    def _answer(self, _, request):
        if request.path == "/ws":
            return None
        status = HTTPStatus.OK if request.path == "/" else HTTPStatus.NOT_FOUND
        body = self.page if status == HTTPStatus.OK else b""
        headers = Headers({
            "Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body)), "Connection": "close"})
        return Response(status.value, status.phrase, headers, body)

    def _talk(self, connection):
        caller = Caller(connection)
        if self.greet:
            caller.say("connected", sessionId=caller.session_id, message="Ready")
        self.callers.put(caller)
        caller.listen()


class Caller:
    """One socket: what came in, and the messages of the dialect to send out."""

    _count = 0

    def __init__(self, connection):
        Caller._count += 1
        self.session_id = f"{Caller._count:08x}-0000-4000-8000-000000000000"
        self.connection = connection
        self.subprotocol = connection.subprotocol
        self.frames: list[tuple[float, bytes]] = []  # arrival (monotonic seconds), microphone audio
        self.texts: queue.Queue[str] = queue.Queue()

    def listen(self):
        try:
            for message in self.connection:
                if isinstance(message, bytes):
                    self.frames.append((time.monotonic(), message))
                else:
                    self.texts.put(message)
        except ConnectionClosed:
            pass

    def next_text(self, timeout=WAIT):
        try:
            return self.texts.get(timeout=timeout)
        except queue.Empty:
            raise AssertionError(f"the page sent no message within {timeout} s") from None

    def wait_for_frames(self, count, timeout=WAIT):
        deadline = time.monotonic() + timeout
        while len(self.frames) < count:
            assert time.monotonic() < deadline, f"{len(self.frames)} of {count} frames within {timeout} s"
            time.sleep(0.02)
        return self.frames[:count]

    def say(self, kind, **fields):
        self.connection.send(json.dumps({"type": kind, **fields}))

    def audio(self, samples, frame=480):
        """Sends samples (array of int16) in frames, as fast as the socket takes them: so does a classic server."""
        for start in range(0, len(samples), frame):
            self.connection.send(samples[start:start + frame].tobytes())

    def hear(self, *words, final=True):
        """Interim results, word by word, then the final one, then thinking."""
        for count in range(1, len(words) + 1):
            self.say("transcript", text=" ".join(words[:count]), isFinal=False)
        if final:
            self.say("transcript", text=" ".join(words), isFinal=True)
            self.say("thinking")

    def start_reply(self, rate=24000):
        self.say("audio_start", sampleRate=rate, encoding="linear16")
        self.say("speaking")

    def end_reply(self, text):
        self.say("audio_end")
        self.say("response", text=text)

    def close(self, code=1012):
        self.connection.close(code)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
