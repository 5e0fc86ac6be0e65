"""Starting the server, rightly and wrongly, and its other commands: one clear line for whatever is wrong."""

import re
import socket

import pytest

from voiced import SHIPPED, run

LINE = re.compile(r"[^\n]+\n")


def refused(*arguments, environment=None, lines=1):
    """Runs a server that must not start, and returns what it complains of, line by line."""
    done = run("--headless", *arguments, environment=environment, timeout=60)
    assert done.returncode not in (0, None) and done.returncode > 0
    assert "listening" not in done.stdout
    complaints = done.stderr.splitlines()
    assert len(complaints) == lines, done.stderr
    return complaints if lines > 1 else complaints[0]


def write(folder, old=None, new=None):
    """The shipped manifest with one text replaced; the number of the line that holds the new one."""
    text = SHIPPED.read_text()
    if old:
        assert text.count(old) == 1
        line = text[:text.index(old)].count("\n") + 1
        text = text.replace(old, new)
    file = folder / "plugins.json"
    file.write_text(text)
    return file, line if old else None


# Manifests.


def test_a_manifest_that_is_missing_is_named_with_its_whole_path(tmp_path):
    complaint = refused("--port", 0, "--manifest", tmp_path / "none.json")
    assert str(tmp_path / "none.json") in complaint
    assert "--manifest" in complaint


@pytest.mark.parametrize("old, new, says", [
    ('"library": "Flite",', '"library": "Flite"', ["not JSON"]),
    ('"slot": "tts"', '"slot": "voice"', ["flite", '"voice"', "stt, llm, tts and memory"]),
    ('"tts": ["flite"]', '"tts": []', ["tts", "empty"]),
    ('"tts": ["flite"]', '"tts": ["fleet"]', ['"fleet"', "flite"]),
    ('"tts": ["flite"]', '"tts": 7', ["tts", "name"]),
    ('"tts": ["flite"]', '"tts": ["window"]', ['"window"', "memory"]),
    ('"silence_ms": 500', '"silence_ms": "long"', ["silence_ms", "number"]),
    ('"silence_ms": 500', '"silence_ms": 5', ["silence_ms", "200"]),
    ('"silence_ms": 500', '"silence": 500', ['"silence"', "silence_ms"]),
    ('"name": "Nova"', '"name": 1', ["name", "text"]),
    ('"conversation"', '"konversation"', ['"konversation"', "conversation"]),
    ('"library": "Rehearsal"', '"library": "Rehearsal", "key": "sk-1234"', ["rehearsal", '"key"']),
], ids=["not-json", "unknown-slot", "empty-chain", "unknown-entry", "chain-type", "wrong-slot", "setting-type",
        "setting-range", "unknown-setting", "persona-type", "unknown-section", "unknown-member"])
def test_a_mistake_in_the_manifest_is_named_with_its_line(tmp_path, old, new, says):
    file, line = write(tmp_path, old, new)
    complaint = refused("--port", 0, "--manifest", file)
    assert re.search(rf"{re.escape(str(file))} line {line}(?!\d)|line {line + 1}: not JSON", complaint), complaint
    for word in says:
        assert word in complaint


def test_every_mistake_gets_a_line_of_its_own(tmp_path):
    file, _ = write(tmp_path, '"tts": ["flite"]', '"tts": []')
    text = file.read_text().replace('"silence_ms": 500', '"silence_ms": 5')
    file.write_text(text.replace('"slot": "stt"', '"slot": "x"'))
    complaints = refused("--port", 0, "--manifest", file, lines=2)
    assert all(re.search(r"line \d+: ", complaint) for complaint in complaints)


@pytest.mark.parametrize("old, new, says", [
    ('"library": "Flite"', '"library": "Fleet"', ["tts", "flite", "libFleet.so"]),
    ('"library": "Flite"', '"library": "Rehearsal"', ["tts", "flite", "llm"]),
    ('"voice": "rms"', '"loudness": 3', ["tts", "flite", '"loudness"']),
    ('"voice": "rms"', '"voice": "bob"', ["tts", "flite", "voice", "slt"]),
    ('"messages": 20', '"messages": "many"', ["memory", "window", "messages"]),
    ('"library": "Rehearsal"', '"library": "./nothing.so"', ["llm", "rehearsal", "nothing.so"]),
    ('"library": "Rehearsal"', '"library": "Rehearsal", "secrets": {"key": "VOICED_TEST_KEY"}', ["VOICED_TEST_KEY"]),
], ids=["unknown-library", "library-of-another-slot", "unknown-setting", "impossible-value", "wrong-type",
        "missing-file", "missing-secret"])
