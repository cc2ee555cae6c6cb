"""Letters that count although they occur again: what one layer of diagonal matrices forgets.

In such a layer a letter overwrites an entry of the state, or multiplies it by a root of unity. A
word that follows, and in which the letter occurs, overwrites what the letter overwrites; so of the
letter no more is known than how often it occurred, modulo the order of the root.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import ClassVar, final

from monoscan.automata import Automaton, BudgetExceeded, Word
from monoscan.automata.properties.words import access_word
from monoscan.theory.lemmas.lemma import DIAGONAL, PSD, lemma
from monoscan.theory.lemmas.obstruction import Depth
from monoscan.theory.lemmas.witness import Witness, word_text

Power = Callable[[Sequence[int], int], int]
"""The action of a letter and a state -> how often the letter is repeated there."""

Node = tuple[int, int, frozenset[int]]
"""Two states that are not yet merged, and the letters that have not yet occurred."""


@final
@dataclass(frozen=True)
class Overwritten(Witness):
    """After a prefix, two words lead apart, although a word follows that has all their letters.

    Attributes:
        prefix: A word.
        first: A word.
        second: Another word; it may be empty.
        then: A word in which every letter of the two occurs.

    Raises:
        ValueError: If a letter does not occur in the word that follows.
    """

    type: ClassVar[str] = "overwritten"
    prefix: Word
    first: Word
    second: Word
    then: Word

    def __post_init__(self) -> None:
        missing = {*self.first, *self.second} - {*self.then}
        if missing:
            raise ValueError(
                f"the word {self.then} lacks {min(missing)!r}; expected all letters of "
                f"{self.first} and {self.second}"
            )

    def __str__(self) -> str:
        first, second = (
            word_text((*self.prefix, *word, *self.then)) for word in (self.first, self.second)
        )
        return f"{first} and {second} are not equivalent"


def overwritten_power(minimal: Automaton, power: Power, budget: int) -> Overwritten | None:
    """A power of a letter that counts although the letter occurs again.

    Args:
        minimal: A minimal automaton.
        power: How often to repeat the letter.
        budget: The largest number of pairs of states.

    Raises:
        BudgetExceeded: If the budget is reached before such a letter is found.

    >>> parity = Automaton("a", [[1], [0]], (True, False))
    >>> overwritten_power(parity, lambda action, state: 1, budget=10)
    Overwritten(prefix=(), first=('a',), second=(), then=('a',))
    >>> print(overwritten_power(parity, lambda action, state: 2, budget=10))
    None
    """
    search = _Search(minimal, budget)
    for letter in search.letters:
        action = search.columns[letter]
        starts: dict[tuple[int, int], tuple[int, Word]] = {}
        for state in range(minimal.n_states):
            repeated = (letter,) * power(action, state)
            pair = search.move(state, repeated), state
            starts.setdefault(pair, (state, search.spell(repeated)))
        found = search.apart(starts, frozenset({letter}))
        if found is not None:
            pair, then = found
            state, first = starts[pair]
            return Overwritten(access_word(minimal, state), first, (), then)
    return None


def overwritten_order(minimal: Automaton, budget: int) -> Overwritten | None:
    """Two letters whose order counts although both occur again.

    Args:
        minimal: A minimal automaton.
        budget: The largest number of pairs of states.

    Raises:
        BudgetExceeded: If the budget is reached before such letters are found.

    >>> first_letter = Automaton("ab", [[1, 2], [1, 1], [2, 2]], (False, True, False))
    >>> overwritten_order(first_letter, budget=100)
    Overwritten(prefix=(), first=('a', 'b'), second=('b', 'a'), then=('a', 'b'))
    """
    search = _Search(minimal, budget)
    for pair_of_letters in combinations(search.letters, 2):
        swapped = pair_of_letters[::-1]
        starts: dict[tuple[int, int], int] = {}
        for state in range(minimal.n_states):
            ends = search.move(state, pair_of_letters), search.move(state, swapped)
            starts.setdefault(ends, state)
        found = search.apart(starts, frozenset(pair_of_letters))
        if found is not None:
            pair, then = found
            first, second = (search.spell(word) for word in (pair_of_letters, swapped))
            return Overwritten(access_word(minimal, starts[pair]), first, second, then)
    return None


def settling_power(action: Sequence[int], state: int) -> int:
    """The least number of repetitions after which as many again lead to the same state.

    >>> settling_power((1, 2, 3, 2), 0)
    2
    """
    path = [state]
    while (following := action[path[-1]]) not in path:
        path.append(following)
    before = path.index(following)
    period = len(path) - before
    return max(1, -(-before // period)) * period


class _Search:
    """Follows pairs of states, and counts all that it has seen against one budget."""

    def __init__(self, minimal: Automaton, budget: int) -> None:
        self.alphabet = minimal.alphabet
        self.columns: list[list[int]] = minimal.table.T.tolist()
        self.budget = budget
        self.seen = 0
        # Letters that act alike are one element of the monoid.
        first = {tuple(column): a for a, column in reversed(list(enumerate(self.columns)))}
        self.letters = sorted(first.values())

    def move(self, state: int, word: Sequence[int]) -> int:
        """Where a word leads."""
        for letter in word:
            state = self.columns[letter][state]
        return state

    def spell(self, word: Sequence[int]) -> Word:
        """The word as a tuple of letters."""
        return tuple(self.alphabet[letter] for letter in word)

    def apart(
        self, starts: Iterable[tuple[int, int]], needed: frozenset[int]
    ) -> tuple[tuple[int, int], Word] | None:
        """The first pair that some word with the needed letters does not merge, and such a word.

        Raises:
            BudgetExceeded: If the budget is reached.
        """
        came: dict[Node, tuple[Node, int] | None] = {}
        for p, q in starts:
            if p != q and (p, q, needed) not in came:
                came[p, q, needed] = None
                found = self._grow(came, [(p, q, needed)])
                if found is not None:
                    return found
        return None

    def _grow(
        self, came: dict[Node, tuple[Node, int] | None], queue: list[Node]
    ) -> tuple[tuple[int, int], Word] | None:
        for node in queue:
            if not node[2]:
                return self._path(came, node)
            self.seen += 1
            if self.seen > self.budget:
                raise BudgetExceeded("pairs of states", self.budget, self.seen)
            for letter, following in self._successors(node):
                if following not in came:
                    came[following] = (node, letter)
                    queue.append(following)
        return None

    def _successors(self, node: Node) -> Iterator[tuple[int, Node]]:
        p, q, missing = node
        for letter in self.letters:
            column = self.columns[letter]
            if column[p] != column[q]:
                yield letter, (column[p], column[q], missing - {letter})

    def _path(
        self, came: dict[Node, tuple[Node, int] | None], node: Node
    ) -> tuple[tuple[int, int], Word]:
        word: list[int] = []
        while (step := came[node]) is not None:
            node = step[0]
            word.append(step[1])
        return node[:2], self.spell(word[::-1])


@lemma(
    "one-layer-diagonal-complex",
    statement="With a single layer of diagonal matrices, all that counts of what comes before a "
    "word with the same letters is how often each letter occurs in it, modulo some number.",
    source="our own proof",
    page="lemmas/one-layer-diagonal.md",
    classes=DIAGONAL,
    only_depth_1=True,
    witness=Overwritten,
)
def one_layer_diagonal_complex(
    minimal: Automaton, _depth: Depth, budget: int
) -> Overwritten | None:
    """An idempotent power of a letter, or an order of two, that counts although both come again."""
    found = overwritten_power(minimal, settling_power, budget)
    return found or overwritten_order(minimal, budget)


@lemma(
    "one-layer-diagonal-real",
    statement="With a single layer of real diagonal matrices, all that counts of what comes "
    "before a word with the same letters is how often each letter occurs in it, modulo 2.",
    source="our own proof",
    page="lemmas/one-layer-diagonal.md",
    classes=("diagonal-nonnegative", "diagonal-real"),
    only_depth_1=True,
    witness=Overwritten,
)
def one_layer_diagonal_real(minimal: Automaton, _depth: Depth, budget: int) -> Overwritten | None:
    """A square of a letter, or an order of two, that counts although both occur again."""
    found = overwritten_power(minimal, lambda action, state: 2, budget)
    return found or overwritten_order(minimal, budget)


@lemma(
    "one-layer-right-regular-band",
    statement="With a single layer of diagonal matrices with entries in [0, 1], or of one factor "
    "a head with beta < 2 (in [0, 1] with a gate), what comes before a word with the same letters "
    "does not count.",
    source="our own proof",
    page="lemmas/one-layer-diagonal.md",
    classes=(*PSD[:3], "householder-open"),
    only_depth_1=True,
    formal=("overwritten.right_regular_band",),
    witness=Overwritten,
)
def one_layer_right_regular_band(
    minimal: Automaton, _depth: Depth, budget: int
) -> Overwritten | None:
    """A letter that counts although it occurs again."""
    return overwritten_power(minimal, lambda action, state: 1, budget)
