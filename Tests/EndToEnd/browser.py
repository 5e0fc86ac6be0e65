"""Drives one headless Chromium over the DevTools protocol: opens a page, clicks, asks, looks, listens.

It knows nothing of voiced and holds no assertions; what a page must do is said in the tests.
"""

import array
import base64
import contextlib
import itertools
import json
import os
import queue
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import wave
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

CHROMIUM = shutil.which("chromium") or "chromium"
START_TIMEOUT = 60.0  # seconds; a cold start on a busy machine takes ten
COMMAND_TIMEOUT = 30.0

FLAGS = [
    "--headless=new",
    "--no-sandbox",  # as root, which is what CI is, there is none
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--autoplay-policy=no-user-gesture-required",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    "--remote-debugging-port=0",
]

# Taps whatever a page sends to an AudioDestinationNode, outside of the page's own code: what is recorded is what a
# loudspeaker would get.
RECORDER = """
(() => {
  const chunks = window.__recording = { rate: 0, frames: [] };
  const module = URL.createObjectURL(new Blob([`
    registerProcessor("test-recorder", class extends AudioWorkletProcessor {
      process(inputs) {
        if (inputs[0][0]) this.port.postMessage(inputs[0][0].slice());
        return true;
      }
    });`], { type: "text/javascript" }));
  const recorders = new WeakMap();
  async function makeRecorder(context, destination) {
    await context.audioWorklet.addModule(module);
    const recorder = new AudioWorkletNode(context, "test-recorder", { channelCount: 1, channelCountMode: "explicit" });
    recorder.port.onmessage = ({ data }) => chunks.frames.push(data);
    chunks.rate = context.sampleRate;
    original.call(recorder, destination);
    return recorder;
  }
  const original = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (target, ...rest) {
    if (target instanceof AudioDestinationNode) {
      if (!recorders.has(target)) recorders.set(target, makeRecorder(this.context, target));
      recorders.get(target).then((recorder) => original.call(this, recorder));
    }
    return original.call(this, target, ...rest);
  };
})();
"""

# One base64 text of 16-bit samples: JSON of half a million floats would take seconds.
READ_RECORDING = """
(() => {
  const { rate, frames } = window.__recording;
  const samples = new Int16Array(frames.reduce((sum, each) => sum + each.length, 0));
  let at = 0;
  for (const each of frames) for (const value of each) samples[at++] = Math.max(-1, Math.min(1, value)) * 32767;
  const bytes = new Uint8Array(samples.buffer);
  let text = "";
  for (let i = 0; i < bytes.length; i += 32768) text += String.fromCharCode(...bytes.subarray(i, i + 32768));
  return { rate, data: btoa(text) };
})()
"""


class BrowserError(AssertionError):
    """The browser, or the page in it, did not do what was asked."""


@dataclass
class Recording:
    """What went to the loudspeaker: 16-bit samples, mono, at `rate` Hz."""

    rate: int
    samples: array.array


