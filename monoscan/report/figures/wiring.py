"""What a level of a cascade is: which levels it sees, which group it has, what letters do to it."""

from __future__ import annotations

from monoscan.automata.cascade import Level
from monoscan.automata.cascade.cascade import Action
from monoscan.automata.groups import PermutationGroup

KINDS = ("permute", "reset", "keep")


def levels_seen(level: Level) -> tuple[int, ...]:
    """The numbers of levels above that suffice to know what a level does.

    Levels are left out from the uppermost on, as long as the rest still determines the actions
    on all coordinates that words reach; so no more can be left out.

    >>> swap, keep = ((1, 0),), ((0, 1),)
    >>> levels_seen(Level(2, 2, {(0, 0): keep, (0, 1): swap, (1, 0): keep, (1, 1): swap}))
    (1,)
    """
    above = len(next(iter(level.actions), ()))
    kept = list(range(above))
    for number in range(above):
        fewer = [other for other in kept if other != number]
        if _determined(level, fewer):
            kept = fewer
    return tuple(kept)


def _determined(level: Level, numbers: list[int]) -> bool:
    """Whether the states of some levels above determine the actions of all letters."""
    found: dict[tuple[int, ...], tuple[Action, ...]] = {}
    for upstream, row in level.actions.items():
        key = tuple([upstream[number] for number in numbers])
        if found.setdefault(key, row) != row:
            return False
    return True


def level_group(level: Level) -> str:
    """The name of the group of a level; "reset" if it has none.

    >>> level_group(Level(2, 2, {(): ((0, 1), (1, 0))}))
    'Z2'
    """
    if level.kind == "reset":
        return level.kind
    permutations = sorted(
        {a for row in level.actions.values() for a in row if _kind(a) == KINDS[0]}
    )
    generators: list[Action] = []
    order = 1
    for permutation in permutations:
        # A few generators suffice, and the library is slow with many.
        larger = PermutationGroup(level.n_states, (*generators, permutation)).order
        if larger > order:
            generators.append(permutation)
            order = larger
        if order == level.group_order:
            break
    return PermutationGroup(level.n_states, tuple(generators)).name


def letters_by_kind(level: Level) -> dict[str, tuple[int, ...]]:
    """For each kind of action the letters that do it, below some states of the levels above.

    Returns:
        The numbers of the letters under "permute", "reset" and "keep"; a letter can be under
        several of them.

    >>> letters_by_kind(Level(2, 1, {(): ((0, 1), (1, 1))}))
    {'permute': (), 'reset': (1,), 'keep': (0,)}
    """
    found: dict[str, set[int]] = {kind: set() for kind in KINDS}
    for row in set(level.actions.values()):
        for letter, action in enumerate(row):
            found[_kind(action)].add(letter)
    return {kind: tuple(sorted(letters)) for kind, letters in found.items()}


def _kind(action: Action) -> str:
    if action == tuple(range(len(action))):
        return "keep"
    return "reset" if len(set(action)) == 1 else "permute"
