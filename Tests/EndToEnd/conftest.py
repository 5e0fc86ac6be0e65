"""What all end-to-end tests share: servers that are stopped and checked, calls that are checked and hung up."""

import contextlib

import pytest

pytest.register_assert_rewrite("caller", "dialect", "voiced")

import voiced
from caller import Call, Switchboard


FIGURES = pytest.StashKey[list]()


@pytest.fixture
def figures(request):
    """Lines for the end of the run: what was measured, whatever the limits are."""
    return request.config.stash.setdefault(FIGURES, [])


def pytest_terminal_summary(terminalreporter, config):
    for line in config.stash.get(FIGURES, []):
        terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def switchboard():
    switchboard = Switchboard()
    yield switchboard
    switchboard.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server with the shipped manifest, its model's choices fixed; shared by the tests of a file."""
    contents = voiced.manifest(voiced.PATIENT, voiced.model())
    with voiced.Voiced(tmp_path_factory.mktemp("voiced"), contents) as server:
        yield server


@pytest.fixture
def start(tmp_path):
    """Starts servers of one's own: `start({"conversation": {"silence_ms": 300}})`."""
    with contextlib.ExitStack() as servers:
        def start(*changes, **options):
            folder = tmp_path / f"voiced-{len(list(tmp_path.iterdir()))}"
            return servers.enter_context(voiced.Voiced(folder, voiced.manifest(voiced.PATIENT, *(change for change in changes if change)), **options))
        yield start


@pytest.fixture
def dial(switchboard):
    """Makes calls: `dial(server)`. What they heard has to be in order to the end of the test."""
    calls = []

    def dial(server, **options):
        calls.append(Call(switchboard, server.calls_url, **options))
        return calls[-1]
    yield dial
    for call in calls:
        call.close()
    for call in calls:
        call.check()
