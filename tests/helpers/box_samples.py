"""Accepted certificates of the kind boxes: networks with infinitely many states.

Written by hand from FORMAT.md alone; certificate_samples.py collects all samples.
"""

from __future__ import annotations

from collections.abc import Callable

from helpers.certificate_parts import (
    Certificate,
    Json,
    case,
    column,
    diagonal,
    layer,
    new_certificate,
    seal,
    states_readout,
    threshold,
)
from helpers.witness_samples import AT_LEAST_2, ENDS_AB, acceptor

THRESHOLD: Json = {"name": "threshold"}


def span(low: str, high: str, ends: str = "[]") -> Json:
    """All numbers from one to another."""
    return {"from": low, "to": high, "ends": ends}


def cell(boxes: str, automaton: str, following: str) -> Json:
    """A cell; one digit a number."""
    return {"boxes": list(boxes), "automaton": automaton, "next": list(following)}


def boxes_certificate(
    layers: list[Json], automaton: Json, boxes: list[Json], cells: list[Json], *properties: str
) -> Certificate:
    """An invariant of boxes."""
    return new_certificate(
        "boxes",
        semantics=THRESHOLD,
        lrnn={"alphabet": automaton["alphabet"], "layers": layers},
        automaton=automaton,
        properties=list(properties),
        boxes=boxes,
        cells=cells,
    )


def leak_ends_ab() -> Certificate:
    """h <- h/4 + 1 on a, h/4 + 2 on b: the words that end with ab have 9/4 <= h < 5/2."""
    quarter = diagonal("1/4")
    readout = threshold(
        [(column("1"), ">=", "9/4"), (column("1"), ">=", "5/2")], b00=False, b10=True, b11=False
    )
    cases = [case(["a"], quarter, column("1")), case(["b"], quarter, column("2"))]
    boxes = ["0", span("1", "5/3"), "2", span("9/4", "29/12"), span("5/2", "8/3")]
    return boxes_certificate(
        [layer(column("0"), cases, readout)],
        ENDS_AB,
        [[column(box) for box in boxes]],
        [
            *(cell("0", "0", "12"), cell("1", "1", "13"), cell("2", "0", "14")),
            *(cell("3", "2", "14"), cell("4", "0", "14")),
        ],
        "diagonal-open",
    )


def at_least_two() -> Certificate:
    """A counter that grows for ever, and a threshold that it passes."""
    readout = threshold([(column("1"), ">", "1")], b0=False, b1=True)
    return boxes_certificate(
        [layer(column("0"), [case(["a"], diagonal("1"), column("1"))], readout)],
        AT_LEAST_2,
        [[column("0"), column("1"), column(span("2", "infinity", "[)"))]],
        [cell("0", "0", "1"), cell("1", "1", "2"), cell("2", "2", "2")],
        "diagonal-nonnegative",
    )


def never_one() -> Certificate:
    """A number below 1 that tends to 1, another one that falls without end; above them a sign."""
    rows = {"kind": "dense", "rows": [["1/2", "0"], ["-2", "1"]]}
    readout = threshold(
        [(column("1", "0"), ">=", "1"), (column("1", "2"), ">", "1")], b00="low", b10="high"
    )
    sign = states_readout((column("1"), True), (column("-1"), False))
    below = [[span("0", "1", "[)")], [span("-infinity", "0", "(]")]]
    return boxes_certificate(
        [
            layer(column("0", "0"), [case(["a"], rows, column("1/2", "0"))], readout),
            layer(column("1"), [case(["a", "low"], diagonal("-1"), column("0"))], sign),
        ],
        acceptor("a", "1", "0"),
        [[below], [column("1"), column("-1")]],
        [cell("00", "0", "1"), cell("01", "1", "0")],
    )


def last_but_one() -> Certificate:
    """A delay by one letter; the number above it says whether it handed on an a."""
    readout = threshold([(column("1"), ">=", "1")], b0=False, b1=True)
    cases = [
        case([letter, past], diagonal("1/4"), column("1" if past == "a" else "0"))
        for letter in "ab"
        for past in ("a", "b", None)
    ]
    ends = acceptor("ab", "12", "34", "12", "34", "12", final="34")
    certificate = boxes_certificate(
        [{"delay": {"of": "0", "steps": "1"}}, layer(column("0"), cases, readout)],
        ends,
        [
            [[None], ["a"], ["b"]],
            [column(span("0", "1/3")), column(span("1", "4/3"))],
        ],
        [
            *(cell("00", "0", "12"), cell("10", "1", "34"), cell("20", "2", "12")),
            *(cell("11", "3", "34"), cell("21", "4", "12")),
        ],
        "diagonal-open",
    )
    return seal({**certificate, "windows": ["1", "2"]})


def last_but_one_of_three() -> Certificate:
    """The same over three letters: c acts like b."""
    automaton = acceptor("abc", "122", "344", "122", "344", "122", final="34")
    certificate = last_but_one()
    return seal({**certificate, "automaton": automaton, "like": [["c", "b"]]})


BOXES: dict[str, Callable[[], Certificate]] = {
    "boxes-leak-ends-ab": leak_ends_ab,
    "boxes-at-least-two": at_least_two,
    "boxes-never-one": never_one,
    "boxes-last-but-one": last_but_one,
    "boxes-last-but-one-of-three": last_but_one_of_three,
}
