"""Random automata, words and regular expressions, and slow oracles for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import product

from hypothesis import strategies as st

from monoscan.automata import Automaton, canonical

LONGEST = 6


def words_up_to(alphabet: tuple[str, ...], longest: int) -> Iterator[tuple[str, ...]]:
    """All words up to a length, in shortlex order."""
    for length in range(longest + 1):
        yield from product(alphabet, repeat=length)


@st.composite
def automata(
    draw: st.DrawFn,
    alphabet: tuple[str, ...] = ("a", "b"),
    max_states: int = 7,
    outputs: tuple[bool, ...] | tuple[str, ...] = (False, True),
) -> Automaton:
    """Canonical automata, often not minimal."""
    n_states = draw(st.integers(1, max_states))
    state = st.integers(0, n_states - 1)
    row = st.lists(state, min_size=len(alphabet), max_size=len(alphabet))
    table = draw(st.lists(row, min_size=n_states, max_size=n_states))
    values = draw(st.lists(st.sampled_from(outputs), min_size=n_states, max_size=n_states))
    return canonical(alphabet, table, values)


@dataclass(frozen=True)
class Tree:
    """A regular expression: an operator, its parts, and for powers the bounds."""

    operator: str
    parts: tuple[Tree, ...] = ()
    letters: str = ""
    low: int = 0
    high: int | None = None


def _leaves() -> st.SearchStrategy[Tree]:
    letters = st.sampled_from(["a", "b", "c", "ab", "bc", "abc"])
    classes = letters.map(lambda chosen: Tree("letters", letters=chosen))
    return st.one_of(classes, classes, st.just(Tree("empty-word")))


def _powers(part: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    bounds = [(0, None), (1, None), (0, 1), (2, 2), (2, None), (1, 3), (0, 3), (0, 0), (3, 5)]
    return st.builds(
        lambda child, bound: Tree("power", (child,), low=bound[0], high=bound[1]),
        part,
        st.sampled_from(bounds),
    )


def _several(operator: str, part: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    return st.lists(part, min_size=2, max_size=3).map(lambda parts: Tree(operator, tuple(parts)))


def regex_trees(*, boolean: bool) -> st.SearchStrategy[Tree]:
    """Trees over a, b, c; with intersection, complement and the empty set if boolean."""

    def extend(part: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
        options = [_several("concatenation", part), _several("union", part), _powers(part)]
        if boolean:
            options.append(_several("intersection", part))
            options.append(part.map(lambda child: Tree("complement", (child,))))
        return st.one_of(options)

    leaves = st.one_of(_leaves(), st.just(Tree("letters"))) if boolean else _leaves()
    return st.recursive(leaves, extend, max_leaves=8)


_BINDING = {"union": 0, "intersection": 1, "concatenation": 2, "complement": 3, "power": 4}
_JOINT = {"union": "|", "intersection": " & ", "concatenation": ""}


def print_ours(tree: Tree) -> str:
    """The tree in our syntax, with as few parentheses as the precedences allow."""
    if tree.operator == "empty-word":
        return "()"
    if tree.operator == "letters":
        return tree.letters if len(tree.letters) == 1 else f"[{tree.letters}]"
    binding = _BINDING[tree.operator]
    parts = []
    for part in tree.parts:
        # A complement of a complement and a power of a power need no parentheses.
        loosest = binding if tree.operator in ("complement", "power") else binding + 1
        text = print_ours(part)
        parts.append(f"({text})" if _BINDING.get(part.operator, 5) < loosest else text)
    if tree.operator == "complement":
        return "~" + parts[0]
    if tree.operator == "power":
        return parts[0] + _print_bounds(tree)
    return _JOINT[tree.operator].join(parts)


def print_python(tree: Tree) -> str:
    """The tree in the syntax of Python's re, every part in parentheses."""
    if tree.operator == "empty-word":
        return "(?:)"
    if tree.operator == "letters":
        return f"[{tree.letters}]"
    parts = [f"(?:{print_python(part)})" for part in tree.parts]
    if tree.operator == "power":
        return parts[0] + _print_bounds(tree)
    return _JOINT[tree.operator].join(parts)


def _print_bounds(tree: Tree) -> str:
    short = {(0, None): "*", (1, None): "+", (0, 1): "?"}.get((tree.low, tree.high))
    if short:
        return short
    if tree.low == tree.high:
        return f"{{{tree.low}}}"
    return f"{{{tree.low},{'' if tree.high is None else tree.high}}}"


def language_up_to(tree: Tree, alphabet: str, longest: int) -> frozenset[str]:
    """The words of the tree up to a length, by operations on finite sets of words."""
    parts = [language_up_to(part, alphabet, longest) for part in tree.parts]
    match tree.operator:
        case "empty-word":
            return frozenset({""})
        case "letters":
            return frozenset(tree.letters)
        case "union":
            return frozenset().union(*parts)
        case "intersection":
            return frozenset.intersection(*parts)
        case "complement":
            everything = {"".join(word) for word in words_up_to(tuple(alphabet), longest)}
            return frozenset(everything - parts[0])
        case "concatenation":
            return reduce(lambda first, second: _concatenate(first, second, longest), parts)
        case _:
            return _power(parts[0], tree.low, tree.high, longest)


def _concatenate(first: frozenset[str], second: frozenset[str], longest: int) -> frozenset[str]:
    return frozenset(u + v for u in first for v in second if len(u + v) <= longest)


def _power(part: frozenset[str], low: int, high: int | None, longest: int) -> frozenset[str]:
    # Beyond low + longest copies, further copies add only words that are too long, or nothing.
    most = low + longest if high is None else high
    power, result = frozenset({""}), frozenset[str]()
    for copies in range(most + 1):
        if copies >= low:
            result |= power
        power = _concatenate(power, part, longest)
    return result
