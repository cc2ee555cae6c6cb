"""Kind monoid: what a witness or a cascade proves of a syntactic monoid."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from .automata import Automaton, read_automaton, read_state
from .equations import BROKEN, EQUATIONS, read_elements
from .kinds import HEAD
from .limits import MAX_STATES, WORK, require, shown
from .reading import Node
from .witnesses import WITNESSES, Evidence, always, longer_series, not_power_of_two

# What a witness proves of the syntactic monoid, without any lemma about networks.
FACTS: dict[str, tuple[tuple[str, ...], Callable[[Evidence, int | None], bool]]] = {
    "not-aperiodic": (("cycle",), always),
    "not-two-groups": (("cycle",), not_power_of_two),
    "not-quasi-aperiodic": (("same-length-cycle",), always),
    "not-solvable": (("group",), longer_series(squares=False)),
    "not-idempotent-letters": (("repeat",), always),
    # Languages of these three properties are aperiodic.
    "not-da": (("cycle", "returns"), always),
    "not-locally-threshold-testable": (("cycle", "exchange"), always),
    "not-dot-depth-one": (("cycle", "knast"), always),
    "isolated-states": (("isolating",), always),
}


def check_monoid(node: Node) -> str:
    """The syntactic monoid of the language has a property."""
    automaton_node, property_node, evidence_node = node.members(
        "automaton", "property", "evidence", *HEAD
    )[:3]
    automaton = read_automaton(automaton_node)
    name = property_node.choice(("aperiodic", *EQUATIONS, *FACTS))
    if name == "aperiodic":
        cascade = read_cascade(evidence_node, automaton)
        require_reset_only(cascade)
        require_covering(cascade, automaton)
    elif name in EQUATIONS:
        EQUATIONS[name](read_elements(evidence_node, automaton))
    else:
        types, needs = FACTS[name]
        wanted = evidence_node.get("type").choice(types)
        evidence = (WITNESSES | BROKEN)[wanted](evidence_node, automaton)
        require(needs(evidence, None), f"evidence: does not show the property {name}")
    require(automaton.is_minimal(), "automaton: not minimal, two states answer alike for ever")
    return ""


Coordinates = tuple[int, ...]


class Cascade(NamedTuple):
    """Levels that move at the same time; each sees the letter and the OLD states above it.

    A level maps the states above it to one action a letter: the images of its own states.
    """

    initial: Coordinates
    levels: list[dict[Coordinates, list[Coordinates]]]
    covering: dict[Coordinates, int]


def read_cascade(node: Node, automaton: Automaton) -> Cascade:
    """A cascade, and the state of the automaton that each of its coordinates covers."""
    _, initial_node, levels_node, covering_node = node.members(
        "type", "initial", "levels", "covering"
    )
    node.get("type").choice(("cascade",))
    sizes: list[int] = []
    levels: list[dict[Coordinates, list[Coordinates]]] = []
    for item in levels_node.items(0, MAX_STATES):
        size_node, rows_node = item.members("states", "actions")
        size, above = size_node.integer(), tuple(sizes)
        WORK.spend(100 * len(sizes))
        if not 1 <= size <= MAX_STATES:
            size_node.fail(f"expected between 1 and {MAX_STATES} states")
        level: dict[Coordinates, list[Coordinates]] = {}
        for row in rows_node.items():
            on, maps = row.members("above", "maps")
            letters = maps.items(len(automaton.alphabet), len(automaton.alphabet))
            level[read_coordinates(on, above)] = [
                read_coordinates(m, [size] * len(m.items(size, size))) for m in letters
            ]
        if len(level) < len(rows_node.items()):
            rows_node.fail("two entries for the same states above")
        sizes.append(size)
        levels.append(level)
    covering: dict[Coordinates, int] = {}
    for item in covering_node.items(0, MAX_STATES):
        key, state = item.members("coordinates", "state")
        covering[read_coordinates(key, sizes)] = read_state(state, automaton)
    if len(covering) < len(covering_node.items()):
        covering_node.fail("two entries for the same coordinates")
    return Cascade(read_coordinates(initial_node, sizes), levels, covering)


def read_coordinates(node: Node, sizes: Sequence[int]) -> Coordinates:
    """One number below each size."""
    numbers = tuple(item.integer() for item in node.items(len(sizes), len(sizes)))
    if not all(0 <= number < size for number, size in zip(numbers, sizes, strict=True)):
        node.fail(f"{shown(numbers)}: a number is negative or too large")
    return numbers


def require_reset_only(cascade: Cascade) -> None:
    """Every action is the identity or a constant."""
    for depth, level in enumerate(cascade.levels):
        for row in level.values():
            for action in row:
                ok = len(set(action)) == 1 or action == tuple(range(len(action)))
                where = f"evidence.levels[{depth}]"
                require(ok, f"{where}: the action {shown(action)} is no identity, no constant")


def require_covering(cascade: Cascade, automaton: Automaton) -> None:
    """The reachable coordinates are exactly the listed ones, and they follow the automaton."""
    start, covering = cascade.initial, cascade.covering
    require(covering.get(start) == 0, "evidence.initial: these coordinates do not cover state 0")
    seen, queue = {start}, [start]
    for at in queue:
        WORK.spend(1_000 * (len(at) + 1) * (len(at) + len(automaton.alphabet)))
        rows = []
        for depth, level in enumerate(cascade.levels):
            where = f"evidence.levels[{depth}]"
            require(
                at[:depth] in level, f"{where}: no actions below the states {shown(at[:depth])}"
            )
            rows.append(level[at[:depth]])
        for letter, target in enumerate(automaton.table[covering[at]]):
            moved = tuple(row[letter][state] for row, state in zip(rows, at, strict=True))
            said = covering.get(moved)
            where = f"evidence.covering: {shown(moved)}, after {shown(at)}"
            require(said == target, f"{where}, must cover state {target}")
            if moved not in seen:
                seen.add(moved)
                queue.append(moved)
    require(seen == covering.keys(), "evidence.covering: coordinates that are not reachable")
    for depth, level in enumerate(cascade.levels):
        reached = {at[:depth] for at in seen}
        require(reached == level.keys(), f"evidence.levels[{depth}]: actions that are not reached")
