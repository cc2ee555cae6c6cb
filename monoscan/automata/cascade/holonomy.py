"""The holonomy decomposition: from an automaton to a cascade that covers it.

A run keeps, besides the state, a descending chain of image sets that contain it: the set of all
states, a tile of it, a tile of that tile, down to the state alone. Each class of image sets gets
a permutation-reset automaton that says which tile the chain takes when it passes that class. If
a letter takes the current set onto the next one, it permutes the tiles; otherwise the whole old
set falls into one tile of the next one, and the choice of tile is a reset.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias, final

from monoscan.automata.automaton import Automaton
from monoscan.automata.budget import BudgetExceeded, check_budget
from monoscan.automata.cascade.cascade import Action, Cascade, Coordinates, Level
from monoscan.automata.cascade.digits import Digital, GroupDigits, ResetDigits
from monoscan.automata.cascade.images import ImageClass, ImageSets, Mask, image_sets
from monoscan.automata.cascade.permutations import Permutation

DEFAULT_CASCADE_BUDGET = 100_000

# What a letter does to the tiles of a class: permute them, or send all to the tile of a number.
Command: TypeAlias = Permutation | int

# The new value for each old value of a digit, and for each old value the number of the command
# that is left for the next digit.
_Move: TypeAlias = tuple[Action, tuple[int, ...]]


def holonomy_cascade(
    automaton: Automaton, *, budget: int = DEFAULT_CASCADE_BUDGET, flip_flops: bool = False
) -> Cascade:
    """A cascade of permutation-reset levels with simple groups that covers an automaton.

    Levels are ordered by the height of the image sets that they refine. A level has a group only
    if some word permutes the tiles of an image set, so an automaton whose transition monoid is
    aperiodic gets reset levels only.

    Args:
        automaton: The automaton, minimal or not.
        budget: Largest number of image sets, of coordinates that can be reached, and of elements
            of a group without abelian factors on top (alternating groups excepted), which has
            to be searched for normal subgroups.
        flip_flops: Split reset levels with more than two states into levels with two states.

    Raises:
        BudgetExceeded: If one of these numbers is larger than the budget.

    Source: S. Eilenberg, Automata, Languages, and Machines B, 1976, chapter II; A. Egri-Nagy and
        C. L. Nehaniv, Computational holonomy decomposition of transformation semigroups, 2015.

    >>> holonomy_cascade(Automaton("1", [[1], [2], [3], [4], [5], [0]], "012345")).groups
    (2, 3)
    >>> both = Automaton("ab", [[1, 0], [1, 2], [1, 0]], (False, False, True))
    >>> [(level.kind, level.n_states) for level in holonomy_cascade(both).levels]
    [('reset', 2), ('reset', 2)]
    """
    check_budget(budget)
    sets = image_sets(automaton, budget)
    prefixes = _start(sets, len(automaton.alphabet))
    levels: list[Level] = []
    for tiling in _tilings(sets, budget, flip_flops):
        prefixes = _refine(prefixes, tiling, levels, budget)
    covering = {
        coordinates: mask.bit_length() - 1
        for coordinates, mask in zip(prefixes.coordinates, prefixes.sets, strict=True)
    }
    return Cascade(automaton, tuple(levels), prefixes.coordinates[0], covering)


@final
@dataclass(frozen=True)
class _Prefixes:
    """The states of the levels made so far that words can reach, in breadth-first order.

    Attributes:
        coordinates: These states, for each prefix.
        table: For each prefix the next prefix under each letter.
        sets: The image set that each prefix stands for; it contains the automaton's state.
    """

    coordinates: list[Coordinates]
    table: list[list[int]]
    sets: list[Mask]


@final
class _Tiling:
    """The permutation-reset automaton of one class, or of several classes without groups.

    Of classes of one height at most one is passed by any chain, so they can share a level.
    """

    def __init__(self, classes: list[ImageClass], sets: ImageSets, digital: Digital) -> None:
        self._sets = sets
        self.digital = digital
        self._class_of = {mask: found for found in classes for mask in found.tiles}

    def command(self, mask: Mask, letter: int, following: Mask) -> Command:
        """What a letter does to the tile number, given the sets before and after."""
        found = self._class_of.get(following)
        if found is None:
            return 0
        image = self._sets.step[mask][letter]
        tiles = found.tiles[following]
        if image == following and self._class_of.get(mask) is found:
            moved = [self._sets.step[tile][letter] for tile in found.tiles[mask]]
            return tuple([tiles.index(tile) for tile in moved])
        return next(number for number, tile in enumerate(tiles) if not image & ~tile)

    def first_tile(self, mask: Mask) -> int:
        """The number of a tile that contains state 0, or 0 if the set is in no class here."""
        found = self._class_of.get(mask)
        tiles = found.tiles[mask] if found else (1,)
        return next(number for number, tile in enumerate(tiles) if tile & 1)

    def below(self, mask: Mask, number: int) -> Mask:
        """The tile of a number, or the set itself if it is in no class here."""
        found = self._class_of.get(mask)
        return found.tiles[mask][number] if found else mask


def _start(sets: ImageSets, n_letters: int) -> _Prefixes:
    return _Prefixes([()], [[0] * n_letters], [sets.all_states])


def _tilings(sets: ImageSets, budget: int, flip_flops: bool) -> Iterator[_Tiling]:
    """The tilings from the highest to the lowest; at each height those with groups first."""
    for _, same_height in groupby(sets.classes, key=lambda found: found.height):
        plain = []
        for found in same_height:
            generators = _holonomy_generators(found, sets)
            n_tiles = len(next(iter(found.tiles.values())))
            if all(generator == tuple(range(n_tiles)) for generator in generators):
                plain.append(found)
            else:
                yield _Tiling([found], sets, GroupDigits(n_tiles, generators, budget))
        if plain:
            n_tiles = max(len(next(iter(found.tiles.values()))) for found in plain)
            yield _Tiling(plain, sets, ResetDigits(n_tiles, bits=flip_flops))


def _holonomy_generators(found: ImageClass, sets: ImageSets) -> list[Permutation]:
    """How the letters that stay in the class permute the tiles."""
    generators: dict[Permutation, None] = {}
    for mask, tiles in found.tiles.items():
        for letter, image in enumerate(sets.step[mask]):
            target = found.tiles.get(image)
            if target is not None:
                moved = [target.index(sets.step[tile][letter]) for tile in tiles]
                generators[tuple(moved)] = None
    return list(generators)


def _refine(prefixes: _Prefixes, tiling: _Tiling, levels: list[Level], budget: int) -> _Prefixes:
    """Appends the levels of a tiling, one for each digit that ever changes."""
    orders = _Orders(tiling)
    todo = orders.given(prefixes)
    start = tiling.digital.encode(tiling.first_tile(prefixes.sets[0]))
    digits: list[tuple[int, ...]] = [()] * len(prefixes.sets)
    for place in range(len(tiling.digital.sizes)):
        moves = orders.moves(place, todo)
        pairs, table, left = _reach(prefixes.table, todo, moves, start[place], budget)
        digits = [(*digits[above], digit) for above, digit in pairs]
        used = sorted({digit for _, digit in pairs})
        coordinates = [prefixes.coordinates[above] for above, _ in pairs]
        if len(used) > 1:
            if tiling.digital.orders[place] > 1:
                used = list(range(tiling.digital.sizes[place]))
            number = {digit: index for index, digit in enumerate(used)}
            actions = _actions(prefixes.coordinates, todo, moves, number)
            levels.append(Level(len(used), tiling.digital.orders[place], actions))
            coordinates = [(*c, number[d]) for c, (_, d) in zip(coordinates, pairs, strict=True)]
        prefixes = _Prefixes(coordinates, table, [prefixes.sets[above] for above, _ in pairs])
        todo = left
    below = [
        tiling.below(mask, tiling.digital.decode(code))
        for mask, code in zip(prefixes.sets, digits, strict=True)
    ]
    return _Prefixes(prefixes.coordinates, prefixes.table, below)


@final
class _Orders:
    """The commands given to the digits of a tiling, by number: comparing numbers is fast."""

    def __init__(self, tiling: _Tiling) -> None:
        self._tiling = tiling
        self._commands: list[Command] = []
        self._numbers: dict[Command, int] = {}

    def given(self, prefixes: _Prefixes) -> list[list[int]]:
        """The command of each letter at each prefix."""
        known: dict[tuple[Mask, int, Mask], int] = {}
        sets = prefixes.sets
        todo = []
        for mask, targets in zip(sets, prefixes.table, strict=True):
            row = []
            for key in [(mask, letter, sets[target]) for letter, target in enumerate(targets)]:
                if key not in known:
                    known[key] = self._number(self._tiling.command(*key))
                row.append(known[key])
            todo.append(row)
        return todo

    def moves(self, place: int, todo: list[list[int]]) -> dict[int, _Move]:
        """What the commands do to the digit at a place."""
        return {number: self._move(place, number) for number in {n for row in todo for n in row}}

    def _move(self, place: int, number: int) -> _Move:
        digital = self._tiling.digital
        command = self._commands[number]
        if isinstance(command, int):
            size = digital.sizes[place]
            return (digital.encode(command)[place],) * size, (number,) * size
        action, left = digital.move(place, command)
        return action, tuple([self._number(permutation) for permutation in left])

    def _number(self, command: Command) -> int:
        number = self._numbers.setdefault(command, len(self._commands))
        if number == len(self._commands):
            self._commands.append(command)
        return number


def _reach(
    table: list[list[int]],
    todo: list[list[int]],
    moves: dict[int, _Move],
    first: int,
    budget: int,
) -> tuple[list[tuple[int, int]], list[list[int]], list[list[int]]]:
    """The pairs (prefix, digit) that words reach, how letters move them, what is left to do."""
    pairs = [(0, first)]
    numbers = {(0, first): 0}
    further: list[list[int]] = []
    remaining: list[list[int]] = []
    steps = [
        [(target, *moves[command]) for target, command in zip(targets, commands, strict=True)]
        for targets, commands in zip(table, todo, strict=True)
    ]
    for above, digit in pairs:
        # The innermost loop of the whole construction: as few operations as possible.
        following = [(target, action[digit]) for target, action, _ in steps[above]]
        for pair in following:
            if pair not in numbers:
                numbers[pair] = len(pairs)
                pairs.append(pair)
        further.append([numbers[pair] for pair in following])
        remaining.append([left[digit] for _, _, left in steps[above]])
        if len(pairs) > budget:
            raise BudgetExceeded("coordinates of a cascade", budget, len(pairs))
    return pairs, further, remaining


def _actions(
    upstream: list[Coordinates],
    todo: list[list[int]],
    moves: dict[int, _Move],
    number: dict[int, int],
) -> dict[Coordinates, tuple[Action, ...]]:
    """The actions of the level of a digit, on the values that are used, renumbered."""
    short = {
        command: tuple([number[action[digit]] for digit in number])
        for command, (action, _) in moves.items()
    }
    return {
        above: tuple([short[command] for command in row])
        for above, row in zip(upstream, todo, strict=True)
    }
