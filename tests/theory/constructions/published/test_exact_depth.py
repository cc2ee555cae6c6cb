"""Networks of as many layers as needed: bits, mirrors, derived series, flip-flop."""

from __future__ import annotations

import pytest
from helpers.effort import examples
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import Automaton, get_language
from monoscan.automata.sources.permutations import group_word_problem
from monoscan.automata.zoo.groups import cyclic_automaton
from monoscan.theory.constructions.published.binary_counter import binary_counter
from monoscan.theory.constructions.published.derived_series import (
    derived_factors,
    derived_series_network,
)
from monoscan.theory.constructions.published.flip_flop import (
    flip_flop_tokens,
    flip_flop_two_layers,
)
from monoscan.theory.constructions.published.letter_group import letter_group
from monoscan.theory.constructions.published.mirror_counter import mirror_counter, two_mirrors
from monoscan.theory.constructions.registry import UnsupportedError
from monoscan.theory.explore import Recognises, explore
from monoscan.theory.lrnn import LRNN
from monoscan.theory.matrix import Matrix
from monoscan.theory.semantics import Exact
from monoscan.theory.transition import Diagonal, transition_matrix

S4 = ["(1,2)", "(1,2,3)", "(1,2,3,4)", "(1,2)(3,4)", "(1,3)(2,4)", "(2,3,4)", "(3,4)"]


def recognises(lrnn: LRNN, automaton: Automaton) -> bool:
    return isinstance(explore(lrnn, Exact(), automaton, 20_000), Recognises)


def residue_counter(m: int, letters: list[int]) -> Automaton:
    """Adds the residues of some letters, which generate all residues."""
    names = [f"x{i}" for i in range(len(letters))]
    states = [0]
    for state in states:
        states += [x for x in dict.fromkeys((state + a) % m for a in letters) if x not in states]
    table = [[states.index((state + a) % m) for a in letters] for state in states]
    return Automaton(names, table, [str(state) for state in states])


@given(st.integers(1, 4), st.lists(st.integers(0, 15), max_size=3))
@examples(25)
def test_bits_count_in_as_many_layers(n_bits: int, others: list[int]) -> None:
    m = 2**n_bits
    automaton = residue_counter(m, [1, *(x % m for x in others)])
    network = binary_counter(automaton)
    assert len(network.layers) == n_bits
    assert recognises(network, automaton)
    entries = {
        entry
        for layer in network.layers
        for case in layer.cases.values()
        if isinstance(case.transition, Diagonal)
        for entry in case.transition.entries
    }
    assert entries <= {-1, 0, 1}


@given(st.integers(3, 9), st.lists(st.integers(0, 8), max_size=2))
@examples(25)
def test_mirrors_add_residues(m: int, others: list[int]) -> None:
    automaton = residue_counter(m, [1, *(x % m for x in others)])
    network = mirror_counter(automaton)
    assert len(network.layers) == 2
    assert recognises(network, automaton)
    for layer in network.layers:
        for case in layer.cases.values():
            matrix = transition_matrix(case.transition)
            assert matrix == matrix.transpose()
            assert matrix @ matrix == Matrix.identity(matrix.shape[0])


@pytest.mark.parametrize("m", [3, 4, 7])
def test_two_mirrors_turn_the_polygon(m: int) -> None:
    turn, power, order = two_mirrors(m), two_mirrors(m), 1
    while power != Matrix.identity(m):
        power, order = power @ turn, order + 1
    assert order == (m if m % 2 else m // 2)


@given(st.lists(st.sampled_from(S4), min_size=1, max_size=3, unique=True))
@examples(25)
def test_solvable_groups_in_as_many_layers_as_the_derived_series(letters: list[str]) -> None:
    automaton = group_word_problem({f"x{i}": x for i, x in enumerate(letters)})
    group = letter_group(automaton)
    assert not isinstance(group, str)
    factors = derived_factors(group.table)
    assert factors
    network = derived_series_network(automaton)
    assert len(network.layers) == len(factors) <= 3
    assert recognises(network, automaton)


@pytest.mark.parametrize(
    ("name", "orders"),
    [("s3", [2, 3]), ("a4", [3, 4]), ("q8", [4, 2]), ("s4", [2, 3, 4]), ("z12", [12])],
)
def test_factors_of_the_derived_series(name: str, orders: list[int]) -> None:
    group = letter_group(get_language(name).build())
    assert not isinstance(group, str)
    assert [len(factor.table) for factor in derived_factors(group.table) or ()] == orders


def test_what_has_no_such_network() -> None:
    one_state = Automaton("a", [[0]], (True,))
    for automaton, reason in (
        (get_language("a5-involutions").build(), "not solvable"),
        (one_state, "trivial"),
        (get_language("flip-flop").build(), "permutes no states"),
    ):
        with pytest.raises(UnsupportedError, match=reason):
            derived_series_network(automaton)
    for automaton, reason in (
        (cyclic_automaton(6), "cyclic group of order 6; expected 2, 4, 8"),
        (one_state, "order 1"),
        (get_language("s3").build(), "not cyclic"),
    ):
        with pytest.raises(UnsupportedError, match=reason):
            binary_counter(automaton)
    with pytest.raises(UnsupportedError, match="addition modulo 2 has no mirrors"):
        mirror_counter(cyclic_automaton(2))
    with pytest.raises(UnsupportedError, match="not cyclic"):
        mirror_counter(get_language("s3").build())


def flip_flop_by_hand(word: tuple[str, ...]) -> str:
    stored, writes = "none", False
    for token in word:
        if token in "wri":
            writes = token == "w"
        elif writes:
            stored = token
    return stored


@given(st.lists(st.sampled_from("wri01"), max_size=12).map(tuple))
def test_flip_flop_is_what_its_definition_says(word: tuple[str, ...]) -> None:
    assert flip_flop_tokens().output(word) == flip_flop_by_hand(word)
    assert flip_flop_two_layers().output(word) == flip_flop_by_hand(word)


def test_flip_flop_in_two_layers_of_gates() -> None:
    network = flip_flop_two_layers()
    assert recognises(network, flip_flop_tokens())
    entries = {
        transition_matrix(case.transition).rows[0][0]
        for layer in network.layers
        for case in layer.cases.values()
    }
    assert entries == {0, 1}
