"""A second, slow reading of FORMAT.md: compositions as dictionaries, scans tree by tree."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import product

from helpers.certificate_parts import Certificate, Json
from helpers.naive_network import automaton_output, rounded, values

Map = tuple[Fraction, ...]
Pairs = list[tuple[Fraction, Fraction]]


def slow_monoid(form: Json, least: Fraction | None) -> dict[str, Json]:
    """What a certificate `exhaustive-monoid` says; factors a >= `least` only, all if it is None."""
    listed = values(form)
    maps = {
        tuple([rounded(rounded(a * h, form) + b, form) for h in listed])
        for a in listed
        for b in listed
        if least is None or a >= least
    }
    found, latest = set(maps), set(maps)
    while latest:
        latest = {_then(f, g, listed) for f in latest for g in maps} - found
        found |= latest
    groups: Counter[Map] = Counter()
    periods = set()
    for f in found:
        powers = [f]
        while (power := _then(powers[-1], f, listed)) not in powers:
            powers.append(power)
        cycle = powers[powers.index(power) :]
        periods.add(len(cycle))
        (idempotent,) = (e for e in cycle if _then(e, e, listed) == e)
        groups[idempotent] += f in cycle
    return {
        "values": str(len(listed)),
        "maps": str(len(maps)),
        "elements": str(len(found)),
        "largest-subgroup": str(max(groups.values())),
        "periods": [str(period) for period in sorted(periods)],
    }


def _then(f: Map, g: Map, listed: list[Fraction]) -> Map:
    image = dict(zip(listed, g, strict=True))
    return tuple([image[x] for x in f])


@cache
def _slow(text: str, factors: str) -> dict[str, Json]:
    return slow_monoid(json.loads(text), Fraction(0) if factors == "nonnegative" else None)


def monoid_of_maps_is_true(body: Certificate) -> bool:
    """Whether a certificate `exhaustive-monoid` is right."""
    found = _slow(json.dumps(body["format"]), body["factors"])
    return all(body[key] == value for key, value in found.items())


def _splits(word: list[str]) -> Iterator[Json]:
    """All trees over a word."""
    if len(word) == 1:
        yield word[0]
    for i in range(1, len(word)):
        for left, right in product(_splits(word[:i]), _splits(word[i:])):
            yield [left, right]


def _pairs(body: Certificate, tree: Json) -> Pairs:
    """The pairs (a, b) of a tree, one an entry."""
    if isinstance(tree, str):
        step = body["steps"][body["automaton"]["alphabet"].index(tree)]
        return [(Fraction(a), Fraction(b)) for a, b in zip(step["a"], step["b"], strict=True)]
    form, found = body["format"], []
    both = zip(_pairs(body, tree[0]), _pairs(body, tree[1]), strict=True)
    for (a, b), (c, d) in both:
        found.append((rounded(c * a, form), rounded(rounded(c * b, form) + d, form)))
    return found


def scan_output(body: Certificate, tree: Json) -> Json:
    """The output along a tree; None if there is none."""
    form, state = body["format"], []
    for (a, b), h in zip(_pairs(body, tree), body["initial"], strict=True):
        state.append(rounded(rounded(a * Fraction(h), form) + b, form))
    found = [
        item["output"] for item in body["readout"] if [Fraction(x) for x in item["state"]] == state
    ]
    return found[0] if found else None


def leaves(tree: Json) -> list[str]:
    """The word of a tree."""
    return [tree] if isinstance(tree, str) else leaves(tree[0]) + leaves(tree[1])


def scan_recognizer_is_true(body: Certificate) -> bool:
    """Right along all trees over all words of at most four letters."""
    words = [
        list(word) for n in range(1, 5) for word in product(body["automaton"]["alphabet"], repeat=n)
    ]
    return all(
        scan_output(body, tree) == automaton_output(body["automaton"], word)
        for word in words
        for tree in _splits(word)
    )


def scan_counterexample_is_true(body: Certificate) -> bool:
    """Wrong along the tree, in the way that is said."""
    output = scan_output(body, body["tree"])
    expected = automaton_output(body["automaton"], leaves(body["tree"]))
    return (output, expected) == (body["output"], body["expected"]) and output != expected
