"""Every listed language against an independent definition, and its known size."""

from __future__ import annotations

from collections import deque
from itertools import groupby, pairwise

import pytest
from helpers.zoo_table import ZOO

from monoscan.automata import all_languages, compile_regex, get_language, is_minimal
from monoscan.automata.sources import parse_permutation
from monoscan.theory.lrnn import words_up_to

REGEXES = {
    "012-star-02-star": ".*02*",
    "a-to-e-plus": "a+b+c+d+e+",
    "aaaa-star": "(aaaa)*",
    "ab-star-d-bc-star": "[ab]*d[bc]*",
    "abab-star": "(abab)*",
    "contains-aa-and-bb": ".*aa.* & .*bb.*",
    "count-mod-2": "(0*10*1)*0*",
    "dyck-1-2": r"(\((\(\))*\))*",
    "ends-with-ab": ".*ab",
    "finite-ab-ba": "ab|ba",
    "flip-flop": ".*<w1><i>*",
    "starts-with-a": "a.*",
    "starts-with-a-ends-with-b": "a.*b",
    "subword-ab": ".*a.*b.*",
    "tomita-1": "1*",
    "tomita-2": "(10)*",
    "tomita-3": "~((.*0)?1(11)*0(00)*(1.*)?)",
    "tomita-4": "~(.*000.*)",
    "tomita-7": "0*1*0*1*",
}

# Which of the acceptors are star-free; sources in the zoo. Small automata only.
COUNTING = {
    "aa-star", "aaaa-star", "abab-star", "cerny-4", "count-mod-3", "count-mod-4", "count-mod-5",
    "count-mod-6", "count-mod-7", "ones-even", "parity", "tomita-3", "tomita-3-later", "tomita-5",
    "tomita-6",
}  # fmt: skip
STAR_FREE = {
    "012-star-02-star", "a-to-e-plus", "ab-star", "ab-star-d-bc-star", "contains-aa-and-bb",
    "dyck-1-2", "dyck-1-4", "dyck-2-2", "ends-with-1", "ends-with-ab", "even-pairs",
    "finite-ab-ba", "flip-flop", "no-two-consecutive-ones", "starts-with-a",
    "starts-with-a-ends-with-b", "subword-ab", "tomita-1", "tomita-2", "tomita-4", "tomita-7",
}  # fmt: skip


def build(id):
    return get_language(id).build()


def test_the_table_lists_every_language():
    assert sorted(ZOO) == [entry.id for entry in all_languages()]


@pytest.mark.parametrize("id", sorted(ZOO))
def test_sizes(id):
    states, letters, _ = ZOO[id]
    automaton = build(id)
    assert (automaton.n_states, len(automaton.alphabet)) == (states, letters)
    assert is_minimal(automaton)


@pytest.mark.parametrize("id", sorted(REGEXES))
def test_against_a_regular_expression(id):
    automaton = build(id)
    assert automaton == compile_regex(REGEXES[id], automaton.alphabet)


def agree(id, longest, expected):
    automaton = build(id)
    words = list(words_up_to(automaton.alphabet, longest))
    assert words
    for word in words:
        assert automaton.output(word) == expected(word), word


def test_tomita_by_counting():
    agree("tomita-5", 9, lambda w: w.count("0") % 2 == w.count("1") % 2 == 0)
    agree("tomita-6", 9, lambda w: (w.count("0") - w.count("1")) % 3 == 0)


def test_tomita_3_by_runs():
    def expected(word):
        runs = [(letter, len(list(run)) % 2) for letter, run in groupby(word)]
        return not any(first == ("1", 1) and second == ("0", 1) for first, second in pairwise(runs))

    agree("tomita-3", 11, expected)


def test_the_other_tomita_3_by_runs():
    def expected(word):
        runs = [(letter, len(list(run)) % 2) for letter, run in groupby(word)]
        return ("1", 1) not in runs or ("0", 1) not in runs[runs.index(("1", 1)) :]

    agree("tomita-3-later", 11, expected)


@pytest.mark.parametrize("n", [2, 3, 5])
def test_cycle_navigation(n):
    agree(f"cycle-navigation-{n}", 6, lambda w: str((w.count("+") - w.count("-")) % n))


@pytest.mark.parametrize(("m", "longest"), [(2, 7), (3, 6), (5, 5)])
def test_modular_arithmetic_against_python(m, longest):
    def expected(word):
        residues, operators = word[::2], word[1::2]
        shape = all(r.isdigit() for r in residues) and not any(o.isdigit() for o in operators)
        return str(eval("".join(word)) % m) if shape and len(word) % 2 else "none"

    agree(f"modular-arithmetic-{m}", longest, expected)


