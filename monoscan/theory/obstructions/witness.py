"""Witnesses: what a minimal automaton does that a lemma forbids to a class of networks.

Each type is one object of the certificate format, under the same name. Nothing here is believed:
the independent checker looks at each witness with its own code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias, final

from monoscan.automata import Word


@final
@dataclass(frozen=True)
class Unsettled:
    """The outputs along prefix letter^n are not eventually constant.

    Attributes:
        prefix: A word.
        letter: The repeated letter.
    """

    prefix: Word
    letter: str

    def to_json(self) -> dict[str, Any]:
        """The object of the certificate format.

        >>> Unsettled((), "1").to_json()
        {'type': 'unsettled', 'prefix': [], 'word': ['1']}
        """
        return {"type": "unsettled", "prefix": list(self.prefix), "word": [self.letter]}

    def __str__(self) -> str:
        prefix = f"{_text(self.prefix)} " if self.prefix else ""
        return f"the outputs along {prefix}{self.letter}^n never settle"


@final
@dataclass(frozen=True)
class Cycle:
    """A word takes each of some states to the next, and the last to the first.

    Attributes:
        word: The word.
        states: At least two states.
    """

    word: Word
    states: tuple[int, ...]

    def __post_init__(self) -> None:
        _check_different(self.states, least=2)

    def to_json(self) -> dict[str, Any]:
        """The object of the certificate format.

        >>> Cycle(("1",), (0, 1)).to_json()
        {'type': 'cycle', 'word': ['1'], 'states': ['0', '1']}
        """
        return {"type": "cycle", "word": list(self.word), "states": _numbers(self.states)}

    def __str__(self) -> str:
        return f"the word {_text(self.word)} moves {len(self.states)} states in a cycle"


@final
@dataclass(frozen=True)
class SameLengthCycle:
    """Two words of one length: one moves some states in a cycle, the other fixes each of them.

    Attributes:
        word: The word that moves the states.
        identity: The word that fixes them.
        states: At least two states, in the order of the cycle.

    Raises:
        ValueError: If the words have different lengths.
    """

    word: Word
    identity: Word
    states: tuple[int, ...]

    def __post_init__(self) -> None:
        _check_different(self.states, least=2)
        if len(self.word) != len(self.identity):
            raise ValueError(
                f"the words of the witness have {len(self.word)} and {len(self.identity)} "
                "letters; expected the same number"
            )

    def to_json(self) -> dict[str, Any]:
        """The object of the certificate format.

        >>> sorted(SameLengthCycle(("1",), ("0",), (0, 1)).to_json())
        ['identity', 'states', 'type', 'word']
        """
        return {
            "type": "same-length-cycle",
            "word": list(self.word),
            "identity": list(self.identity),
            "states": _numbers(self.states),
        }

    def __str__(self) -> str:
        return (
            f"{_text(self.word)} moves {len(self.states)} states in a cycle and "
            f"{_text(self.identity)}, of the same length, fixes them"
        )


@final
@dataclass(frozen=True)
class Group:
    """Words that permute some states; the group that they generate is what the lemma is about.

    Attributes:
        words: At least one word.
        states: The states that all of them permute.
        kind: What the lemma forbids to the group, in words that follow "a group"; no part of the
            certificate, as the checker finds it out itself.
    """

    words: tuple[Word, ...]
    states: tuple[int, ...]
    kind: str = ""

    def __post_init__(self) -> None:
        _check_different(self.states, least=1)
        if not self.words:
            raise ValueError("a group witness has no words; give at least one")

    def to_json(self) -> dict[str, Any]:
        """The object of the certificate format.

        >>> Group((("1",),), (0, 1)).to_json()
        {'type': 'group', 'words': [['1']], 'states': ['0', '1']}
        """
        words = [list(word) for word in self.words]
        return {"type": "group", "words": words, "states": _numbers(self.states)}

    def __str__(self) -> str:
        shown = ", ".join(_text(word) for word in self.words[:4])
        verb = "generates" if len(self.words) == 1 else "generate"
        states = "1 state" if len(self.states) == 1 else f"{len(self.states)} states"
        more = ", ..." if len(self.words) > 4 else ""
        return f"{shown}{more} {verb} a group {self.kind or f'on {states}'}"


@final
@dataclass(frozen=True)
class Repeat:
    """After a prefix, a letter twice leads elsewhere than the letter once.

    Attributes:
        prefix: A word.
        letter: The letter.
    """

    prefix: Word
    letter: str

    def to_json(self) -> dict[str, Any]:
        """The object of the certificate format.

        >>> Repeat((), "a").to_json()
        {'type': 'repeat', 'prefix': [], 'letter': 'a'}
        """
        return {"type": "repeat", "prefix": list(self.prefix), "letter": self.letter}

    def __str__(self) -> str:
        a = self.letter
        return f"{_text((*self.prefix, a))} and {_text((*self.prefix, a, a))} are not equivalent"


@final
@dataclass(frozen=True)
class Inequivalent:
    """Two words that lead to different states, although a lemma says that they cannot.

    Attributes:
        first: A word.
        second: Another one.
    """

    first: Word
    second: Word

    def to_json(self) -> dict[str, Any]:
        """The object of the certificate format.

        >>> Inequivalent(("a", "b"), ("b", "b")).to_json()
        {'type': 'inequivalent', 'first': ['a', 'b'], 'second': ['b', 'b']}
        """
        return {"type": "inequivalent", "first": list(self.first), "second": list(self.second)}

    def __str__(self) -> str:
        return f"{_text(self.first)} and {_text(self.second)} are not equivalent"


@final
@dataclass(frozen=True)
class SymmetricFive:
    """Two letters act on all states as (1 2 3 4 5) and (1 2) act in S5, up to isomorphism.

    Attributes:
        five_cycle: A letter.
        transposition: Another one.
    """

    five_cycle: str
    transposition: str

    def to_json(self) -> dict[str, Any]:
        """The object of the certificate format.

        >>> SymmetricFive("c", "t").to_json()
        {'type': 's5', 'five_cycle': 'c', 'transposition': 't'}
        """
        return {
            "type": "s5",
            "five_cycle": self.five_cycle,
            "transposition": self.transposition,
        }

    def __str__(self) -> str:
        return f"the letters {self.five_cycle} and {self.transposition} generate S5"


@final
@dataclass(frozen=True)
class Transient:
    """After a prefix and so many times a word, the same word never leads back.

    Attributes:
        prefix: A word.
        word: The word that is repeated; not empty.
        times: How often, at least once.

    Raises:
        ValueError: If the word is empty or the number below 1.
    """

    prefix: Word
    word: Word
    times: int

    def __post_init__(self) -> None:
        if not self.word or self.times < 1:
            raise ValueError(
                f"the word {self.word}, {self.times} times, shows no transient; expected a word "
                "that is not empty, at least once"
            )

    def to_json(self) -> dict[str, Any]:
        """The object of the certificate format.

        >>> Transient((), ("a",), 1).to_json()
        {'type': 'transient', 'prefix': [], 'word': ['a'], 'times': '1'}
        """
        return {
            "type": "transient",
            "prefix": list(self.prefix),
            "word": list(self.word),
            "times": str(self.times),
        }

    def __str__(self) -> str:
        path = _text((*self.prefix, *self.word * self.times))
        return f"from {path} the word {_text(self.word)} never leads back to an equivalent word"


@final
@dataclass(frozen=True)
class Overwritten:
    """After a prefix, two words lead apart, although a word follows that has all their letters.

    Attributes:
        prefix: A word.
        first: A word.
        second: Another word; it may be empty.
        then: A word in which every letter of the two occurs.

    Raises:
        ValueError: If a letter does not occur in the word that follows.
    """

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

    def to_json(self) -> dict[str, Any]:
        """The object of the certificate format.

        >>> sorted(Overwritten((), ("a",), (), ("a",)).to_json())
        ['first', 'prefix', 'second', 'then', 'type']
        """
        return {
            "type": "overwritten",
            "prefix": list(self.prefix),
            "first": list(self.first),
            "second": list(self.second),
            "then": list(self.then),
        }

    def __str__(self) -> str:
        first, second = (
            _text((*self.prefix, *word, *self.then)) for word in (self.first, self.second)
        )
        return f"{first} and {second} are not equivalent"


@final
@dataclass(frozen=True)
class LeftEquivalent:
    """Two words act differently, and each acts like the other with something put before it.

    Attributes:
        prefix: A word after which the two words, word and forth word, lead apart.
        word: A word.
        forth: A word.
        back: A word such that back forth word acts as word does.
    """

    prefix: Word
    word: Word
    forth: Word
    back: Word

    def to_json(self) -> dict[str, Any]:
        """The object of the certificate format.

        >>> sorted(LeftEquivalent((), ("a",), ("b",), ("a",)).to_json())
        ['back', 'forth', 'prefix', 'type', 'word']
        """
        return {
            "type": "left-equivalent",
            "prefix": list(self.prefix),
            "word": list(self.word),
            "forth": list(self.forth),
            "back": list(self.back),
        }

    def __str__(self) -> str:
        longer = (*self.forth, *self.word)
        return (
            f"{_text((*self.prefix, *longer))} and {_text((*self.prefix, *self.word))} are not "
            f"equivalent, but {_text((*self.back, *longer))} acts like {_text(self.word)}"
        )


Witness: TypeAlias = (
    Unsettled
    | Cycle
    | SameLengthCycle
    | Group
    | Repeat
    | Inequivalent
    | SymmetricFive
    | Transient
    | Overwritten
    | LeftEquivalent
)


def _numbers(states: tuple[int, ...]) -> list[str]:
    return [str(state) for state in states]


def _text(word: Word) -> str:
    return (" " if any(len(letter) > 1 for letter in word) else "").join(word) or "the empty word"


def _check_different(states: tuple[int, ...], least: int) -> None:
    if len(states) < least or len(set(states)) < len(states) or min(states) < 0:
        raise ValueError(
            f"the states of a witness are {states}; expected at least {least} different states, "
            "none of them negative"
        )
