"""What rounding makes of constructions: a table of horizons, every one of them checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, final

from monoscan.errors import BadValue
from monoscan.face.checking import certify
from monoscan.face.horizons import Horizon, horizon
from monoscan.face.language import Language
from monoscan.face.network import Network
from monoscan.face.sources import group, language
from monoscan.tables import Column, Records, Table
from monoscan.theory.constructions.registry import get_construction
from monoscan.theory.formats import Minifloat

if TYPE_CHECKING:
    from monoscan.report.figures import Drawing

FORMATS = ("e4m3", "bf16", "fp16", "fp32")
ORDERS = ("operations", "matrix", "mixed", "fused", "scan")
DRAWN = ("mod 3, rotation", "mod 5, rotation", "mod 5, mirrors", "S4, rotations")
_STATES, _WORD = 1_000, 500
_SCANNED = 20  # times as much work, where each letter takes all words of a chunk into account


@final
@dataclass(frozen=True)
class RoundedConstruction:
    """A row: a construction of a language.

    Attributes:
        name: in words.
        language: makes the language.
        construction: the id.
    """

    name: str
    language: Callable[[], Language]
    construction: str


CONSTRUCTIONS = tuple(
    RoundedConstruction(*row)
    for row in (
        ("parity, a sign", lambda: language("parity"), "scalar-parity"),
        ("parity, a swap", lambda: language("parity"), "group-one-layer"),
        ("mod 3, rotation", lambda: language("count-mod-3"), "cyclic-rotation-two-gh"),
        ("mod 5, rotation", lambda: language("count-mod-5"), "cyclic-rotation-two-gh"),
        ("mod 5, mirrors", lambda: language("count-mod-5"), "modadd-two-layer-reflections"),
        ("S4, rotations", lambda: group("(1 2 3 4),(1 2)"), "so3-groups-two-gh"),
        ("A5, rotations", lambda: group("(1 2 3 4 5),(1 2 3)"), "so3-groups-two-gh"),
        ("S5, permutations", lambda: group("(1 2 3 4 5),(1 2)"), "sn-one-layer"),
        ("(a|b)*ab, flip-flops", lambda: language("ends-with-ab"), "nilpotent-cascade"),
    )
)


def horizons(
    folder: str | PathLike[str],
    *,
    constructions: Iterable[str] = (),
    formats: Iterable[str] = FORMATS,
    orders: Iterable[str] = ORDERS,
    progress: Callable[[str], None] = lambda _: None,
) -> Table:
    """The horizon of each construction in each format and order of operations.

    Args:
        folder: where the certificates go.
        constructions: names of rows; none for all.
        formats: the formats.
        orders: the orders.
        progress: told now and then what is being done.

    Raises:
        BadValue: if there is no such row.
    """
    names = [row.name for row in CONSTRUCTIONS]
    wanted = list(constructions) or names
    for name in wanted:
        if name not in names:
            raise BadValue("constructions", name, f"some of {'; '.join(names)}")
    formats, found = list(formats), list[tuple[str, str, list[Horizon]]]()
    for row in CONSTRUCTIONS:
        if row.name not in wanted:
            continue
        target = row.language()
        net = Network(get_construction(row.construction).build(target.automaton))
        for order in orders:
            cells = []
            for form in formats:
                progress(f"{row.name}, {form}, {order}")
                times = _SCANNED if order == "scan" else 1
                answer = horizon(
                    net, target, form, order, max_states=times * _STATES, max_word=2 * _WORD
                )
                # Two rows may have one construction, so the folder is that of the row.
                place = Path(folder, re.sub("[^A-Za-z0-9]+", "-", row.name), f"{form}-{order}")
                cells.append(certify(answer, place))
            found.append((row.name, order, cells))
    return _table(formats, found)


def draw_by_bits(
    constructions: Iterable[str] = DRAWN,
    precisions: Iterable[int] = range(4, 25, 2),
    progress: Callable[[str], None] = lambda _: None,
) -> Drawing:
    """A picture of certified horizons against the bits of a float, each step rounded once.

    Args:
        constructions: names of rows of the table.
        precisions: the bits of precision.
        progress: told now and then what is being done.

    Raises:
        MissingLibrary: if matplotlib is not installed.
    """
    from monoscan.report.figures import draw_horizons, require_library

    require_library()
    lines = []
    for row in (row for row in CONSTRUCTIONS if row.name in set(constructions)):
        target = row.language()
        net = Network(get_construction(row.construction).build(target.automaton))
        points = []
        for bits in precisions:
            progress(f"{row.name}, {bits} bits")
            form = Minifloat(bits, -126, Fraction(2**20))
            found = horizon(net, target, form, "fused", max_states=_STATES, max_word=0)
            length = found.length
            points.append((bits, length if isinstance(length, int) else None))
        lines.append((row.name, points))
    return draw_horizons(lines)


def _table(formats: list[str], found: list[tuple[str, str, list[Horizon]]]) -> Table:
    columns = (Column("construction"), Column("order"), *map(Column, formats))
    rows = [(name, order, *map(_cell, cells)) for name, order, cells in found]
    records: list[tuple[Any, ...]] = [
        (name, order, form, cell.length, _failing(cell))
        for name, order, cells in found
        for form, cell in zip(formats, cells, strict=True)
    ]
    checked = sum(len(cell.found.certificates) for _, _, cells in found for cell in cells)
    notes = (
        "all: right at all lengths. N, fails at M: every word of up to N letters is answered "
        "rightly, and some word of M letters is not. N or more: no failing word was found.",
        f"{checked} certificates were checked.",
    )
    heads = ("construction", "order", "format", "certified", "failing")
    value = {"horizons": [dict(zip(heads, record, strict=True)) for record in records]}
    return Table(
        columns, tuple(rows), notes=notes, records=Records(heads, tuple(records)), value=value
    )


def _failing(cell: Horizon) -> int | None:
    word = cell.found.horizon.failing_word
    return None if word is None else len(word)


def _cell(cell: Horizon) -> str:
    failing = _failing(cell)
    if cell.checked is not None and cell.checked.problem:
        return cell.checked.problem
    if cell.length == "all":
        return "all"
    known = "none" if cell.length is None else f"{cell.length:,}"
    return f"{known} or more" if failing is None else f"{known}, fails at {failing:,}"
