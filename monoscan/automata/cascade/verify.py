"""Checks a cascade against its automaton, without anything that the construction used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from math import factorial
from typing import Literal, TypeAlias, final

from monoscan.automata.automaton import Automaton
from monoscan.automata.budget import BudgetExceeded, check_budget
from monoscan.automata.cascade.cascade import Action, Cascade, Coordinates, Level
from monoscan.automata.cascade.tables import follows
from monoscan.automata.word import Word, format_word

DEFAULT_GROUP_BUDGET = 200_000

Reason: TypeAlias = Literal[
    "alphabet",
    "outputs",
    "initial",
    "missing-action",
    "not-covered",
    "wrong-state",
    "unreachable",
    "not-permutation-reset",
    "group-order",
    "not-simple",
]


@final
@dataclass(frozen=True)
class Verified:
    """The cascade is right. True as a Boolean.

    Attributes:
        coordinates: How many coordinates words can reach; each of them was checked.
    """

    coordinates: int

    def __bool__(self) -> Literal[True]:
        return True


@final
@dataclass(frozen=True)
class Fault:
    """The cascade is wrong. False as a Boolean.

    Attributes:
        reason: Which of its properties does not hold.
        message: What was found, what was expected.
        word: A word that shows it, if there is one: after this word the coordinates or the
            action of its last letter are wrong.
    """

    reason: Reason
    message: str
    word: Word | None = None

    def __bool__(self) -> Literal[False]:
        return False


def verify_cascade(
    cascade: Cascade, automaton: Automaton, *, group_budget: int = DEFAULT_GROUP_BUDGET
) -> Verified | Fault:
    """Whether a cascade covers an automaton by permutation-reset levels with simple groups.

    Checked by walking through all coordinates that words can reach:

    - the initial coordinates cover state 0, and if coordinates cover a state, then after each
      letter they cover the state that the automaton goes to. So on every word the cascade has
      the automaton's state and output. All states are covered since all can be reached;
    - there are no coordinates and no actions but those that can be reached;
    - every action is a permutation of the level's states or a constant;
    - the permutations of each level generate a group of the stated order, which is 1 or the
      order of a simple group that they do generate.

    Nothing is taken from the construction, so any cascade can be checked, however it was made.

    Args:
        cascade: The cascade.
        automaton: The automaton that it should cover.
        group_budget: Largest order of a group that may be listed.

    Raises:
        BudgetExceeded: If the stated order of a group is larger than the budget.

    >>> from monoscan.automata.cascade import holonomy_cascade
    >>> parity = Automaton("01", [[0, 1], [1, 0]], (True, False))
    >>> verify_cascade(holonomy_cascade(parity), parity)
    Verified(coordinates=2)
    """
    check_budget(group_budget)
    ours = cascade.automaton
    if ours.alphabet != automaton.alphabet:
        return Fault("alphabet", f"the cascade reads {ours.alphabet}, not {automaton.alphabet}")
    if ours.outputs != automaton.outputs:
        return Fault("outputs", f"the cascade puts out {ours.outputs}, not {automaton.outputs}")
    # Tables show soonest that nothing is wrong; the walk names a word for what is wrong.
    right = follows(cascade, automaton) and not any(map(_wrong_actions, cascade.levels))
    fault = None if right else Walk(cascade, automaton).fault()
    # A fault is false as a Boolean, so `or` would pass it over.
    if fault is None:
        fault = _group_fault(cascade, group_budget)
    return Verified(len(cascade.covering)) if fault is None else fault


@final
class Walk:
    """A breadth-first walk through the coordinates that words can reach."""

    def __init__(self, cascade: Cascade, automaton: Automaton) -> None:
        self._cascade = cascade
        self._automaton = automaton
        self._parents: dict[Coordinates, tuple[Coordinates, int] | None] = {cascade.initial: None}
        self._table = automaton.table.tolist()

    def fault(self) -> Fault | None:
        """The first thing that is wrong with the coordinates, the covering or an action."""
        cascade = self._cascade
        state = cascade.covering.get(cascade.initial)
        if state != 0:
            covered = "no state" if state is None else f"state {state}"
            return Fault(
                "initial",
                f"the initial coordinates {cascade.initial} cover {covered}; expected state 0",
                (),
            )
        queue = [cascade.initial]
        for coordinates in queue:
            found = self._step(coordinates, queue)
            if found is not None:
                return found
        unreachable = self._unreachable()
        return self._wrong_action() if unreachable is None else unreachable

    def _step(self, coordinates: Coordinates, queue: list[Coordinates]) -> Fault | None:
        """Follows all letters from some coordinates."""
        rows = []
        for depth, level in enumerate(self._cascade.levels):
            row = level.actions.get(coordinates[:depth])
            if row is None:
                return Fault(
                    "missing-action",
                    f"level {depth} has no actions for the states {coordinates[:depth]} above it, "
                    "which are reached",
                    self._word(coordinates),
                )
            rows.append(row)
        targets = self._table[self._cascade.covering[coordinates]]
        moves = zip(*rows, strict=True) if rows else [()] * len(targets)
        for letter, (target, actions) in enumerate(zip(targets, moves, strict=True)):
            following = tuple([a[s] for a, s in zip(actions, coordinates, strict=True)])
            covered = self._cascade.covering.get(following)
            if following not in self._parents:
                self._parents[following] = (coordinates, letter)
                queue.append(following)
            if covered != target:
                return self._wrong_state(coordinates, letter, following, target)
        return None

    def _wrong_state(
        self, coordinates: Coordinates, letter: int, following: Coordinates, target: int
    ) -> Fault:
        alphabet = self._automaton.alphabet
        word = (*self._word(coordinates), alphabet[letter])
        covered = self._cascade.covering.get(following)
        text = format_word(word, alphabet)
        start = f"after the word {text} the coordinates are {following}, which cover"
        if covered is None:
            return Fault("not-covered", f"{start} no state; expected state {target}", word)
        return Fault("wrong-state", f"{start} state {covered}; expected state {target}", word)

    def _unreachable(self) -> Fault | None:
        """Coordinates or actions that no word reaches: a claim about nothing is not checked."""
        reached = set(self._parents)
        extra = [c for c in self._cascade.covering if c not in reached]
        for level in reversed(self._cascade.levels):
            reached = {coordinates[:-1] for coordinates in reached}
            extra += [above for above in level.actions if above not in reached]
        if not extra:
            return None
        return Fault("unreachable", f"no word reaches the states {extra[0]}; leave them out")

    def _wrong_action(self) -> Fault | None:
        for depth, level in enumerate(self._cascade.levels):
            for action in _wrong_actions(level):
                above, letter = self._occurrence(depth, action)
                return Fault(
                    "not-permutation-reset",
                    f"level {depth} moves by {action} on letter "
                    f"{self._automaton.alphabet[letter]!r} below the states {above}; "
                    "expected a permutation or a constant",
                    self._word_to(above, letter),
                )
        return None

    def _occurrence(self, depth: int, action: Action) -> tuple[Coordinates, int]:
        rows = self._cascade.levels[depth].actions.items()
        return next((above, row.index(action)) for above, row in rows if action in row)

    def _word_to(self, above: Coordinates, letter: int) -> Word:
        depth = len(above)
        coordinates = next(c for c in self._parents if c[:depth] == above)
        return (*self._word(coordinates), self._automaton.alphabet[letter])

    def _word(self, coordinates: Coordinates) -> Word:
        letters: list[str] = []
        parent = self._parents[coordinates]
        while parent is not None:
            letters.append(self._automaton.alphabet[parent[1]])
            parent = self._parents[parent[0]]
        return tuple(reversed(letters))


def _distinct_actions(level: Level) -> set[Action]:
    return set(chain.from_iterable(level.actions.values()))


def _wrong_actions(level: Level) -> list[Action]:
    """The actions of a level that are neither permutations nor constants."""
    return [a for a in _distinct_actions(level) if 1 < len(set(a)) < len(a)]


def _group_fault(cascade: Cascade, budget: int) -> Fault | None:
    """The first level whose permutations do not generate a simple group of the stated order."""
    for depth, level in enumerate(cascade.levels):
        order = level.group_order
        identity = tuple(range(level.n_states))
        distinct = _distinct_actions(level)
        generators = [a for a in distinct if len(set(a)) == len(a) and a != identity]
        if order > budget:
            raise BudgetExceeded("elements of the group of a level", budget, order)
        elements = _generate(identity, generators, order)
        if len(elements) != order:
            more = "more than " if len(elements) > order else ""
            return Fault(
                "group-order",
                f"the permutations of level {depth} generate a group of order "
                f"{more}{min(len(elements), order)}; expected {order}",
            )
        if order > 1 and not _is_simple(elements, generators):
            return Fault(
                "not-simple",
                f"the group of level {depth}, of order {order}, is not simple; "
                "expected a level for each of its composition factors",
            )
    return None


def _generate(identity: Action, generators: Iterable[Action], limit: int) -> set[Action]:
    """The generated group, or some more than `limit` of its elements if it is larger."""
    found = {identity}
    queue = [identity]
    for element in queue:
        for generator in generators:
            product = tuple([generator[point] for point in element])
            if product not in found:
                found.add(product)
                queue.append(product)
        if len(found) > limit:
            break
    return found


def _is_simple(elements: set[Action], generators: list[Action]) -> bool:
    """Whether a group given by all its elements, two or more, is simple."""
    order = len(elements)
    if all(order % divisor for divisor in range(2, int(order**0.5) + 1)):
        return True
    moved = sum(any(g[p] != p for g in generators) for p in range(len(generators[0])))
    if moved >= 5 and 2 * order == factorial(moved):
        return True  # of index 2 in the symmetric group, so the alternating group
    seen = {tuple(range(len(generators[0])))}
    for element in elements:
        if element not in seen:
            conjugates = _conjugates(element, generators)
            seen |= conjugates
            if not _generates_all(conjugates, order):
                return False
    return True


def _conjugates(element: Action, generators: list[Action]) -> set[Action]:
    found = {element}
    queue = [element]
    for member in queue:
        for g in generators:
            # The conjugate of x by g takes g(p) to g(x(p)).
            images = [0] * len(g)
            for point, image in enumerate(member):
                images[g[point]] = g[image]
            conjugate = tuple(images)
            if conjugate not in found:
                found.add(conjugate)
                queue.append(conjugate)
    return found


def _generates_all(conjugates: set[Action], order: int) -> bool:
    """Whether elements generate their whole group, of which they are a part closed under it."""
    chosen: list[Action] = []
    identity = tuple(range(len(next(iter(conjugates)))))
    covered = {identity}
    for element in conjugates:
        if element not in covered:
            chosen.append(element)
            # A subgroup with more than half of the elements is the whole group.
            covered = _generate(identity, chosen, order // 2)
            if len(covered) > order // 2:
                return True
    return False
