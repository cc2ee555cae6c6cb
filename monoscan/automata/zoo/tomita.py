"""The seven languages of Tomita, the classic benchmark of grammatical inference."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from monoscan.automata.automaton import Automaton, Output
from monoscan.automata.zoo.registry import Language, describe, language, language_family


class _Tomita(NamedTuple):
    definition: str
    table: list[list[int]]
    accepting: set[int]
    examples: dict[str, Output]


_TOMITA = (
    _Tomita("1*: only 1s.", [[1, 0], [1, 1]], {0}, {"111": True, "101": False}),
    _Tomita("(10)*: 10 repeated.", [[1, 2], [1, 1], [0, 1]], {0}, {"1010": True, "101": False}),
    _Tomita(
        "No run of an odd number of 1s is followed at once by a run of an odd number of 0s "
        "(tomita-3-later: at once or later).",
        # State 1: an odd run of 1s; 2 and 3: then an odd, an even run of 0s; 4: dead.
        [[0, 1], [2, 0], [3, 4], [2, 1], [4, 4]],
        {0, 1, 3},
        {"1001": True, "10": False, "0110": True, "100110": True},
    ),
    _Tomita(
        "000 does not occur.",
        [[1, 0], [2, 0], [3, 0], [3, 3]],
        {0, 1, 2},
        {"1001": True, "10001": False},
    ),
    _Tomita(
        "An even number of 0s and an even number of 1s.",
        [[1, 2], [0, 3], [3, 0], [2, 1]],
        {0},
        {"0110": True, "011": False},
    ),
    _Tomita(
        "The number of 0s minus the number of 1s is divisible by 3.",
        [[1, 2], [2, 0], [0, 1]],
        {0},
        {"00100": True, "0100": False, "01": True},
    ),
    _Tomita(
        "0*1*0*1*.",
        [[0, 1], [2, 1], [2, 3], [4, 3], [4, 4]],
        {0, 1, 2, 3},
        {"0011001": True, "10101": False},
    ),
)


def tomita_automaton(n: int) -> Automaton:
    """The minimal acceptor of the n-th language of Tomita.

    >>> tomita_automaton(7).accepts("0101")
    True
    """
    entry = _TOMITA[n - 1]
    return Automaton(
        "01", entry.table, [state in entry.accepting for state in range(len(entry.table))]
    )


@language(
    "tomita-3-later",
    alphabet=("0", "1"),
    definition="Tomita 3. No run of an odd number of 1s is followed at once or later by a run of "
    "an odd number of 0s (tomita-3: at once).",
    examples={"1001": True, "10": False, "0110": True, "100110": False},
    source="Weiss, Goldberg and Yahav, arXiv:1711.09576 (tech-srl/lstar_extraction), and AALpy; "
    "tomita-3 is read as by Bhattamishra et al., arXiv:2009.11264",
)
def tomita_3_later() -> Automaton:
    """State 1: an odd run of 1s; 2: after one an odd run of 0s; 3: anything else; 4: dead.

    >>> tomita_3_later().accepts("100110"), tomita_automaton(3).accepts("100110")
    (False, True)
    """
    return Automaton(
        "01", [[0, 1], [2, 0], [3, 4], [2, 3], [4, 4]], (True, True, False, True, False)
    )


@language_family("tomita-N", N=(1, 7), members=[(n,) for n in range(1, 8)])
def tomita(n: int) -> Language:
    """The n-th language."""
    entry = _TOMITA[n - 1]
    return describe(
        f"tomita-{n}",
        alphabet=("0", "1"),
        definition=f"Tomita {n}. {entry.definition}",
        examples=entry.examples,
        source="M. Tomita, Dynamic construction of finite automata from examples using "
        "hill-climbing, 1982; star-free exactly for 1, 2, 4 and 7 (arXiv:2405.17394)",
        build=partial(tomita_automaton, n),
    )
