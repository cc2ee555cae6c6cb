"""S_n by its adjacent transpositions: the group tracker and the network of reflections."""

from __future__ import annotations

from fractions import Fraction

from monoscan.automata import Automaton
from monoscan.theory.lrnn import LRNN, Case, Layer, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.readout import StateTable
from monoscan.theory.transition import Householder

Arrangement = tuple[int, ...]


def swapped(arrangement: Arrangement, i: int) -> Arrangement:
    """Entries i and i + 1 exchanged."""
    a = arrangement
    return (*a[:i], a[i + 1], a[i], *a[i + 2 :])


def group_tracker(n: int) -> Automaton:
    """The automaton of all n! arrangements; its output names the arrangement."""
    arrangements = [tuple(range(n))]
    numbers = {arrangements[0]: 0}
    table = []
    for arrangement in arrangements:
        row = []
        for i in range(n - 1):
            successor = swapped(arrangement, i)
            if successor not in numbers:
                numbers[successor] = len(arrangements)
                arrangements.append(successor)
            row.append(numbers[successor])
        table.append(row)
    return Automaton(letters(n), table, tuple(map(name, arrangements)))


def letters(n: int) -> tuple[str, ...]:
    """One letter for each adjacent transposition."""
    return tuple(f"s{i}" for i in range(n - 1))


def name(arrangement: Arrangement) -> str:
    """The entries one after the other."""
    return "".join(map(str, arrangement))


def reflections(n: int) -> LRNN:
    """One layer whose state is the arrangement itself; each letter is one reflection."""
    still = Matrix.zeros(n, 1)
    cases: dict[Symbol, Case] = {}
    for i, letter in enumerate(letters(n)):
        v = [Fraction(0)] * n
        v[i], v[i + 1] = Fraction(1), Fraction(-1)
        cases[letter,] = Case(Householder(tuple(v), Fraction(2)), still)
    arrangements = [tuple(int(x) for x in output) for output in map(str, group_tracker(n).outputs)]
    table = {Matrix.column(a): name(a) for a in arrangements}
    return LRNN(letters(n), (Layer(Matrix.column(range(n)), cases, StateTable(table)),))
