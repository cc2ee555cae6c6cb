"""Hostile certificates about automata: long words, large groups, deep cascades."""

from __future__ import annotations

import random

from helpers.certificate_parts import (
    Certificate,
    Json,
    new_certificate,
)
from helpers.hostile_parts import Maker, hostile, letter_names, ring

AUTOMATA: dict[str, Maker] = {}


def moves(first: list[int], second: list[int]) -> Json:
    """Two letters, all outputs different; states in breadth-first order."""
    number, order = {0: 0}, [0]
    for state in order:
        for target in (first[state], second[state]):
            if target not in number:
                number[target] = len(order)
                order.append(target)
    table = [[str(number[f[state]]) for f in (first, second)] for state in order]
    return {"alphabet": ["0", "1"], "table": table, "outputs": [str(q) for q in order]}


def monoid(name: str, automaton: Json, **evidence: Json) -> Certificate:
    """A certificate of kind monoid."""
    return new_certificate("monoid", automaton=automaton, property=name, evidence=evidence)


def obstruction(lemma: str, class_name: str, automaton: Json, **witness: Json) -> Certificate:
    """A certificate of kind obstruction."""
    return new_certificate(
        "obstruction",
        **{"class": class_name},
        semantics_name="exact",
        depth="1",
        lemma=lemma,
        automaton=automaton,
        witness=witness,
    )


@hostile(AUTOMATA)
def monoid_cycle_of_a_long_word() -> Certificate:
    word, states = ["0"] * 5_000, [str(q) for q in range(2_000)]
    return monoid("not-aperiodic", ring(2_000), type="cycle", word=word, states=states)


@hostile(AUTOMATA)
def monoid_many_letters() -> Certificate:
    n = 1_800
    words = [{"state": "0", "word": [letter]} for letter in letter_names(n)[: n // 3]]
    table = [["1"] * n, ["0"] * n]
    automaton = {"alphabet": letter_names(n), "table": table, "outputs": [True, False]}
    return monoid("isolated-states", automaton, type="isolating", words=words)


@hostile(AUTOMATA)
def monoid_many_isolating_words() -> Certificate:
    n = 1_200  # the letter 1 takes state 0 to 1 and all others to 0
    words = [{"state": "0", "word": ["1", "1", "1"]} for q in range(800)]
    table = [[str((q + 1) % n), str(int(q == 0))] for q in range(n)]
    automaton = {"alphabet": ["0", "1"], "table": table, "outputs": [*[False] * (n - 1), True]}
    return monoid("isolated-states", automaton, type="isolating", words=words)


@hostile(AUTOMATA)
def monoid_large_group() -> Certificate:
    n = 2_000
    first = [(i + 1) % n for i in range(n)]
    automaton = moves(first, [1, 0, *range(2, n)])
    states = [str(q) for q in range(n)]
    return monoid("not-solvable", automaton, type="group", words=[["0"], ["1"]], states=states)


@hostile(AUTOMATA)
def monoid_group_of_large_degree() -> Certificate:
    n = 2_500  # cyclic: of few elements, each of many images
    words = [["0"] * k for k in range(1, 60)]
    states = [str(q) for q in range(n)]
    return monoid("not-solvable", ring(n), type="group", words=words, states=states)


@hostile(AUTOMATA)
def monoid_many_generators() -> Certificate:
    n = 1_000
    words = [["0"]] * 4_500
    states = [str(q) for q in range(n)]
    return monoid("not-solvable", ring(n), type="group", words=words, states=states)


@hostile(AUTOMATA)
def monoid_slow_to_minimise() -> Certificate:
    n = 4_000
    return monoid("not-idempotent-letters", ring(n), type="repeat", prefix=[], letter="0")


@hostile(AUTOMATA)
def monoid_deep_cascade() -> Certificate:
    n = 150
    levels = [{"states": "1", "actions": [{"above": ["0"] * k, "maps": [["0"]]}]} for k in range(n)]
    covering = [{"coordinates": ["0"] * n, "state": "0"}]
    automaton = {"alphabet": ["0"], "table": [["0"]], "outputs": [True]}
    evidence = {"type": "cascade", "initial": ["0"] * n, "levels": levels, "covering": covering}
    return monoid("aperiodic", automaton, **evidence)


@hostile(AUTOMATA)
def monoid_wide_level() -> Certificate:
    levels = [{"states": "200000", "actions": [{"above": [], "maps": [["0"]] * 2_000}] * 2}]
    evidence = {"type": "cascade", "initial": ["0"], "levels": levels, "covering": []}
    return monoid("aperiodic", ring(1, 2_000), **evidence)


@hostile(AUTOMATA)
def monoid_many_elements() -> Certificate:
    n = 40
    turn, swap = [(q + 1) % n for q in range(n)], [1, 0, *range(2, n)]
    table = [[str(turn[q]), str(swap[q])] for q in range(n)]
    automaton = {"alphabet": ["0", "1"], "table": table, "outputs": [q == 0 for q in range(n)]}
    return monoid("da", automaton, type="elements", number="9")


@hostile(AUTOMATA)
def monoid_many_exchanges() -> Certificate:
    n = 900
    table = [[str(min(q + 1, n - 1)), str(q)] for q in range(n)]
    automaton = {"alphabet": ["0", "1"], "table": table, "outputs": [q + 1 < n for q in range(n)]}
    return monoid("locally-threshold-testable", automaton, type="elements", number=str(n))


@hostile(AUTOMATA)
def obstruction_long_words() -> Certificate:
    words = {name: ["0"] * 3_000 for name in ("prefix", "word", "forth", "back")}
    return obstruction(
        "one-layer-l-trivial", "diagonal-open", ring(1_200), type="left-equivalent", **words
    )


@hostile(AUTOMATA)
def obstruction_transient_word() -> Certificate:
    word = ["0"] * 6_001
    witness = {"type": "transient", "prefix": ["0"], "word": word, "times": "200000"}
    return obstruction("real-word-index", "diagonal-real", ring(2_003), **witness)


@hostile(AUTOMATA)
def obstruction_overwritten() -> Certificate:
    names = letter_names(2_000)
    witness = {"first": names, "second": names[::-1], "then": names, "prefix": names[:500]}
    automaton = {"alphabet": names, "table": [["0"] * 2_000], "outputs": [True]}
    return obstruction(
        "one-layer-diagonal-real", "diagonal-real", automaton, type="overwritten", **witness
    )


@hostile(AUTOMATA)
def obstruction_s5_on_many_states() -> Certificate:
    n = 2_500
    automaton = moves([(i + 1) % n for i in range(n)], [1, 0, *range(2, n)])
    witness = {"type": "s5", "five_cycle": "0", "transposition": "1"}
    return obstruction("s5-four-householders", "householder", automaton, **witness)


@hostile(AUTOMATA)
def obstruction_group_of_words() -> Certificate:
    source, n = random.Random(3), 40
    first, second = (source.sample(range(n), n) for _ in "ab")
    automaton = moves(first, second)
    states = [str(q) for q in range(len(automaton["table"]))]
    words = [source.choices("01", k=12) for _ in range(700)]
    witness = {"type": "group", "words": words, "states": states}
    return obstruction("diagonal-derived-length", "diagonal-complex", automaton, **witness)
