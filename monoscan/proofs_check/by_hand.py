"""Witnesses written out so that a person can redo them with pencil and paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from monoscan.theory.lrnn import LRNN, Case
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import Number
from monoscan.theory.semantics import OpRound, Semantics, SeqRound
from monoscan.theory.transition import DeltaRule, Diagonal


def one_layer_cycle(lrnn: LRNN, semantics: Semantics[Any], letter: str) -> tuple[str, ...]:
    """The states of a one-layer network along letter^n until they repeat, step by step.

    Args:
        lrnn: a network with one layer whose states are columns.
        semantics: the rounding, `seq-round` or `op-round`.
        letter: the letter that is read again and again.

    Raises:
        TypeError: under another semantics, or for a transition whose steps are not written out.
    """
    if not isinstance(semantics, SeqRound | OpRound):
        raise TypeError(f"no written-out step under {semantics.name}")
    (layer,) = lrnn.recurrent.values()
    case = layer.case((letter,))
    lines = [
        f"format: {semantics.format.describe()}",
        f"A({letter}) = {_transition_text(case)}, B({letter}) = {_column(case.input)}"
        + ("; on the other letter the state does not change" if len(lrnn.alphabet) > 1 else ""),
    ]
    state, seen = layer.initial, []
    while state not in seen:
        seen.append(state)
        answer = layer.output(state)
        successor = semantics.step(layer, state, (letter,))
        lines.append(f"h = {_column(state)}, answer {str(answer).lower()}")
        lines += [f"    {line}" for line in _step_lines(case, state, semantics)]
        state = successor
    lines.append(f"h = {_column(state)}: the cycle closes after {len(seen)} letters")
    return tuple(lines)


def _transition_text(case: Case) -> str:
    transition = case.transition
    if isinstance(transition, DeltaRule):
        return (
            f"I - beta k k^T with beta = {transition.beta}, k = {_vector(transition.k)}"
            f" = {case.matrix}"
        )
    return str(case.matrix)


def _step_lines(case: Case, state: Matrix, semantics: SeqRound | OpRound) -> list[str]:
    if isinstance(semantics, SeqRound):
        exact = case.apply(state)
        return [
            f"A h + B = {_column(exact)}, rounded: {_column(exact.map(semantics.format.round))}"
        ]
    transition = case.transition
    x = [row[0] for row in state.rows]
    if isinstance(transition, DeltaRule):
        return _delta_lines(transition, x, semantics)
    if isinstance(transition, Diagonal):
        b = [row[0] for row in case.input.rows]
        r = semantics.format.round
        return [
            f"r({a} * {h}) = {r(a * h)}, r({r(a * h)} + {c}) = {r(r(a * h) + c)}"
            for a, h, c in zip(transition.entries, x, b, strict=True)
        ]
    raise TypeError(f"no written-out step for {type(transition).__name__}")


def _delta_lines(transition: DeltaRule, x: Sequence[Number], semantics: OpRound) -> list[str]:
    r = semantics.format.round
    lines, total = [], None
    for k, h in zip(transition.k, x, strict=True):
        product = r(k * h)
        text = f"r({k} * {h}) = r({k * h}) = {product}"
        if total is not None:
            text += f"; r({total} + {product}) = {r(total + product)}"
        total = product if total is None else r(total + product)
        lines.append(text)
    assert total is not None  # a key has at least one entry
    weight = r(transition.beta * total)
    lines.append(f"r(beta * {total}) = r({transition.beta * total}) = {weight}")
    for k, h in zip(transition.k, x, strict=True):
        lines.append(
            f"r({h} - r({weight} * {k})) = r({h} - r({weight * k})) = {r(h - r(weight * k))}"
        )
    return lines


def _column(state: Matrix) -> str:
    return _vector([row[0] for row in state.rows]) if state.shape[1] == 1 else str(state)


def _vector(entries: Sequence[Number]) -> str:
    return "(" + ", ".join(str(entry) for entry in entries) + ")"
