"""Automata and published constructions that serve them, with what the papers say of the network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from monoscan.automata import Automaton, get_language
from monoscan.automata.sources.permutations import group_word_problem
from monoscan.theory.constructions.published.dihedral import dihedral_word_problem


@dataclass(frozen=True)
class Served:
    """A row of the table.

    Attributes:
        construction: its id.
        name: a language of the zoo, or a name of `AUTOMATA`.
        model_class: the smallest class of the network.
        depth: its number of layers.
        states: its number of joint states together with the automaton, where the papers tell it.
        n_h: the largest number of reflections in a head, where that is the class's measure.
        slow: whether the row takes seconds.
    """

    construction: str
    name: str
    model_class: str
    depth: int
    states: int | None = None
    n_h: int | None = None
    slow: bool = False

    def __str__(self) -> str:
        return f"{self.construction}({self.name})"

    def automaton(self) -> Automaton:
        """The automaton of the row."""
        return automaton(self.name)


def automaton(name: str) -> Automaton:
    """The automaton of `AUTOMATA`, or the language of the zoo, with this name."""
    own = AUTOMATA.get(name)
    return own() if own else get_language(name).build()


def five_points() -> Automaton:
    """A5 on five points, as an acceptor: words that bring point 0 back, by two generators."""
    return Automaton(
        "xy", [[1, 1], [2, 0], [3, 3], [4, 2], [0, 4]], (True, False, False, False, False)
    )


def six_points_by_swaps() -> Automaton:
    """S6 on six points by its five neighbour swaps."""
    points = range(6)
    table = [[_swapped(point, letter) for letter in range(5)] for point in points]
    return Automaton("abcde", table, "012345")


def _swapped(point: int, letter: int) -> int:
    return {letter: letter + 1, letter + 1: letter}.get(point, point)


def klein_four() -> Automaton:
    """Two bits, each flipped by one letter."""
    return Automaton("ab", [[1, 2], [0, 3], [3, 0], [2, 1]], ("00", "10", "01", "11"))


def last_letter_and_reset() -> Automaton:
    """Three states with a constant letter and one that is neither constant nor a permutation."""
    return Automaton("ab", [[0, 1], [2, 1], [1, 0]], (False, True, False))


AUTOMATA: dict[str, Callable[[], Automaton]] = {
    "five-points": five_points,
    "six-points-by-swaps": six_points_by_swaps,
    "klein-four": klein_four,
    "reset-and-map": last_letter_and_reset,
    "d1": lambda: dihedral_word_problem(1),
    "d2": lambda: dihedral_word_problem(2),
    "one-state": lambda: Automaton("ab", [[0, 0]], (True,)),
    "swaps-and-copies": lambda: Automaton(
        "abcd", [[1, 0, 2, 3], [1, 2, 2, 1], [2, 1, 2, 2], [3, 3, 2, 0]], "0123"
    ),
    "four-states": lambda: Automaton("ab", [[1, 0], [2, 0], [3, 3], [0, 1]], "0123"),
    "s3-two-letters": lambda: group_word_problem({"a": "(1,2,3)", "b": "(1,2)"}),
    "s4-two-letters": lambda: group_word_problem({"a": "(1,2,3,4)", "b": "(1,2)"}),
    "z2xz4": lambda: group_word_problem({"a": "(1,2)", "b": "(3,4,5,6)"}),
    "z3-by-one": lambda: group_word_problem({"a": "(1,2,3)"}),
    "f20": lambda: group_word_problem({"a": "(1,2,3,4,5)", "b": "(2,3,5,4)"}),
    "dicyclic-3": lambda: group_word_problem({"a": "(1,2,3)", "b": "(1,2)(4,5,6,7)"}),
    "s4-half-turns": lambda: group_word_problem({"a": "(1,2)", "b": "(2,3)", "c": "(3,4)"}),
}

SERVED = [
    Served("group-one-layer", "one-state", "householder", 1, 1, 0),
    Served("group-one-layer", "parity", "householder", 1, 2, 1),
    Served("group-one-layer", "klein-four", "householder-product-2", 1, 4, 2),
    Served("group-one-layer", "five-points", "householder-product-4", 1, 60, 4),
    Served("group-one-layer", "q8", "householder-product-6", 1, 8, 6),
    Served("group-one-layer", "six-points-by-swaps", "householder", 1, 720, 1),
    Served("sn-one-layer", "s3", "householder-product-2", 1, 6, 2),
    Served("sn-one-layer", "s4", "householder-product-3", 1, 24, 3),
    Served("sn-one-layer", "s5-swaps", "householder", 1, 120, 1),
    Served("sn-one-layer", "a4", "householder-product-2", 1, 12, 2),
    Served("sn-one-layer", "d4", "householder-product-3", 1, 8, 3),
    Served("sn-one-layer", "klein-four", "householder", 1, 4, 1),
    Served("sn-one-layer", "five-points", "householder-product-4", 1, 60, 4),
    Served("cyclic-rotation-two-gh", "one-state", "householder-product-2", 1, 1, 0),
    Served("cyclic-rotation-two-gh", "parity", "householder-product-2", 1, 2, 2),
    Served("cyclic-rotation-two-gh", "z3", "householder-product-2", 1, 3, 2),
    Served("cyclic-rotation-two-gh", "z4", "householder-product-2", 1, 4, 2),
    Served("cyclic-rotation-two-gh", "z7", "householder-product-2", 1, 7, 2),
    Served("cyclic-rotation-two-gh", "z12", "householder-product-2", 1, 12, 2),
    Served("modadd-two-layer-reflections", "z2", "householder", 2, 4, 1),
    Served("modadd-two-layer-reflections", "z3", "householder", 2, 6, 1),
    Served("modadd-two-layer-reflections", "z5", "householder", 2, 10, 1),
    Served("modadd-two-layer-reflections", "z8", "householder", 2, 16, 1),
    Served("modadd-two-layer-reflections", "z3-by-one", "householder", 2, 6, 1),
    Served("abelian-one-layer", "one-state", "diagonal-nonnegative", 1, 1),
    Served("abelian-one-layer", "klein-four", "diagonal-real", 1, 4),
    Served("abelian-one-layer", "z2xz4", "diagonal-complex", 1, 8),
    Served("abelian-one-layer", "z12", "diagonal-complex", 1, 12),
    Served("binary-counter", "parity", "diagonal-real", 1, 2),
    Served("binary-counter", "z8", "diagonal-real", 3, 8),
    Served("derived-series", "parity", "diagonal-real", 1, 2),
    Served("derived-series", "d4", "diagonal-real", 2, 8),
    Served("derived-series", "z4", "diagonal-complex", 1, 4),
    Served("derived-series", "s3", "diagonal-complex", 2, 6),
    Served("derived-series", "q8", "diagonal-real", 2, 8),
    Served("derived-series", "s4-two-letters", "diagonal-complex", 3, 24),
    Served("elementary-two-series", "z4", "diagonal-real", 2, 4),
    Served("elementary-two-series", "z2xz4", "diagonal-real", 2, 8),
    Served("elementary-two-series", "q8", "diagonal-real", 2, 8),
    Served("dihedral-two-layer", "d1", "householder", 2, 4, 1),
    Served("dihedral-two-layer", "d2", "householder", 2, 8, 1),
    Served("dihedral-two-layer", "s3", "householder", 2, 12, 1),
    Served("dihedral-two-layer", "d4", "householder", 2, 16, 1),
    Served("dihedral-two-layer", "d5", "householder", 2, 20, 1),
    Served("dihedral-one-layer", "d1", "householder", 1, 2, 1),
    Served("dihedral-one-layer", "d4", "householder-product-2", 1, 8, 2),
    Served("dihedral-one-layer", "d6", "householder-product-2", 1, 12, 2),
    Served("so3-groups-two-gh", "a4", "householder-product-2", 1, 12, 2),
    Served("so3-groups-two-gh", "s4", "householder-product-2", 1, 24, 2),
    Served("so3-groups-two-gh", "five-points", "householder-product-2", 1, 60, 2),
    Served("so3-groups-two-gh", "a5", "householder-product-2", 1, 60, 2, slow=True),
    Served("a5-involutions-one-reflection", "s4-half-turns", "householder", 1, 24, 1),
    Served("a5-involutions-one-reflection", "klein-four", "householder", 1, 4, 1),
    Served("a5-involutions-one-reflection", "a5-involutions", "householder", 1, 120, 1),
    Served("sn-four-layer-lookup", "one-state", "householder", 4),
    Served("sn-four-layer-lookup", "parity", "householder", 4, None, 1),
    Served("sn-four-layer-lookup", "s3-swaps", "householder", 4, None, 1, slow=True),
    Served("sn-four-layer-lookup", "s3-two-letters", "householder", 4, None, 1),
    Served("sn-four-layer-lookup", "s4-two-letters", "householder", 4, None, 1),
    Served("so3-four-layer-lookup", "parity", "householder", 4, None, 1),
    Served("so3-four-layer-lookup", "s4-two-letters", "householder", 4, None, 1),
    Served("so3-four-layer-lookup", "five-points", "householder", 4, None, 1, slow=True),
    Served("rwkv7-regular-four-layers", "parity", "diagonal-plus-rank-one", 4),
    Served("rwkv7-regular-four-layers", "reset-and-map", "diagonal-plus-rank-one", 4),
    Served("rwkv7-regular-four-layers", "four-states", "diagonal-plus-rank-one", 4, slow=True),
    Served("rwkv7-one-layer", "flip-flop", "diagonal-plus-rank-one", 1, 2),
    Served("rwkv7-one-layer", "swaps-and-copies", "diagonal-plus-rank-one", 1, 4),
    Served("rwkv7-one-layer", "six-points-by-swaps", "diagonal-plus-rank-one", 1, 6),
    Served("sn-one-layer", "s3-two-letters", "permutation-diagonal", 1, 6),
    Served("tracking-heads", "one-state", "householder", 1, 1, 0),
    Served("tracking-heads", "z12", "householder-product-2", 1, 12, 2),
    Served("tracking-heads", "q8", "householder-product-2", 1, None, 2),
    Served("tracking-heads", "dicyclic-3", "householder-product-2", 1, 12, 2),
    Served("tracking-heads", "a4", "householder-product-2", 1, None, 2),
    Served("signed-householder-one-layer", "z3", "diagonal-householder", 1, 3),
    Served("signed-householder-one-layer", "z12", "diagonal-householder", 1, 12),
    Served("signed-householder-one-layer", "d5", "diagonal-householder", 1, 10),
    Served("signed-householder-one-layer", "q8", "diagonal-householder", 1),
    Served("signed-householder-one-layer", "a4", "diagonal-householder", 1, 12),
    Served("signed-householder-one-layer", "s4", "diagonal-householder", 1, 24),
    Served("pd-ssm-n-states", "tomita-5", "permutation-diagonal", 1, 4),
    Served("pd-ssm-n-states", "reset-and-map", "permutation-diagonal", 1, 3),
    Served("pd-ssm-n-states", "s3", "permutation-diagonal", 1, 6),
    Served("dense-one-layer", "reset-and-map", "dense", 1, 3),
    Served("dense-one-layer", "tomita-5", "dense", 1, 4),
]
