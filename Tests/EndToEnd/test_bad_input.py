"""What clients and networks do wrong: a clear word each, and nobody else is disturbed."""

import contextlib
import http.client
import time

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from speech import books, long_books, overlap, say
from voiced import model

LONG = "This is a sentence that takes about three seconds to say. " * 12


def connected(server, path="ws", **options):
    return connect(f"{server.url.replace('http', 'ws', 1)}{path}", compression=None, proxy=None, **options)


def closed(server, *frames, **options):
    """Sends frames on a connection of their own and returns the code it is closed with."""
    with connected(server) as connection:
        try:
            for frame in frames:
                connection.send(frame, **options)
            while True:
                connection.recv(timeout=10)
        except ConnectionClosed:
            return connection.close_code


# Text that is not understood.


@pytest.mark.parametrize("text, hint", [
    ("hello", "not JSON"), ("", "not JSON"), ("{", "not JSON"), ('{"type":"end"', "not JSON"), ("\0", "not JSON"),
    ("[" * 100, "not JSON"), ("42", "type"), ("null", "type"), ("[]", "type"), ("{}", "type"), ('{"type":7}', "type"),
    ('{"type":"dance"}', "dance"), ('{"type":"\\u001b[2J\\u202e"}', "There is no message"),
    ('{"type":"' + "x" * 15000 + '"}', "There is no message")], ids=lambda value: value[:16].encode().hex())
def test_a_message_that_is_not_understood_is_answered_with_a_sentence(server, dial, text, hint):
    call = dial(server, microphone=False)
    call.send(text)
    message = call.next("error").message["message"]
    assert hint in message
    assert len(message) < 300
    assert message.endswith(".")
    event = server.events.wait("client.error", session=call.session)
    assert event["words"].isprintable()
    call.end()


def test_a_call_goes_on_after_messages_that_were_not_understood(server, dial):
    call = dial(server)
    call.send("hello")
    call.say(books()[0])
    call.send('{"type":"dance"}')
    call.answer()
    assert overlap(books()[0].text, call.transcripts()[0]) >= 0.6
    assert len(call.errors()) == 2
    call.end()


def test_twenty_complaints_end_the_call_with_1008(server, dial):
    call = dial(server, microphone=False)
    for _ in range(20):
        call.send("hello")
    assert call.wait_closed() == 1008
    assert len(call.errors()) == 20
    assert server.events.wait("session.ended", session=call.session)["fields"]["reason"] == "abuse"


# Frames that are too large, or no text.


@pytest.mark.parametrize("frames, options, code", [
    (["x" * (16 * 1024 + 1)], {}, 1009), ([bytes(64 * 1024 + 1)], {}, 1009), ([["x" * 9000, "x" * 9000]], {}, 1009),
    ([[b"\0\0"] * 80], {}, 1009), ([b"\xff\xfe"], {"text": True}, 1007),
    ([b'{"type":"\xc3"}'], {"text": True}, 1007),
], ids=["huge-text", "huge-binary", "huge-in-parts", "too-many-parts", "not-utf-8", "half-a-character"])
def test_what_breaks_the_limits_closes_the_connection_with_its_code(server, frames, options, code):
    assert closed(server, *frames, **options) == code


def test_frames_at_the_limits_are_taken(server, dial):
    call = dial(server, microphone=False)
    call.send(bytes(64 * 1024))
    call.send(b"")
    call.send(b"\0")
    call.send('{"type":"' + "x" * (16 * 1024 - 11) + '"}')
    assert "There is no message" in call.next("error").message["message"]
    call.end()


# Callers that are gone.


def test_a_caller_who_vanishes_in_the_middle_of_a_word_leaves_no_trace(start, dial):
    """There is one recogniser: who comes next gets it."""
    server = start({"plugins": {"pocketsphinx": {"settings": {"decoders": 1}}}}, model())
    for _ in range(3):
        call = dial(server)
        call.say(long_books()[0])
        call.next("transcript", isFinal=False)
        call.vanish()
        ended = server.events.wait("session.ended", session=call.session)
        assert ended["fields"]["reason"] in ("left", "dead")
    call = dial(server)
    call.say(books()[0])
    call.answer()
    assert overlap(books()[0].text, call.transcripts()[0]) >= 0.6
    assert call.errors() == []
    call.end()


