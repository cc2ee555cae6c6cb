"""`boxes`: this network answers like this automaton on every word, with any number of states."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from monoscan.automata import Automaton
from monoscan.proofs_check.certificates.alike import alike_to_json
from monoscan.proofs_check.certificates.automaton import automaton_to_json
from monoscan.proofs_check.certificates.region import Property
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.certificates.semantics import semantics_to_json
from monoscan.proofs_check.certificates.windows import windows_to_json
from monoscan.theory.boxes import BoxInvariant
from monoscan.theory.intervals import Box, Interval
from monoscan.theory.lrnn import LRNN, Queue
from monoscan.theory.lrnn_json import lrnn_to_json
from monoscan.theory.semantics import ExactThreshold


def boxes(
    lrnn: LRNN, automaton: Automaton, found: BoxInvariant, properties: Sequence[Property] = ()
) -> Certificate:
    """The certificate of an invariant of boxes.

    Args:
        lrnn: the network; it may have one letter of each kind of letters that act alike.
        automaton: the automaton that it agrees with.
        found: the boxes and the cells.
        properties: names of FORMAT.md that hold for every transition matrix, or regions as data.
    """
    return Certificate.of(
        "boxes",
        {
            "semantics": semantics_to_json(ExactThreshold()),
            "lrnn": lrnn_to_json(lrnn),
            "automaton": automaton_to_json(automaton),
            "properties": list(properties),
            "boxes": [[_box(box) for box in listed] for listed in found.boxes],
            "cells": [
                {
                    "boxes": [str(number) for number in cell.boxes],
                    "automaton": str(cell.automaton),
                    "next": [str(number) for number in cell.following],
                }
                for cell in found.cells
            ],
            **windows_to_json(lrnn.windows),
            **alike_to_json(lrnn, automaton),
        },
    )


def _box(box: Box | Queue) -> list[Any]:
    """The rows of a box, or the values that a delay holds."""
    return [
        [_interval(interval) for interval in row] if isinstance(row, tuple) else row for row in box
    ]


def _interval(interval: Interval) -> str | dict[str, str]:
    if interval.is_point:
        return str(interval.low)
    return {
        "from": "-infinity" if interval.low is None else str(interval.low),
        "to": "infinity" if interval.high is None else str(interval.high),
        "ends": f"{'[' if interval.with_low else '('}{']' if interval.with_high else ')'}",
    }
