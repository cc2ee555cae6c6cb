"""Permutation groups: their elements and the lengths of their series."""

from __future__ import annotations

from collections.abc import Sequence

from .limits import MAX_GROUP, MAX_IMAGES, WORK, Malformed

# Permutations: the tuple of the images of 0, 1, ...; products act from left to right.
Permutation = tuple[int, ...]


def then(x: Permutation, y: Permutation) -> Permutation:
    """First x, then y."""
    WORK.spend(1_000 + 100 * len(x))
    return tuple([y[i] for i in x])


def inverse(x: Permutation) -> Permutation:
    """The inverse."""
    WORK.spend(1_000 + 500 * len(x))
    return tuple(sorted(range(len(x)), key=x.__getitem__))


def generated(degree: int, generators: Sequence[Permutation]) -> set[Permutation]:
    """All elements of the group of some permutations; too many are `malformed`."""
    queue = [tuple(range(degree))]
    found = set(queue)
    for x in queue:
        for product in (then(x, generator) for generator in generators):
            if product not in found:
                if len(found) == MAX_GROUP:
                    raise Malformed(f"over limit: a group of more than {MAX_GROUP} elements")
                if len(found) * degree > MAX_IMAGES:
                    raise Malformed(f"over limit: a group with more than {MAX_IMAGES} images")
                found.add(product)
                queue.append(product)
    return found


def chosen(
    degree: int, queue: list[Permutation], conjugators: Sequence[Permutation] = ()
) -> list[Permutation]:
    """Few generators of the group that some permutations and their conjugates generate."""
    found: list[Permutation] = []
    subgroup = generated(degree, found)
    for x in queue:
        WORK.spend(500 + 50 * degree)
        if x not in subgroup:
            found.append(x)
            subgroup.clear()  # two groups at a time are too many for the memory
            subgroup = generated(degree, found)
            WORK.keep(len(conjugators) * degree, 0)
            queue += [then(then(inverse(y), x), y) for y in conjugators]
    return found


def series_length(generators: Sequence[Permutation], squares: bool) -> int | None:
    """Steps from G to 1 by G -> [G, G], or by G -> G^2 [G, G]; None if 1 is not reached.

    Either subgroup is the normal closure of the commutators (and squares) of generators.
    """
    degree, steps = len(generators[0]), 0
    generators = chosen(degree, list(generators))
    order = len(generated(degree, generators))
    while order > 1:
        pairs = [(x, y) for x in generators for y in generators]
        start = [then(then(inverse(x), inverse(y)), then(x, y)) for x, y in pairs]
        start += [then(x, x) for x in generators] if squares else []
        generators = chosen(degree, start, generators)
        smaller = len(generated(degree, generators))
        if smaller == order:
            return None
        order, steps = smaller, steps + 1
    return steps
