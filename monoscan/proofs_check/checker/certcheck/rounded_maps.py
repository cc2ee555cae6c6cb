"""Kinds exhaustive and exhaustive-monoid: all maps of a small format."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from .formats import Format, read_format
from .kinds import HEAD
from .limits import MAX_GROUP, MAX_SIDE, WORK, Malformed, require, size_of
from .matrices import common_multiple
from .reading import Node


def check_exhaustive(node: Node) -> str:
    """The largest periods of all scalar maps of a format."""
    counts = ("values", "triples", "nonnegative-max-period", "signed-max-period")
    members = node.members("format", *counts, *HEAD)
    form = read_format(members[0])
    if form.overflow != "saturate":
        members[0].fail("overflow must be saturate")
    claimed = [member.integer() for member in members[1:5]]
    values = form.values(256)
    for name, said, found in zip(counts, claimed, scalar_maps(form, values), strict=True):
        require(said == found, f"{name}: found {found}")
    return ""


def scalar_maps(form: Format, values: list[Fraction]) -> tuple[int, int, int, int]:
    """Values, triples, and the largest periods of h -> r(r(a h) + b) for a >= 0 and for all a."""
    products, sums = step_tables(form, values)
    best = {
        negative: largest_period(products[negative], sums, len(values)) for negative in products
    }
    return len(values), len(values) ** 3, best[False], max(best.values())


def largest_period(products: list[bytes], sums: list[bytes], n_values: int) -> int:
    """The largest period of the maps that one of the sums after one of the products makes.

    A non-decreasing map of a finite chain has periods 1 only: where x < f(x), the orbit of x
    rises until it rests. A non-increasing map has periods 1 and 2: its square is non-decreasing.
    A sum after a product is of the first kind if both tables are in ascending order, and of the
    second if the product is in descending order. Then maps are followed until one has the largest
    period that can be; otherwise all of them are.
    """
    most = n_values
    WORK.spend(20_000 * (len(products) + len(sums)))
    if all(after == bytes(sorted(after)) for after in sums):
        if all(product == bytes(sorted(product)) for product in products):
            most = 1
        elif all(is_descending(product[:n_values]) for product in products):
            most = min(2, n_values)
    best = 0
    for product in products:
        for after in sums:
            WORK.spend(1_000)
            best = max(best, longest_period(product.translate(after)))
            if best == most:
                return best
    return best


def is_descending(numbers: bytes) -> bool:
    """Whether no number is above the one before."""
    return numbers == bytes(sorted(numbers, reverse=True))


def map_tables(form: Format, values: list[Fraction]) -> dict[bool, set[bytes]]:
    """All maps h -> r(r(a h) + b), those with a >= 0 under False and those with a < 0 under True.

    A map of value numbers is a table of 256 bytes, so that `translate` composes two maps.
    """
    products, sums = step_tables(form, values)
    WORK.spend(2_000 * len(values) * len(sums))  # a map of 300 bytes for each
    return {
        negative: {product.translate(after) for product in products[negative] for after in sums}
        for negative in products
    }


def step_tables(
    form: Format, values: list[Fraction]
) -> tuple[dict[bool, list[bytes]], list[bytes]]:
    """The different tables of h -> r(a h), with a >= 0 under False, and those of h -> r(h + b)."""
    scale = common_multiple(value.denominator for value in values)
    WORK.multiply(8 * len(values), size_of([scale]), size_of([scale]))
    integers = [int(value * scale) for value in values]
    size = size_of([scale, *integers])
    # Each x is a product of two of these numbers, and is looked up.
    WORK.multiply(3 * len(values) ** 2, size, size, 1_000)
    position = {value.as_integer_ratio(): index for index, value in enumerate(values)}
    rounded: dict[int, int] = {}  # x * scale^2 -> number of the value r(x)

    def table(numbers: Iterable[int]) -> bytes:
        found = []
        for x in numbers:
            if x not in rounded:
                WORK.keep(4, 2 * size)
                WORK.multiply(8, 2 * size, 2 * size, 750)
                value = form.round(Fraction(x, scale * scale))
                rounded[x] = position[value.as_integer_ratio()]
            found.append(rounded[x])
        return bytes([*found, *range(len(found), 256)])  # the rest: fixed points, period 1

    sums = dict.fromkeys(table((h + b) * scale for h in integers) for b in integers)
    products = {
        negative: dict.fromkeys(
            table(a * h for h in integers) for a in integers if (a < 0) == negative
        )
        for negative in (False, True)
    }
    return {negative: list(tables) for negative, tables in products.items()}, list(sums)


def longest_period(f: bytes) -> int:
    """The length of the longest cycle of a map of 256 points."""
    settled = f
    WORK.spend(10_000)
    for _ in range(8):  # after 256 steps everything lies on a cycle, and earlier if g(g(x)) = g(x)
        further = settled.translate(settled)
        if further == settled:
            break
        settled = further
    once = settled.translate(f)
    if once == settled:
        return 1
    if once.translate(f) == settled:
        return 2
    left, longest = set(settled), 1
    WORK.spend(300 * len(left))
    while left:
        start = point = left.pop()
        length = 1
        while (point := f[point]) != start:
            left.discard(point)
            length += 1
        longest = max(longest, length)
    return longest


def check_exhaustive_monoid(node: Node) -> str:
    """All compositions of the scalar maps of a format, their periods and the largest subgroup."""
    counts = ("values", "maps", "elements", "largest-subgroup")
    members = node.members("format", "factors", *counts, "periods", *HEAD)
    form = read_format(members[0])
    negative = members[1].choice(("nonnegative", "any")) == "any"
    claimed = [member.integer() for member in members[2:6]]
    periods = [item.integer() for item in members[6].items(1, MAX_SIDE)]
    values = form.values(MAX_SIDE)
    tables = map_tables(form, values)
    maps = tables[False] | tables[True] if negative else tables[False]
    elements = compositions(maps)
    orders: dict[bytes, int] = {}
    seen: set[int] = set()
    for period, idempotent, is_in_group in map(power_of, elements):
        seen.add(period)
        orders[idempotent] = orders.get(idempotent, 0) + is_in_group
    require(periods == sorted(seen), f"periods: found {sorted(seen)}")
    found = (len(values), len(maps), len(elements), max(orders.values()))
    for name, said, number in zip(counts, claimed, found, strict=True):
        require(said == number, f"{name}: found {number}")
    return ""


def compositions(maps: set[bytes]) -> set[bytes]:
    """All compositions of one or more of the maps; too many are `malformed`."""
    found = set(maps)
    queue = sorted(maps)
    for first in queue:
        WORK.spend(1_000 * len(maps))
        for following in {first.translate(g) for g in maps} - found:
            if len(found) == MAX_GROUP:
                raise Malformed(f"over limit: more than {MAX_GROUP} compositions")
            found.add(following)
            queue.append(following)
    return found


def power_of(f: bytes) -> tuple[int, bytes, bool]:
    """The period of the powers of f, the idempotent among them, and whether f is in its group."""
    high = f
    WORK.spend(10_000)
    for _ in range(8):  # f^256, which is on the cycle of the powers
        high = high.translate(high)
    power, period = high.translate(f), 1
    while power != high:
        WORK.spend(1_000)
        power, period = power.translate(f), period + 1
    idempotent = high
    for _ in range(period - 1):
        idempotent = idempotent.translate(high)
    return period, idempotent, idempotent.translate(f) == f


Pair = tuple[tuple[Fraction, ...], tuple[Fraction, ...]]  # x -> a x + b, entry by entry
