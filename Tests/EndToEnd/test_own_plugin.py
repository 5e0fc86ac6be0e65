"""A plugin from outside the repository, in plain C: it serves a call like any other, and its log lines are events."""

import subprocess

import pytest

from speech import books, overlap
from voiced import ROOT

KEY = "s3cr3t-key"


@pytest.fixture
def echo(tmp_path):
    """A library that answers with what it was told last, and logs the key it was given."""
    library = tmp_path / "libecho.so"
    subprocess.run(
        ["cc", "-shared", "-fPIC", "-fvisibility=hidden", "-I", ROOT / "Sources/PluginABI/include", "-o", library,
         ROOT / "Tests/ProvidersTests/Plugins/echo.c", "-lpthread"], check=True)
    library.chmod(0o755)
    return library


def test_a_plugin_in_c_answers_and_logs_without_its_secret(echo, start, dial):
    server = start(
        {"pipeline": {"llm": ["echo", "rehearsal"]},
         "plugins": {"echo": {"slot": "llm", "library": str(echo), "secrets": {"api_key": "ECHO_KEY"}}}},
        environment={"ECHO_KEY": KEY})
    call = dial(server)
    call.say(books()[0])
    reply = call.answer()
    assert overlap(call.transcripts()[0], reply.text) == 1
    timed = server.events.wait("turn.timed", session=call.session)["fields"]
    assert timed["inference_owner"] == "echo"
    logged = server.events.wait("log", session=call.session)
    assert logged["fields"] == {"level": "info", "source": "echo"}
    assert logged["words"].startswith("got ")
    call.end()
    server.stop()
    assert KEY not in server.events.path.read_text()
    assert KEY not in "".join(server.output + server.complaints)


def test_without_its_secret_it_is_skipped_and_the_next_of_the_chain_serves(echo, start, dial):
    server = start(
        {"pipeline": {"llm": ["echo", "rehearsal"]},
         "plugins": {"echo": {"slot": "llm", "library": str(echo), "secrets": {"api_key": "ECHO_KEY"}}}})
    skipped = server.events.wait("provider.skipped")["fields"]
    assert (skipped["entry"], skipped["reason"]) == ("echo", "ECHO_KEY is not set")
    call = dial(server)
    call.say(books()[0])
    assert call.answer().text
    assert server.events.wait("turn.timed", session=call.session)["fields"]["inference_owner"] == "rehearsal"
    call.end()
