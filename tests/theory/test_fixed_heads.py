"""Heads are of the layer: the same for every input, here and for the independent checker."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path

import pytest
from helpers.certificate_parts import load_checker
from helpers.command_line import fails, run_here
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import canonical
from monoscan.theory.constructions.published.plane import point, rotation
from monoscan.theory.explore import Recognises, explore
from monoscan.theory.lemmas import find
from monoscan.theory.lrnn import LRNN, Case, Layer
from monoscan.theory.lrnn_json import lrnn_to_json
from monoscan.theory.matrix import Matrix
from monoscan.theory.model_classes import get_model_class
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
    dimension,
    heads,
)

checker = load_checker()
F = Fraction
ONE = F(1)


def head(name: str, size: int) -> Transition:
    """A head of this size in the class of this name."""
    factor = Householder((ONE,) * size, ONE)
    ones = (ONE,) * size
    made: dict[str, Transition] = {
        "householder-nonnegative": factor,
        "householder": factor,
        "householder-open": factor,
        "householder-product-2-nonnegative": HouseholderProduct((factor, factor)),
        "householder-product-2": HouseholderProduct((factor, factor)),
        "gated-householder-product-2-nonnegative": Gated(F(1, 2), factor),
        "gated-householder-nonnegative": Gated(F(1, 2), factor),
        "gated-householder": Gated(F(1, 2), factor),
        "gated-householder-product-2": Gated(F(1, 2), HouseholderProduct((factor, factor))),
        "diagonal-householder-nonnegative": HouseholderDiagonal(ones, ONE, ones),
        "diagonal-householder": HouseholderDiagonal(ones, ONE, ones),
        "diagonal-plus-rank-one": DiagonalPlusRankOne(ones, ones, ones, ONE),
        "diagonal-plus-rank-one-transposed": DiagonalPlusRankOne(ones, ones, ones, ONE),
        "scalar-plus-rank-one": DiagonalPlusRankOne(ones, ones, ones, ONE),
        "rwkv-7-released": DiagonalPlusRankOne((F(3, 4),) * size, ones, (F(1, 2),) * size, ONE),
    }
    return made[name]


NAMES = (
    *("householder-nonnegative", "householder", "householder-open"),
    *("householder-product-2-nonnegative", "householder-product-2"),
    *("gated-householder-nonnegative", "gated-householder"),
    *("gated-householder-product-2-nonnegative", "gated-householder-product-2"),
    *("diagonal-householder-nonnegative", "diagonal-householder"),
    *("diagonal-plus-rank-one", "diagonal-plus-rank-one-transposed", "rwkv-7-released"),
    "scalar-plus-rank-one",
)


def cut(name: str, sizes: tuple[int, ...], diagonal: frozenset[int] = frozenset()) -> Transition:
    """Heads of these sizes; those with a number in `diagonal` are written as such."""
    found = tuple(
        Diagonal((ONE,) * size) if number in diagonal else head(name, size)
        for number, size in enumerate(sizes)
    )
    return found[0] if len(found) == 1 else Blocks(found)


def network(*transitions: Transition) -> LRNN:
    """One layer that stays in the state 0, one letter a transition."""
    letters = tuple("abcdef"[: len(transitions)])
    zero = Matrix.zeros(dimension(transitions[0]), 1)
    cases = {(a,): Case(t, zero) for a, t in zip(letters, transitions, strict=True)}
    return LRNN(letters, (Layer(zero, cases, StateTable({zero: True})),))


def checker_grants(lrnn: LRNN, name: str) -> bool:
    """Whether the independent checker puts the network into the class."""
    read = checker.read_network(checker.Node(lrnn_to_json(lrnn), ""))
    try:
        checker.require_properties(read, [name], checker.read_semantics(EXACT_NODE))
    except checker.Invalid:
        return False
    return True


EXACT_NODE = checker.Node({"name": "exact"}, "")


def test_these_are_all_classes_of_heads() -> None:
    families = {re.sub("product-[0-9]+", "product-2", name) for name in checker.HEAD_PROPERTIES}
    assert families == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_same_sizes_lie_inside_and_others_do_not(name: str) -> None:
    model_class = get_model_class(name)
    for sizes in ((4,), (2, 2), (1, 3), (1, 1, 1, 1)):
        same = network(cut(name, sizes), cut(name, sizes))
        assert model_class.outside(same) is None
        assert checker_grants(same, name)
        for others in {(4,), (2, 2), (3, 1), (1, 1, 1, 1)} - {sizes}:
            different = network(cut(name, sizes), cut(name, sizes), cut(name, others))
            fault = model_class.outside(different)
            assert fault is not None
            assert fault.startswith("layer 1, on a ")
            assert ", on c " in fault
            for shown in (sizes, others):
                assert f"size{'s' * (len(shown) > 1)} {', '.join(map(str, shown))}" in fault
            assert not checker_grants(different, name)


def test_the_message_names_layer_inputs_and_sizes() -> None:
    lower = network(cut("householder", (2, 2)), cut("householder", (2, 2))).layers[0]
    zero = Matrix.zeros(4, 1)
    upper = Layer(
        zero,
        {
            ("a", True): Case(cut("householder", (2, 2)), zero),
            ("b", True): Case(cut("householder", (4,)), zero),
        },
        StateTable({zero: True}),
    )
    fault = get_model_class("householder").outside(LRNN(("a", "b"), (lower, upper)))
    assert fault == (
        "layer 2, on (a, True) the heads have the sizes 2, 2, on (b, True) there is one head of "
        "size 4; expected the same heads for every input of a layer"
    )


def test_two_layers_may_have_different_heads() -> None:
    lower = network(cut("householder", (2, 2))).layers[0]
    zero = Matrix.zeros(3, 1)
    upper = Layer(
        zero, {("a", True): Case(cut("householder", (3,)), zero)}, StateTable({zero: True})
    )
    both = LRNN(("a",), (lower, upper))
    assert get_model_class("householder").outside(both) is None
    assert checker_grants(both, "householder")


def test_classes_without_heads_do_not_ask() -> None:
    free = network(cut("householder", (2, 2)), cut("householder", (4,)))
    assert get_model_class("dense").outside(free) is None
    assert checker_grants(free, "dense")
    scalars = network(Diagonal((ONE, ONE)), cut("householder", (1, 1)))
    assert get_model_class("diagonal-nonnegative").outside(scalars) is None
    assert checker_grants(scalars, "diagonal-nonnegative")


Sizes = tuple[int, ...]


def compositions(n: int) -> list[Sizes]:
    """All ways to cut n rows into heads."""
    if n == 0:
        return [()]
    return [(first, *rest) for first in range(n, 0, -1) for rest in compositions(n - first)]


def test_all_ways_to_cut_rows_into_heads() -> None:
    assert compositions(3) == [(3,), (2, 1), (1, 2), (1, 1, 1)]


def fits(transition: Transition, partition: Sizes) -> bool:
    """Whether each head of the partition is a head of the matrix, or lies in diagonal ones."""
    owner: list[tuple[int, ...] | None] = []
    for part in heads(transition):
        rows = tuple(range(len(owner), len(owner) + dimension(part)))
        owner += [None if isinstance(part, Diagonal) else rows] * len(rows)
    start = 0
    for size in partition:
        rows = tuple(range(start, start + size))
        start += size
        if {owner[row] for row in rows} not in ({None}, {rows}):
            return False
    return True


@given(st.data(), st.sampled_from(NAMES))
def test_it_is_the_definition(data: st.DataObject, name: str) -> None:
    """There is one partition of the rows into which the heads of every case can be cut."""
    n = data.draw(st.integers(1, 5))
    free = name.startswith("diagonal-householder")
    transitions = []
    for _ in range(data.draw(st.integers(1, 3))):
        sizes = data.draw(st.sampled_from(compositions(n)))
        numbers = st.frozensets(st.integers(0, len(sizes) - 1))
        transitions.append(cut(name, sizes, data.draw(numbers) if free else frozenset()))
    lrnn = network(*transitions)
    expected = any(all(fits(t, p) for t in transitions) for p in compositions(n))
    assert (get_model_class(name).outside(lrnn) is None) == expected
    assert checker_grants(lrnn, name) == expected


# ------------------------------------------------------------------ S5 with two factors a head


def corner(j: int) -> Matrix:
    """A corner of the simplex with five corners in R^4."""
    return Matrix.column([*point(2 * j, 5).entries(), *point(4 * j, 5).entries()])


TURN = Blocks(tuple(HouseholderProduct(rotation(k, 5)) for k in (2, 4)))
SWAP = Householder(
    tuple(x - y for x, y in zip(corner(0).entries(), corner(1).entries(), strict=True)), F(2)
)
CORNERS = canonical(
    ("c", "t"), [[1, 1], [2, 0], [3, 2], [4, 3], [0, 4]], [str(j) for j in range(5)]
)


def corners() -> LRNN:
    """The letter c turns the corners with two heads of the plane, t swaps two with one head."""
    zero = Matrix.zeros(4, 1)
    cases = {("c",): Case(TURN, zero), ("t",): Case(SWAP, zero)}
    table = StateTable({corner(j): str(j) for j in range(5)})
    return LRNN(("c", "t"), (Layer(corner(0), cases, table),))


def test_letters_with_heads_of_their_own_track_s5_and_lie_in_no_class_of_heads() -> None:
    lrnn = corners()
    assert isinstance(explore(lrnn, Exact(), CORNERS, 10), Recognises)
    found = find(CORNERS, "householder-product-2", "exact", 1)
    assert found is not None
    assert found.lemma == "s5-four-householders"
    for name in ("householder-product-2", "gated-householder-product-3", "householder-product-64"):
        fault = get_model_class(name).outside(lrnn)
        assert fault is not None
        assert "on c the heads have the sizes 2, 2, on t there is one head of size 4" in fault


def test_verify_refuses_them_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "net.json").write_text(json.dumps(lrnn_to_json(corners())))
    automaton = {
        "alphabet": list(CORNERS.alphabet),
        "table": CORNERS.table.tolist(),
        "outputs": list(CORNERS.outputs),
    }
    (tmp_path / "five.json").write_text(json.dumps(automaton))
    question = ("verify", "--lrnn", "net.json", "--automaton", "five.json", "--class")
    said = " ".join(fails(tmp_path, "monoscan", *question, "deltaproduct-2, released").split())
    assert "the network does not lie in the class householder-product-2: layer 1, on c the" in said
    assert "heads have the sizes 2, 2, on t there is one head of size 4" in said
    assert run_here(tmp_path, "monoscan", *question, "dense").exit_code == 0
