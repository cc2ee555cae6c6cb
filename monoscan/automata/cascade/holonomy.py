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

import numpy as np
from numpy.typing import NDArray

from monoscan.automata.automaton import Automaton
from monoscan.automata.budget import BudgetExceeded, check_budget
from monoscan.automata.cascade.cascade import Action, Cascade, Coordinates, Level
from monoscan.automata.cascade.digits import Digital, Digits, GroupDigits, ResetDigits
from monoscan.automata.cascade.images import ImageClass, ImageSets, image_sets
from monoscan.automata.numbering import breadth_first_order
from monoscan.automata.permutations import Permutation

DEFAULT_CASCADE_BUDGET = 100_000

MAX_CELLS = 1 << 23
"""So many transitions of pairs (prefix, digit) are tabulated at most, reachable or not."""

# What a letter does to the tiles of a class: permute them, or send all to the tile of a number.
Command: TypeAlias = Permutation | int

_Numbers: TypeAlias = NDArray[np.int32]


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
    masks = sets.masks
    covering = {
        coordinates: masks[place].bit_length() - 1
        for coordinates, place in zip(prefixes.coordinates, prefixes.sets.tolist(), strict=True)
    }
    return Cascade(automaton, tuple(levels), prefixes.coordinates[0], covering)


@final
@dataclass(frozen=True)
class _Prefixes:
    """The states of the levels made so far that words can reach, in breadth-first order.

    Attributes:
        coordinates: These states, for each prefix.
        table: int32 array [prefixes, letters]: the next prefix under each letter.
        sets: int64 array [prefixes]: the number of the image set that each prefix stands for; it
            contains the automaton's state.
    """

    coordinates: list[Coordinates]
    table: _Numbers
    sets: NDArray[np.int64]


@final
class _Tiling:
    """The permutation-reset automaton of one class, or of several classes without groups.

    Of classes of one height at most one is passed by any chain, so they can share a level.
    """

    def __init__(self, classes: list[ImageClass], sets: ImageSets, digital: Digital) -> None:
        self._sets = sets
        self._places = {mask: place for place, mask in enumerate(sets.masks)}
        self.digital = digital
        self._class_of = {mask: found for found in classes for mask in found.tiles}
        # Whether the set of each number is in a class here; if not, its tile number is always 0.
        self.refines = np.array([mask in self._class_of for mask in sets.masks])

    def command(self, place: int, letter: int, place_after: int) -> Command:
        """What a letter does to the tile number, given the numbers of the sets before and after.

        The set after the letter is in a class here.
        """
        mask, following = self._sets.masks[place], self._sets.masks[place_after]
        found = self._class_of[following]
        image = self._sets.step[mask][letter]
        tiles = found.tiles[following]
        if image == following and self._class_of.get(mask) is found:
            moved = [self._sets.step[tile][letter] for tile in found.tiles[mask]]
            return tuple([tiles.index(tile) for tile in moved])
        return next(number for number, tile in enumerate(tiles) if not image & ~tile)

    def first_tile(self, place: int) -> int:
        """The number of a tile that contains state 0, or 0 if the set is in no class here."""
        mask = self._sets.masks[place]
        found = self._class_of.get(mask)
        tiles = found.tiles[mask] if found else (1,)
        return next(number for number, tile in enumerate(tiles) if tile & 1)

    def below(self, place: int, code: Digits) -> int:
        """The number of the tile that digits stand for; the set is in a class here."""
        mask = self._sets.masks[place]
        return self._places[self._class_of[mask].tiles[mask][self.digital.decode(code)]]


def _start(sets: ImageSets, n_letters: int) -> _Prefixes:
    first = [sets.masks.index(sets.all_states)]
    return _Prefixes([()], np.zeros((1, n_letters), dtype=np.int32), np.array(first))


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
    digital = tiling.digital
    orders = _Orders(tiling)
    todo = orders.given(prefixes)
    start = digital.encode(tiling.first_tile(int(prefixes.sets[0])))
    columns: list[_Numbers] = []
    for place in range(len(digital.sizes)):
        moves = orders.moves(place, todo)
        above, digits, table = reach(prefixes.table, moves, start[place], budget)
        columns = [*(column[above] for column in columns), digits]
        coordinates = [prefixes.coordinates[number] for number in above.tolist()]
        used = np.flatnonzero(np.bincount(digits))
        if len(used) > 1:
            if digital.orders[place] > 1:
                used = np.arange(digital.sizes[place])
            actions = _actions(prefixes.coordinates, moves, used)
            levels.append(Level(len(used), digital.orders[place], actions))
            values = np.searchsorted(used, digits).tolist()
            coordinates = [(*c, value) for c, value in zip(coordinates, values, strict=True)]
        prefixes = _Prefixes(coordinates, table, prefixes.sets[above])
        todo = moves.left[moves.todo[above], digits[:, None]]
    return _Prefixes(prefixes.coordinates, prefixes.table, _below(prefixes.sets, columns, tiling))


