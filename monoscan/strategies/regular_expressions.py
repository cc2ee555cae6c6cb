"""Random regular expressions, as trees that print in the syntax of `compile_regex`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from monoscan.automata.word import check_alphabet
from monoscan.strategies.errors import need, need_range

_BINDING = {"union": 0, "intersection": 1, "concatenation": 2, "complement": 3, "power": 4}
_JOINT = {"union": "|", "intersection": " & ", "concatenation": ""}
_BOUNDS = [(0, None), (1, None), (0, 1), (2, 2), (2, None), (1, 3), (0, 3), (0, 0), (3, 5)]


@dataclass(frozen=True)
class RegexTree:
    """A regular expression: an operator, its parts, and for powers the bounds.

    Attributes:
        operator: `letters`, `empty-word`, `concatenation`, `union`, `power`, `intersection` or
            `complement`.
        parts: What the operator is applied to.
        letters: Of `letters`: one of these; none of them is the empty set.
        low: Of `power`: the smallest number of copies.
        high: Of `power`: the largest number of copies; None if there is none.

    >>> part = RegexTree("letters", letters="ab")
    >>> str(RegexTree("power", (RegexTree("union", (part, RegexTree("empty-word"))),)))
    '([ab]|())*'
    """

    operator: str
    parts: tuple[RegexTree, ...] = ()
    letters: str = ""
    low: int = 0
    high: int | None = None

    def __str__(self) -> str:
        """The expression as `compile_regex` reads it, with as few parentheses as possible."""
        if self.operator == "empty-word":
            return "()"
        if self.operator == "letters":
            return self.letters if len(self.letters) == 1 else f"[{self.letters}]"
        binding = _BINDING[self.operator]
        # A complement of a complement and a power of a power need no parentheses.
        loosest = binding if self.operator in ("complement", "power") else binding + 1
        parts = [
            f"({part})" if _BINDING.get(part.operator, 5) < loosest else str(part)
            for part in self.parts
        ]
        if self.operator == "complement":
            return "~" + parts[0]
        if self.operator == "power":
            return parts[0] + self.bounds
        return _JOINT[self.operator].join(parts)

    @property
    def bounds(self) -> str:
        """How often a power repeats its part, as it is written."""
        short = {(0, None): "*", (1, None): "+", (0, 1): "?"}.get((self.low, self.high))
        if short:
            return short
        if self.low == self.high:
            return f"{{{self.low}}}"
        return f"{{{self.low},{'' if self.high is None else self.high}}}"


def regex_trees(
    alphabet: Sequence[str] = "abc", *, boolean: bool = False, max_leaves: int = 8
) -> st.SearchStrategy[RegexTree]:
    """Regular expressions over letters of one character.

    Args:
        alphabet: The letters.
        boolean: Whether intersection, complement and the empty set occur.
        max_leaves: About how many letters and empty words there are at most.

    Raises:
        AlphabetError: If the alphabet is not valid.
        EmptySetError: If a letter has several characters, or there is room for no leaf.

    >>> from hypothesis import find
    >>> from monoscan.automata import compile_regex
    >>> found = find(regex_trees("ab"), lambda tree: compile_regex(str(tree), "ab").output("b"))
    >>> compile_regex(str(found), "ab").output("b")
    True
    """
    letters = check_alphabet(alphabet)
    need(
        all(len(letter) == 1 for letter in letters),
        f"regular expressions over {', '.join(letters)}: expected letters of one character",
    )
    need_range("leaves", 1, 1, max_leaves)
    classes = st.sets(st.sampled_from(letters), min_size=1).map(
        lambda chosen: RegexTree("letters", letters="".join(sorted(chosen, key=letters.index)))
    )
    leaves = st.one_of(classes, classes, st.just(RegexTree("empty-word")))
    if boolean:
        leaves = st.one_of(leaves, st.just(RegexTree("letters")))
    return st.recursive(leaves, lambda part: _extended(part, boolean), max_leaves=max_leaves)


def _extended(part: st.SearchStrategy[RegexTree], boolean: bool) -> st.SearchStrategy[RegexTree]:
    powers = st.builds(
        lambda child, bound: RegexTree("power", (child,), low=bound[0], high=bound[1]),
        part,
        st.sampled_from(_BOUNDS),
    )
    options = [_several("concatenation", part), _several("union", part), powers]
    if boolean:
        options.append(_several("intersection", part))
        options.append(part.map(lambda child: RegexTree("complement", (child,))))
    return st.one_of(options)


def _several(operator: str, part: st.SearchStrategy[RegexTree]) -> st.SearchStrategy[RegexTree]:
    return st.lists(part, min_size=2, max_size=3).map(
        lambda parts: RegexTree(operator, tuple(parts))
    )
