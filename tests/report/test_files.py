"""The files: valid, complete, with their fonts, and the same in every run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from monoscan.automata import Automaton, get_language
from monoscan.report.figures import MissingLibrary, draw_automaton, render, write_drawing
from monoscan.report.figures.canvas import FORMATS
from monoscan.report.figures.fonts import printable, shortened, text_width, wrapped
from monoscan.report.figures.scene import Drawing, Text

ODD_LETTERS = ("$x$", "&", "<b>", "--", "]]>", "\\", "'\"", "\u4e2d", "\x01", "é")

# Draws all three pictures in all formats and prints a digest of each.
DIGESTS = """
import hashlib
from monoscan.automata import get_language
from monoscan.automata.cascade import holonomy_cascade
from monoscan.automata.greens import GreensRelations
from monoscan.automata.monoid import transition_monoid
from monoscan.report.figures import *
automaton = get_language("tomita-3").build()
monoid, cascade = GreensRelations(transition_monoid(automaton)), holonomy_cascade(automaton)
for drawing in (draw_automaton(automaton), draw_egg_box(monoid), draw_cascade(cascade)):
    for kind in FORMATS:
        print(hashlib.sha256(render(drawing, kind)).hexdigest())
"""


def comments(svg: bytes) -> list[str]:
    """The texts that stand in an SVG beside their outlines."""
    return re.findall(r"<!-- (.*?) -->", svg.decode())


def odd() -> Automaton:
    count = len(ODD_LETTERS)
    table = [[(state + letter) % count for letter in range(count)] for state in range(count)]
    return Automaton(ODD_LETTERS, table, [f"<{letter}>" for letter in ODD_LETTERS])


@pytest.mark.parametrize("language", ["parity", "s3", "cerny-7"])
def test_svg(language: str) -> None:
    automaton = get_language(language).build()
    svg = render(draw_automaton(automaton), "svg")
    root = ElementTree.fromstring(svg)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    names = {element.get("id") for element in root.iter()}
    assert {f"state-{state}" for state in range(automaton.n_states)} <= names
    assert {str(state) for state in range(automaton.n_states)} <= set(comments(svg))
    assert b"<text" not in svg  # all outlines: no font is needed
    assert b"date" not in svg


def test_pdf() -> None:
    pdf = render(draw_automaton(get_language("s3").build()), "pdf")
    assert pdf.startswith(b"%PDF-1.")
    assert pdf.rstrip().endswith(b"%%EOF")
    assert pdf.count(b"/Type /Page ") + pdf.count(b"/Type /Page\n") == 1
    assert b"/FontFile2" in pdf  # embedded TrueType
    assert b"CreationDate" not in pdf
    assert b"/Type3" not in pdf


def test_png() -> None:
    png = render(draw_automaton(get_language("parity").build()), "png")
    assert png.startswith(b"\x89PNG\r\n\x1a\n")


def test_two_runs_give_the_same_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    exec(DIGESTS, {})
    here = capsys.readouterr().out
    elsewhere = subprocess.run(
        [sys.executable, "-c", DIGESTS],
        env={**os.environ, "PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "7", "TZ": "Asia/Tokyo"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert len(here.split()) == 3 * len(FORMATS)
    assert elsewhere == here


def test_settings_of_the_user_change_nothing() -> None:
    import matplotlib

    drawing = draw_automaton(get_language("parity").build())
    plain = render(drawing, "svg")
    changes = {"font.family": "serif", "savefig.bbox": "tight", "svg.fonttype": "none"}
    with matplotlib.rc_context(changes):
        assert render(drawing, "svg") == plain
        assert matplotlib.rcParams["svg.fonttype"] == "none"


@pytest.mark.parametrize("kind", FORMATS)
def test_signs_that_mean_something_elsewhere(kind: str) -> None:
    data = render(draw_automaton(odd()), kind)
    if kind == "svg":
        ElementTree.fromstring(data)
        assert {"&lt;$x$&gt;", "&lt;\\u4e2d&gt;", "&lt;é&gt;"} <= set(comments(data))


def test_signs_without_a_glyph_are_told_by_their_number() -> None:
    assert printable("\u4e2d\x01é\U0001f9e0") == "\\u4e2d\\u0001é\\U0001f9e0"


def test_shortened_texts_fit() -> None:
    text = "a long text about nothing"
    for width in (10.0, 30.0, 60.0):
        short = shortened(text, 8, width)
        assert text_width(short, 8) <= width
        assert short.endswith("…")
    assert shortened(text, 8, 1000) == text


def test_wrapped_lines_hold_all_words() -> None:
    words = ["the", "quick", "brown", "fox", "jumps", "over", "the", "lazy", "dog"]
    lines = wrapped(words, 8, 60)
    assert " ".join(lines).split() == words
    assert len(lines) > 1
    assert all(text_width(line, 8) <= 60 for line in lines)


def test_unknown_format() -> None:
    with pytest.raises(ValueError, match="'gif' is not known; choose among svg, pdf, png"):
        render(Drawing("empty", 10, 10, ()), "gif")  # type: ignore[arg-type]


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingLibrary, match=r"pip install 'monoscan\[figures\]'"):
        render(Drawing("empty", 10, 10, ()), "svg")


def test_write_drawing(tmp_path: Path) -> None:
    drawing = Drawing("a", 30, 20, (Text((15, 10), "a", 8),))
    paths = write_drawing(drawing, tmp_path / "one.two", FORMATS)
    assert [path.name for path in paths] == ["one.two.svg", "one.two.pdf", "one.two.png"]
    assert all(path.stat().st_size > 0 for path in paths)


def test_write_drawing_into_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_drawing(Drawing("a", 30, 20, ()), tmp_path / "missing" / "a", ("svg",))
