"""A terminal for one program under tmux, on a socket of its own: keys in, pictures out.

It knows nothing of voiced, and ends no tmux but its own.
"""

import os
import shlex
import subprocess
import time
import uuid

WAIT = 20.0  # seconds


class Terminal:
    """A shell in a window of `columns` by `rows`. `with Terminal() as terminal: terminal.run("ls")`."""

    def __init__(self, columns=80, rows=24, environment=None):
        self._socket = f"voiced-{os.getpid()}-{uuid.uuid4().hex[:8]}"
        # tmux passes its own environment on; the prompt is one that no program writes.
        settings = {"PS1": "ready> ", "LANG": "C.UTF-8", "HISTFILE": "", **(environment or {})}
        shell = ["env", *(f"{name}={value}" for name, value in settings.items()), "bash", "--norc", "--noprofile"]
        self._tmux("-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(rows), shlex.join(shell))
        self._tmux("set-option", "-g", "status", "off")
        self._tmux("set-option", "-g", "window-size", "manual")
        self.resize(columns, rows)
        self.wait(lambda text: "ready>" in text, "a prompt")

    def _tmux(self, *arguments):
        done = subprocess.run(["tmux", "-L", self._socket, *arguments], capture_output=True, text=True, timeout=WAIT)
        assert done.returncode == 0, f"tmux {arguments}: {done.stderr}"
        return done.stdout

    # Typing.

    def run(self, command):
        """Types a command line."""
        self.type(command)
        self.press("Enter")

    def type(self, text):
        self._tmux("send-keys", "-l", text)

    def press(self, *keys):
        """Keys by tmux's names: "q", "Enter", "Escape", "C-c"."""
        self._tmux("send-keys", *keys)

    def resize(self, columns, rows):
        self._tmux("resize-window", "-x", str(columns), "-y", str(rows))

    # Looking.

    def screen(self):
        """The picture, as lines."""
        return self._tmux("capture-pane", "-p").splitlines()

    def styled(self):
        """The picture with its colours, as the escape sequences that would paint it."""
        return self._tmux("capture-pane", "-p", "-e")

    def shows_alternate(self):
        """A full-screen program has the screen."""
        return self._tmux("display-message", "-p", "#{alternate_on}").strip() == "1"

    def wait(self, condition, what, timeout=WAIT):
        """Waits until the picture, as one text, fulfils a condition; returns it."""
        deadline = time.monotonic() + timeout
        while not condition(text := "\n".join(self.screen())):
            assert time.monotonic() < deadline, f"no {what} within {timeout} s:\n{text}"
            time.sleep(0.05)
        return text

    def wait_for(self, text, timeout=WAIT):
        return self.wait(lambda screen: text in screen, repr(text), timeout)

    def check_usable(self):
        """The shell's screen is back: it shows what is typed, lines are lines, and the cursor is visible."""
        assert not self.shows_alternate()
        modes = "'-?(echo|icanon|isig|onlcr|opost)'"
        self.run(f"clear; echo o''k; stty -a | tr ' ;' '\\n\\n' | grep -xE -- {modes} | xargs")
        text = self.wait(lambda text: "\nok\n" in f"\n{text}\n" and "opost" in text, "answer of a usable terminal")
        assert "-" not in text.split("\nok\n")[-1].split("ready>")[0], text
        assert self._tmux("display-message", "-p", "#{cursor_flag}#{mouse_any_flag}").strip() == "10"
        self.type("echo seen")
        self.wait_for("ready> echo seen")  # typed, not sent: it is echoed
        self.press("Enter")
        self.wait_for("\nseen")

    def close(self):
        subprocess.run(["tmux", "-L", self._socket, "kill-server"], capture_output=True, timeout=WAIT)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
