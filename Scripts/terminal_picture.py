#!/usr/bin/env python3
"""Renders a terminal screen as a picture, for the documentation.

    tmux capture-pane -e -p -t NAME | Scripts/terminal_picture.py docs/images/dashboard.png

Needs Debian's chromium. Understands the attributes the dashboard uses: bold, dim, reverse and the 16 colours.
"""
import html
import re
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

NORMAL = ["#1d2129", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#c8ccd4"]
BRIGHT = ["#6b7280", "#ff7b86", "#b5e890", "#ffd68a", "#7cc4ff", "#dd97f2", "#6fd3df", "#ffffff"]
FOREGROUND, BACKGROUND = "#c8ccd4", "#14171c"
CELL_WIDTH, CELL_HEIGHT = 9.03, 19


def style(codes):
    """The CSS of a list of SGR codes."""
    bold = dim = reverse = False
    front, back = None, None
    for code in codes:
        if code == 0:
            bold = dim = reverse = False
            front, back = None, None
        elif code == 1:
            bold = True
        elif code == 2:
            dim = True
        elif code == 7:
            reverse = True
        elif 30 <= code <= 37:
            front = NORMAL[code - 30]
        elif 90 <= code <= 97:
            front = BRIGHT[code - 90]
        elif 40 <= code <= 47:
            back = NORMAL[code - 40]
        elif code == 39:
            front = None
        elif code == 49:
            back = None
    front, back = front or FOREGROUND, back or BACKGROUND
    if reverse:
        front, back = back, front
    return f"color:{front};background:{back};" + ("font-weight:bold;" if bold else "") + ("opacity:.55;" if dim else "")


def columns(character):
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cells(line):
    """The cells of a line: each character at its own column, so that no font can shift the ones behind it."""
    codes, column, output = [], 0, []
    for part in re.split(r"(\x1b\[[0-9;]*m)", line):
        if part.startswith("\x1b["):
            new = [int(code or 0) for code in part[2:-1].split(";")]
            codes = new if new[0] == 0 else codes + new
            continue
        for character in part:
            width = columns(character)
            output.append(
                f'<i style="left:{column * CELL_WIDTH:.2f}px;width:{width * CELL_WIDTH:.2f}px;{style(codes)}">'
                f"{html.escape(character)}</i>")
            column += width
    return "".join(output), column


def main():
    target = Path(sys.argv[1])
    lines = sys.stdin.read().rstrip("\n").split("\n")
    drawn = [cells(line) for line in lines]
    width = int(max(80, max(column for _, column in drawn)) * CELL_WIDTH) + 40
    height = len(lines) * CELL_HEIGHT + 40
    rows = "".join(f'<p style="top:{20 + row * CELL_HEIGHT}px">{text}</p>' for row, (text, _) in enumerate(drawn))
    page = f"""<!doctype html><meta charset=utf-8><style>
        body {{ margin: 0; background: {BACKGROUND}; font: 15px/{CELL_HEIGHT}px 'DejaVu Sans Mono', monospace; }}
        p {{ position: absolute; margin: 0; left: 20px; height: {CELL_HEIGHT}px; white-space: pre; }}
        i {{ position: absolute; font-style: normal; height: {CELL_HEIGHT}px; overflow: hidden; }}
        </style>{rows}"""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "screen.html"
        source.write_text(page)
        subprocess.run(
            ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
             f"--user-data-dir={folder}/profile", f"--window-size={width},{height}",
             f"--screenshot={target.absolute()}", source.as_uri()],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
