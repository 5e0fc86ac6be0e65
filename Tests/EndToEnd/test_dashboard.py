"""The dashboard on a terminal, during real calls: what it shows, and that the terminal is usable after everything that
can happen to it."""

import contextlib
import json
import os
import re
import shlex
import signal
import time
from pathlib import Path

import pytest

from speech import books
from terminal import Terminal
from voiced import PROGRAM, Events, manifest, model

STORY = "Once there was a lighthouse, and it was afraid of the dark. " + "And it went on for a long time. " * 15
# For looking at: the pictures go here if it is set.
CAPTURES = os.environ.get("VOICED_CAPTURES")
LEFT, RIGHT = "‹", "›"


class Desk:
    """A server started by hand in a terminal, with its dashboard."""

    def __init__(self, folder, columns=80, rows=24, arguments="", environment=None):
        folder.mkdir(parents=True, exist_ok=True)
        contents = folder / "plugins.json"
        contents.write_text(json.dumps(manifest(model(script=[{"say": STORY, "times": 0}]))))
        self.events = Events(folder / "events.jsonl")
        self.terminal = Terminal(columns, rows, environment)
        self.terminal.run(" ".join([
            shlex.quote(PROGRAM), "--port 0 --manifest", shlex.quote(str(contents)), "--events",
            shlex.quote(str(self.events.path)), arguments, "; echo status $?"]))
        address = self.events.wait("server.started", timeout=60)["fields"]["address"]
        self.calls_url = address.replace("http", "ws", 1) + "ws"
        self.terminal.wait_for("voiced ●" if "--ascii" not in arguments else "voiced *")
        self.pid = process_with(str(self.events.path))

    @property
    def screen(self):
        return "\n".join(self.terminal.screen())

    def kill(self, number):
        os.kill(self.pid, number)

    def close(self):
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        self.terminal.close()


def process_with(argument):
    """The id of the server that has this argument, which is a path of this test alone."""
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            arguments = (folder / "cmdline").read_bytes().split(b"\0")
            if arguments[0].endswith(b"voiced") and argument.encode() in arguments:
                return int(folder.name)
    raise AssertionError(f"no server has {argument}")


@pytest.fixture
def open_desk(tmp_path):
    desks = []

    def open_desk(**options):
        desks.append(Desk(tmp_path / f"desk-{len(desks)}", **options))
        return desks[-1]
    yield open_desk
    for desk in desks:
        desk.close()


def barge_in(call):
    """A turn, an interruption by voice, and the beginning of the next answer."""
    call.say(books()[0])
    call.next("audio")
    time.sleep(2)  # the caller listens
    call.say(books()[1])
    call.next("audio_interrupted")
    call.next("audio")


def keep(name, desk):
    if CAPTURES:
        folder = Path(CAPTURES)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.txt").write_text(desk.screen + "\n")
        (folder / f"{name}.ansi").write_text(desk.terminal.styled())


@pytest.mark.parametrize("columns, rows", [(80, 24), (160, 45)])
def test_it_shows_a_call_with_its_words_and_its_interruption(open_desk, dial, columns, rows):
    desk = open_desk(columns=columns, rows=rows)
    assert desk.terminal.shows_alternate()
    call = dial(desk)
    short = call.session[:6]
    desk.terminal.wait_for(short)
    barge_in(call)
    heard = desk.events.wait("bargein.confirmed", session=call.session)
    said = call.transcripts()

    desk.terminal.wait(lambda text: short in text and "speaking" in text and "✂" in text, "the session")
    assert_fits(desk, columns, rows)
    keep(f"sessions-{columns}x{rows}", desk)

    desk.terminal.press("Enter")
    text = desk.terminal.wait_for(f"Sessions › {short}")
    assert "pocketsphinx" in text and "rehearsal" in text and "flite" in text
    text = desk.terminal.wait_for("✂ barge-in")
    words = f"heard {heard['fields']['heard_words']:.0f} of {heard['fields']['of_words']:.0f} words"
    assert words in text
    for piece in (said[-1].split()[0], "Once there was a lighthouse"):
        assert piece in text
    assert "endpointing" in text and "silence_ms 500" in text
    assert_fits(desk, columns, rows)
    keep(f"session-{columns}x{rows}", desk)

    desk.terminal.press("Escape")
    desk.terminal.wait_for("[1 Sessions]")
    desk.terminal.press("5")
    desk.terminal.wait(lambda text: "[5 Events]" in text and short in text and "✂" in text, "event of it")
    assert_fits(desk, columns, rows)
    keep(f"events-{columns}x{rows}", desk)
    desk.terminal.press("?")
    desk.terminal.wait_for("leave, calls go on")
    call.end()


def assert_fits(desk, columns, rows):
    lines = desk.terminal.screen()
    assert len(lines) == rows
    assert all(len(line) <= columns for line in lines)
    assert "\ufffd" not in desk.screen and "^[" not in desk.screen