def test_modular_arithmetic_examples_of_the_source():
    value = build("modular-arithmetic-5").output
    assert [value(text) for text in ("1+2*3", "1-1-1", "0*1+4*3-2")] == ["2", "4", "0"]


@pytest.mark.parametrize(("k", "d", "longest"), [(1, 4, 10), (2, 2, 7), (2, 3, 7), (3, 1, 5)])
def test_bounded_dyck(k, d, longest):
    pairs = ("()", "[]", "{}")[:k]

    def expected(word):
        heights = [sum(1 if c in "([{" else -1 for c in word[:i]) for i in range(len(word) + 1)]
        text = "".join(word)
        while any(pair in text for pair in pairs):
            for pair in pairs:
                text = text.replace(pair, "")
        return not text and max(heights) <= d

    agree(f"dyck-{k}-{d}", longest, expected)


def compose(word):
    """The product of permutations in cycle notation, by following each point."""
    permutations = [parse_permutation(letter, 5) for letter in word]
    images = []
    for point in range(1, 6):
        for permutation in permutations:
            point = permutation.images[point - 1]
        images.append(point)
    return images


@pytest.mark.parametrize("id", ["s3", "s3-swaps", "s4", "a4"])
def test_group_products_of_three(id):
    automaton = build(id)
    for word in words_up_to(automaton.alphabet, 2 if id == "s4" else 3):
        assert compose([automaton.output(word)]) == compose(word)


def test_pads_change_nothing():
    plain, padded = build("s3"), get_language("s3-four-tokens").build()
    for word in words_up_to(padded.alphabet, 3):
        assert padded.output(word) == plain.output([a for a in word if a != "pad"])


def test_cyclic_group():
    automaton = build("z60")
    for word in words_up_to(automaton.alphabet, 2):
        assert automaton.output(word) == str(sum(map(int, word)) % 60)


@pytest.mark.parametrize("n", [3, 4, 5])
def test_dihedral_group_as_maps_of_corners(n):
    def expected(word):
        sign, shift = 1, 0  # corner c goes to sign * c + shift
        for letter in word:
            turn = int(letter[1:])
            sign, shift = (sign, shift + turn) if letter[0] == "r" else (-sign, -shift - turn)
        return f"r{shift % n}" if sign == 1 else f"s{-shift % n}"

    agree(f"d{n}", 3, expected)


def test_quaternions_as_matrices():
    one, i, j = ((1, 0), (0, 1)), ((1j, 0), (0, -1j)), ((0, 1), (-1, 0))

    def times(x, y):
        return tuple(
            tuple(sum(x[r][s] * y[s][c] for s in range(2)) for c in range(2)) for r in range(2)
        )

    units = {"1": one, "i": i, "j": j, "k": times(i, j)}
    minus = ((-1, 0), (0, -1))
    units |= {f"-{name}": times(minus, matrix) for name, matrix in units.items()}

    def expected(word):
        result = one
        for letter in word:
            result = times(result, units[letter])
        return next(name for name, matrix in units.items() if matrix == result)

    agree("q8", 3, expected)


@pytest.mark.parametrize("n", range(2, 8))
def test_cerny_shortest_synchronising_word(n):
    table = build(f"cerny-{n}").table.tolist()
    start = frozenset(range(n))
    length, queue = {start: 0}, deque([start])
    while queue:
        subset = queue.popleft()
        if len(subset) == 1:
            assert length[subset] == (n - 1) ** 2
            return
        for letter in range(2):
            target = frozenset(table[state][letter] for state in subset)
            if target not in length:
                length[target] = length[subset] + 1
                queue.append(target)
    pytest.fail("no synchronising word")


def every_word_has_period_one(automaton):
    """Aperiodicity by brute force over the whole transition monoid."""
    columns = [tuple(column) for column in automaton.table.T.tolist()]
    identity = tuple(range(automaton.n_states))
    elements, queue = {identity}, [identity]
    for element in queue:
        for column in columns:
            further = tuple(column[state] for state in element)
            if further not in elements:
                elements.add(further)
                queue.append(further)
    for element in elements:
        power = element
        for _ in identity:
            power = tuple(element[state] for state in power)
        if tuple(element[state] for state in power) != power:
            return False
    return True


@pytest.mark.parametrize("id", sorted(STAR_FREE | COUNTING))
def test_star_free_or_not(id):
    assert every_word_has_period_one(build(id)) is (id in STAR_FREE)


def test_large_groups():
    for id, order in {"s5": 120, "s5-four-tokens": 120, "a5": 60, "s6": 720}.items():
        assert get_language(id).build().n_states == order