def test_a_caller_who_vanishes_while_being_answered_stops_the_answer(start, dial):
    server = start(model(script=[{"say": LONG, "times": 0}], tokens_per_second=20))
    call = dial(server)
    call.say(books()[0])
    call.next("audio")
    call.vanish()
    server.events.wait("session.ended", session=call.session)
    stopped = {event["fields"]["slot"] for event in server.events.find("request.cancelled", session=call.session)}
    assert stopped >= {"stt", "llm"}


def test_two_talkers_and_one_recogniser(start, dial):
    """The one who finds it taken is told so, and understood the next time."""
    server = start({"plugins": {"pocketsphinx": {"settings": {"decoders": 1}}}}, model())
    first, second = dial(server), dial(server)
    first.say(long_books()[0])
    first.next("transcript")
    second.say(books()[0])
    assert "too many people" in second.next("error").message["message"]
    failed = server.events.wait("request.failed", session=second.session, slot="stt")
    assert failed["fields"]["class"] == "throttled"
    first.answer()
    assert overlap(long_books()[0].text, " ".join(first.transcripts())) >= 0.5
    second.say(books()[1])
    second.answer()
    assert overlap(books()[1].text, second.transcripts()[0]) >= 0.6
    assert (len(first.errors()), len(second.errors())) == (0, 1)
    first.end()
    second.end()


def test_nobody_else_is_disturbed(start, dial):
    server = start(model(script=[{"say": LONG, "times": 0}]))
    bystander = dial(server)
    bystander.say(books()[0])
    bystander.next("audio")
    for _ in range(5):
        closed(server, "x" * 20000)
        closed(server, bytes(100_000))
        closed(server, b"\xff", text=True)
        closed(server, *["hello"] * 20)
        with contextlib.suppress(InvalidStatus):
            connected(server, "nowhere")
        call = dial(server, microphone=False)
        call.send(bytes(999))
        call.vanish()
    time.sleep(2)  # the bystander listens on
    reply = bystander.replies[-1]
    assert reply.ending is None and len(reply.chunks) > 100
    assert reply.lateness <= 0.1
    bystander.tell("interrupt")
    bystander.next("audio_interrupted")
    bystander.say(say("hello"))
    bystander.next("audio_start")
    assert bystander.errors() == []
    bystander.end()


# The door.


@pytest.mark.parametrize("origin, status", [
    ("http://evil.example", 403), ("null", 403), ("http://127.0.0.1:1", 403), ("https://127.0.0.1.evil.example", 403)])
def test_a_page_of_another_origin_is_refused(server, origin, status):
    with pytest.raises(InvalidStatus) as refusal:
        connected(server, origin=origin)
    assert refusal.value.response.status_code == status


def test_the_servers_own_page_and_programs_are_let_in(server):
    for options in ({}, {"origin": server.url.rstrip("/")}):
        for path in ("", "ws"):
            with connected(server, path, **options) as connection:
                assert '"connected"' in connection.recv(timeout=10)


def test_calls_are_taken_at_two_paths_only(server):
    with pytest.raises(InvalidStatus) as refusal:
        connected(server, "calls")
    assert refusal.value.response.status_code == 404


@pytest.mark.parametrize("method, path, status", [
    ("GET", "/", 200), ("GET", "/healthz", 200), ("GET", "/readyz", 200), ("HEAD", "/healthz", 200), ("GET", "/x", 404),
    ("GET", "/../etc/passwd", 404), ("POST", "/", 405), ("DELETE", "/healthz", 405)])
def test_http_is_answered_with_the_right_status(server, method, path, status):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request(method, path)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    assert response.status == status
    if (path, status) == ("/", 200):
        assert response.headers["Content-Type"] == "text/html; charset=utf-8"
        assert b"<html" in body
