"""`horizon`: this network answers like this automaton on every word of up to so many letters."""

from __future__ import annotations

from typing import Any

from monoscan.proofs_check.certificates.automaton import automaton_to_json
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.certificates.semantics import semantics_to_json
from monoscan.theory.horizon.balls import Balls
from monoscan.theory.horizon.search import Horizon
from monoscan.theory.horizon.segments import Segments
from monoscan.theory.lrnn_json import lrnn_to_json, matrix_to_json
from monoscan.theory.matrix import Matrix


def horizon(found: Horizon) -> Certificate:
    """The certificate of the length up to which a network is right.

    Args:
        found: what `find_horizon` found.
    """
    evidence: dict[str, Any] = {"type": "words"}
    if found.balls is not None:
        evidence = _balls(found.balls)
    elif found.segments is not None:
        evidence = _segments(found.segments)
    return Certificate.of(
        "horizon",
        {
            "semantics": semantics_to_json(found.semantics),
            "lrnn": lrnn_to_json(found.lrnn),
            "automaton": automaton_to_json(found.target),
            "length": str(found.certified),
            "evidence": evidence,
        },
    )


def _balls(balls: Balls) -> dict[str, Any]:
    return {
        "type": "balls",
        "centres": [
            [matrix_to_json(x) if isinstance(x, Matrix) else list(x) for x in listed]
            for listed in balls.centres.listed
        ],
        "bounds": [
            {"growth": str(bound.growth), "radius": str(bound.radius)}
            for bound in balls.bounds
            if bound is not None
        ],
        "cells": [
            {
                "centres": [str(place) for place in cell.places],
                "automaton": str(cell.automaton),
                "next": [str(number) for number in cell.following],
            }
            for cell in balls.centres.cells
        ],
    }


def _segments(segments: Segments) -> dict[str, Any]:
    return {
        "type": "segments",
        "cells": [
            {
                "outputs": list(cell.outputs),
                "automaton": str(cell.automaton),
                "next": [str(number) for number in cell.following],
            }
            for cell in segments.cells
        ],
    }
