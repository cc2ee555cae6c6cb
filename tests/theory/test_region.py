"""Regions of model classes: every construction lies in its classes, and faults name the number."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from helpers.effort import EVERYTHING, part_of

from monoscan.automata import canonical, get_language
from monoscan.proofs_check.certificates.recognizer import recognizer
from monoscan.proofs_check.run_checker import Verdict, run_checker
from monoscan.theory.constructions.matrices import network_of
from monoscan.theory.constructions.registry import all_constructions
from monoscan.theory.decide import Recognised, decide
from monoscan.theory.lrnn import LRNN, Case, Layer
from monoscan.theory.matrix import Matrix
from monoscan.theory.model_classes import all_model_classes, get_model_class
from monoscan.theory.numbers import zeta
from monoscan.theory.readout import StateTable
from monoscan.theory.respelling import classes_of
from monoscan.theory.semantics import Exact
from monoscan.theory.transition import (
    Blocks,
    DeltaRule,
    Dense,
    Diagonal,
    DiagonalPlusRankOne,
    Gated,
    Householder,
    HouseholderDiagonal,
    HouseholderProduct,
    Transition,
)

F = Fraction
SWAP = Householder((F(1), F(-1)), F(2))
HALF = Householder((F(1), F(0)), F(1, 2))
COPY = DiagonalPlusRankOne((F(1), F(1)), (F(1), F(-1)), (F(1), F(0)), F(2))


def network(*transitions: Transition) -> LRNN:
    """One layer from the state 0, so that every transition gives a finite network."""
    letters = [chr(ord("a") + index) for index in range(len(transitions))]
    size = len(transitions[0].matrix.rows) if isinstance(transitions[0], Dense) else 2
    zero = Matrix.zeros(size, 1)
    cases = {(a,): Case(t, zero) for a, t in zip(letters, transitions, strict=True)}
    return LRNN(tuple(letters), (Layer(zero, cases, StateTable({zero: True})),))


INSIDE = [
    (Diagonal((F(1), F(0))), "diagonal-nonnegative"),
    (Diagonal((F(1), F(-1))), "diagonal-real"),
    (Diagonal((zeta(4), F(1))), "diagonal-complex"),
    (Diagonal((F(1, 99), F(98, 99))), "diagonal-open"),
    (Diagonal((F(0), F(-98, 99))), "diagonal-real-open"),
    (Diagonal((zeta(3) * F(98, 99), F(0))), "diagonal-complex-open"),
    (
        DiagonalPlusRankOne((F(3, 5), F(3, 4)), (F(3), F(4)), (F(1, 2),) * 2, F(1)),
        "rwkv-7-released",
    ),
    (
        DiagonalPlusRankOne((F(3, 5), F(3, 4)), (F(0), F(2)), (F(1, 2), F(3, 4)), F(1)),
        "rwkv-7-released",
    ),
    (HALF, "householder-nonnegative"),
    (DeltaRule((F(1), F(1)), F(1)), "householder"),
    (DeltaRule((F(1), F(1)), F(98, 99)), "householder-open"),
    (Householder((F(1), F(1)), F(1)), "householder-open"),
    (HouseholderProduct((HALF, HALF)), "householder-product-2-nonnegative"),
    (HouseholderProduct((SWAP, HALF, SWAP)), "householder-product-3"),
    (Gated(F(1, 2), SWAP), "gated-householder"),
    (Gated(F(0), HouseholderProduct((SWAP, SWAP))), "gated-householder-product-2"),
    (Gated(F(1, 2), HouseholderProduct((HALF, HALF))), "gated-householder-product-2-nonnegative"),
    (Blocks((Householder((F(1),), F(2)), Householder((F(1),), F(0)))), "householder"),
    (HouseholderDiagonal((F(1), F(1)), F(2), (F(1), F(-1))), "diagonal-householder"),
    (HouseholderDiagonal((F(1), F(1)), F(1), (F(1), F(0))), "diagonal-householder-nonnegative"),
    (COPY, "diagonal-plus-rank-one"),
    (
        DiagonalPlusRankOne((F(1), F(0)), (F(1), F(-1)), (F(1), F(1)), F(2)),
        "diagonal-plus-rank-one-transposed",
    ),
    (
        DiagonalPlusRankOne((F(1, 2), F(1, 2)), (F(3), F(4)), (F(1, 2), F(1, 2)), F(2)),
        "scalar-plus-rank-one",
    ),
    (DiagonalPlusRankOne((F(0), F(0)), (F(1), F(1)), (F(1), F(1)), F(1)), "scalar-plus-rank-one"),
    (Dense(Matrix.of([[0, 0], [1, -1]])), "permutation-diagonal"),
    (Dense(Matrix.of([[2, 7], [0, 5]])), "triangular-real"),
    (Dense(Matrix.of([[2, 7], [3, 5]])), "dense"),
]

OUTSIDE = [
    (SWAP, "householder-open", "is 2; expected a number in (0, 2)"),
    (Householder((F(1), F(1)), F(0)), "householder-open", "is 0; expected a number in (0, 2)"),
    (DeltaRule((F(1), F(1)), F(1)), "householder-open", "is 2; expected a number in (0, 2)"),
    (HouseholderProduct((HALF, HALF)), "householder-open", "2 factors; expected at most 1"),
    (Diagonal((F(0), F(0))), "householder-open", "a matrix written as Diagonal"),
    (
        Diagonal((F(1), F(5, 4))),
        "diagonal-nonnegative",
        "entry 2 of the diagonal is 5/4; expected a number in [0, 1]",
    ),
    (Diagonal((F(1, 2), F(1))), "diagonal-open", "entry 2 of the diagonal is 1; expected a number"),
    (Diagonal((F(0), F(1, 2))), "diagonal-open", "is 0; expected a number in (0, 1)"),
    (Diagonal((F(0), F(-1))), "diagonal-real-open", "is -1; expected a number in (-1, 1)"),
    (Diagonal((zeta(4), F(0))), "diagonal-complex-open", "expected a modulus in [0, 1)"),
    (Diagonal((2 * zeta(4), F(0))), "diagonal-complex-open", "expected a modulus in [0, 1)"),
    (SWAP, "diagonal-complex-open", "entry (1, 2) is 1; expected a diagonal matrix"),
    (
        DiagonalPlusRankOne((F(3, 5), F(109, 200)), (F(1), F(0)), (F(1, 2),) * 2, F(1)),
        "rwkv-7-released",
        "entry 2 of w is 109/200; expected a number in (109/200, 1)",
    ),
    (
        DiagonalPlusRankOne((F(3, 5),) * 2, (F(1), F(0)), (F(1, 2), F(1)), F(1)),
        "rwkv-7-released",
        "entry 2 of a is 1; expected a number in (0, 1)",
    ),
    (
        DiagonalPlusRankOne((F(3, 5),) * 2, (F(1), F(0)), (F(1, 2),) * 2, F(2)),
        "rwkv-7-released",
        "c is 2; expected 1",
    ),
    (
        DiagonalPlusRankOne((F(3, 5),) * 2, (F(1), F(1)), (F(1, 2), F(1, 3)), F(1)),
        "rwkv-7-released",
        "expected a symmetric matrix",
    ),
    (SWAP, "rwkv-7-released", "a matrix written as Householder; expected diag(w) - c k (k o a)^T"),
    (Diagonal((F(1), F(-5, 4))), "diagonal-real", "is -5/4; expected a number in [-1, 1]"),
    (Diagonal((zeta(4), F(1))), "diagonal-real", "entry 1 of the diagonal is"),
    (Diagonal((2 * zeta(4), F(1))), "diagonal-complex", "expected a modulus in [0, 1]"),
    (SWAP, "diagonal-real", "entry (1, 2) is 1; expected a diagonal matrix"),
    (SWAP, "householder-nonnegative", "beta (for a unit key) is 2; expected a number in [0, 1]"),
    (DeltaRule((F(1), F(1)), F(9, 8)), "householder", "beta (for a unit key) is 9/4"),
    (HouseholderProduct((SWAP, SWAP)), "householder", "2 factors; expected at most 1"),
    (
        HouseholderProduct((SWAP, HALF, SWAP)),
        "householder-product-2",
        "3 factors; expected at most 2",
    ),
    (
        Diagonal((F(1), F(1))),
        "householder",
        "a matrix written as Diagonal; expected matrices I - beta",
    ),
    (Gated(F(1, 2), SWAP), "householder", "a matrix written as Gated"),
    (Gated(F(9, 8), SWAP), "gated-householder", "the gate is 9/8; expected a number in [0, 1]"),
    (Householder((zeta(3), F(1)), F(2)), "householder", "entry 1 of the key is"),
    (
        Blocks((Householder((F(1),), F(2)), Householder((F(1),), F(3)))),
        "householder",
        "head 2: beta (for a unit key) is 3",
    ),
    (
        HouseholderDiagonal((F(1), F(1)), F(2), (F(1), F(-1))),
        "diagonal-householder-nonnegative",
        "beta is 2",
    ),
    (
        HouseholderDiagonal((F(1), F(1)), F(1), (F(1), F(-1))),
        "diagonal-householder-nonnegative",
        "entry 2 of a is -1",
    ),
    (
        DiagonalPlusRankOne((F(1), F(2)), (F(1), F(-1)), (F(1), F(0)), F(2)),
        "diagonal-plus-rank-one-transposed",
        "of w is 2",
    ),
    (
        DiagonalPlusRankOne((F(1), F(1)), (F(1), F(-1)), (F(1), F(0)), F(3)),
        "diagonal-plus-rank-one-transposed",
        "c is 3",
    ),
    (
        COPY,
        "diagonal-plus-rank-one-transposed",
        "entry (2, 1) is 1 and entry (1, 2) is 0; expected a symmetric matrix",
    ),
    (
        SWAP,
        "diagonal-plus-rank-one-transposed",
        "a matrix written as Householder; expected diag(w) - c k (k o a)^T",
    ),
    (
        DiagonalPlusRankOne((F(1), F(0)), (F(1), F(-1)), (F(1), F(1)), F(1)),
        "scalar-plus-rank-one",
        "w is (1, 0); expected equal entries",
    ),
    (COPY, "scalar-plus-rank-one", "a is (1, 0); expected equal entries"),
    (
        DiagonalPlusRankOne((F(1), F(1)), (F(1), F(-1)), (F(3, 4), F(3, 4)), F(3, 2)),
        "scalar-plus-rank-one",
        "b = c a is 9/8; expected a number in [0, 1]",
    ),
    (SWAP, "scalar-plus-rank-one", "a matrix written as Householder"),
    (
        Gated(F(1, 2), HouseholderProduct((HALF, SWAP))),
        "gated-householder-product-2-nonnegative",
        "beta (for a unit key) is 2; expected a number in [0, 1]",
    ),
    (Dense(Matrix.of([[1, 0], [1, 0]])), "permutation-diagonal", "column 1 has 2 non-zero entries"),
    (
        Dense(Matrix.of([[0, 0], [0, 2]])),
        "permutation-diagonal",
        "column 2 is 2; expected a modulus in [0, 1]",
    ),
    (Dense(Matrix.of([[2, 7], [3, 5]])), "triangular-real", "entry (2, 1) is 3"),
    (Dense(Matrix(((zeta(3), F(0)), (F(0), F(1))))), "triangular-real", "expected a real number"),
]


@pytest.mark.parametrize(("transition", "name"), INSIDE)
def test_it_lies_inside(transition: Transition, name: str) -> None:
    assert get_model_class(name).outside(network(transition)) is None


@pytest.mark.parametrize(("transition", "name", "said"), OUTSIDE)
def test_the_fault_is_named(transition: Transition, name: str, said: str) -> None:
    fault = get_model_class(name).outside(network(transition))
    assert fault is not None
    assert fault.startswith("layer 1, on a: ")
    assert said in fault


def test_time_invariance() -> None:
    same = network(Diagonal((F(1), F(-1))), Diagonal((F(1), F(-1))))
    mixed = network(Diagonal((F(1), F(0))), Diagonal((F(0), F(1))))
    neither = network(Diagonal((F(1), F(-1))), Diagonal((F(0), F(1))))
    invariant, both = get_model_class("time-invariant-diagonal"), get_model_class("mixed-diagonal")
    assert [invariant.outside(n) is None for n in (same, mixed, neither)] == [True, False, False]
    assert [both.outside(n) is None for n in (same, mixed, neither)] == [True, True, False]
    assert "A is not the A on a" in str(invariant.outside(mixed))


TURN = zeta(4)
ZERO = Diagonal((F(0), F(0)))
SAME_PHASES = [
    (Diagonal((TURN, F(1))), Diagonal((TURN / 2, F(1, 3)))),
    (Diagonal((TURN, -zeta(3))), ZERO, Diagonal((F(0), -zeta(3) / 3))),
    (Diagonal((F(1), F(0))), Diagonal((F(0), F(1)))),
    (Diagonal((-F(1), TURN)), Diagonal((-F(1), TURN))),
]
OTHER_PHASES = [
    ((Diagonal((TURN, F(1))), Diagonal((-TURN, F(1)))), "entry 1 of the diagonal is"),
    ((Diagonal((F(1), F(1))), ZERO, Diagonal((F(1), -F(1)))), "on c: entry 2"),
    ((Diagonal((TURN, F(1))), Diagonal((2 * TURN, F(1)))), "expected a modulus in [0, 1]"),
    ((SWAP, SWAP), "expected a diagonal matrix"),
]


@pytest.mark.parametrize("transitions", SAME_PHASES)
def test_one_phase_for_every_input(transitions: tuple[Transition, ...]) -> None:
    assert get_model_class("diagonal-common-phase").outside(network(*transitions)) is None


@pytest.mark.parametrize(("transitions", "said"), OTHER_PHASES)
def test_two_phases_are_refused(transitions: tuple[Transition, ...], said: str) -> None:
    fault = get_model_class("diagonal-common-phase").outside(network(*transitions))
    assert said in str(fault)


def test_a_time_invariant_decay_has_entries_from_0_to_1() -> None:
    decay = get_model_class("time-invariant-nonnegative")
    half, third = Diagonal((F(1, 2), F(1))), Diagonal((F(1, 3), F(1)))
    negative = Diagonal((F(-1, 2), F(1)))
    assert decay.outside(network(half, half)) is None
    assert "A is not the A on a" in str(decay.outside(network(half, third)))
    assert "entry 1 of the diagonal is -1/2" in str(decay.outside(network(negative, negative)))


def test_the_checker_draws_the_same_lines_between_letters(tmp_path: Path) -> None:
    classes = ("diagonal-common-phase", "time-invariant-nonnegative", "mixed-diagonal")
    expected, paths = [], []
    for number, transitions in enumerate([*SAME_PHASES, *(found for found, _ in OTHER_PHASES)]):
        lrnn = network(*transitions)
        every = canonical(lrnn.alphabet, [[0] * len(lrnn.alphabet)], [True])
        found = decide(lrnn, Exact(), every, None)
        assert isinstance(found, Recognised)
        for name in classes:
            paths.append(tmp_path / f"{number}-{name}.json")
            recognizer(lrnn, Exact(), every, found, (name,)).write(paths[-1])
            inside = get_model_class(name).outside(lrnn) is None
            expected.append(Verdict.VALID if inside else Verdict.INVALID)
    assert set(expected) == {Verdict.VALID, Verdict.INVALID}
    assert [answer.verdict for answer in run_checker(paths)] == expected


def test_a_class_without_exact_networks_has_no_region() -> None:
    with pytest.raises(ValueError, match="has no exact networks"):
        get_model_class("nonlinear-rnn").outside(network(SWAP))


@pytest.mark.parametrize("construction", all_constructions(), ids=lambda c: c.id)
def test_constructions_lie_in_the_classes_of_their_example(construction) -> None:
    served = 0
    names = ("parity", "s3", "flip-flop", "a5-involutions", "s3-swaps", "ones-even", "d4")
    languages = {name: get_language(name).build() for name in (*names, "ends-with-1")}
    for language, automaton in {**languages, "all words": always()}.items():
        if served and not EVERYTHING:
            break
        if construction.supports(automaton) is None:
            example = network_of(construction.matrices_for(automaton))
            expected = set(classes_of(example))
            assert expected
            assert expected <= set(classes_of(construction.build(automaton))), language
            served += 1
    assert served > 0


def test_the_checker_draws_the_same_lines(tmp_path: Path) -> None:
    """Every sample against every class, once by this package and once by the checker."""
    samples = [transition for transition, *_ in (*INSIDE, *OUTSIDE)]
    classes = [c for c in all_model_classes() if c.has_exact_networks]
    expected, paths = [], []
    for number, transition in enumerate(part_of(samples, 30)):
        lrnn = network(transition)
        found = decide(lrnn, Exact(), always(), None)
        assert isinstance(found, Recognised)
        for model_class in classes:
            certificate = recognizer(lrnn, Exact(), always(), found, (model_class.id,))
            paths.append(tmp_path / f"{number}-{model_class.id}.json")
            certificate.write(paths[-1])
            inside = model_class.outside(lrnn) is None
            expected.append(Verdict.VALID if inside else Verdict.INVALID)
    assert [answer.verdict for answer in run_checker(paths)] == expected


def always():
    """The language of all words over one letter."""
    return canonical(("a",), [[0]], [True])


def test_rounded_operations_need_diagonals_written_as_such() -> None:
    scalar = Blocks((Householder((F(1),), F(1)), Diagonal((F(1),))))
    mamba = get_model_class("diagonal-nonnegative")
    assert mamba.outside(network(scalar)) is None
    assert "written as Householder" in str(mamba.outside(network(scalar), as_written=True))
    assert mamba.outside(network(Diagonal((F(1), F(0)))), as_written=True) is None


@pytest.mark.parametrize(
    ("name", "wrap"),
    [
        ("householder", lambda delta: Blocks((delta, delta))),
        (
            "gated-householder-product-2",
            lambda delta: Blocks((delta, Gated(F(1, 2), HouseholderProduct((delta,))))),
        ),
        ("diagonal-householder", lambda delta: Blocks((Diagonal((F(0),)), delta))),
    ],
)
def test_rounded_operations_need_keys_of_length_1(
    name: str, wrap: Callable[[Transition], Transition]
) -> None:
    # The same matrix: what is stored is a unit vector, or it is not.
    short, unit = DeltaRule((F(1, 2),), F(4)), DeltaRule((F(-1),), F(1))
    model_class = get_model_class(name)
    for delta in (short, unit):
        assert model_class.outside(network(wrap(delta))) is None
    found = str(model_class.outside(network(wrap(short)), as_written=True))
    assert "a key of square sum 1/4; where every operation is rounded" in found
    assert model_class.outside(network(wrap(unit)), as_written=True) is None
    assert get_model_class("dense").outside(network(wrap(short)), as_written=True) is None