def test_an_entry_that_cannot_serve_is_named_with_the_reason(tmp_path, old, new, says):
    file, _ = write(tmp_path, old, new)
    complaint = refused("--port", 0, "--manifest", file)
    for word in says:
        assert word in complaint


# The address.


def test_a_port_that_is_taken_is_said_in_one_line(server):
    assert str(server.port) in refused("--port", server.port, "--manifest", SHIPPED)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.com"])
def test_without_access_control_it_listens_on_loopback_only(host):
    complaint = refused("--host", host, "--port", 0, "--manifest", SHIPPED)
    assert host in complaint and "loopback" in complaint


def test_the_port_comes_from_the_environment_when_the_command_line_has_none(start):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert start(port=None, environment={"WS_PORT": str(port)}).port == port


@pytest.mark.parametrize("port", ["abc", "65536", "-1", ""])
def test_an_impossible_port_is_said_in_one_line(port):
    assert "port" in refused("--manifest", SHIPPED, environment={"WS_PORT": port})


def test_an_event_file_that_cannot_be_written_is_said_in_one_line(tmp_path):
    file = tmp_path / "no" / "events"
    assert str(file) in refused("--port", 0, "--manifest", SHIPPED, "--events", file)


def test_the_event_file_is_for_its_owner_alone(server):
    assert server.events.path.stat().st_mode & 0o777 == 0o600


def test_a_server_without_a_terminal_says_that_it_runs_headless(start):
    server = start(headless=False)
    server.events.wait("server.started")
    server.stop()
    assert "There is no terminal here, so it runs headless." in server.output


# The other commands.


def test_plugins_lists_what_serves_and_what_does_not(tmp_path):
    file, _ = write(tmp_path, '"library": "Rehearsal" }', '''"library": "Rehearsal" },
        "grok": { "slot": "llm", "library": "Rehearsal", "secrets": { "key": "VOICED_TEST_KEY" } },
        "idle": { "slot": "llm", "library": "Rehearsal" },
        "wrong": { "slot": "llm", "library": "Rehearsal", "settings": { "mood": 1 } }''')
    file.write_text(file.read_text().replace('["rehearsal"]', '["grok", "wrong", "rehearsal"]'))
    done = run("plugins", "--manifest", file)
    assert (done.returncode, done.stderr) == (0, "")
    rows = {line.split()[1]: line for line in done.stdout.splitlines()}
    assert re.match(r"SLOT +ENTRY +LIBRARY +VERSION +STATE$", rows["ENTRY"])
    for slot, entry, library in (("stt", "pocketsphinx", "PocketSphinx"), ("llm", "rehearsal", "Rehearsal"),
                                 ("tts", "flite", "Flite"), ("memory", "window", "WindowMemory")):
        assert re.match(rf"{slot} +{entry} +{library} +\d+\.\d+\.\d+ +serving$", rows[entry])
    assert "skipped: VOICED_TEST_KEY is not set" in rows["grok"]
    assert "rejected" in rows["wrong"] and "mood" in rows["wrong"]
    assert "unused" in rows["idle"]


def test_plugins_fails_when_a_slot_has_nobody(tmp_path):
    file, _ = write(tmp_path, '"library": "Flite"', '"library": "Fleet"')
    done = run("plugins", "--manifest", file)
    assert done.returncode > 0
    assert "tts" in done.stderr and "Fleet" in done.stdout


@pytest.mark.parametrize("library", ["Flite", "Rehearsal", "WindowMemory", "PocketSphinx"])
def test_every_shipped_plugin_passes_the_conformance_check(library):
    done = run("check", library, timeout=300)
    assert done.returncode == 0, done.stdout
    passed, of = re.search(r"(\d+) of (\d+) cases passed\n$", done.stdout).groups()
    assert passed == of and int(of) >= 5


def test_check_says_what_is_wrong_with_a_library_that_is_none(tmp_path):
    file = tmp_path / "libNothing.so"
    file.write_bytes(b"\x7fELF" + bytes(60))
    for library in (file, "Nothing"):
        done = run("check", library)
        assert done.returncode > 0
        assert "Nothing" in done.stdout + done.stderr
