"""Which levels of a cascade have to know which others.

The levels of a cascade are given the states of all levels above them, but often need only some.
Every state that a level does not need saves a register in the network, so this module drops what
can be dropped: first states that make no difference, then levels that nobody needs.
"""

from __future__ import annotations

from collections.abc import Container, Hashable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, TypeVar, final

from monoscan.automata import Automaton, Output
from monoscan.automata.budget import remembered
from monoscan.automata.cascade import Cascade, holonomy_cascade
from monoscan.automata.minimize import minimize
from monoscan.theory.constructions.registry import DEFAULT_JOINT_STATES

Action: TypeAlias = tuple[int, ...]
Values: TypeAlias = tuple[int, ...]
T = TypeVar("T", bound=Hashable)


@final
@dataclass(frozen=True)
class WiredLevel:
    """A level of a cascade with only those states of levels above it that it needs.

    Attributes:
        number: its place in the cascade, from 0.
        n_states: the number of its states.
        group_order: the order of the group that permutes them, 1 if it is only kept and reset.
        initial: its state before the first letter.
        upstream: the numbers of the levels above whose states it needs.
        alphabet: the letters.
        actions: for the states of those levels before the letter, one action for each letter.
    """

    number: int
    n_states: int
    group_order: int
    initial: int
    upstream: tuple[int, ...]
    alphabet: tuple[str, ...]
    actions: Mapping[Values, tuple[Action, ...]]

    def action(self, letter: str, upstream: Values) -> Action:
        """The next state for each state, given the needed states above before the letter.

        For states above that no word leads to, the state is kept.
        """
        if upstream not in self.actions:
            return tuple(range(self.n_states))
        return self.actions[upstream][self.alphabet.index(letter)]

    def keeping(self, letters: Container[str]) -> WiredLevel:
        """The level with actions that keep its states on some letters."""
        keep = tuple(range(self.n_states))
        kept = [letter in letters for letter in self.alphabet]
        actions = {
            upstream: tuple([keep if k else a for k, a in zip(kept, row, strict=True)])
            for upstream, row in self.actions.items()
        }
        return replace(self, actions=actions)

    @property
    def has_resets(self) -> bool:
        """Whether some action sends all states to one."""
        return any(action_kind(a) == "reset" for row in self.actions.values() for a in row)

    def permutations(self) -> tuple[Action, ...]:
        """The actions that permute the states, in order, each once."""
        found = {action for row in self.actions.values() for action in row}
        return tuple(sorted(action for action in found if action_kind(action) != "reset"))


@final
@dataclass(frozen=True)
class WiredCascade:
    """A cascade without what it does not need.

    Attributes:
        alphabet: the letters.
        levels: the levels that are needed, uppermost first.
        answer_levels: the numbers of the levels whose states the answer depends on.
        answers: the answer for their states.
        initial_answer: the answer to the empty word.
    """

    alphabet: tuple[str, ...]
    levels: tuple[WiredLevel, ...]
    answer_levels: tuple[int, ...]
    answers: Mapping[Values, Output]
    initial_answer: Output


def action_kind(action: Action) -> Literal["keep", "reset", "permute"]:
    """What an action of a permutation-reset level does.

    >>> action_kind((0, 1)), action_kind((1, 1)), action_kind((1, 0))
    ('keep', 'reset', 'permute')
    """
    if action == tuple(range(len(action))):
        return "keep"
    return "reset" if len(set(action)) == 1 else "permute"


def wired_cascade(automaton: Automaton, budget: int = DEFAULT_JOINT_STATES) -> WiredCascade:
    """The holonomy cascade of the minimal automaton, without what it does not need.

    Raises:
        BudgetExceeded: if it has more coordinates than the budget.

    >>> both = Automaton("ab", [[1, 0], [1, 2], [1, 0]], (False, False, True))
    >>> [(level.number, level.upstream) for level in wired_cascade(both).levels]
    [(0, ()), (1, (0,))]
    """
    return _wired(minimize(automaton), budget)


@remembered(maxsize=32)
def _wired(minimal: Automaton, budget: int) -> WiredCascade:
    return wire(holonomy_cascade(minimal, budget=budget))


def wire(cascade: Cascade) -> WiredCascade:
    """Drops the states and levels that a cascade does not need.

    >>> counter = Automaton("a", [[1], [2], [3], [4], [5], [0]], "yxyxyx")
    >>> [level.group_order for level in wire(holonomy_cascade(counter)).levels]
    [2]
    """
    automaton = cascade.automaton
    outputs = {place: automaton.outputs[state] for place, state in cascade.covering.items()}
    answer_levels, answers = _needed(outputs)
    wanted = set(answer_levels)
    levels: list[WiredLevel] = []
    for number in reversed(range(len(cascade.levels))):
        if number in wanted:
            levels.append(_wired_level(cascade, number))
            wanted |= set(levels[-1].upstream)
    return WiredCascade(
        automaton.alphabet, tuple(reversed(levels)), answer_levels, answers, automaton.outputs[0]
    )


def _wired_level(cascade: Cascade, number: int) -> WiredLevel:
    level = cascade.levels[number]
    upstream, actions = _needed(level.actions)
    return WiredLevel(
        number,
        level.n_states,
        level.group_order,
        cascade.initial[number],
        upstream,
        cascade.automaton.alphabet,
        actions,
    )


def _needed(table: Mapping[Values, T]) -> tuple[tuple[int, ...], dict[Values, T]]:
    """Places of the arguments that determine the value, found by leaving out the last first."""
    places = tuple(range(len(next(iter(table)))))
    for place in reversed(places):
        rest = tuple(other for other in places if other != place)
        if _restricted(table, rest) is not None:
            places = rest
    return places, _restricted(table, places) or {}


def _restricted(table: Mapping[Values, T], places: tuple[int, ...]) -> dict[Values, T] | None:
    """The table as a function of some places of its arguments, or None if it is none."""
    result: dict[Values, T] = {}
    for arguments, value in table.items():
        if result.setdefault(tuple([arguments[place] for place in places]), value) != value:
            return None
    return result
