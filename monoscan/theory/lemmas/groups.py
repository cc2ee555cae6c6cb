"""Words permute states and generate a group with too long a series."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, ClassVar, final

from monoscan.automata import Automaton, BudgetExceeded, Word
from monoscan.automata.groups import Permutation, PermutationGroup
from monoscan.automata.permutations import nth_power
from monoscan.theory.lemmas.lemma import REAL, lemma
from monoscan.theory.lemmas.obstruction import Depth
from monoscan.theory.lemmas.witness import Witness, check_states, word_text

MAX_GROUP = 50_000
"""The largest group that the independent checker lists."""


@final
@dataclass(frozen=True)
class Group(Witness):
    """Words that permute some states; the group that they generate is what the lemma is about.

    Attributes:
        words: At least one word.
        states: The states that all of them permute.
        kind: What the lemma forbids to the group, in words that follow "a group"; no part of the
            certificate, as the checker finds it out itself.
    """

    type: ClassVar[str] = "group"
    words: tuple[Word, ...]
    states: tuple[int, ...]
    kind: str = ""

    def __post_init__(self) -> None:
        check_states(self.states, least=1)
        if not self.words:
            raise ValueError("a group witness has no words; give at least one")

    def to_json(self) -> dict[str, Any]:
        """The object of the certificate format, without `kind`.

        >>> Group((("1",),), (0, 1), "that is not trivial").to_json()
        {'type': 'group', 'words': [['1']], 'states': ['0', '1']}
        """
        members = super().to_json()
        del members["kind"]
        return members

    def __str__(self) -> str:
        shown = ", ".join(word_text(word) for word in self.words[:4])
        verb = "generates" if len(self.words) == 1 else "generate"
        states = "1 state" if len(self.states) == 1 else f"{len(self.states)} states"
        more = ", ..." if len(self.words) > 4 else ""
        return f"{shown}{more} {verb} a group {self.kind or f'on {states}'}"

    @property
    def path(self) -> tuple[int, ...]:
        """The states that are permuted."""
        return self.states


def group_above_depth(
    minimal: Automaton,
    depth: Depth,
    length: Callable[[PermutationGroup], int | None],
    kind: Callable[[int | None], str],
    budget: int,
) -> Group | None:
    """A maximal subgroup of the monoid with a series longer than the depth.

    Args:
        minimal: A minimal automaton.
        depth: The number of layers; with `any` only a series that does not end counts.
        length: The number of steps of the series, None if it does not end.
        kind: A group with that many steps, in words that follow "a group".
        budget: The largest number of elements of the monoid, unless it is a group.

    Raises:
        BudgetExceeded: If the monoid is larger than the budget, or the only groups that would
            do are larger than `MAX_GROUP`.
    """
    too_large = 0
    for group, witness in _maximal_subgroups(minimal, budget):
        steps = length(group)
        if steps is not None and (depth == "any" or steps <= depth):
            continue
        if group.order <= MAX_GROUP:
            return replace(witness, kind=kind(steps))
        too_large = group.order
    if too_large:
        raise BudgetExceeded("elements of a group, as the checker lists them", MAX_GROUP, too_large)
    return None


@lru_cache(maxsize=64)
def _maximal_subgroups(
    minimal: Automaton, budget: int
) -> tuple[tuple[PermutationGroup, Group], ...]:
    """The maximal subgroups of the monoid, one a regular D-class, with words for them."""
    if all(len(set(column)) == minimal.n_states for column in minimal.table.T.tolist()):
        words = _generating_letters(minimal)
        group = PermutationGroup(minimal.n_states, tuple(words))
        return ((group, Group(tuple(words.values()), tuple(range(minimal.n_states)))),)
    # Imported here: a group needs neither.
    from monoscan.automata.greens import GreensRelations
    from monoscan.automata.monoid import TransitionMonoid

    greens = GreensRelations(TransitionMonoid(minimal, budget))
    return tuple(
        (
            subgroup.group,
            Group(tuple(map(greens.monoid.word, subgroup.generators)), subgroup.states),
        )
        for subgroup in greens.maximal_subgroups(trivial=False)
    )


def _generating_letters(minimal: Automaton) -> dict[Permutation, Word]:
    """Letters that generate the group of all of them, none of them superfluous when added."""
    chosen: dict[Permutation, Word] = {}
    order = 1
    for letter, column in zip(minimal.alphabet, minimal.table.T.tolist(), strict=True):
        if tuple(column) in chosen:
            continue
        larger = PermutationGroup(minimal.n_states, (*chosen, tuple(column))).order
        if larger > order:
            chosen[tuple(column)], order = (letter,), larger
    return chosen or {tuple(range(minimal.n_states)): (minimal.alphabet[0],)}


def elementary_two_length(group: PermutationGroup) -> int | None:
    """Steps of the series G -> G^2 [G, G] down to 1; None if it ends elsewhere.

    It is the shortest normal series whose factors are elementary abelian 2-groups, and there is
    one exactly if the order of the group is a power of 2.

    >>> elementary_two_length(PermutationGroup(4, ((1, 2, 3, 0),)))
    2
    >>> elementary_two_length(PermutationGroup(3, ((1, 2, 0),))) is None
    True
    """
    if group.order & (group.order - 1):
        return None
    steps = 0
    while group.order > 1:
        group, steps = _squares_and_commutators(group), steps + 1
    return steps


def _squares_and_commutators(group: PermutationGroup) -> PermutationGroup:
    """The subgroup G^2 [G, G]; modulo the squares of generators and [G, G] all squares are 1."""
    squares = [nth_power(x, 2) for x in group.generators]
    return group.normal_closure([*squares, *group.derived_subgroup.generators])


@lemma(
    "diagonal-derived-length",
    statement="With complex triangular (so with diagonal) matrices, k layers make only solvable "
    "groups of derived length at most k.",
    source="Shakerinava et al., arXiv 2603.01959 (diagonal, groups); monoids and triangular: our "
    "own",
    page="lemmas/diagonal-derived-length.md",
    classes=(
        *(*REAL, "time-invariant-diagonal", "mixed-diagonal"),
        *("diagonal-complex", "triangular-complex"),
    ),
    witness=Group,
    wide="AB",
)
def diagonal_derived_length(minimal: Automaton, depth: Depth, budget: int) -> Group | None:
    """A group whose derived length is above the depth, or that is not solvable."""
    return group_above_depth(minimal, depth, lambda group: group.derived_length, _derived, budget)


def _derived(steps: int | None) -> str:
    return "that is not solvable" if steps is None else f"of derived length {steps}"


@lemma(
    "elementary-two-series",
    statement="With real triangular matrices, k layers make only groups that have a normal "
    "series of length k whose factors are elementary abelian 2-groups.",
    source="our own proof, after Shakerinava et al., arXiv 2603.01959",
    page="lemmas/diagonal-derived-length.md",
    classes=REAL,
    witness=Group,
    wide="AB",
)
def elementary_two_series(minimal: Automaton, depth: Depth, budget: int) -> Group | None:
    """A group whose series G -> G^2 [G, G] is longer than the depth, or does not end in 1."""
    return group_above_depth(minimal, depth, elementary_two_length, _elementary, budget)


def _elementary(steps: int | None) -> str:
    if steps is None:
        return "that is no 2-group"
    return f"whose series of squares and commutators has {steps} steps"
