"""From a syntax tree to the minimal acceptor.

The automata-lib library could do this and is what the tests compare with. It is not used here:
its regular expressions enlarge the alphabet silently, read ``^`` as shuffle, and know neither
complement nor the empty set; its nondeterministic automata are copied and checked at every
operation; and its conversion to deterministic automata is partial, slow, and bounded by nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from monoscan.automata.automaton import Automaton
from monoscan.automata.budget import BudgetExceeded, check_budget
from monoscan.automata.minimize import minimize
from monoscan.automata.nondeterministic import NondeterministicAutomaton
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
from monoscan.automata.subsets import determinize
from monoscan.automata.word import check_alphabet

DEFAULT_STATE_BUDGET = 100_000


def compile_regex(
    pattern: str, alphabet: Sequence[str], *, budget: int = DEFAULT_STATE_BUDGET
) -> Automaton:
    """The minimal acceptor of a regular expression.

    The syntax is described in ``docs/regex.md``.

    Args:
        pattern: The regular expression.
        alphabet: The letters in order; complement, ``.`` and ``[^...]`` are relative to them.
        budget: Largest number of states of any automaton built on the way.

    Raises:
        RegexError: If the pattern is malformed; the message points at the place.
        AlphabetError: If the alphabet is not valid.
        BudgetExceeded: If an automaton on the way has more states than the budget.

    Source: K. Thompson, Regular expression search algorithm, 1968; M. O. Rabin and D. Scott,
    Finite automata and their decision problems, 1959 (subset construction).

    >>> parity = compile_regex("(0*10*1)*0*", "01")
    >>> parity.table.tolist(), parity.outputs
    ([[0, 1], [1, 0]], (True, False))
    """
    letters = check_alphabet(alphabet)
    check_budget(budget)
    return _Compiler(letters, budget).acceptor(parse(pattern, letters))


class _Compiler:
    """Builds one nondeterministic automaton for as much of a tree as possible.

    Complements, intersections and powers of optional parts need deterministic automata first.
    """

    def __init__(self, alphabet: tuple[str, ...], budget: int) -> None:
        self._alphabet = alphabet
        self._numbers = {letter: number for number, letter in enumerate(alphabet)}
        self._budget = budget
        # By identity: powers repeat a node, and nodes live as long as the compiler's tree.
        self._acceptors: dict[int, Automaton] = {}
        self._optional_powers: dict[int, Automaton] = {}

    def acceptor(self, node: Node) -> Automaton:
        """The minimal acceptor of a tree."""
        if id(node) not in self._acceptors:
            self._acceptors[id(node)] = self._make_acceptor(node)
        return self._acceptors[id(node)]

    def _make_acceptor(self, node: Node) -> Automaton:
        if isinstance(node, Complement):
            return _complement(self.acceptor(node.part))
        automaton = self._start()
        if isinstance(node, Intersection):
            # De Morgan: one subset construction explores just the pairs that can be reached.
            outside = [_complement(self.acceptor(part)) for part in node.parts]
            end = automaton.join([automaton.add_acceptor(0, part) for part in outside])
            return _complement(self._determinize(automaton, end))
        return self._determinize(automaton, self._add(automaton, 0, node))

    def _start(self) -> NondeterministicAutomaton:
        return NondeterministicAutomaton(len(self._alphabet), self._budget)

    def _determinize(self, automaton: NondeterministicAutomaton, end: int) -> Automaton:
        return minimize(determinize(automaton, end, self._alphabet, self._budget))

    def _add(self, automaton: NondeterministicAutomaton, start: int, node: Node) -> int:
        """Adds the piece of a tree that starts at a state; returns its end."""
        match node:
            case Letters():
                return automaton.add_letters(start, [self._numbers[a] for a in node.letters])
            case EmptyWord():
                return start
            case Concatenation():
                end = start
                for part in node.parts:
                    end = self._add(automaton, end, part)
                return end
            case Union():
                return automaton.join([self._add(automaton, start, part) for part in node.parts])
            case Power():
                return self._add_power(automaton, start, node)
            case _:
                return automaton.add_acceptor(start, self.acceptor(node))

    def _add_power(self, automaton: NondeterministicAutomaton, start: int, node: Power) -> int:
        # An exact power of a part with the empty word includes all smaller powers.
        low = 0 if _has_empty_word(node.part) else node.low
        end = start
        if node.high is None:
            for _ in range(low - 1):
                end = self._add(automaton, end, node.part)
            return self._add_loop(automaton, end, node.part, is_optional=low == 0)
        for _ in range(low):
            end = self._add(automaton, end, node.part)
        if node.high - low == 1:
            return automaton.join([end, self._add(automaton, end, node.part)])
        if node.high > low:
            return automaton.add_acceptor(end, self._optional_power(node, node.high - low))
        return end

    def _add_loop(
        self, automaton: NondeterministicAutomaton, start: int, part: Node, *, is_optional: bool
    ) -> int:
        """Any number of copies of a part, at least one unless optional."""
        loop_start = automaton.add_loop_start(start)
        end = self._add(automaton, loop_start, part)
        automaton.close_loop(loop_start, end)
        return loop_start if is_optional else end

    def _optional_power(self, node: Power, exponent: int) -> Automaton:
        """At most so many copies of the part of a power, by repeated squaring.

        Every step is made minimal. Copy after copy, the ways to spread a word over the copies
        would multiply the subsets although only the smallest number of copies matters.
        """
        if id(node) not in self._optional_powers:
            # No automaton passes a state twice on a longest word.
            longest = _longest_word(node.part) * exponent
            if longest < inf and longest + 1 > self._budget:
                raise BudgetExceeded(
                    "states of an automaton",
                    self._budget,
                    int(longest) + 1,
                )
            automaton = self._start()
            end = automaton.join([0, self._add(automaton, 0, node.part)])
            option = self._determinize(automaton, end)
            self._optional_powers[id(node)] = self._power(option, exponent)
        return self._optional_powers[id(node)]

    def _power(self, acceptor: Automaton, exponent: int) -> Automaton:
        if exponent == 1:
            return acceptor
        half = self._power(acceptor, exponent // 2)
        square = self._concatenate(half, half)
        return self._concatenate(square, acceptor) if exponent % 2 else square

    def _concatenate(self, first: Automaton, second: Automaton) -> Automaton:
        automaton = self._start()
        middle = automaton.add_acceptor(0, first)
        return self._determinize(automaton, automaton.add_acceptor(middle, second))


def _has_empty_word(node: Node) -> bool:
    match node:
        case Letters():
            return False
        case EmptyWord():
            return True
        case Concatenation() | Intersection():
            return all(_has_empty_word(part) for part in node.parts)
        case Union():
            return any(_has_empty_word(part) for part in node.parts)
        case Complement():
            return not _has_empty_word(node.part)
        case Power():
            return node.low == 0 or _has_empty_word(node.part)


def _longest_word(node: Node) -> float:
    """Length of the longest word: -inf if there is no word, inf if none is the longest or known."""
    match node:
        case Letters():
            return 1 if node.letters else -inf
        case EmptyWord():
            return 0
        case Concatenation():
            lengths = [_longest_word(part) for part in node.parts]
            return -inf if -inf in lengths else sum(lengths)
        case Union():
            return max(map(_longest_word, node.parts))
        case Power():
            length = _longest_word(node.part)
            if length <= 0 or node.high == 0:
                return 0 if node.low == 0 else length
            return inf if node.high is None else length * node.high
        case _:
            return inf


def _complement(acceptor: Automaton) -> Automaton:
    outputs = [not output for output in acceptor.outputs]
    return Automaton(acceptor.alphabet, acceptor.table, outputs)
