"""The real `voiced` as a process: started with a manifest, watched through its event file, stopped with SIGTERM.

It knows nothing of calls; those are in caller.py.
"""

import functools
import json
import os
import re
import signal
import subprocess
import threading
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = os.environ.get("VOICED", str(ROOT / ".build/release/voiced"))
SHIPPED = ROOT / "plugins.json"
START_TIMEOUT = 60.0  # seconds; a model is read from disk, on a machine that may be busy
STOP_TIMEOUT = 20.0


def manifest(*changes):
    """The shipped manifest, with each of `changes` merged into its objects; a member that becomes None is left out."""
    return functools.reduce(merged, changes, json.loads(SHIPPED.read_text()))


def merged(value, changes):
    result = dict(value)
    for key, change in changes.items():
        if change is None:
            result.pop(key, None)
        elif isinstance(change, dict) and isinstance(result.get(key), dict):
            result[key] = merged(result[key], change)
        else:
            result[key] = change
    return result


def model(**settings):
    """Changes that give the rehearsal model other settings. Its choices are the same in every run."""
    return {"plugins": {"rehearsal": {"settings": {"seed": 7, **settings}}}}


# The recogniser of a test may share its cores with whatever else this machine does: what is slow is not wrong.
PATIENT = {"conversation": {"final_timeout_ms": 15000}}


class Events:
    """Follows the event file of a server: one JSON object a line, as dictionaries."""

    def __init__(self, path):
        self.path = Path(path)
        self.all = []
        self._read = 0

    def update(self):
        """Everything that has been written so far."""
        if self.path.exists():
            with self.path.open("rb") as file:
                file.seek(self._read)
                complete, newline, _ = file.read().rpartition(b"\n")
            self._read += len(complete) + len(newline)
            self.all += [json.loads(line) for line in complete.splitlines()]
        return self.all

    def find(self, kind, where=None, **members):
        """The events of a kind whose members (`session`, `turn`) and fields have these values."""
        return [event for event in self.update() if matches(event, kind, members) and (not where or where(event))]

    def wait(self, kind, where=None, timeout=15.0, count=1, **members):
        """Waits until there are `count` such events and returns the last of them."""
        deadline = time.monotonic() + timeout
        seen, found = 0, []
        while True:
            for event in self.update()[seen:]:
                seen += 1
                if matches(event, kind, members) and (not where or where(event)):
                    found.append(event)
            if len(found) >= count:
                return found[count - 1]
            if time.monotonic() > deadline:
                recent = "\n".join(json.dumps(event) for event in self.all[-25:])
                raise AssertionError(f"{len(found)} of {count} {kind} {members} within {timeout} s; last:\n{recent}")
            time.sleep(0.02)


def matches(event, kind, members):
    return event.get("kind") == kind and all(
        event.get(name, event.get("fields", {}).get(name)) == value for name, value in members.items())


class Voiced:
    """A running server. `with Voiced(folder, manifest(...)) as server:` stops it and checks that it ended well."""

    def __init__(self, folder, contents=None, port=0, headless=True, environment=None):
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        self.manifest = folder / "plugins.json"
        self.manifest.write_text(json.dumps(contents or manifest(), indent=4))
        self.events = Events(folder / "events.jsonl")
        self.output = []
        self.complaints = []
        # None leaves the choice to WS_PORT.
        port = [] if port is None else ["--port", str(port)]
        self.process = subprocess.Popen(
            [PROGRAM, *(["--headless"] if headless else []), "--manifest", str(self.manifest), "--events",
             str(self.events.path), *port],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env=surroundings(environment))
        self._readers = [
            threading.Thread(target=keep, args=(stream, lines), daemon=True)
            for stream, lines in ((self.process.stdout, self.output), (self.process.stderr, self.complaints))]
        for reader in self._readers:
            reader.start()
        try:
            self.url = self._listening()
        except BaseException:
            self.kill()
            raise
        self.port = int(re.search(r":(\d+)/$", self.url).group(1))
        self.calls_url = self.url.replace("http", "ws", 1) + "ws"

    @property
    def pid(self):
        return self.process.pid

    def _listening(self):
        deadline = time.monotonic() + START_TIMEOUT
        while time.monotonic() < deadline:
            for line in list(self.output):
                if found := re.search(r"listening.* (http://\S+)", line):
                    return found.group(1)
            assert self.process.poll() is None, f"it ended with {self.process.returncode}: {self.complaints}"
            time.sleep(0.01)
        raise AssertionError(f"not listening within {START_TIMEOUT} s: {self.output} {self.complaints}")

    def stop(self):
        """Asks the server to end, and checks that it does so without a complaint."""
        assert self.process.poll() is None, f"it ended with {self.process.returncode}: {self.complaints[-20:]}"
        self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(STOP_TIMEOUT)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"it did not stop within {STOP_TIMEOUT} s") from None
        self._drain()
        assert (status, self.complaints) == (0, []), f"it ended with {status}: {self.complaints}"
        assert self.output[-1] == "voiced has stopped (SIGTERM)."

    def kill(self):
        """Ends it at once, as a crash does."""
        self.process.kill()
        self.process.wait()
        self._drain()

    def _drain(self):
        for reader in self._readers:
            reader.join()
        self.process.stdout.close()
        self.process.stderr.close()

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if self.process.returncode is not None:
            return  # stopped or killed by the test
        if kind:
            self.kill()  # the test's own failure is the one to report
        else:
            self.stop()


def keep(stream, lines):
    for line in stream:
        lines.append(line.rstrip("\n"))


def surroundings(changes=None):
    """This process's environment without what would change the server, and with `changes`."""
    environment = {name: value for name, value in os.environ.items() if name not in ("WS_PORT", "NO_COLOR")}
    return environment | {"SWIFT_BACKTRACE": "enable=no"} | (changes or {})


def run(*arguments, environment=None, timeout=120):
    """Runs a command of `voiced` to its end."""
    return subprocess.run(
        [PROGRAM, *map(str, arguments)], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=timeout,
        env=surroundings(environment))