def test_its_keys_interrupt_and_end_a_call(open_desk, dial):
    desk = open_desk()
    call = dial(desk)
    call.say(books()[0])
    call.next("audio")
    desk.terminal.press("Enter")
    desk.terminal.wait_for(f"Sessions › {call.session[:6]}")
    desk.terminal.press("i")
    call.next("audio_interrupted")
    desk.terminal.press("K")
    desk.terminal.wait_for("y")
    desk.terminal.press("y")
    assert call.wait_closed() == 1000


def test_it_follows_the_size_of_its_window(open_desk, dial):
    desk = open_desk()
    call = dial(desk)
    for columns, rows in ((160, 45), (60, 16), (40, 10), (100, 30), (80, 24)):
        desk.terminal.resize(columns, rows)
        if columns < 60:
            desk.terminal.wait(lambda text: "60" in text and call.session[:6] not in text, "word that it is too small")
        else:
            def fits(text):
                return call.session[:6] in text and len(text.splitlines()[0].rstrip()) == columns
            desk.terminal.wait(fits, "fitting picture")
            assert_fits(desk, columns, rows)
    call.end()


def test_q_leaves_and_the_server_goes_on(open_desk, dial):
    desk = open_desk()
    call = dial(desk)
    desk.terminal.wait_for(call.session[:6])
    desk.terminal.press("q")
    desk.terminal.wait(lambda text: "goes on at http" in text.replace("\n", ""), "farewell")
    assert not desk.terminal.shows_alternate()
    call.say(books()[0])
    call.next("audio")
    call.end()
    desk.terminal.wait_for("ended")  # told in plain lines from now on
    desk.terminal.press("C-c")
    desk.terminal.wait_for("status 0")
    desk.terminal.check_usable()


@pytest.mark.parametrize("keys", [("Q", "y"), ("C-c", "y")], ids=["Q", "control-c"])
def test_the_server_stops_when_it_is_asked_and_confirmed(open_desk, dial, keys):
    desk = open_desk()
    call = dial(desk)
    desk.terminal.press(keys[0])
    desk.terminal.wait(lambda text: re.search(r"stop .*y", text, re.I), "question")
    desk.terminal.press("n")
    desk.terminal.wait_for(call.session[:6])
    for key in keys:
        desk.terminal.press(key)
    desk.terminal.wait_for("status 0")
    assert call.wait_closed() == 1001
    assert desk.events.find("server.stopping")
    desk.terminal.check_usable()


@pytest.mark.parametrize("number, status", [
    (signal.SIGTERM, 0), (signal.SIGHUP, 0), (signal.SIGINT, 0), (signal.SIGSEGV, 128 + signal.SIGSEGV),
    (signal.SIGABRT, 128 + signal.SIGABRT)], ids=lambda value: getattr(value, "name", str(value)))
def test_the_terminal_is_usable_after_a_signal(open_desk, dial, number, status):
    desk = open_desk()
    call = dial(desk)
    if number in (signal.SIGTERM, signal.SIGSEGV):  # in the middle of a picture that moves
        call.say(books()[0])
        call.next("audio")
    desk.terminal.wait_for(call.session[:6])
    assert desk.terminal.shows_alternate()
    desk.kill(number)
    desk.terminal.wait_for(f"status {int(status)}")
    if status:
        assert str(desk.events.path) in desk.screen.replace("\n", "")  # the farewell of a crash
        call.wait_closed()
    else:
        assert call.wait_closed() == 1001
        assert "has stopped" in desk.screen
    desk.terminal.check_usable()


COLOUR = re.compile(r"\x1b\[[0-9;]*(?:3[0-7]|4[0-7]|[34]8|9[0-7])[0-9;]*m")


@pytest.mark.parametrize("options, has_colours", [
    ({}, True), ({"arguments": "--mono"}, False), ({"environment": {"NO_COLOR": "1"}}, False),
    ({"arguments": "--ascii"}, True)], ids=["colour", "mono", "no-color", "ascii"])
def test_colours_and_marks_are_the_operators_choice(open_desk, dial, options, has_colours):
    desk = open_desk(**options)
    call = dial(desk)
    call.say(books()[0])
    call.next("audio")
    desk.terminal.wait_for(call.session[:6])
    desk.terminal.wait_for("speaking")
    assert bool(COLOUR.search(desk.terminal.styled())) == has_colours
    if "--ascii" in options.get("arguments", ""):
        assert desk.screen.isascii(), desk.screen
    call.end()


def test_without_a_usable_terminal_it_says_so_and_serves(open_desk, tmp_path):
    contents = tmp_path / "plugins.json"
    contents.write_text(json.dumps(manifest()))
    with Terminal(environment={"TERM": "nothing-like-this"}) as terminal:
        events = Events(tmp_path / "events.jsonl")
        terminal.run(f"TERM=nothing {shlex.quote(PROGRAM)} --port 0 --manifest {contents} --events {events.path}")
        events.wait("server.started", timeout=60)
        terminal.wait(lambda text: "no dashboard" in text.replace("\n", " "), "word that there is no dashboard")
        os.kill(process_with(str(events.path)), signal.SIGTERM)
        terminal.wait_for("has stopped")
