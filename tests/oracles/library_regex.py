"""Regular expressions through the nondeterministic automata of automata-lib.

Its own regular expressions are not used: they enlarge the alphabet silently, read ``^`` as
shuffle, and know neither complement nor the empty set. The subset construction is our own slow
one, on frozen sets: that of the library is partial and nothing bounds its size.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from automata.fa.nfa import NFA
from oracles.breadth_first import canonical_by_loop
from oracles.moore import minimize_by_rounds

from monoscan.automata import Automaton, BudgetExceeded
from monoscan.automata.regex.parser import parse
from monoscan.automata.regex.syntax import (
    Complement,
    Concatenation,
    EmptyWord,
    Intersection,
    Letters,
    Node,
    Power,
    Union,
)
from monoscan.automata.word import check_alphabet

# Subsets may hold many states each; together they may hold this many times the budget.
MEMBERS_PER_SUBSET = 60

Subset: TypeAlias = frozenset[int]


def compile_through_library(
    pattern: str, alphabet: Sequence[str], *, budget: int = 100_000
) -> Automaton:
    """The minimal acceptor of a regular expression."""
    letters = check_alphabet(alphabet)
    return _Compiler(letters, budget).acceptor(parse(pattern, letters))


class _Compiler:
    def __init__(self, alphabet: tuple[str, ...], budget: int) -> None:
        self._alphabet = alphabet
        self._budget = budget

    def acceptor(self, node: Node) -> Automaton:
        """The minimal acceptor of a tree."""
        if isinstance(node, Complement):
            return _complement(self.acceptor(node.part))
        if isinstance(node, Intersection):
            # De Morgan: one subset construction explores just the pairs that can be reached.
            outside = [self._embed(_complement(self.acceptor(part))) for part in node.parts]
            return _complement(self._determinize(self._union(outside)))
        return self._determinize(self._nondeterministic(node))

    def _nondeterministic(self, node: Node) -> NFA:
        match node:
            case Letters():
                return self._one_of(node.letters)
            case EmptyWord():
                return self._empty_word()
            case Concatenation():
                return self._concatenation([self._nondeterministic(part) for part in node.parts])
            case Union():
                return self._union([self._nondeterministic(part) for part in node.parts])
            case Power():
                return self._power(self._nondeterministic(node.part), node.low, node.high)
            case _:
                return self._embed(self.acceptor(node))

    def _one_of(self, letters: Sequence[str]) -> NFA:
        return self._build(2, {0: {letter: {1} for letter in letters}}, {1})

    def _empty_word(self) -> NFA:
        return self._build(1, {}, {0})

    def _embed(self, acceptor: Automaton) -> NFA:
        """A minimal acceptor without its dead state, which would only swell the subsets."""
        targets = acceptor.table.tolist()
        dead = {
            state
            for state, row in enumerate(targets)
            if not acceptor.outputs[state] and set(row) == {state}
        }
        moves = {
            state: {a: {t} for a, t in zip(self._alphabet, row, strict=True) if t not in dead}
            for state, row in enumerate(targets)
        }
        accepting = {state for state, output in enumerate(acceptor.outputs) if output}
        return self._build(acceptor.n_states, moves, accepting)

    def _build(
        self, n_states: int, moves: dict[int, dict[str, set[int]]], accepting: set[int]
    ) -> NFA:
        return NFA(
            states=set(range(n_states)),
            input_symbols=set(self._alphabet),
            transitions={state: moves.get(state, {}) for state in range(n_states)},
            initial_state=0,
            final_states=accepting,
        )

    def _concatenation(self, parts: Sequence[NFA]) -> NFA:
        return self._join(lambda first, second: first.concatenate(second), parts)

    def _union(self, parts: Sequence[NFA]) -> NFA:
        return self._join(lambda first, second: first.union(second), parts)

    def _join(self, operation: Callable[[NFA, NFA], NFA], parts: Sequence[NFA]) -> NFA:
        """Applies an associative operation in a balanced way: every step copies its operands."""
        self._check_size(sum(len(part.states) for part in parts))
        if len(parts) == 1:
            return parts[0]
        middle = len(parts) // 2
        return operation(
            self._join(operation, parts[:middle]), self._join(operation, parts[middle:])
        )

    def _power(self, part: NFA, low: int, high: int | None) -> NFA:
        search = _SubsetSearch(part)
        if search.accepts(search.start):
            low = 0  # an exact power then includes all smaller ones
        if high is None:
            return self._concatenation([*[part] * low, part.kleene_star()])
        parts = [part] * low
        if high - low == 1:
            parts.append(part.option())
        elif high > low:
            parts.append(self._minimal_power(part.option(), high - low))
        return self._concatenation(parts or [self._empty_word()])

    def _minimal_power(self, part: NFA, exponent: int) -> NFA:
        """A power of a part that accepts the empty word, by repeated squaring.

        Every step is made minimal. Copy after copy, the ways to spread a word over the copies
        would multiply the subsets although only the smallest number of copies matters.
        """
        square, product = self._minimal(part), self._empty_word()
        while exponent:
            if exponent % 2:
                product = self._minimal(self._concatenation([product, square]))
            exponent //= 2
            if exponent:
                square = self._minimal(self._concatenation([square, square]))
        return product

    def _minimal(self, automaton: NFA) -> NFA:
        return self._embed(self._determinize(automaton))

    def _determinize(self, automaton: NFA) -> Automaton:
        """Subset construction, complete and within the budget; then minimal."""
        search = _SubsetSearch(automaton)
        numbers, subsets = {search.start: 0}, [search.start]
        table: list[list[int]] = []
        members = 0
        for subset in subsets:
            row = []
            for letter in self._alphabet:
                target = search.after(subset, letter)
                if target not in numbers:
                    numbers[target] = len(subsets)
                    subsets.append(target)
                    members += len(target)
                    self._check_size(len(subsets))
                    self._check_size(members // MEMBERS_PER_SUBSET)
                row.append(numbers[target])
            table.append(row)
        outputs = [search.accepts(subset) for subset in subsets]
        return minimize_by_rounds(canonical_by_loop(self._alphabet, table, outputs))

    def _check_size(self, n_states: int) -> None:
        if n_states > self._budget:
            raise BudgetExceeded("states of an automaton", self._budget, n_states)


class _SubsetSearch:
    """The sets of states that words reach in a nondeterministic automaton.

    Empty moves are followed when a set is made: closures of single states, kept for all states
    as in the library, take space that grows with the square of the automaton.
    """

    def __init__(self, automaton: NFA) -> None:
        self._moves = automaton.transitions
        self._final = automaton.final_states
        self.start = self._closure([automaton.initial_state])

    def after(self, subset: Subset, letter: str) -> Subset:
        """The set reached from a set by a letter."""
        return self._closure(
            [target for state in subset for target in self._moves[state].get(letter, ())]
        )

    def accepts(self, subset: Subset) -> bool:
        """Whether the set holds an accepting state."""
        return not subset.isdisjoint(self._final)

    def _closure(self, states: list[int]) -> Subset:
        seen = set(states)
        pending = list(seen)
        while pending:
            for state in self._moves[pending.pop()].get("", ()):
                if state not in seen:
                    seen.add(state)
                    pending.append(state)
        return frozenset(seen)


def _complement(acceptor: Automaton) -> Automaton:
    outputs = [not output for output in acceptor.outputs]
    return Automaton(acceptor.alphabet, acceptor.table, outputs)
