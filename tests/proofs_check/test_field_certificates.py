"""Networks over cyclotomic fields, with heads and chosen layers: from network to checker."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from helpers.lone_checker import check_alone

from monoscan.automata import Automaton
from monoscan.automata.zoo.counting import count_mod
from monoscan.proofs_check.certificates.recognizer import recognizer
from monoscan.theory.decide import Recognised, decide
from monoscan.theory.lrnn import LRNN, Case, Layer, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import Number, cosine, sine, sqrt_of, zeta
from monoscan.theory.readout import StateTable
from monoscan.theory.semantics import Exact
from monoscan.theory.transition import (
    Blocks,
    Diagonal,
    DiagonalPlusRankOne,
    Gated,
    Householder,
    HouseholderDiagonal,
    HouseholderProduct,
    Transition,
    transition_matrix,
)

F = Fraction
ONE, TWO, NOTHING = F(1), F(2), F(0)
RATIO = (1 + sqrt_of(5)) / 2


def verdict(folder: Path, lrnn: LRNN, target: Automaton, properties: list[str]) -> str:
    """What the checker alone says of the all-lengths proof."""
    found = decide(lrnn, Exact(), target)
    assert isinstance(found, Recognised)
    (path := folder / "certificate.json").write_text(
        recognizer(lrnn, Exact(), target, found, properties).text(), encoding="utf-8"
    )
    (alone := folder / "alone").mkdir()
    return check_alone(alone, [path]).verdicts[path]


def counter(turn: Transition, start: Matrix, m: int) -> LRNN:
    """One layer that turns its state on 1, with a table of the m states."""
    still = Matrix.zeros(*start.shape)
    states = [start]
    for _ in range(m - 1):
        states.append(transition_matrix(turn) @ states[-1])
    cases: dict[Symbol, Case] = {
        ("0",): Case(Householder((ONE,) * start.shape[0], NOTHING), still),
        ("1",): Case(turn, still),
    }
    table = StateTable({state: index == 0 for index, state in enumerate(states)})
    return LRNN(("0", "1"), (Layer(start, cases, table),))


@pytest.mark.parametrize("m", [3, 5, 8])
def test_a_complex_scalar_counts(m: int, tmp_path: Path) -> None:
    lrnn = counter(Diagonal((zeta(m),)), Matrix.of([[1]]), m)
    assert verdict(tmp_path, lrnn, count_mod(m), []) == "valid"


@pytest.mark.parametrize("m", [3, 5, 12])
def test_two_reflections_turn(m: int, tmp_path: Path) -> None:
    tilted = Householder((cosine(1, 2 * m), sine(1, 2 * m)), TWO)
    turn = HouseholderProduct((tilted, Householder((ONE, NOTHING), TWO)))
    lrnn = counter(turn, Matrix.column([1, 0]), m)
    assert verdict(tmp_path, lrnn, count_mod(m), ["householder-product-2"]) == "valid"


@pytest.mark.parametrize(
    "swap",
    [
        Gated(ONE, Householder((ONE, -ONE), TWO)),
        DiagonalPlusRankOne((ONE, ONE), (TWO, -TWO), (ONE, ONE), TWO),
        HouseholderDiagonal((ONE, ONE), TWO, (-ONE, -ONE)),
        DiagonalPlusRankOne((ONE, ONE), (sqrt_of(2), -sqrt_of(2)), (ONE, ONE), TWO),
        Blocks((Diagonal((-ONE,)), Gated(F(-1), Householder((ONE,), NOTHING)))),
    ],
    ids=lambda swap: type(swap).__name__,
)
def test_heads_that_exchange_two_states(swap: Transition, tmp_path: Path) -> None:
    lrnn = counter(swap, Matrix.column([1, 2]), 2)
    assert verdict(tmp_path, lrnn, count_mod(2), []) == "valid"


def test_the_icosahedron_is_turned_by_pairs_of_reflections(tmp_path: Path) -> None:
    # Reflections in three mirrors of the icosahedron; two products generate its 60 rotations.
    mirrors: list[tuple[Number, ...]] = [
        (ONE, NOTHING, NOTHING),
        (RATIO, ONE, RATIO - 1),
        (NOTHING, ONE, NOTHING),
    ]
    a, b, c = (Householder(v, TWO) for v in mirrors)
    turns = {"a": HouseholderProduct((a, b)), "b": HouseholderProduct((b, c))}
    start = Matrix.column([1, 2, 4])  # on no axis and on no mirror
    states, table = [start], []
    for state in states:
        row = []
        for turn in turns.values():
            moved = transition_matrix(turn) @ state
            if moved not in states:
                states.append(moved)
            row.append(states.index(moved))
        table.append(row)
    assert len(states) == 60
    still = Matrix.zeros(3, 1)
    cases: dict[Symbol, Case] = {(x,): Case(turn, still) for x, turn in turns.items()}
    outputs = [f"q{number}" for number in range(60)]
    readout = StateTable(dict(zip(states, outputs, strict=True)))
    lrnn = LRNN(("a", "b"), (Layer(start, cases, readout),))
    target = Automaton(("a", "b"), table, tuple(outputs))
    assert verdict(tmp_path, lrnn, target, ["householder-product-2"]) == "valid"


def test_a_stack_whose_layers_name_what_they_read(tmp_path: Path) -> None:
    # Layer 2 is a clock that nobody reads; layer 3 turns by 90 degrees when the low bit overflows.
    zero, one = Matrix.of([[0]]), Matrix.of([[1]])
    keep, flip = Case(Diagonal((ONE,)), zero), Case(Diagonal((-ONE,)), one)
    bits = StateTable({zero: True, one: False})
    carry: dict[Symbol, Case] = {
        (x, low): Case(Diagonal((zeta(4),)), zero) if low and x == "1" else keep
        for x in "01"
        for low in (True, False)
    }
    quarters = StateTable({Matrix.of([[zeta(4, k)]]): k == 0 for k in range(4)})
    lrnn = LRNN(
        ("0", "1"),
        (
            Layer(zero, {("0",): keep, ("1",): flip}, bits),
            Layer(zero, {("0",): flip, ("1",): flip}, bits, ()),
            Layer(one, carry, quarters, (1,)),
        ),
    )
    # The top layer has not turned yet after 8 n or 8 n + 1 times the letter 1.
    outputs = [k in (0, 1) for k in range(8)]
    table = [[k, (k + 1) % 8] for k in range(8)]
    assert verdict(tmp_path, lrnn, Automaton(("0", "1"), table, outputs), []) == "valid"
