"""The one font of all pictures: how wide a text is, and what it has no sign for."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from monoscan.report.figures.errors import MissingLibrary
from monoscan.report.figures.scene import Rectangle, Text

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties


def require_library() -> None:
    """Raises `MissingLibrary` unless matplotlib can be imported; does not import it."""
    if importlib.util.find_spec("matplotlib") is None:
        raise MissingLibrary


@cache
def font_file(bold: bool = False) -> Path:
    """The file of the font: the DejaVu Sans that matplotlib brings.

    The file is named, not looked up among the fonts of the machine, so that pictures are the same
    everywhere.

    Raises:
        MissingLibrary: If matplotlib is not installed.

    >>> font_file().name
    'DejaVuSans.ttf'
    """
    require_library()
    import matplotlib

    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return Path(matplotlib.get_data_path()) / "fonts" / "ttf" / name


def font(size: float, bold: bool = False) -> FontProperties:
    """The font in one size, in points."""
    path = font_file(bold)
    from matplotlib.font_manager import FontProperties

    return FontProperties(fname=str(path), size=size)


@cache
def text_width(text: str, size: float, bold: bool = False) -> float:
    """The width of a text in points.

    Raises:
        MissingLibrary: If matplotlib is not installed.

    >>> text_width("aa", 10) > text_width("a", 10) > 0
    True
    """
    properties = font(size, bold)
    from matplotlib.textpath import text_to_path

    width = text_to_path.get_text_width_height_descent(text, properties, ismath=False)[0]
    return float(width)


def text_place(text: Text) -> Rectangle:
    """The place that a text takes in a picture: as high as a bracket, which no sign exceeds."""
    width, height = text_width(text.text, text.size, text.bold), text.size
    shift = {"left": 0.0, "center": width / 2, "right": width}[text.anchor]
    return Rectangle(text.at[0] - shift, text.at[1] - height / 2, width, height)


def printable(text: str) -> str:
    r"""The text with every sign that the font lacks replaced by its number.

    >>> printable("a\u4e2d\n") == "a\\u4e2d\\u000a"
    True
    """
    signs = _signs()
    return "".join(c if ord(c) in signs and c.isprintable() else _number(c) for c in text)


def _number(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 1 << 16 else f"\\U{code:08x}"


@cache
def _signs() -> frozenset[int]:
    path = font_file()
    from matplotlib.font_manager import get_font

    return frozenset(get_font(str(path)).get_charmap())


def shortened(text: str, size: float, width: float) -> str:
    """The text, cut and ended by an ellipsis if it is wider than a width in points.

    >>> shortened("abcdefghij", 10, 30)
    'abc…'
    """
    if text_width(text, size) <= width:
        return text
    kept = len(text)
    while kept and text_width(text[:kept] + "…", size) > width:
        kept -= 1
    return text[:kept] + "…"


def wrapped(words: list[str], size: float, width: float) -> list[str]:
    """The words in lines no wider than a width in points; a single word may be wider.

    >>> wrapped(["aa", "bb", "cc"], 10, 40)
    ['aa bb', 'cc']
    """
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
