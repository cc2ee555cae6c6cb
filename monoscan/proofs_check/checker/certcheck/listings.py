"""Kinds short-products and exhaustive-copy: a finite set, listed whole."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product as words_over
from math import factorial

from .kinds import HEAD
from .limits import MAX_POINTS, MAX_SIDE, MAX_STATES, WORK, require
from .matrices import Matrix
from .reading import Node
from .regions import PROPERTIES
from .transitions import RANK_ONE, read_transition


def check_short_products(node: Node) -> str:
    """How many factors the matrices of a finite set need, for every matrix of the set."""
    keys = ("set", "range", "factors", "lengths")
    set_node, range_node, factors_node, lengths_node = node.members(*keys, *HEAD)[:4]
    among = set_node.choice(("permutations", "one-hot-columns"))
    ranges = ("any", "factors-in-0-2", "diagonal-plus-rank-one")
    name = range_node.choice(ranges)
    items = factors_node.items(1, 4 * MAX_SIDE)
    kinds = ("diagonal", "dense", *RANK_ONE)
    factors = [read_transition(items[0], kinds, None)]
    n = len(factors[0].matrix.rows)
    if n > MAX_POINTS:
        factors_node.fail(f"over limit: more than {MAX_POINTS} rows")
    factors += [read_transition(item, kinds, n) for item in items[1:]]
    lengths = [item.integer() for item in lengths_node.items(1)]
    for index, factor in enumerate(factors):
        inside = name == "any" or PROPERTIES[name](factor)
        require(inside, f"factors[{index}]: does not have the property {name}")
    maps = [images_of(factor.matrix, f"factors[{i}]") for i, factor in enumerate(factors)]
    bijective = all(len(set(images)) == n for images in maps)
    require(among == "one-hot-columns" or bijective, "factors: one of them is no permutation")
    found = lengths_of_maps(n, maps)
    require(found == lengths, f"lengths: found {found}")
    total = factorial(n) if among == "permutations" else n**n
    require(sum(found) == total, f"set: it has {total} matrices")
    return ""


def images_of(a: Matrix, place: str) -> bytes:
    """The map f with a e_i = e_f(i), which need not be one-to-one, as the bytes f(0), f(1), ..."""
    columns = list(zip(*a.rows, strict=True))
    one_hot = all(sorted(column) == [0] * (len(a.rows) - 1) + [a.den] for column in columns)
    require(one_hot, f"{place}: some column is not 0 with a single 1")
    return bytes([column.index(a.den) for column in columns])


def lengths_of_maps(n: int, maps: Sequence[bytes]) -> list[int]:
    """For k = 0, 1, ...: how many maps are compositions of k of the given ones, and of no fewer."""
    tables = [f.ljust(256) for f in maps]
    seen = {bytes(range(n))}
    newest, counts = list(seen), [1]
    while True:
        WORK.spend(len(newest) * (1_000 + len(maps) * 500))
        reached = {g.translate(table) for g in newest for table in tables} - seen
        if not reached:
            return counts
        seen |= reached
        newest = list(reached)
        counts.append(len(newest))


def check_exhaustive_copy(node: Node) -> str:
    """Every way to store every word of one length in a few states, and to read it back."""
    keys = ("letters", "length", "states", "encoders", "most-copied")
    letters, length, states, encoders, most = (
        item.integer() for item in node.members(*keys, *HEAD)[: len(keys)]
    )
    if min(letters, length, states) < 1 or max(letters, length, states) > MAX_SIDE:
        node.fail(f"letters, length and states are from 1 to {MAX_SIDE}")
    words = letters**length
    # One state has one encoder, of any number of words; with more, this many words are too many.
    if words > (MAX_STATES if states == 1 else MAX_STATES.bit_length()):
        node.fail(f"over limit: more than {MAX_STATES} words or more than {MAX_STATES} encoders")
    if states**words > MAX_STATES:
        node.fail(f"over limit: more than {MAX_STATES} encoders")
    WORK.spend(states**words * (2_000 + 400 * words * states))
    best = count = 0
    for code in words_over(range(states), repeat=words):
        # A decoder names one word for each state, right for at most one of the words stored there.
        choices = [[int(place == s) for place in code] for s in range(states)]
        best, count = max(best, sum(map(max, choices))), count + 1
    require(count == encoders, f"encoders: found {count}")
    require(best == most, f"most-copied: found {best}")
    return ""