def _below(sets: NDArray[np.int64], columns: list[_Numbers], tiling: _Tiling) -> NDArray[np.int64]:
    """The sets that prefixes stand for when their digits have chosen tiles."""
    refined = tiling.refines[sets]
    codes = zip(*(column[refined].tolist() for column in columns), strict=True)
    keys = list(zip(sets[refined].tolist(), codes, strict=True))
    known = {key: tiling.below(*key) for key in set(keys)}
    below = sets.copy()
    below[refined] = [known[key] for key in keys]
    return below


@final
@dataclass(frozen=True)
class Moves:
    """How the letters move one digit below each prefix.

    Attributes:
        todo: int32 array [prefixes, letters]: the number of the move of each letter.
        action: int32 array [moves, values]: the new value for each old value of the digit.
        left: int32 array [moves, values]: the number of the command that is left for the next
            digit, for each old value of this one.
    """

    todo: _Numbers
    action: _Numbers
    left: _Numbers


@final
class _Orders:
    """The commands given to the digits of a tiling, by number: comparing numbers is fast."""

    def __init__(self, tiling: _Tiling) -> None:
        self._tiling = tiling
        self._commands: list[Command] = []
        self._numbers: dict[Command, int] = {}

    def given(self, prefixes: _Prefixes) -> _Numbers:
        """The command of each letter at each prefix."""
        sets, n_letters = prefixes.sets, prefixes.table.shape[1]
        following, n_sets = sets[prefixes.table], len(self._tiling.refines)
        todo = np.full(following.shape, self._number(0), dtype=np.int32)
        refined = self._tiling.refines[following]
        pairs = sets[:, None] * n_letters + np.arange(n_letters)
        keys, inverse = np.unique((pairs * n_sets + following)[refined], return_inverse=True)
        numbers = []
        for key in keys.tolist():
            pair, after = divmod(key, n_sets)
            place, letter = divmod(pair, n_letters)
            numbers.append(self._number(self._tiling.command(place, letter, after)))
        todo[refined] = np.array(numbers, dtype=np.int32)[inverse]
        return todo

    def moves(self, place: int, todo: _Numbers) -> Moves:
        """What the commands do to the digit at a place."""
        used = np.flatnonzero(np.bincount(todo.reshape(-1)))
        moves = [self._move(place, number) for number in used.tolist()]
        action, left = (np.array(rows, dtype=np.int32) for rows in zip(*moves, strict=True))
        numbers = np.zeros(used[-1] + 1, dtype=np.int32)
        numbers[used] = np.arange(len(used))
        return Moves(numbers[todo], action, left)

    def _move(self, place: int, number: int) -> tuple[Action, tuple[int, ...]]:
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


def reach(
    table: _Numbers, moves: Moves, first: int, budget: int
) -> tuple[_Numbers, _Numbers, _Numbers]:
    """The pairs (prefix, digit) that words reach from (0, first), in breadth-first order.

    Args:
        table: int32 array [prefixes, letters]: the next prefix.
        moves: How the letters move the digit below each prefix.
        first: The first value of the digit.
        budget: Largest number of pairs.

    Returns:
        int32 arrays: [pairs] the prefix of each pair, [pairs] its digit, [pairs, letters] the
        next pair.

    Raises:
        BudgetExceeded: If there are more pairs than the budget.
    """
    size = moves.action.shape[1]
    if table.size * size > MAX_CELLS:
        pairs, further = _reach_one_by_one(table, moves, first, budget)
    else:
        targets = moves.action[moves.todo] + size * table[:, :, None]
        successors = targets.transpose(0, 2, 1).reshape(-1, table.shape[1])
        pairs = breadth_first_order(successors, first)
        if len(pairs) > budget:
            raise BudgetExceeded("coordinates of a cascade", budget, len(pairs))
        numbers = np.empty(len(successors), dtype=np.int32)
        numbers[pairs] = np.arange(len(pairs), dtype=np.int32)
        further = numbers[successors[pairs]]
    return pairs // size, pairs % size, further


def _reach_one_by_one(
    table: _Numbers, moves: Moves, first: int, budget: int
) -> tuple[_Numbers, _Numbers]:
    """As `reach`, in little memory however many pairs cannot be reached; slower."""
    size = moves.action.shape[1]
    actions, rows, todo = moves.action.tolist(), table.tolist(), moves.todo.tolist()
    pairs = [first]
    numbers = {first: 0}
    further: list[list[int]] = []
    for pair in pairs:
        above, digit = divmod(pair, size)
        moved = zip(rows[above], todo[above], strict=True)
        following = [size * target + actions[move][digit] for target, move in moved]
        for other in following:
            if other not in numbers:
                numbers[other] = len(pairs)
                pairs.append(other)
        further.append([numbers[other] for other in following])
        if len(pairs) > budget:
            raise BudgetExceeded("coordinates of a cascade", budget, len(pairs))
    return np.array(pairs, dtype=np.int32), np.array(further, dtype=np.int32)


def _actions(
    upstream: list[Coordinates], moves: Moves, used: NDArray[np.intp]
) -> dict[Coordinates, tuple[Action, ...]]:
    """The actions of the level of a digit, on the values that are used, renumbered."""
    short = [tuple(row) for row in np.searchsorted(used, moves.action[:, used]).tolist()]
    columns = [[short[move] for move in column] for column in moves.todo.T.tolist()]
    return dict(zip(upstream, zip(*columns, strict=True), strict=True))
