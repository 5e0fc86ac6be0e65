"""The web client in headless Chromium against the real server, with a human recording as its microphone.

What the page does with any server, and with a bad one, is in test_page.py.
"""

import pytest

from browser import Browser, write_wav
from speech import RATE, answer, books, overlap, silence, words
from voiced import Voiced, manifest, model

STORY = "Once there was a lighthouse, and it was afraid of the dark. " + "And it went on for a long time. " * 15
# The microphone's loop: the sentence, and then a pause in which the answer can be heard.
PAUSE = 7.0
# The only errors a page may have: the browser's own, about sockets that were refused while there was no server.
REFUSED = "WebSocket connection"


@pytest.fixture(scope="module")
def microphone(tmp_path_factory):
    speech = silence(0.5) + books()[0] + silence(PAUSE)
    return write_wav(tmp_path_factory.mktemp("microphone") / "speech.wav", speech.samples, RATE)


@pytest.fixture(scope="module")
def browser(microphone):
    with Browser(wav=microphone) as browser:
        yield browser


def begin_call(browser, server):
    browser.open(server.url, record=True)
    browser.wait_for("voiced.state === 'ready'")
    browser.click("#orb")
    browser.wait_for("voiced.listening")


def transcripts(browser, role):
    return [each for each in browser.evaluate("voiced.transcripts") if each["role"] == role]


def test_a_spoken_sentence_is_shown_answered_and_heard(start, dial, browser):
    reply = "Hello there, it is very nice to meet you. My name is Nova."
    server = start(model(script=[{"say": reply, "times": 0}]))
    begin_call(browser, server)
    browser.wait_for("voiced.transcripts.some((each) => each.role === 'caller' && each.final)", timeout=30)
    browser.wait_for("voiced.transcripts.some((each) => each.role === 'agent' && each.final)", timeout=30)
    assert overlap(books()[0].text, transcripts(browser, "caller")[0]["text"]) >= 0.4
    assert transcripts(browser, "agent")[0]["text"] == reply
    assert reply in browser.evaluate("document.querySelector('.agent .bubble').innerText")
    browser.wait_for("voiced.state === 'listening' || voiced.state === 'hearing'")
    recording = browser.recording()
    now = browser.evaluate("({ connected: voiced.connected, session: voiced.sessionId, underruns: voiced.underruns })")
    assert browser.external_requests() == []
    browser.navigate("about:blank?")  # hangs up
    assert server.events.wait("session.ended", session=now["session"])["fields"]["reason"] == "left"

    # What the loudspeaker got is the answer: another caller says it into the server.
    listener = dial(server)
    listener.say(answer(recording.samples.tobytes(), recording.rate).trimmed)
    listener.answer()
    understood = " ".join(listener.transcripts())
    assert overlap(reply, understood) >= 0.5, understood
    assert now["underruns"] == 0
    assert browser.errors == []


def test_the_interrupt_button_silences_the_answer(start, browser):
    server = start(model(script=[{"say": STORY, "times": 0}]))
    begin_call(browser, server)
    browser.wait_for("voiced.state === 'speaking' && voiced.playedSamples > 24000", timeout=30)
    session = browser.evaluate("voiced.sessionId")
    browser.click("#interrupt")
    browser.wait_for("voiced.state !== 'speaking'", timeout=2)
    confirmed = server.events.wait("bargein.confirmed", session=session)
    assert confirmed["fields"]["rule"] == "client"
    assert 0 < confirmed["fields"]["heard_words"] < confirmed["fields"]["of_words"]
    assert transcripts(browser, "agent")[0]["interrupted"] is True
    # What was heard is what the server believes was heard, give or take the time to the ear.
    played = browser.evaluate("voiced.playedSamples") / 24
    assert played == pytest.approx(confirmed["fields"]["heard_ms"], abs=600)
    assert browser.errors == []


def test_a_voice_interrupts_the_answer_on_the_page(start, browser):
    """The microphone's loop comes round while the story is being told."""
    server = start(model(script=[{"say": STORY, "times": 0}]))
    begin_call(browser, server)
    browser.wait_for("voiced.transcripts.some((each) => each.role === 'agent' && each.interrupted)", timeout=40)
    session = browser.evaluate("voiced.sessionId")
    assert server.events.wait("bargein.confirmed", session=session)["fields"]["rule"] in ("voice", "words")
    browser.wait_for("voiced.transcripts.filter((each) => each.role === 'agent').length === 2", timeout=30)
    assert browser.errors == []


def test_the_page_comes_back_when_the_server_is_restarted(tmp_path, browser):
    contents = manifest(model())
    with Voiced(tmp_path / "first", contents) as first:
        begin_call(browser, first)
        browser.wait_for("voiced.transcripts.some((each) => each.role === 'agent' && each.final)", timeout=40)
        session = browser.evaluate("voiced.sessionId")
        first.stop()
    browser.wait_for("!voiced.connected && voiced.attempts >= 2", timeout=30)
    assert browser.evaluate("voiced.listening") is True
    with Voiced(tmp_path / "second", contents, port=first.port) as second:
        browser.wait_for("voiced.connected", timeout=20)
        assert browser.evaluate("voiced.sessionId") != session
        # The microphone has kept running: the next sentence is understood by the new server.
        second.events.wait("transcript.final", timeout=40, session=browser.evaluate("voiced.sessionId"))
        browser.wait_for("voiced.transcripts.some((each) => each.final && each.role === 'agent')", timeout=20)
        assert words(transcripts(browser, "caller")[-1]["text"])
        browser.navigate("about:blank?")
    assert all(REFUSED in error for error in browser.errors), browser.errors
