"""Small networks with delays, each with the language that it recognises."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import NamedTuple

from monoscan.automata import Automaton, Output, get_language
from monoscan.theory.lrnn import LRNN, Case, Delay, Layer, Symbol, Value
from monoscan.theory.matrix import Matrix
from monoscan.theory.readout import StateTable
from monoscan.theory.transition import Diagonal
from monoscan.theory.windows import Windows

LETTERS = ("a", "b")
SEEN: tuple[Value, ...] = ("a", "b", None)
Scalar = int | Fraction


class Delayed(NamedTuple):
    """A network, the language that it recognises, its windows, and a class that holds it."""

    lrnn: LRNN
    language: Automaton
    windows: Windows
    model_class: str


def scalar(
    step: Mapping[Symbol, tuple[Scalar, Scalar]],
    outputs: Mapping[Scalar, Output],
    initial: Scalar = 0,
    reads: tuple[int, ...] | None = None,
) -> Layer:
    """A layer h <- a h + b, (a, b) by the symbol."""
    cases = {
        symbol: Case(Diagonal((Fraction(a),)), Matrix.column([b]))
        for symbol, (a, b) in step.items()
    }
    table = {Matrix.column([state]): output for state, output in outputs.items()}
    return Layer(Matrix.column([initial]), cases, StateTable(table), reads)


def ends_with_ab() -> Delayed:
    """A table over the last two letters: A = 0."""
    step = {(x, y): (0, int((y, x) == ("a", "b"))) for x in LETTERS for y in SEEN}
    lrnn = LRNN(LETTERS, (Delay(0, 1), scalar(step, {0: False, 1: True})))
    return Delayed(lrnn, get_language("ends-with-ab").build(), (1, 2), "time-invariant-nonnegative")


def ends_with_aa() -> Delayed:
    """The same table for other letters."""
    step = {(x, y): (0, int((y, x) == ("a", "a"))) for x in LETTERS for y in SEEN}
    lrnn = LRNN(LETTERS, (Delay(0, 1), scalar(step, {0: False, 1: True})))
    language = Automaton("ab", [[1, 0], [2, 0], [2, 0]], (False, False, True))
    return Delayed(lrnn, language, (1, 2), "time-invariant-nonnegative")


def ends_with_ab_by_gates() -> Delayed:
    """Gates below 1 that see two letters: h is 1 at a, and half of it is kept at b after a."""
    half = Fraction(1, 2)
    step = {(x, y): (half * ((y, x) == ("a", "b")), int(x == "a")) for x in LETTERS for y in SEEN}
    lrnn = LRNN(LETTERS, (Delay(0, 1), scalar(step, {0: False, 1: False, half: True})))
    return Delayed(lrnn, get_language("ends-with-ab").build(), (2, 1), "diagonal-real-open")


def starts_with_a() -> Delayed:
    """A = 1 for every input; the padding tells the first letter from all others."""
    step = {(x, y): (1, int((x, y) == ("a", None))) for x in LETTERS for y in SEEN}
    lrnn = LRNN(LETTERS, (Delay(0, 1), scalar(step, {0: False, 1: True})))
    language = get_language("starts-with-a").build()
    return Delayed(lrnn, language, (1, 2), "time-invariant-nonnegative")


def no_first_b() -> Delayed:
    """The state is lost at a b before which there is nothing."""
    step = {(x, y): (int((x, y) != ("b", None)), 0) for x in LETTERS for y in SEEN}
    lrnn = LRNN(LETTERS, (Delay(0, 1), scalar(step, {1: True, 0: False}, initial=1)))
    language = Automaton("ab", [[1, 2], [1, 1], [2, 2]], (True, True, False))
    return Delayed(lrnn, language, (2, 1), "diagonal-nonnegative")


def open_last_letter() -> Delayed:
    """Entries strictly between 0 and 1: h = h/2 + g(x) - g(before)/2 is g(x)."""
    g = {"a": Fraction(1), "b": Fraction(2), None: Fraction(0)}
    half = Fraction(1, 2)
    step = {(x, y): (half, g[x] - half * g[y]) for x in LETTERS for y in SEEN}
    lrnn = LRNN(LETTERS, (Delay(0, 1), scalar(step, {0: False, 1: False, 2: True})))
    language = Automaton("ab", [[0, 1], [0, 1]], (False, True))
    return Delayed(lrnn, language, (1, 2), "diagonal-open")


def open_gates_that_see() -> Delayed:
    """The same with B that sees one letter: A(x, before) u(before) + B(x) = u(x)."""
    u = {"a": Fraction(1), "b": Fraction(5, 4), None: Fraction(1)}
    step = {(x, y): (u[x] / 2 / u[y], u[x] / 2) for x in LETTERS for y in SEEN}
    outputs = {Fraction(1): False, Fraction(5, 4): True}
    lrnn = LRNN(LETTERS, (Delay(0, 1), scalar(step, outputs, initial=Fraction(1))))
    language = Automaton("ab", [[0, 1], [0, 1]], (False, True))
    return Delayed(lrnn, language, (2, 1), "diagonal-open")


def no_two_a() -> Delayed:
    """Gates that see two letters: the state is lost for ever at the second a in a row."""
    step = {(x, y): (int((y, x) != ("a", "a")), 0) for x in LETTERS for y in SEEN}
    lrnn = LRNN(LETTERS, (Delay(0, 1), scalar(step, {1: True, 0: False}, initial=1)))
    language = Automaton("ab", [[1, 0], [2, 0], [2, 2]], (True, True, False))
    return Delayed(lrnn, language, (2, 1), "diagonal-nonnegative")


def alternating() -> Delayed:
    """No letter twice in a row, by what a lower layer kept before the letter.

    Layer 1 keeps the last letter, and a delay hands on what it kept one letter ago.
    """
    alphabet = ("c", "d")
    kept = scalar({("c",): (0, 1), ("d",): (0, 2)}, {0: "-", 1: "c", 2: "d"})
    step = {(x, y): (int(y != x), 0) for x in alphabet for y in ("c", "d", None)}
    above = scalar(step, {1: True, 0: False}, initial=1, reads=(2,))
    language = Automaton("cd", [[1, 2], [3, 2], [1, 3], [3, 3]], (True, True, True, False))
    return Delayed(
        LRNN(alphabet, (kept, Delay(1, 1), above)), language, (2, 1), "diagonal-nonnegative"
    )


DELAYED: dict[str, Callable[[], Delayed]] = {
    "ends-with-ab": ends_with_ab,
    "ends-with-aa": ends_with_aa,
    "ends-with-ab-by-gates": ends_with_ab_by_gates,
    "starts-with-a": starts_with_a,
    "no-first-b": no_first_b,
    "open-last-letter": open_last_letter,
    "open-gates-that-see": open_gates_that_see,
    "no-two-a": no_two_a,
    "alternating": alternating,
}
