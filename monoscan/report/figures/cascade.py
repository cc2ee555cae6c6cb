"""The picture of a cascade: its levels, their groups and sizes, and who sees whom."""

from __future__ import annotations

from monoscan.automata.cascade import Cascade, Level
from monoscan.report.figures.errors import PictureRefused
from monoscan.report.figures.fonts import printable, shortened, text_width
from monoscan.report.figures.framing import framed
from monoscan.report.figures.scene import (
    BLUE,
    DARK_GREY,
    SKY,
    WHITE,
    Box,
    Curve,
    Drawing,
    Rectangle,
    Shape,
    Text,
)
from monoscan.report.figures.wiring import letters_by_kind, level_group, levels_seen

MAX_LEVELS = 40

_GROUP_FILL = "#f7ddb0"
_TITLE_SIZE, _SIZE = 9.0, 7.5
_WIDTH, _PADDING, _GAP = 190.0, 6.0, 18.0
_BUS = 26.0
_SHOWN_AS = {"permute": "permuted by", "reset": "reset by", "keep": "kept by"}


def draw_cascade(cascade: Cascade) -> Drawing:
    """The picture of a cascade.

    Each level is a box with its group, or "reset", and its number of states. The letter goes to
    all levels (line on the left). A blue arrow leads from a level to each one that sees its state;
    levels that a level could see but does not need have no arrow to it. At the bottom the
    coordinates become the state of the automaton.

    Args:
        cascade: A cascade, preferably one that `verify_cascade` has accepted.

    Raises:
        PictureRefused: If there are more than `MAX_LEVELS` levels.
        MissingLibrary: If matplotlib is not installed.

    >>> from monoscan.automata import get_language
    >>> from monoscan.automata.cascade import holonomy_cascade
    >>> picture = draw_cascade(holonomy_cascade(get_language("parity").build()))
    >>> [text.text for text in picture.texts()][:5]
    ['letter', 'level 0: Z2', '2 states, sees the letter only', 'permuted by 1', 'kept by 0']
    """
    if len(cascade.levels) > MAX_LEVELS:
        raise PictureRefused(
            "levels", len(cascade.levels), MAX_LEVELS, "read them in cascade.levels instead"
        )
    boxes: list[Rectangle] = []
    shapes: list[Shape] = []
    top = 0.0
    for number, level in enumerate(cascade.levels):
        place, parts = _level(number, level, cascade.automaton.alphabet, top)
        boxes.append(place)
        shapes += parts
        top = place.bottom + _GAP
    cover, parts = _covering(cascade, top)
    letters = _letter_lines(boxes)
    return framed("cascade", [*letters, *shapes, *parts, *_wires(cascade, boxes, cover)])


def _level(
    number: int, level: Level, alphabet: tuple[str, ...], top: float
) -> tuple[Rectangle, list[Shape]]:
    """The box of a level, and what stands in it."""
    seen = levels_seen(level)
    plural = "s" if len(seen) > 1 else ""
    sees = f"level{plural} {_numbers(seen)}" if seen else "the letter only"
    lines = [f"{level.n_states} states, sees {sees}", *_letter_kinds(level, alphabet)]
    group = level_group(level)
    fill = WHITE if level.kind == "reset" else _GROUP_FILL
    title = f"level {number}: {printable(group)}"
    return _text_box(title, lines, top, fill, f"level-{number}")


def _numbers(numbers: tuple[int, ...]) -> str:
    """Ascending numbers, three or more in a row as a range."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs]
    return ", ".join(parts)


def _letter_kinds(level: Level, alphabet: tuple[str, ...]) -> list[str]:
    lines = []
    for kind, letters in letters_by_kind(level).items():
        if not letters:
            continue
        listed = " ".join(printable(alphabet[letter]) for letter in letters)
        text = f"{_SHOWN_AS[kind]} {listed}"
        if text_width(text, _SIZE) > _WIDTH - 2 * _PADDING:
            which = "all" if len(letters) == len(alphabet) else f"{len(letters)} of"
            text = f"{_SHOWN_AS[kind]} {which} {len(alphabet)} letters"
        lines.append(text)
    return lines


def _text_box(
    title: str, lines: list[str], top: float, fill: str, name: str
) -> tuple[Rectangle, list[Shape]]:
    height = 2 * _PADDING + 1.3 * _TITLE_SIZE + 1.3 * _SIZE * len(lines)
    place = Rectangle(0, top, _WIDTH, height)
    room = _WIDTH - 2 * _PADDING
    y = top + _PADDING + 0.65 * _TITLE_SIZE
    shapes: list[Shape] = [
        Box(place, fill, rounding=4, name=name),
        Text((_PADDING, y), shortened(title, _TITLE_SIZE, 0.9 * room), _TITLE_SIZE, "left", True),
    ]
    for number, line in enumerate(lines):
        y = top + _PADDING + 1.3 * _TITLE_SIZE + (number + 0.5) * 1.3 * _SIZE
        shapes.append(Text((_PADDING, y), shortened(line, _SIZE, room), _SIZE, "left"))
    return place, shapes


def _covering(cascade: Cascade, top: float) -> tuple[Rectangle, list[Shape]]:
    states = cascade.automaton.n_states
    lines = [
        f"{len(cascade.covering)} coordinates reached by words",
        f"cover {states} state{'s' if states != 1 else ''}; all levels are read",
    ]
    if not cascade.levels:
        lines.append("one state: no level is needed")
    return _text_box("state of the automaton", lines, top, SKY, "covering")


def _letter_lines(boxes: list[Rectangle]) -> list[Shape]:
    """The letter, and the line that brings it to all levels."""
    if not boxes:
        return []
    heights = [box.top + box.height / 2 for box in boxes]
    top = boxes[0].top
    lines = [
        Curve(((-_BUS, y), (0, y)), arrows=1, colour=DARK_GREY, name=f"letter-{number}")
        for number, y in enumerate(heights)
    ]
    return [
        Text((-_BUS, top - 2), "letter", _SIZE, name="letter"),
        Curve(((-_BUS, top + _SIZE - 2), (-_BUS, heights[-1])), colour=DARK_GREY),
        *lines,
    ]


def _wires(cascade: Cascade, boxes: list[Rectangle], cover: Rectangle) -> list[Shape]:
    """Arrows from each level to those that see it, and from the last one to the covering."""
    found: list[Shape] = []
    for lower, level in enumerate(cascade.levels):
        for upper in levels_seen(level):
            name = f"wire-{upper}-{lower}"
            found.append(_wire(boxes[upper], boxes[lower], lower - upper, BLUE, name))
    if boxes:
        # One arrow for all: the box below says that it reads every level.
        found.append(_wire(boxes[-1], cover, 1, DARK_GREY, "wire-covering"))
    return found


def _wire(upper: Rectangle, lower: Rectangle, distance: int, colour: str, name: str) -> Curve:
    """An arrow straight down to the next level, or round the right side to one further down."""
    if distance == 1:
        x = _WIDTH / 2
        return Curve(((x, upper.bottom), (x, lower.top)), 1, colour, 1.1, name=name)
    start = (upper.right, upper.top + 0.65 * upper.height)
    end = (lower.right, lower.top + 0.35 * lower.height)
    reach = _WIDTH + 16 + 12 * distance
    return Curve((start, (reach, start[1]), (reach, end[1]), end), 1, colour, 1.1, name=name)
