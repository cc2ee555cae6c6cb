"""Obstructions to a single layer: found exactly where slow code says that there is one."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product
from math import lcm

import pytest
from helpers.certificate_parts import load_checker
from helpers.effort import examples
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import Automaton, BudgetExceeded, Word, compile_regex, minimize
from monoscan.automata.properties.group import is_group
from monoscan.proofs_check.certificates.obstruction import obstruction_certificate
from monoscan.strategies.automata import automata
from monoscan.theory.lemmas import Obstruction, find
from monoscan.theory.lemmas.left_equivalent import (
    LeftEquivalent,
    left_equivalent_idempotents,
    left_equivalent_words,
)
from monoscan.theory.lemmas.overwritten import (
    Overwritten,
    overwritten_order,
    overwritten_power,
    settling_power,
)
from monoscan.theory.lemmas.transients import Transient, transient_letter, transient_word
from monoscan.theory.lrnn import words_up_to

SMALL = automata(max_states=4)
BUDGET = 100_000


def verdict(found: Obstruction) -> str:
    certificate = obstruction_certificate(found)
    return str(load_checker().check(certificate.text().encode()).verdict)


def what_one_layer_knows(word: Word, modulus: int) -> tuple[object, ...]:
    """The last occurrences in order, and the counts of each letter between them."""
    known: list[object] = []
    counts: Counter[str] = Counter()
    for letter in reversed(word):
        if letter not in known:
            known += [tuple(sorted((a, n % modulus) for a, n in counts.items())), letter]
            counts.clear()
            counts.update({str(a): 0 for a in known if isinstance(a, str)})
        else:
            counts[letter] += 1
    return (*known, tuple(sorted((a, n % modulus) for a, n in counts.items())))


def is_determined(minimal: Automaton, modulus: int, longest: int = 9) -> bool:
    """Whether short words of which one layer knows the same lead to the same state."""
    seen: dict[tuple[object, ...], int] = {}
    return all(
        seen.setdefault(what_one_layer_knows(word, modulus), minimal.state_after(word))
        == minimal.state_after(word)
        for word in words_up_to(minimal.alphabet, longest)
    )


@examples(40)
@given(SMALL, st.sampled_from(["nonnegative", "real", "complex"]))
def test_one_diagonal_layer(automaton: Automaton, kind: str) -> None:
    minimal = minimize(automaton)
    exponent = {"nonnegative": 1, "real": 2, "complex": lcm(*range(1, minimal.n_states + 1))}[kind]
    found = find(minimal, f"diagonal-{kind}", depth=1)
    assert (found is None) <= is_determined(minimal, exponent)
    power = overwritten_power(
        minimal, settling_power if kind == "complex" else lambda a, q: exponent, BUDGET
    )
    witness = power or overwritten_order(minimal, BUDGET)
    assert (found is None) == (witness is None)
    if found is not None:
        assert verdict(found) == "incomplete"


@pytest.mark.parametrize(
    ("regex", "expected"),
    [
        ("(a|b)*a", (None, None, None)),
        ("a(a|b)*", ("power", "power", "power")),
        ("(aa)*", ("power", None, None)),
        ("(aaa)*", ("power", "power", None)),
        ("(a|b)*b(aa)*", ("power", None, None)),
        ("b*(ab*ab*)*", ("power", None, None)),
        ("(a|b)*ab", ("power", "power", "power")),
        ("(ab)*", ("power", "power", "power")),
        ("((a|b)(a|b))*a", ("power", None, None)),
    ],
)
def test_known_languages(regex: str, expected: tuple[str | None, ...]) -> None:
    minimal = compile_regex(regex, ("a", "b"))
    powers = (lambda a, q: 1, lambda a, q: 2, settling_power)
    found = [overwritten_power(minimal, power, BUDGET) for power in powers]
    assert [witness and "power" for witness in found] == list(expected)


def test_letters_that_do_not_commute_are_found() -> None:
    s3 = Automaton("ct", [[1, 1], [2, 0], [0, 2]], (True, False, False))
    assert overwritten_power(s3, settling_power, BUDGET) is None
    found = overwritten_order(s3, BUDGET)
    assert found == Overwritten((), ("c", "t"), ("t", "c"), ("c", "t"))


def test_letters_that_act_alike_are_one() -> None:
    parity = Automaton("abc", [[1, 1, 0], [0, 0, 1]], (True, False))
    assert overwritten_power(parity, lambda a, q: 2, BUDGET) is None
    assert overwritten_order(parity, BUDGET) is None


def test_the_search_for_pairs_has_a_budget() -> None:
    with pytest.raises(BudgetExceeded, match="pairs of states"):
        overwritten_power(compile_regex("a(a|b)*", ("a", "b")), settling_power, 1)


Map = tuple[int, ...]


def actions(minimal: Automaton) -> list[Map]:
    """All elements of the monoid."""
    letters = [tuple(column) for column in minimal.table.T.tolist()]
    found = [tuple(range(minimal.n_states))]
    for x in found:
        found += {then(x, letter) for letter in letters} - set(found)
    return found


def then(x: Map, y: Map) -> Map:
    return tuple(y[q] for q in x)


@examples(60)
@given(SMALL)
def test_one_layer_of_contractions(automaton: Automaton) -> None:
    minimal = minimize(automaton)
    monoid = actions(minimal)
    ideals = {x: frozenset(then(left, x) for left in monoid) for x in monoid}
    related = [(x, y) for x, y in combinations(monoid, 2) if ideals[x] == ideals[y]]
    idempotent = [(x, y) for x, y in related if then(x, x) == x and then(y, y) == y]
    group = bool(is_group(minimal))
    assert (left_equivalent_words(minimal, BUDGET) is None) == (group or not related)
    assert (left_equivalent_idempotents(minimal, BUDGET) is None) == (not idempotent)
    found = find(minimal, "householder-product-7", depth=1)
    assert found is not None if idempotent else found is None
    if found is not None:
        assert found.lemma == "one-layer-contractions"
        assert verdict(found) == "incomplete"
    psd = find(minimal, "householder-product-7-nonnegative", depth=1)
    assert (psd is None) == (len(related) == 0)
    if psd is not None:
        assert verdict(psd) == "incomplete"


def test_a_first_letter_is_not_remembered_by_one_layer_of_contractions() -> None:
    first = compile_regex("a(a|b)*", ("a", "b"))
    for model_class in (
        "householder",
        "householder-product-64",
        "diagonal-householder",
        "diagonal-complex",
    ):
        assert find(first, model_class, depth=1) is not None
        assert find(first, model_class, depth=2) is None
    found = find(first, "householder-product-64", depth=1)
    assert found is not None
    assert isinstance(found.witness, LeftEquivalent)
    assert str(found.witness) == "ba and a are not equivalent, but aba acts like a"
    assert find(first, "permutation-diagonal", depth=1) is None


def is_function_of_length_and_last_letter(minimal: Automaton, longest: int = 40) -> bool:
    """Whether the state is known from both, periodically from length 1 on."""
    rows: list[Map] = []
    states = {0}
    for _ in range(longest):
        targets = [{int(minimal.table[q, a]) for q in states} for a in range(len(minimal.alphabet))]
        if any(len(found) > 1 for found in targets):
            return False
        rows.append(tuple(found.pop() for found in targets))
        states = set(rows[-1])
    return any(rows[period:] == rows[:-period] for period in range(1, longest // 2))


@examples(150)
@given(st.one_of(automata(max_states=5), automata(("a",), max_states=7)))
def test_time_invariant_layers(automaton: Automaton) -> None:
    minimal = minimize(automaton)
    for depth in (1, 2, "any"):
        found = find(minimal, "time-invariant-diagonal", depth=depth)
        if found is None:
            assert is_function_of_length_and_last_letter(minimal)
        else:
            assert verdict(found) == "incomplete"
    found = find(minimal, "time-invariant-diagonal")
    assert (found is None) == is_function_of_length_and_last_letter(minimal)


def test_at_least_two_letters() -> None:
    found = find(compile_regex("aaa*", ("a",)), "time-invariant-diagonal")
    assert found is not None
    assert found.lemma == "time-invariant-transient"
    assert found.witness == Transient((), ("a",), 1)
    assert verdict(found) == "incomplete"
    assert find(compile_regex("aa*", ("a",)), "time-invariant-diagonal") is None


def pairs_counted_up_to(most: int) -> Automaton:
    """Whether a and b have followed each other so often, with repeated letters as one."""
    table = []
    for state in range(2 * most):
        stay = [state, state]
        stay[state % 2] = state + 1
        table.append(stay)
    return Automaton("ab", [*table, [2 * most] * 2], [False] * 2 * most + [True])


@pytest.mark.parametrize(("most", "depth"), list(product(range(1, 6), (1, 2, 3))))
def test_counters_of_pairs_need_layers(most: int, depth: int) -> None:
    automaton = pairs_counted_up_to(most)
    index = most + 1  # of the word ba: the first b does not count
    assert (transient_word(automaton, depth, BUDGET) is None) == (index <= depth)
    found = find(automaton, "diagonal-nonnegative", depth=depth)
    if depth > 1:
        assert (found is None) == (index <= depth)
        found = find(automaton, "diagonal-real", depth=depth)
        assert (found is None) == (index <= 2**depth - 1)
    if found is not None:
        assert verdict(found) == "incomplete"
    assert find(automaton, "diagonal-nonnegative") is None


@examples(60)
@given(automata(max_states=5))
def test_transient_letters(automaton: Automaton) -> None:
    minimal = minimize(automaton)
    late = [
        (q, a)
        for q in range(minimal.n_states)
        for a in minimal.alphabet
        if not returns(minimal.table[:, minimal.letter_index(a)].tolist(), q)
    ]
    found = transient_letter(minimal)
    assert (found is None) == (late == [])
    assert found is None or (minimal.state_after(found.prefix), found.word[0]) in late


def returns(action: list[int], state: int) -> bool:
    """Whether some power of a letter leads back to where the letter leads from a state."""
    start = moved = action[state]
    for _ in action:
        moved = action[moved]
        if moved == start:
            return True
    return False


def test_witnesses_that_are_none() -> None:
    with pytest.raises(ValueError, match="shows no transient"):
        Transient((), (), 1)
    with pytest.raises(ValueError, match="lacks 'b'"):
        Overwritten((), ("a", "b"), (), ("a",))
