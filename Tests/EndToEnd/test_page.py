"""The web client in headless Chromium against a scripted server: microphone, playback, interruption, reconnection.

What the real server does with it is tested elsewhere; here stands what the page does with any server.
"""

import array
import cmath
import json
import math
import os
import time
import wave
from pathlib import Path

import pytest

from browser import Browser, write_wav
from fake_server import FakeServer

PAGE = Path(__file__).parents[2] / "Sources/Host/App/Page/index.html"
SPEECH = Path("/usr/share/pocketsphinx/test/data/librivox/sense_and_sensibility_01_austen_64kb-0880.wav")
# Where the screenshots go; by default they are only proof that something was drawn.
PICTURES = os.environ.get("VOICED_PICTURES")


@pytest.fixture(scope="module")
def speech():
    """A human voice, 16 kHz."""
    with wave.open(str(SPEECH)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (16000, 1, 2)
        return array.array("h", file.readframes(file.getnframes()))


@pytest.fixture(scope="module")
def browser(speech, tmp_path_factory):
    wav = write_wav(tmp_path_factory.mktemp("microphone") / "speech.wav", speech)
    with Browser(wav=wav) as browser:
        yield browser


@pytest.fixture
def server():
    server = FakeServer(PAGE.read_text())
    yield server
    server.stop()


@pytest.fixture
def call(browser, server):
    """A page with its microphone on, and the server's end of its call."""
    browser.before_load()
    browser.open(server.url, record=True)
    browser.click("#orb")
    browser.wait_for("voiced.state === 'listening' || voiced.state === 'hearing'")
    caller = server.next_caller()
    yield caller
    assert browser.errors == []
    assert browser.external_requests() == []


def state(browser):
    return browser.evaluate("voiced")


def tone(seconds, rate, hertz=440.0, level=0.5):
    return array.array("h", (
        round(32767 * level * math.sin(2 * math.pi * hertz * n / rate)) for n in range(round(seconds * rate))))


def share_of(samples, rate, hertz):
    """The part of the energy that lies at one frequency: 1 for a pure tone."""
    bin = sum(s * cmath.exp(-2j * math.pi * hertz * n / rate) for n, s in enumerate(samples))
    energy = sum(s * s for s in samples)
    return 2 * abs(bin) ** 2 / (len(samples) * energy) if energy else 0.0


def sounding(recording, threshold=30):
    """First and last sample that is not silence."""
    loud = [n for n, sample in enumerate(recording.samples) if abs(sample) > threshold]
    return (loud[0], loud[-1] + 1) if loud else (0, 0)


def longest_silence(samples, threshold=30):
    longest = run = 0
    for sample in samples:
        run = run + 1 if abs(sample) <= threshold else 0
        longest = max(longest, run)
    return longest


def correlation(a, b):
    n = min(len(a), len(b))
    a, b = a[:n], b[:n]
    dot = sum(x * y for x, y in zip(a, b))
    return dot / math.sqrt(sum(x * x for x in a) * sum(y * y for y in b) or 1)


def envelope(samples, step=160):
    return [math.sqrt(sum(s * s for s in samples[n:n + step]) / step) for n in range(0, len(samples) - step + 1, step)]


def centred(values):
    mean = sum(values) / len(values)
    return [value - mean for value in values]


# Loading and connecting.


def test_the_page_is_one_file_and_asks_no_other_host():
    text = PAGE.read_text()
    for marker in ("src=", "@import", "url(http", "//cdn", "<link rel=\"stylesheet\""):
        assert marker not in text
    assert all(len(line) <= 120 for line in text.splitlines())


def test_it_connects_in_the_classic_dialect_before_the_microphone_is_on(browser, server):
    browser.open(server.url)
    caller = server.next_caller()
    browser.wait_for("voiced.state === 'ready'")
    now = state(browser)
    assert caller.subprotocol is None
    assert (now["connected"], now["sessionId"], now["sentFrames"], now["attempts"]) == (True, caller.session_id, 0, 0)
    assert caller.session_id[:8] in browser.evaluate("document.querySelector('footer').innerText")
    assert browser.errors == []
    assert browser.external_requests() == []


def test_a_socket_without_a_greeting_is_not_a_connection(browser, server):
    server.greet = False
    browser.open(server.url)
    server.next_caller()
    assert state(browser)["state"] == "connecting"
    assert state(browser)["connected"] is False


# The microphone.


# The page's own resampler, without a browser's audio thread around it.
RESAMPLED = """(() => {{
  const sampleRate = {to}, registerProcessor = () => {{}}, AudioWorkletProcessor = class {{}};
  {code}
  const resampler = new Resampler({rate}, {to}), output = [];
  const input = Float32Array.from({{ length: {rate} }}, (_, n) => Math.sin(2 * Math.PI * {hertz} * n / {rate}));
  for (let at = 0; at < input.length; at += 100) output.push(...resampler.process(input.subarray(at, at + 100)));
  const steady = output.slice(1000, -1000), energy = steady.reduce((sum, each) => sum + each * each, 0);
  return {{ count: output.length, decibels: 10 * Math.log10(2 * energy / steady.length) }};
}})()"""


@pytest.mark.parametrize("rate, to, passes, stops", [
    (48000, 16000, 6500, 8300), (44100, 16000, 6500, 8300), (96000, 16000, 6500, 8300), (24000, 48000, 9500, None),
    (24000, 44100, 9500, None), (22050, 48000, 8500, None), (44100, 48000, 17500, None), (16000, 16000, 6500, None)])
def test_the_resampler_keeps_speech_and_lets_nothing_alias(browser, server, rate, to, passes, stops):
    if not browser.is_open:
        browser.open(server.url)
    code = PAGE.read_text().split('id="worklets">')[1].split("</script>")[0].replace('"use strict";', "")
    for hertz in (100, 1000, passes):
        result = browser.evaluate(RESAMPLED.format(rate=rate, to=to, hertz=hertz, code=code))
        assert result["decibels"] == pytest.approx(0, abs=0.1), hertz
        assert result["count"] == pytest.approx(to, abs=100)
    if stops:
        assert browser.evaluate(RESAMPLED.format(rate=rate, to=to, hertz=stops, code=code))["decibels"] < -65


RAW_MICROPHONE = """
    const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = (wanted) => {
      window.wanted = wanted;
      return open({ audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false } });
    };"""


def test_the_microphone_arrives_as_20_ms_frames_with_the_callers_voice(call, browser, speech):
    frames = call.wait_for_frames(200)
    assert {len(frame) for _, frame in frames} == {640}
    seconds = frames[-1][0] - frames[0][0]
    assert seconds == pytest.approx(199 * 0.02, rel=0.05)
    assert state(browser)["sentFrames"] >= 200
    # Gain control and noise suppression leave little but the loudness of each moment to compare.
    heard = array.array("h", b"".join(frame for _, frame in frames))
    assert best_alignment(heard[16000:], speech)[1] > 0.75


def test_the_voice_is_resampled_faithfully(browser, server, speech):
    """Without the browser's processing, what is sent must be the recording itself, and not only resemble it."""
    browser.before_load(RAW_MICROPHONE)
    browser.open(server.url)
    browser.click("#orb")
    frames = server.next_caller().wait_for_frames(150)
    browser.before_load()
    assert browser.evaluate("wanted") == {"audio": {
        "echoCancellation": True, "noiseSuppression": True, "autoGainControl": True, "channelCount": 1}}
    heard = array.array("h", b"".join(frame for _, frame in frames))[8000:]
    lag, _ = best_alignment(heard, speech)
    part = heard[16000:24000]
    near = len(speech) + (16000 + 160 * lag) % len(speech)
    loop = speech + speech + speech
    best = max(range(near - 320, near + 320), key=lambda at: correlation(part, loop[at:at + len(part)]))
    # The two sample clocks do not start together: the match lies between samples.
    matches = [correlation(part, delayed(loop, best, len(part), fraction / 8)) for fraction in range(-4, 5)]
    assert max(matches) > 0.995


def delayed(samples, start, count, fraction, half=12):
    """`count` samples from `start + fraction` on, by windowed sinc."""
    def weight(offset):
        return (math.sin(math.pi * offset) / (math.pi * offset) if offset else 1.0) * math.cos(
            math.pi * offset / (2 * half + 2)) ** 2
    weights = [weight(k - fraction) for k in range(-half, half + 1)]
    return [sum(w * s for w, s in zip(weights, samples[at - half:at + half + 1])) for at in range(start, start + count)]


def best_alignment(heard, speech):
    """Where in the endless loop of `speech` the first of `heard` is, in units of 10 ms, and how well they agree."""
    reference, sent = envelope(speech), centred(envelope(heard))
    loop = reference * (2 + len(sent) // len(reference))
    agreement = [correlation(sent, centred(loop[lag:lag + len(sent)])) for lag in range(len(reference))]
    best = max(agreement)
    return agreement.index(best), best


def test_muting_ends_the_sentence_with_silence_and_then_sends_nothing(call, browser):
    call.wait_for_frames(30)
    browser.press("m")
    browser.wait_for("voiced.state === 'ready'")
    count = browser.evaluate("voiced.sentFrames")
    browser.wait_for("new Promise((done) => setTimeout(() => done(true), 1300))")
    after = browser.evaluate("voiced.sentFrames")
    assert 40 <= after - count <= 55
    time.sleep(0.2)
    assert browser.evaluate("voiced.sentFrames") == after
    assert not any(call.frames[-1][1])
    browser.press(" ")
    browser.wait_for(f"voiced.sentFrames > {after + 10}")
    assert any(any(frame) for _, frame in call.frames[-10:])


def test_a_device_at_44100_hz_sends_the_same_frames(browser, server):
    browser.before_load("""
        window.AudioContext = class extends AudioContext {
          constructor(options) { super({ ...options, sampleRate: 44100 }); }
        };""")
    browser.open(server.url, record=True)
    browser.click("#orb")
    caller = server.next_caller()
    frames = caller.wait_for_frames(100)
    assert {len(frame) for _, frame in frames} == {640}
    assert frames[-1][0] - frames[0][0] == pytest.approx(99 * 0.02, rel=0.06)
    caller.start_reply()
    caller.audio(tone(0.5, 24000))
    caller.end_reply("Beep.")
    browser.wait_for("voiced.transcripts.some((each) => each.role === 'agent' && each.final)")
    recording = browser.recording()
    first, last = sounding(recording)
    assert recording.rate == 44100
    assert (last - first) / 44100 == pytest.approx(0.5, abs=0.01)
    assert share_of(recording.samples[first:last], 44100, 440) > 0.98
    browser.before_load()


@pytest.mark.parametrize("failure, words", [
    ("Object.defineProperty(navigator, 'mediaDevices', { value: undefined });", "only over HTTPS"),
    ("navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));",
     "not allowed"),
    ("navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotFoundError'));",
     "No microphone was found"),
])
def test_a_microphone_that_does_not_open_is_explained(browser, server, failure, words):
    browser.before_load(failure)
    browser.open(server.url)
    browser.wait_for("voiced.state === 'ready'")
    browser.click("#orb")
    browser.wait_for("voiced.lastError")
    browser.before_load()
    assert words in browser.evaluate("voiced.lastError")
    assert words in browser.evaluate("document.querySelector('#hint').innerText")
    assert words in browser.evaluate("document.querySelector('[role=status]').textContent")
    assert browser.errors == []


# A reply.


@pytest.mark.parametrize("rate", [24000, 16000, 22050, 44100, 48000])
def test_a_reply_is_really_heard_whole_and_without_a_gap(call, browser, rate):
    call.hear("play", "a", "tone")
    call.start_reply(rate)
    call.audio(tone(1.5, rate), frame=rate // 3)
    call.end_reply("Here is your tone.")
    browser.wait_for("voiced.state === 'speaking'")
    browser.wait_for("voiced.transcripts.at(-1)?.final && voiced.state !== 'speaking'")
    now = state(browser)
    assert now["playedSamples"] == pytest.approx(1.5 * rate, rel=0.02)
    assert (now["flushedSamples"], now["underruns"]) == (0, 0)

    recording = browser.recording()
    first, last = sounding(recording)
    assert (last - first) / recording.rate == pytest.approx(1.5, abs=0.01)
    assert longest_silence(recording.samples[first:last]) < recording.rate * 0.002
    assert share_of(recording.samples[first:last], recording.rate, 440) > 0.99


def test_a_reply_that_trickles_in_is_played_without_a_gap(call, browser):
    """400 ms in advance, then just in time: what a provider's stream looks like."""
    samples = tone(1.5, 24000)
    call.start_reply()
    call.audio(samples[:9600])
    begin = time.monotonic()
    for number, start in enumerate(range(9600, len(samples), 480), 1):
        time.sleep(max(0.0, begin + number * 0.02 - time.monotonic()))
        call.audio(samples[start:start + 480])
    call.end_reply("Done.")
    browser.wait_for("voiced.transcripts.at(-1)?.final && voiced.state !== 'speaking'")
    assert state(browser)["underruns"] == 0
    recording = browser.recording()
    first, last = sounding(recording)
    assert longest_silence(recording.samples[first:last]) < recording.rate * 0.002


def test_the_conversation_is_shown_as_it_happens(call, browser):
    bubbles = "[...document.querySelectorAll('.turn')].map((each) => each.querySelector('.bubble').innerText)"
    call.say("transcript", text="what time", isFinal=False)
    browser.wait_for("document.querySelector('.caller .interim')?.innerText === 'what time'")
    assert state(browser)["transcripts"] == [
        {"role": "caller", "text": "what time", "final": False, "interrupted": False}]
    call.say("transcript", text="what time is it", isFinal=True)
    browser.wait_for("!document.querySelector('.caller .interim')")
    call.say("transcript", text="please", isFinal=False)
    browser.wait_for("voiced.transcripts[0].text === 'what time is it please'")
    call.say("transcript", text="please", isFinal=True)
    call.say("thinking")
    browser.wait_for("voiced.state === 'thinking'")
    call.start_reply()
    call.audio(tone(1.0, 24000))
    browser.wait_for("voiced.state === 'speaking'")
    assert "Speaking" in browser.evaluate(bubbles)[1]
    call.end_reply("It is noon.")
    browser.wait_for("voiced.transcripts[1]?.text === 'It is noon.'")
    browser.wait_for("voiced.transcripts[1].final")
    assert [text.replace("You:", "").replace("Agent:", "").strip() for text in browser.evaluate(bubbles)] == [
        "what time is it please", "It is noon."]
    assert "answered in" in browser.evaluate("document.querySelector('.agent .meta').innerText")
    assert "Answered in" in browser.evaluate("document.querySelector('#figure').innerText")
    assert browser.evaluate("document.querySelector('#spoken').textContent") == "Agent: It is noon."


def test_words_from_the_server_are_text_and_never_markup(call, browser):
    call.hear("<img", "src=x", "onerror=alert(1)>")
    call.start_reply()
    call.end_reply("<b>bold</b>")
    browser.wait_for("voiced.transcripts.length === 2 && voiced.transcripts[1].text")
    assert browser.evaluate("document.querySelectorAll('#conversation img, #conversation b').length") == 0
    assert browser.evaluate("voiced.transcripts[1].text") == "<b>bold</b>"


# Interruption.


def is_cut(browser, seconds):
    """Waits for silence, and checks that not much more than `seconds` of sound were rendered, faded at the end."""
    browser.wait_for("voiced.state !== 'speaking'")
    browser.wait_for("new Promise((done) => setTimeout(() => done(true), 300))")
    recording = browser.recording()
    first, last = sounding(recording)
    assert 0 < (last - first) / recording.rate < seconds
    fade = [max(map(abs, recording.samples[at - 240:at])) for at in (last - 960, last - 480, last)]
    assert fade[0] > fade[1] > fade[2]
    return recording


def test_audio_interrupted_silences_at_once_and_stale_bytes_are_not_played(call, browser):
    call.hear("tell", "me", "a", "story")
    call.start_reply()
    call.audio(tone(10, 24000))
    browser.wait_for("voiced.playedSamples > 6000")
    call.say("audio_interrupted")
    call.audio(tone(2, 24000, hertz=1000))  # a server must not; a page must not play it
    recording = is_cut(browser, 2.0)
    now = state(browser)
    assert now["playedSamples"] + now["flushedSamples"] == pytest.approx(240000, rel=0.01)
    first, last = sounding(recording)
    assert share_of(recording.samples[first:last - 960], recording.rate, 1000) < 0.01
    assert now["transcripts"][-1]["interrupted"] is True
    assert "interrupted after" in browser.evaluate("document.querySelector('.agent .meta').innerText")

    call.hear("go", "on")
    call.start_reply()
    call.audio(tone(0.5, 24000, hertz=700))
    call.end_reply("Certainly.")
    browser.wait_for("voiced.transcripts.at(-1)?.text === 'Certainly.' && voiced.transcripts.at(-1)?.final")
    assert state(browser)["playedSamples"] == pytest.approx(now["playedSamples"] + 12000, rel=0.03)


@pytest.mark.parametrize("how", ["click", "key", "function"])
def test_the_caller_interrupts_by_hand(call, browser, how):
    call.start_reply()
    call.audio(tone(5, 24000))
    browser.wait_for("voiced.playedSamples > 4000")
    {"click": lambda: browser.click("#interrupt"), "key": lambda: browser.press("Escape"),
     "function": lambda: browser.evaluate("voiced.interrupt()")}[how]()
    assert call.next_text() == json.dumps({"type": "interrupt"}, separators=(",", ":"))
    call.audio(tone(1, 24000, hertz=1000))  # on its way when the message arrived
    call.say("audio_interrupted")
    recording = is_cut(browser, 2.0)
    first, last = sounding(recording)
    assert share_of(recording.samples[first:last - 960], recording.rate, 1000) < 0.01
    assert state(browser)["transcripts"][-1]["interrupted"] is True


def test_words_over_the_tail_of_a_reply_that_was_sent_completely_silence_it(call, browser):
    """A classic server says nothing after audio_end, although five seconds are still to be heard."""
    call.start_reply()
    call.audio(tone(5, 24000))
    call.end_reply("one two three four five six seven eight nine ten")
    browser.wait_for("voiced.playedSamples > 24000")
    call.say("transcript", text="", isFinal=False)  # no words, no interruption
    browser.wait_for("voiced.playedSamples > 30000")
    assert state(browser)["state"] == "speaking"
    call.say("transcript", text="wait", isFinal=False)
    is_cut(browser, 3.0)
    agent, caller = state(browser)["transcripts"]
    assert (agent["interrupted"], caller["text"]) == (True, "wait")
    unheard = browser.evaluate("document.querySelector('.agent .unheard').innerText")
    assert "ten" in unheard and "one" not in unheard


def test_clear_empties_the_page_and_tells_the_server(call, browser):
    call.hear("remember", "me")
    call.start_reply()
    call.audio(tone(5, 24000))
    browser.wait_for("voiced.playedSamples > 4000")
    browser.click("#clear")
    assert call.next_text() == '{"type":"clear"}'
    call.say("audio_interrupted")
    is_cut(browser, 2.0)
    assert state(browser)["transcripts"] == []
    assert state(browser)["connected"] is True
    assert browser.evaluate("getComputedStyle(document.querySelector('.empty')).display") != "none"


def test_a_late_response_to_a_cleared_reply_leaves_no_trace(call, browser):
    call.start_reply()
    call.audio(tone(2, 24000))
    call.say("audio_end")
    browser.wait_for("voiced.playedSamples > 4000")
    browser.press("c")
    assert call.next_text() == '{"type":"clear"}'
    call.say("response", text="late")
    call.say("transcript", text="next", isFinal=True)
    browser.wait_for("voiced.transcripts.length > 0")
    assert [each["text"] for each in state(browser)["transcripts"]] == ["next"]


# Trouble.


def test_an_error_is_shown_in_the_servers_words(call, browser):
    call.say("error", message="The speech service is not reachable. Please try again.")
    browser.wait_for("voiced.lastError")
    assert "not reachable" in browser.evaluate("document.querySelector('[role=alert]').innerText")
    assert state(browser)["connected"] is True
    browser.click(".toast button")
    assert browser.evaluate("document.querySelectorAll('.toast').length") == 0


def test_messages_it_does_not_know_do_no_harm(call, browser):
    for text in ("not json", "null", "[]", '"text"', '{"type":"from_the_future"}', '{"type":"audio_start"}',
                 '{"type":"transcript"}', '{"type":"constructor"}'):
        call.connection.send(text)
    call.connection.send(b"")
    call.connection.send(b"\x01")
    call.say("audio_end")
    call.hear("still", "here")
    browser.wait_for("voiced.transcripts.some((each) => each.text === 'still here')")


def test_it_comes_back_after_a_restart_and_the_microphone_has_kept_running(call, browser, server):
    call.wait_for_frames(10)
    call.hear("are", "you", "there", final=False)
    browser.wait_for("voiced.transcripts.length === 1")
    server.stop()
    browser.wait_for("voiced.state === 'connecting' && voiced.attempts >= 3", timeout=20)
    assert browser.evaluate("voiced.connected") is False
    assert browser.evaluate("/^Attempt \\d+/.test(document.querySelector('#hint').innerText)")
    assert browser.evaluate("document.querySelector('#link').innerText") == "reconnecting"
    assert browser.evaluate("voiced.listening") is True
    server.start()
    again = server.next_caller(timeout=15)
    again.wait_for_frames(25)
    now = state(browser)
    assert (now["connected"], now["sessionId"], now["connections"]) == (True, again.session_id, 2)
    # Words that had not become final are gone; that the agent forgot is said.
    assert now["transcripts"] == []
    browser.wait_for("voiced.attempts === 0", timeout=8)
    # The only complaints are the browser's own, about sockets that were refused.
    assert all("WebSocket connection" in error for error in browser.errors)
    browser.errors.clear()


def test_the_waits_between_attempts_grow_with_full_jitter_up_to_five_seconds(browser, server):
    browser.before_load("""
        Math.random = () => 1;
        window.waits = [];
        const later = window.setTimeout;
        window.setTimeout = (act, wait) => {
          const connects = String(act).includes("connect()");
          if (connects) window.waits.push(wait);
          return later(act, connects ? 0 : wait);
        };""")
    browser.open(server.url)
    browser.wait_for("voiced.state === 'ready'")
    server.stop()
    browser.wait_for("waits.length >= 8", timeout=20)
    browser.before_load()
    assert browser.evaluate("waits")[:8] == [250, 500, 1000, 2000, 4000, 5000, 5000, 5000]
    server.start()
    browser.wait_for("voiced.connected")


def test_a_call_that_the_server_has_ended_is_not_called_back(call, browser, server):
    call.close(1000)
    browser.wait_for("voiced.state === 'offline'")
    assert browser.evaluate("document.querySelector('#state').innerText") == "Call ended"
    assert browser.evaluate("voiced.listening") is False
    time.sleep(0.7)
    assert server.callers.empty()
    browser.click("#orb")
    server.next_caller().wait_for_frames(10)


def test_what_arrived_before_the_link_broke_is_heard_to_its_end(call, browser, server):
    call.start_reply()
    call.audio(tone(1.5, 24000))
    browser.wait_for("voiced.playedSamples > 4000")
    server.stop()
    browser.wait_for("voiced.transcripts.at(-1)?.final", timeout=5)
    assert state(browser)["playedSamples"] == pytest.approx(36000, rel=0.03)
    browser.errors.clear()


# Looks and reach.


FITS = """(() => {
  const page = document.documentElement;
  const boxes = [...document.querySelectorAll("#orb .core, #interrupt, #clear, #state, footer, .brand, .talk")]
    .map((each) => each.getBoundingClientRect());
  const inside = boxes.every((box) =>
    box.width && box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight);
  const [orb, interrupt, clear] = boxes;
  const apart = [interrupt, clear].every((box) =>
    box.right <= orb.left || box.left >= orb.right || box.top >= orb.bottom || box.bottom <= orb.top);
  return inside && apart && page.scrollWidth <= innerWidth && page.scrollHeight <= innerHeight;
})()"""


@pytest.mark.parametrize("name, width, height, mobile", [
    ("phone", 390, 844, True), ("small-phone", 320, 568, True), ("tablet", 820, 1180, True),
    ("laptop", 1280, 800, False), ("desktop", 1920, 1080, False)])
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_it_fits_every_screen_in_both_themes(browser, server, tmp_path, name, width, height, mobile, theme):
    browser.open(server.url, width=width, height=height, mobile=mobile, theme=theme)
    caller = server.next_caller()
    browser.wait_for("voiced.state === 'ready'")
    pictures = Path(PICTURES or tmp_path)
    pictures.mkdir(parents=True, exist_ok=True)
    browser.screenshot(pictures / f"{name}-{theme}-ready.png")
    assert browser.evaluate(FITS)
    hold_a_conversation(browser, caller)
    browser.screenshot(pictures / f"{name}-{theme}-speaking.png")
    assert (pictures / f"{name}-{theme}-speaking.png").stat().st_size > 10000
    assert browser.evaluate(FITS)
    talk = browser.evaluate("document.querySelector('#talk').getBoundingClientRect().height")
    assert talk > 150
    assert browser.errors == []


def hold_a_conversation(browser, caller):
    """Two turns, one of them interrupted, and a third that is being spoken."""
    browser.click("#orb")
    caller.wait_for_frames(5)
    caller.hear("hello", "who", "are", "you")
    caller.start_reply()
    caller.audio(tone(0.3, 24000))
    caller.end_reply("Hello! I am Nova, your voice assistant. What can I do for you?")
    browser.wait_for("voiced.transcripts.at(-1)?.final && voiced.transcripts.length === 2")
    caller.hear("tell", "me", "everything", "about", "tides")
    caller.start_reply()
    caller.audio(tone(6, 24000))
    browser.wait_for("voiced.state === 'speaking' && voiced.playedSamples > 15000")
    caller.say("audio_interrupted")
    caller.hear("just", "the", "short", "version", "please")
    caller.start_reply()
    caller.audio(tone(4, 24000))
    caller.end_reply(
        "The moon pulls on the sea, and the water on the near and the far side swells. As the earth turns, "
        "we pass through both swells each day.")
    browser.wait_for("voiced.playedSamples > 60000 && voiced.transcripts.length === 6")


def test_everything_has_a_name_and_can_be_reached_by_keyboard(browser, server):
    browser.open(server.url)
    browser.wait_for("voiced.state === 'ready'")
    tree = browser.command("Accessibility.getFullAXTree")["nodes"]
    buttons = {node["name"]["value"] for node in tree if node.get("role", {}).get("value") == "button"}
    assert buttons == {"Start talking", "Interrupt", "Clear"}
    roles = {node.get("role", {}).get("value") for node in tree}
    assert {"alert", "status", "log", "heading", "region", "banner", "main", "contentinfo"} <= roles
    reached = []
    for _ in range(4):
        browser.command("Input.dispatchKeyEvent", {"type": "keyDown", "key": "Tab", "windowsVirtualKeyCode": 9})
        browser.command("Input.dispatchKeyEvent", {"type": "keyUp", "key": "Tab", "windowsVirtualKeyCode": 9})
        reached.append(browser.evaluate("document.activeElement.id"))
        assert browser.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert reached == ["talk", "orb", "mute", "clear"]