class Browser:
    """A Chromium of our own, with a fresh profile and `wav` as its microphone (played in a loop).

    `with Browser(wav=path) as browser: browser.open(url)`. `open` starts a new tab and forgets what was collected.
    `errors` are console errors, uncaught exceptions and failed loads, in words; `requests` are all URLs asked for,
    WebSockets included.
    """

    def __init__(self, executable=CHROMIUM, wav=None, flags=()):
        self.errors: list[str] = []
        self.requests: list[str] = []
        self._numbers = itertools.count(1)
        self._answers: dict[int, queue.Queue] = {}
        self._target = None
        self._session = None
        self._scripts: list[str] = []
        self._profile = tempfile.mkdtemp(prefix="voiced-chromium-")
        self._open = contextlib.ExitStack()
        self._log = open(Path(self._profile, "chromium.log"), "w+")
        arguments = [executable, *FLAGS, f"--user-data-dir={self._profile}", *flags]
        if wav:
            arguments.append(f"--use-file-for-fake-audio-capture={Path(wav).resolve()}")
        # A process group of its own: Chromium is many processes, and these are the only ones that are ever ended.
        self._process = subprocess.Popen(
            [*arguments, "about:blank"], stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log,
            start_new_session=True)
        try:
            self._socket = self._open.enter_context(
                connect(self._address(), max_size=None, compression=None, proxy=None))
        except BaseException:
            self.close()
            raise
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    # Pages.

    def open(self, url, width=1280, height=800, mobile=False, theme="dark", reduced_motion=True, record=False):
        """Opens `url` in a new tab and waits until it has loaded. Calm by default: it saves the processor for sound.

        With `record`, what the page plays is kept for `recording()`.
        """
        self._close_tab()
        self.errors.clear()
        self.requests.clear()
        self._target = self._send("Target.createTarget", {"url": "about:blank"})["targetId"]
        self._session = self._send("Target.attachToTarget", {"targetId": self._target, "flatten": True})["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.command(f"{domain}.enable")
        for script in [*self._scripts, *([RECORDER] if record else [])]:
            self.command("Page.addScriptToEvaluateOnNewDocument", {"source": script})
        self.viewport(width, height, mobile)
        self.media(theme, reduced_motion)
        self.navigate(url)
        return self

    def navigate(self, url):
        result = self.command("Page.navigate", {"url": url})
        if result.get("errorText"):
            raise BrowserError(f"{url} did not load: {result['errorText']}")
        self.wait_for("location.href !== 'about:blank' && document.readyState === 'complete'")

    def before_load(self, *scripts):
        """Scripts that run in each page opened from now on, before its own."""
        self._scripts = list(scripts)

    def viewport(self, width, height, mobile=False):
        self.command("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height, "deviceScaleFactor": 2 if mobile else 1, "mobile": mobile})

    def media(self, theme="dark", reduced_motion=True):
        self.command("Emulation.setEmulatedMedia", {"features": [
            {"name": "prefers-color-scheme", "value": theme},
            {"name": "prefers-reduced-motion", "value": "reduce" if reduced_motion else "no-preference"}]})

    @property
    def is_open(self):
        return self._session is not None

    # Asking and doing.

    def evaluate(self, expression):
        """The value of a JavaScript expression; a promise is awaited."""
        result = self.command("Runtime.evaluate", {
            "expression": expression, "returnByValue": True, "awaitPromise": True, "userGesture": True})
        if "exceptionDetails" in result:
            details = result["exceptionDetails"]
            raise BrowserError(details.get("exception", {}).get("description") or details["text"])
        return result["result"].get("value")

    def wait_for(self, condition, timeout=10.0):
        """Waits until a JavaScript condition is truthy, and returns its value."""
        deadline = time.monotonic() + timeout
        while True:
            value = self.evaluate(condition)
            if value:
                return value
            if time.monotonic() > deadline:
                raise BrowserError(f"after {timeout} s still not true: {condition}\nerrors: {self.errors}")
            time.sleep(0.02)

    def click(self, selector):
        """A real click in the middle of the element: whatever lies over it gets the click instead."""
        place = self.evaluate(f"""(() => {{
            const box = document.querySelector({json.dumps(selector)})?.getBoundingClientRect();
            return box && box.width ? {{ x: box.x + box.width / 2, y: box.y + box.height / 2 }} : null;
        }})()""")
        if not place:
            raise BrowserError(f"nothing to click at {selector}")
        for kind in ("mousePressed", "mouseReleased"):
            self.command("Input.dispatchMouseEvent", {"type": kind, **place, "button": "left", "clickCount": 1})

    def press(self, key, text=None):
        """One key, by its DOM name: "Escape", " ", "m"."""
        text = text if text is not None else key if len(key) == 1 else ""
        self.command("Input.dispatchKeyEvent", {"type": "keyDown", "key": key, "text": text})
        self.command("Input.dispatchKeyEvent", {"type": "keyUp", "key": key})

    def offline(self, offline):
        """Takes the network from the page, or gives it back."""
        self.command("Network.emulateNetworkConditions", {
            "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1})

    # Looking and listening.

    def screenshot(self, path):
        image = self.command("Page.captureScreenshot", {"format": "png"})["data"]
        Path(path).write_bytes(base64.b64decode(image))

    def recording(self):
        """What has gone to the loudspeaker so far; the page must have been opened with `record=True`."""
        answer = self.evaluate(READ_RECORDING)
        return Recording(int(answer["rate"]), array.array("h", base64.b64decode(answer["data"])))

    def external_requests(self):
        """Requests to any host but the page's own; data: and blob: never leave the browser."""
        home = urlsplit(self.evaluate("location.href")).netloc
        return [url for url in self.requests
                if urlsplit(url).scheme not in ("data", "blob") and urlsplit(url).netloc != home]

    # The DevTools protocol.

    def command(self, method, parameters=None):
        return self._send(method, parameters, self._session)

    def _send(self, method, parameters=None, session=None):
        number = next(self._numbers)
        self._answers[number] = answer = queue.Queue(1)
        message = {"id": number, "method": method, "params": parameters or {}}
        self._socket.send(json.dumps(message | ({"sessionId": session} if session else {})))
        try:
            result = answer.get(timeout=COMMAND_TIMEOUT)
        except queue.Empty:
            raise BrowserError(f"{method} was not answered within {COMMAND_TIMEOUT} s") from None
        finally:
            del self._answers[number]
        if "error" in result:
            raise BrowserError(f"{method}: {result['error']['message']}")
        return result["result"]

    def _read(self):
        try:
            for text in self._socket:
                message = json.loads(text)
                if "id" in message:
                    if waiting := self._answers.get(message["id"]):
                        waiting.put(message)
                elif message.get("sessionId") == self._session:
                    self._collect(message["method"], message["params"])
        except ConnectionClosed:
            pass

    def _collect(self, method, parameters):
        if method == "Runtime.exceptionThrown":
            details = parameters["exceptionDetails"]
            self.errors.append(details.get("exception", {}).get("description") or details["text"])
        elif method == "Runtime.consoleAPICalled" and parameters["type"] in ("error", "warning", "assert"):
            self.errors.append(" ".join(str(each.get("value", each.get("description"))) for each in parameters["args"]))
        elif method == "Log.entryAdded" and parameters["entry"]["level"] in ("error", "warning"):
            self.errors.append(parameters["entry"]["text"])
        elif method == "Network.requestWillBeSent":
            self.requests.append(parameters["request"]["url"])
        elif method == "Network.webSocketCreated":
            self.requests.append(parameters["url"])

    # Beginning and end.

    def _address(self):
        """Chromium writes its port and path to this file once it listens."""
        file = Path(self._profile, "DevToolsActivePort")
        deadline = time.monotonic() + START_TIMEOUT
        while time.monotonic() < deadline:
            if file.exists() and len(lines := file.read_text().split()) == 2:
                return f"ws://127.0.0.1:{lines[0]}{lines[1]}"
            if self._process.poll() is not None:
                break
            time.sleep(0.05)
        self._log.seek(0)
        raise BrowserError(f"Chromium did not start:\n{self._log.read()[-2000:]}")

    def _close_tab(self):
        target, self._target, self._session = self._target, None, None
        if target:
            self._send("Target.closeTarget", {"targetId": target})

    def close(self):
        """Ends the Chromium that this object started, and only that."""
        self._open.close()
        try:
            os.killpg(self._process.pid, signal.SIGTERM)
            self._process.wait(timeout=10)
        except ProcessLookupError:
            pass
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._log.close()
        shutil.rmtree(self._profile, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def write_wav(path, samples, rate=16000):
    """Writes 16-bit mono samples as the WAV file that Chromium takes for a microphone."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(array.array("h", samples).tobytes())
    return path
