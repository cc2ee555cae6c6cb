"""Certificates about compositions of rounded scalar maps and about scans, written by hand."""

from __future__ import annotations

from collections.abc import Callable

from helpers.certificate_parts import (
    E4M3,
    PARITY,
    Certificate,
    Json,
    fixed,
    new_certificate,
)

TWO_BITS = fixed("1", "-2", "1", "nearest-even")
TWO_BITS_WRAP = {**fixed("1", "0", "3", "nearest-even"), "overflow": "wrap"}
QUARTERS = fixed("1/4", "-2", "7/4", "nearest-even")
# One bit of memory: w0 and w1 write it, i leaves it alone.
FLIP_FLOP = {
    "alphabet": ["w0", "w1", "i"],
    "table": [["0", "1", "0"], ["0", "1", "1"]],
    "outputs": [False, True],
}


def compositions(
    form: Json, factors: str, counts: tuple[str, str, str, str], periods: str
) -> Certificate:
    """All compositions of the maps of a format."""
    values, maps, elements, largest = counts
    return new_certificate(
        "exhaustive-monoid",
        format=form,
        factors=factors,
        values=values,
        maps=maps,
        elements=elements,
        largest_subgroup=largest,
        periods=list(periods),
    )


def scalar_scan(
    kind: str, form: Json, automaton: Json, initial: str, steps: str, readout: Json, **more: Json
) -> Certificate:
    """A scan of scalars; steps like `1,0 -1,0` are a and b of each letter."""
    pairs = [step.split(",") for step in steps.split()]
    return new_certificate(
        kind,
        format=form,
        automaton=automaton,
        initial=[initial],
        steps=[{"a": [a], "b": [b]} for a, b in pairs],
        readout=[{"state": [state], "output": output} for state, output in readout],
        **more,
    )


def scanned_parity() -> Certificate:
    """Products of 1 and -1 are never rounded."""
    readout = [("1", True), ("-1", False)]
    return scalar_scan("scan-recognizer", E4M3, PARITY, "1", "1,0 -1,0", readout)


def faded_bit() -> Certificate:
    """3/4 of 1/4 is rounded to 1/4, but the product of three factors 3/4 is rounded too low."""
    readout = [("0", False), ("1/4", True)]
    return scalar_scan(
        "scan-counterexample",
        QUARTERS,
        FLIP_FLOP,
        "0",
        "0,0 0,1/4 3/4,0",
        readout,
        tree=[["w1", "i"], ["i", "i"]],
        output=False,
        expected=True,
    )


ROUNDED_MAPS: dict[str, Callable[[], Certificate]] = {
    "exhaustive-monoid-nonnegative": lambda: compositions(
        TWO_BITS, "nonnegative", ("4", "8", "18", "1"), "1"
    ),
    "exhaustive-monoid-any": lambda: compositions(TWO_BITS, "any", ("4", "14", "53", "2"), "12"),
    "exhaustive-monoid-wrap": lambda: compositions(
        TWO_BITS_WRAP, "nonnegative", ("4", "16", "16", "8"), "124"
    ),
    "scan-recognizer-parity": scanned_parity,
    "scan-counterexample-faded-bit": faded_bit,
}
