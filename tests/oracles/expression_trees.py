"""Regular expressions as trees: in the syntax of Python, and as finite sets of words."""

from __future__ import annotations

from functools import reduce

from monoscan.strategies.regular_expressions import RegexTree
from monoscan.theory.lrnn import words_up_to

LONGEST = 6
_JOINT = {"union": "|", "intersection": " & ", "concatenation": ""}


def print_python(tree: RegexTree) -> str:
    """The tree in the syntax of Python's re, every part in parentheses."""
    if tree.operator == "empty-word":
        return "(?:)"
    if tree.operator == "letters":
        return f"[{tree.letters}]"
    parts = [f"(?:{print_python(part)})" for part in tree.parts]
    if tree.operator == "power":
        return parts[0] + tree.bounds
    return _JOINT[tree.operator].join(parts)


def language_up_to(tree: RegexTree, alphabet: str, longest: int) -> frozenset[str]:
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
