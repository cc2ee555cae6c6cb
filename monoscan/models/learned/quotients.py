"""What part of an automaton some answers tell: its quotients by congruences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Final, final

import numpy as np
from numpy.typing import NDArray

from monoscan.automata import Automaton, BudgetExceeded, Output, minimize
from monoscan.automata.analysis import monoid_summary

_MOST: Final = 400  # congruences
_MONOID: Final = 5_000
_CYCLE: Final = re.compile(r"\(([^()]*)\)")


@final
@dataclass(frozen=True, eq=False)
class Quotient:
    """An automaton that tells less: states of another one are merged, and their outputs.

    Attributes:
        automaton: The minimal one; its outputs are the numbers of the classes, as text.
        classes: The class of each output of the original automaton, by the number of the output.
    """

    automaton: Automaton
    classes: tuple[int, ...]

    @cached_property
    def name(self) -> str:
        """What it tells, in words."""
        return _name(self.automaton)


def output_quotients(automaton: Automaton, outputs: Sequence[Output]) -> list[Quotient]:
    """The quotients of an automaton in which outputs are merged and that still tell something.

    States are merged two at a time, with what must then be merged, too: where their letters lead,
    and states whose outputs are merged with theirs if those must tell the same. All joins of such
    congruences are quotients as well; as many are taken as there is room for.

    Args:
        automaton: A minimal one.
        outputs: Its outputs in order.

    Returns:
        Those that tell most first; neither the automaton itself nor one that tells nothing.

    >>> from monoscan.automata import get_language
    >>> s3 = get_language("s3").build()
    >>> found = output_quotients(s3, sorted(set(s3.outputs)))
    >>> [quotient.automaton.n_states for quotient in found]
    [3, 3, 3, 2]
    >>> found[0].name, found[-1].name
    ('a quotient with 3 states (S3)', 'the sign of the permutation (Z2)')
    """
    numbers = {output: place for place, output in enumerate(outputs)}
    of_state = np.array([numbers[output] for output in automaton.outputs])
    found: dict[tuple[int, ...], None] = {}
    n = automaton.n_states
    pairs = combinations(range(n), 2) if n <= 32 else ((0, state) for state in range(1, n))
    for first, second in pairs:
        found.setdefault(_merged(automaton.table, of_state, [(first, second)]))
    principal = list(found)
    for one, other in combinations(principal, 2):
        if len(found) >= _MOST:
            break
        found.setdefault(_merged(automaton.table, of_state, [*_links(one), *_links(other)]))
    made: dict[tuple[int, ...], Quotient] = {}
    for classes in found:
        quotient = _quotient(automaton, of_state, np.array(classes))
        if 1 < len(set(quotient.classes)) < len(outputs):
            made.setdefault(quotient.classes, quotient)
    return sorted(made.values(), key=lambda quotient: -len(set(quotient.classes)))


def _links(classes: tuple[int, ...]) -> list[tuple[int, int]]:
    return [(state, other) for state, other in enumerate(classes) if state != other]


def _merged(
    table: NDArray[np.int32], of_state: NDArray[np.int64], links: list[tuple[int, int]]
) -> tuple[int, ...]:
    """The least congruence with these pairs, states of one output in one class: by first states."""
    parent = list(range(len(table)))

    def root(state: int) -> int:
        while parent[state] != state:
            parent[state] = parent[parent[state]]
            state = parent[state]
        return state

    same_output: dict[int, int] = {}
    waiting = list(links)
    for state, output in enumerate(of_state.tolist()):
        waiting.append((state, same_output.setdefault(output, state)))
    while waiting:
        low, high = sorted(map(root, waiting.pop()))
        if low == high:
            continue
        parent[high] = low
        waiting += zip(table[low].tolist(), table[high].tolist(), strict=True)
    return tuple(root(state) for state in range(len(table)))


def _quotient(
    automaton: Automaton, of_state: NDArray[np.int64], classes: NDArray[np.int64]
) -> Quotient:
    """The quotient by a congruence that merges all states of an output."""
    numbers = {first: number for number, first in enumerate(dict.fromkeys(classes.tolist()))}
    of_output = {
        output: numbers[first]
        for output, first in zip(of_state.tolist(), classes.tolist(), strict=True)
    }
    small = minimize(
        Automaton(
            automaton.alphabet,
            automaton.table,
            [str(of_output[output]) for output in of_state.tolist()],
        )
    )
    return Quotient(small, tuple(of_output[n] for n in sorted(of_output)))


def _name(automaton: Automaton) -> str:
    """What a quotient tells, in words."""
    try:
        groups = " and ".join(monoid_summary(automaton, _MONOID).groups) or "no group"
    except BudgetExceeded:
        groups = f"a monoid of more than {_MONOID} elements"
    if automaton.n_states == 2:
        signs = [_sign(letter) for letter in automaton.alphabet]
        flips = (automaton.table != np.arange(2)[:, None]).astype(int)
        if None not in signs and (flips == np.array(signs)).all():
            return f"the sign of the permutation ({groups})"
    return f"a quotient with {automaton.n_states} states ({groups})"


def _sign(letter: str) -> int | None:
    """0 for an even permutation, 1 for an odd one, written by its cycles; None for others."""
    cycles = _CYCLE.findall(letter)
    if not cycles or _CYCLE.sub("", letter):
        return None
    return sum(max(len(cycle.split(",")) - 1, 0) for cycle in cycles) % 2
