"""Few layers of registers: what each register notes, and when, found by a search.

A register holds one number. A letter, with what the layer sees besides it, either overwrites the
number with a value that it determines, or keeps it. So a register notes a fact about the state of
the automaton whenever what is seen determines the fact, and remembers it until the next time. Many
registers stand in one layer; those of a layer are seen by the layers above it.

The search takes all facts of a list, layer by layer, until the answers are determined, and then
drops what is not needed. It may fail although there is such a network.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple, TypeAlias, final

from monoscan.automata import Automaton, Output
from monoscan.automata.budget import remembered

MOST_LAYERS = 5
MOST_STATES = 2_000
"""The most reachable combinations of a state, the last letters and all registers."""
MOST_WORK = 400_000
"""The most steps of a search, after which it gives up."""
_MOST_FACTS = 60
_MOST_ORDERED = 6

Values: TypeAlias = tuple[int, ...]
Held: TypeAlias = tuple[Values, ...]
"""The registers of all layers, the lowest first; -1 is a register that was never overwritten."""
Key: TypeAlias = tuple[int, Values, Held]


class Sight(NamedTuple):
    """What the layers see besides the letter.

    Attributes:
        a: how many earlier letters A sees.
        b: how many B sees.
        old: whether the layers with an earlier letter in sight see the registers below as they were
            before the letter; else, and where no earlier letter is seen, as they are after it.
    """

    a: int
    b: int
    old: bool


class Fact(NamedTuple):
    """What a register may note: a value for each kind of letters and each state after it, or a set.

    Attributes:
        values: by the kind of the letter, then by the state; -1 is nothing to be noted. Empty for
            the set of all states that are possible for what is seen.
        most: the most states of such a set that is noted.
    """

    values: tuple[Values, ...] = ()
    most: int = 0


@final
@dataclass(frozen=True)
class Register:
    """When a register is overwritten, and with what.

    Attributes:
        kept: what A sees where it is kept.
        notes: the new value by what B sees, where it is overwritten.
    """

    kept: frozenset[Key]
    notes: dict[Key, int]


Registers: TypeAlias = tuple[tuple[Register, ...], ...]


@final
@dataclass(frozen=True)
class Plan:
    """The registers of a network.

    Attributes:
        kinds: the kind of each letter: letters of one kind do the same to all states.
        sight: what the layers see.
        layers: the registers, the lowest layer first.
        answers: for what B sees in the last layer, and the registers of that layer after it.
    """

    kinds: dict[str, int]
    sight: Sight
    layers: Registers
    answers: dict[tuple[Key, Values], Output]


class _GivenUp(Exception):
    """More states or more work than allowed."""


class _State(NamedTuple):
    automaton: int
    letters: Values
    held: Held


class _Move(NamedTuple):
    """One letter from a reachable state: the keys of a layer above those held, and what follows."""

    a: Key
    b: Key
    kind: int
    after: _State


@remembered(maxsize=64)
def find_registers(minimal: Automaton, sight: Sight) -> Plan | None:
    """Layers of registers that determine the answers of a minimal automaton, or None.

    >>> first = Automaton("ab", [[1, 2], [1, 1], [2, 2]], (False, True, False))
    >>> [len(layer) for layer in find_registers(first, Sight(0, 0, False)).layers]
    [1, 1]
    """
    try:
        return _Search(minimal, sight).run()
    except _GivenUp:
        return None


class _Search:
    def __init__(self, minimal: Automaton, sight: Sight) -> None:
        self.automaton, self.sight = minimal, sight
        columns: dict[Values, int] = {}
        self.kinds = {
            letter: columns.setdefault(tuple(column), len(columns))
            for letter, column in zip(minimal.alphabet, minimal.table.T.tolist(), strict=True)
        }
        self.columns = list(columns)
        self.work = 0

    def run(self) -> Plan | None:
        chosen: list[list[Fact]] = []
        layers: Registers = ()
        facts = self._facts()
        for _ in range(MOST_LAYERS):
            candidates = self._useful(self._moves(layers), facts)
            while True:
                layer = tuple(candidates.values())
                found = self._tried((*layers, layer))
                if found is not None:
                    break
                if len(candidates) < 2:
                    return None
                candidates = dict(list(candidates.items())[: len(candidates) * 2 // 3])
            chosen.append(list(candidates))
            layers = (*layers, layer)
            if found:
                return self._plan(self._pruned(chosen))
        return None

    def _tried(self, layers: Registers) -> bool | None:
        """Whether such registers determine the answers; None if there are too many states."""
        try:
            return self._answers(layers) is not None
        except _GivenUp:
            if self.work > MOST_WORK:
                raise
            return None

    def _spend(self, steps: int) -> None:
        self.work += steps
        if self.work > MOST_WORK:
            raise _GivenUp

    def _facts(self) -> list[Fact]:
        """The state, the answer, whether the state is in an image of a word, and letters."""
        n, n_kinds = self.automaton.n_states, len(self.columns)
        numbers: dict[Output, int] = {}
        answers = tuple([numbers.setdefault(x, len(numbers)) for x in self.automaton.outputs])
        of_states = [tuple(range(n)), answers]
        images = sorted(self._images(), key=lambda image: (len(image), sorted(image)))
        of_states += [tuple([int(state in image) for state in range(n)]) for image in images]
        found = [Fact((values,) * n_kinds) for values in of_states]
        found += [Fact(most=most) for most in range(2, min(n, _MOST_FACTS))]
        found.append(Fact(tuple([(kind,) * n for kind in range(n_kinds)])))
        sets: list[tuple[int, ...]] = []
        if n_kinds <= _MOST_ORDERED:
            sets += combinations(range(n_kinds), 2)
        sets += [(kind,) for kind in range(n_kinds)]
        for kinds in sets:
            places = [kinds.index(kind) if kind in kinds else -1 for kind in range(n_kinds)]
            found.append(Fact(tuple([(place,) * n for place in places])))
        return found

    def _images(self) -> set[frozenset[int]]:
        whole = frozenset(range(self.automaton.n_states))
        found = {whole: None}
        queue = [whole]
        for image in queue:
            for column in self.columns:
                after = frozenset(column[state] for state in image)
                if after not in found and len(found) < _MOST_FACTS:
                    found[after] = None
                    queue.append(after)
        single = {frozenset({state}) for state in whole}
        return {*found, *single} - {whole}

    def _keys(self, kind: int, letters: Values, old: Held, new: Held) -> tuple[Key, Key]:
        """What A and B of the layer above some registers see."""
        sight = self.sight
        before = old if sight.old else new
        b = (kind, letters[: sight.b], before)
        if sight.a == sight.b:
            return b, b
        # What B sees of before, and what both see of after the letter.
        return (kind, letters[: sight.a], new), (kind, letters[: sight.b], (*before, *new))

    def _after(self, layers: Registers, state: _State, kind: int) -> _State:
        new: Held = ()
        for level, registers in enumerate(layers):
            a, b = self._keys(kind, state.letters, state.held[:level], new)
            held = state.held[level]
            values = [
                value if a in register.kept else register.notes[b]
                for value, register in zip(held, registers, strict=True)
            ]
            new = (*new, tuple(values))
        self._spend(1 + sum(map(len, layers)))
        letters = (kind, *state.letters)[: self.sight.b]
        return _State(self.columns[kind][state.automaton], letters, new)

    def _reached(self, layers: Registers) -> Iterable[tuple[_State, int, _State]]:
        """Each reachable state with each kind of letters, and the state that follows."""
        start = _State(0, (-1,) * self.sight.b, tuple([(-1,) * len(x) for x in layers]))
        seen, queue = {start}, [start]
        for state in queue:
            for kind in range(len(self.columns)):
                after = self._after(layers, state, kind)
                if after not in seen:
                    if len(seen) >= MOST_STATES:
                        raise _GivenUp
                    seen.add(after)
                    queue.append(after)
                yield state, kind, after

    def _moves(self, layers: Registers) -> set[_Move]:
        """What a layer above these sees; equal moves once."""
        return {
            _Move(*self._keys(kind, state.letters, state.held, after.held), kind, after)
            for state, kind, after in self._reached(layers)
        }

    def _register(self, moves: Iterable[_Move], fact: Fact) -> Register:
        """The register that notes a fact whenever what is seen determines it."""
        notes: dict[Key, int] = {}
        kept: set[Key] = set()
        if fact.most:
            return self._set_register(moves, fact.most)
        for a, b, kind, after in moves:
            if a not in kept:
                value = fact.values[kind][after.automaton]
                if value < 0 or notes.setdefault(b, value) != value:
                    kept.add(a)
        self._spend(len(notes))
        return Register(frozenset(kept), notes)

    def _set_register(self, moves: Iterable[_Move], most: int) -> Register:
        """The register that notes the possible states whenever these are few."""
        possible: dict[Key, set[int]] = {}
        pairs = set()
        for a, b, _, after in moves:
            possible.setdefault(b, set()).add(after.automaton)
            pairs.add((a, b))
        kept = frozenset(a for a, b in pairs if len(possible[b]) > most)
        numbers: dict[frozenset[int], int] = {}
        notes = {
            b: numbers.setdefault(frozenset(possible[b]), len(numbers))
            for a, b in sorted(pairs)
            if a not in kept
        }
        self._spend(len(pairs))
        return Register(kept, notes)

    def _useful(self, moves: set[_Move], facts: Sequence[Fact]) -> dict[Fact, Register]:
        """The facts whose registers are all different, and know more than what is seen anyway."""
        found: dict[object, tuple[Fact, Register]] = {}
        pairs = sorted({(move.a, move.b) for move in moves})
        for fact in facts:
            register = self._register(moves, fact)
            if not register.kept and self.sight == Sight(0, 0, False):
                continue
            names: dict[int, int] = {}
            partition = tuple(
                [
                    -1 if a in register.kept else names.setdefault(register.notes[b], len(names))
                    for a, b in pairs
                ]
            )
            if names:
                found.setdefault(partition, (fact, register))
        return dict(found.values())

    def _registers(self, chosen: Sequence[Sequence[Fact]], layers: Registers = ()) -> Registers:
        """The registers that note the chosen facts, layer by layer, above some layers."""
        for facts in chosen:
            moves = self._moves(layers)
            layers = (*layers, tuple([self._register(moves, fact) for fact in facts]))
        return layers

    def _answers(self, layers: Registers) -> dict[tuple[Key, Values], Output] | None:
        """The answers by what the last layer sees and holds; None if it does not fix them."""
        found: dict[tuple[Key, Values], Output] = {}
        for state, kind, after in self._reached(layers):
            b = self._keys(kind, state.letters, state.held[:-1], after.held[:-1])[1]
            answer = self.automaton.outputs[after.automaton]
            if found.setdefault((b, after.held[-1]), answer) != answer:
                return None
        return found

    def _pruned(self, chosen: list[list[Fact]]) -> list[list[Fact]]:
        """Without facts that are not needed: parts of a layer are left out, halves first."""
        self.work = 0
        for level in reversed(range(len(chosen))):
            try:
                below, above = self._registers(chosen[:level]), chosen[level + 1 :]
                moves = self._moves(below)
                made = {fact: self._register(moves, fact) for fact in chosen[level]}
            except _GivenUp:  # no work is left: what was found is taken as it is
                break
            size = len(chosen[level])
            while size:
                place = 0
                while place < len(chosen[level]):
                    facts = chosen[level]
                    rest = facts[:place] + facts[place + size :]
                    if self._may_do((*below, tuple([made[fact] for fact in rest])), above):
                        chosen = [*chosen[:level], rest, *above]
                    else:
                        place += size
                size //= 2
        return [*filter(None, chosen[:-1]), chosen[-1]]

    def _may_do(self, layers: Registers, above: Sequence[Sequence[Fact]]) -> bool:
        try:
            return bool(self._tried(self._registers(above, layers)))
        except _GivenUp:
            return False

    def _plan(self, chosen: Sequence[Sequence[Fact]]) -> Plan:
        self.work = 0
        layers = self._registers(chosen)
        answers = self._answers(layers)
        assert answers is not None
        return Plan(self.kinds, self.sight, layers, answers)
