"""Kind horizon: a network that is right on all words of up to so many letters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple, cast

from .automata import Automaton, read_automaton
from .boxes import Cell, Interval, difference, product, read_index
from .delays import Delay, Queue, Value
from .fields import RATIONALS
from .formats import SCANS, Format, Semantics, read_semantics
from .kinds import HEAD
from .limits import (
    MAX_STATES,
    WORK,
    Invalid,
    charge,
    require,
    shown,
)
from .matrices import (
    Matrix,
    affine,
    combine,
    diagonal,
    is_positive_semidefinite,
    multiply,
    transpose,
)
from .networks import (
    Case,
    Joint,
    Layer,
    Moves,
    Network,
    advance,
    case_of,
    read_network,
    require_admissible,
)
from .reading import Node, Output
from .rounded_up import above, norm_above
from .segments import read_said_cells, require_segments
from .spreads import rounding_errors
from .trees import is_shifted, step_matrix, tree_error

ZERO, ONE = Fraction(0), Fraction(1)
MAX_LETTERS = 10**12
DISTURBED = "disturbed"  # exact, but that each step may be off by an error
UNDISTURBED = Semantics("exact", Format(ZERO, ZERO, "down", "saturate"))


class Bound(NamedTuple):
    """Of the distance of a layer's states from their centres."""

    growth: Fraction
    radius: Fraction


Listed = Sequence[Matrix] | Sequence[Queue]


def check_horizon(node: Node) -> str:
    """The network answers like the automaton on every word of up to `length` letters."""
    keys = ("semantics", "lrnn", "automaton", "length", "evidence")
    members = node.members(*keys, *HEAD)
    disturbed = members[0].get("name").value == DISTURBED
    error = read_error(members[0]) if disturbed else ZERO
    semantics = UNDISTURBED if disturbed else read_semantics(members[0], SCANS)
    network = read_network(members[1])
    automaton, length = read_automaton(members[2]), read_length(members[3])
    evidence = members[4]
    kind = evidence.get("type").choice(("words", "segments", "balls"))
    scans = semantics.name in SCANS
    if (kind == "segments" and not scans) or (kind == "words" and scans):
        evidence.get("type").fail("segments are for chunk-scan, words for the other semantics")
    if kind == "segments":
        said = read_said_cells(evidence.members("type", "cells")[1], network, automaton)
        require(network.alphabet == automaton.alphabet, "lrnn and automaton: different alphabets")
        require_admissible(network, semantics)
        require_segments(network, automaton, semantics, said, length)
        return ""
    if kind == "words":
        evidence.members("type")
        if semantics.name == "cast-unrolled":
            evidence.fail("words are compared under the other semantics only")
        if disturbed:
            evidence.fail("under `disturbed` a word does not lead to one state; balls are needed")
        require(network.alphabet == automaton.alphabet, "lrnn and automaton: different alphabets")
        require_admissible(network, semantics)
        require_words(network, automaton, semantics, length)
        return ""
    _, centres_node, bounds_node, cells_node = evidence.members(
        "type", "centres", "bounds", "cells"
    )
    layers = network.layers
    lists = centres_node.items(len(layers), len(layers))
    listed = [
        read_centres(part.items(1, MAX_STATES), layer)
        for layer, part in zip(layers, lists, strict=True)
    ]
    numbers = [number for number, _ in network.recurrent()]
    items = bounds_node.items(len(numbers), len(numbers))
    bounds = dict(zip(numbers, map(read_bound, items), strict=True))
    cells = read_cells(cells_node, listed, automaton)

    require(network.alphabet == automaton.alphabet, "lrnn and automaton: different alphabets")
    rounds = semantics.name != "cast-unrolled"
    require(rounds, "semantics: there are no balls under cast-unrolled")
    for number, layer in network.recurrent():
        rational = layer.field == RATIONALS
        require(rational, f"lrnn.layers[{number}]: balls are rational, with a field there are none")
    require_admissible(network, semantics)
    require_balls(Balls(network, automaton, semantics, error, listed, bounds), cells, length)
    return ""


def read_error(node: Node) -> Fraction:
    """By how much a step may be off under `disturbed`."""
    error = node.members("name", "error")[1].rational()
    if error < 0:
        node.fail("expected an error that is not negative")
    return error


def read_centres(items: Sequence[Node], layer: Layer | Delay) -> Listed:
    """The centres of a layer, or the states of a delay."""
    if isinstance(layer, Delay):
        return [layer.read_state(item) for item in items]
    return [layer.read_state(item) for item in items]


def read_length(node: Node) -> int | None:
    """How many letters; None for any number of them."""
    if node.value == "all":
        return None
    length = node.integer()
    if not 0 <= length <= MAX_LETTERS:
        node.fail(f"expected `all`, or an integer from 0 to {MAX_LETTERS}")
    return length


def read_bound(node: Node) -> Bound:
    """The bound of a layer."""
    bound = Bound(*(member.rational() for member in node.members("growth", "radius")))
    if min(bound) < 0:
        node.fail("expected no negative numbers")
    return bound


def read_cells(node: Node, listed: Sequence[Listed], automaton: Automaton) -> list[Cell]:
    """The cells."""
    items, letters = node.items(1, MAX_STATES), len(automaton.alphabet)
    cells: list[Cell] = []
    for item in items:
        places, state, following = item.members("centres", "automaton", "next")
        numbers = places.items(len(listed), len(listed))
        centres = tuple(read_index(x, len(y)) for x, y in zip(numbers, listed, strict=True))
        after = tuple(read_index(x, len(items)) for x in following.items(letters, letters))
        index = read_index(state, len(automaton.table))
        cells.append(Cell(centres, index, after))
    return cells


def require_words(
    network: Network, automaton: Automaton, semantics: Semantics, length: int | None
) -> None:
    """Compare all words of up to `length` letters; words with the same states count once."""
    moves: Moves = {}
    level: list[tuple[Joint, int]] = [(network.initial(), 0)]
    seen = set(level)
    letters = 0
    while level and (length is None or letters <= length):
        following: list[tuple[Joint, int]] = []
        for joint, state in level:
            last = joint[-1]
            assert isinstance(last, Matrix)
            output, expected = network.last.readout.output(last), automaton.outputs[state]
            said = f"output {shown(output)}, the automaton says {shown(expected)}"
            require(output == expected, f"length: wrong after {letters} letters, {said}")
            if letters == length:
                continue
            for letter, successor in zip(automaton.alphabet, automaton.table[state], strict=True):
                pair = advance(network, joint, letter, semantics, moves), successor
                if pair in seen:
                    continue
                if len(seen) == MAX_STATES:
                    WORK.spend(WORK.left + 1)  # over a limit, as too much work is
                for part in pair[0]:
                    if isinstance(part, Matrix):
                        WORK.keep(2 * len(part.rows) * len(part.rows[0]) + 10, part.size)
                    else:
                        WORK.keep(2 * len(part) + 10, 1)
                seen.add(pair)
                following.append(pair)
        level, letters = following, letters + 1


class Balls(NamedTuple):
    """What the evidence says, beside the cells."""

    network: Network
    automaton: Automaton
    semantics: Semantics
    error: Fraction  # of each step beside what the semantics rounds
    listed: Sequence[Listed]
    bounds: dict[int, Bound]  # of the layers that are no delays


def require_balls(balls: Balls, cells: Sequence[Cell], length: int | None) -> None:
    """All states stay in balls around the centres, of radii that grow letter by letter."""
    network, automaton = balls.network, balls.automaton
    outputs = [
        []
        if isinstance(layer, Delay)
        else [
            output_of(layer, centre, balls.bounds[level], f"centres[{level}][{number}]")
            for number, centre in enumerate(balls.listed[level])
        ]
        for level, layer in enumerate(network.layers)
    ]
    moves: list[dict[tuple[int, int, int], Case]] = [{} for _ in network.layers]
    for number, cell in enumerate(cells):
        where = f"cells[{number}]"
        output, expected = outputs[-1][cell.places[-1]], automaton.outputs[cell.automaton]
        said = f"output {shown(output)}, the automaton says {shown(expected)}"
        require(output == expected, f"{where}: wrong answer, {said}")
        row = automaton.table[cell.automaton]
        for letter, target, index in zip(automaton.alphabet, row, cell.following, strict=True):
            after = cells[index]
            right = after.automaton == target
            require(right, f"{where}: under {shown(letter)} the automaton goes to another state")
            add_moves(balls, cell, letter, after, outputs, moves)
    first = cells[0]
    require(first.automaton == 0, "cells[0]: not of the initial state of the automaton")
    for level, layer in enumerate(network.layers):
        start = balls.listed[level][first.places[level]]
        if isinstance(layer, Delay):
            inside = start == layer.initial
            require(inside, f"cells[0]: delay {level + 1} starts with another state")
            continue
        assert isinstance(start, Matrix)
        bound, listed = balls.bounds[level], balls.listed[level]
        where = f"layer {level + 1}"
        cases = list({id(case): case for case in moves[level].values()}.values())
        scans = balls.semantics.name in SCANS
        shifted = scans and is_shifted(cases)
        require_growth(bound, {step_matrix(case, shifted) for case in cases}, where)
        drift = max(
            distance(balls.semantics, bound, case, listed[i], listed[j])
            for (_, i, j), case in moves[level].items()
        )
        charge(drift, balls.error, 2)
        drift += balls.error
        gap = norm_above(combine(layer.initial, start, -1).fractions())
        if scans:
            require(length is not None, f"{where}: leaves the ball at some length")
            form = balls.semantics.form
            error = tree_error(layer, cases, bound.growth, form, length or 0)
            bound = Bound(bound.growth, difference(bound.radius, error))
        require_radius(bound, gap, drift, length, where)


def add_moves(
    balls: Balls,
    cell: Cell,
    letter: str,
    after: Cell,
    outputs: Sequence[Sequence[Output]],
    moves: Sequence[dict[tuple[int, int, int], Case]],
) -> None:
    """Note which case leads from which centre to which one; delays go on as they must."""
    heard: list[Value] = [letter]
    for level, layer in enumerate(balls.network.layers):
        place, target, listed = cell.places[level], after.places[level], balls.listed[level]
        if isinstance(layer, Delay):
            queue = cast("Queue", listed[place])
            moved = layer.step(queue, heard[layer.of])
            require(moved == listed[target], f"cells: delay {level + 1} goes to another state")
            heard.append(queue[0])
            continue
        case = case_of(layer, heard)
        WORK.spend(40_000)
        moves[level][id(case), place, target] = case
        heard.append(outputs[level][target])


def output_of(layer: Layer, centre: object, bound: Bound, where: str) -> Output:
    """What a layer reports in all states of the ball around a centre."""
    assert isinstance(centre, Matrix)
    if not layer.readout.functionals:
        single = f"{where}: the read-out lists single states, so the radius must be 0"
        require(bound.radius == 0, single)
        return layer.readout.output(centre)
    bits = ""
    for index, (weights, strict, least) in enumerate(layer.readout.functionals):
        rows = weights.fractions()
        reach = product(norm_above(rows), bound.radius)
        value = ZERO
        for x, y in zip(weights.entries(), centre.entries(), strict=True):
            charge(value, product(x, y))
            value += x * y
        charge(value, reach, 2)
        bit = Interval(value - reach, value + reach).bit(strict, least)
        if bit is None:
            raise Invalid(f"{where}: the ball meets the threshold of functional {index}")
        bits += bit
    if bits not in layer.readout.table:
        raise Invalid(f"{where}: the read-out has no output for {bits!s:.200}")
    return layer.readout.table[bits]


def require_growth(bound: Bound, matrices: Iterable[Matrix], where: str) -> None:
    """No matrix makes a difference of states longer than `growth` times its length."""
    square = product(bound.growth, bound.growth)
    for a in matrices:
        scaled = diagonal([square] * len(a.rows))
        gap = combine(scaled, multiply(transpose(a), a), -1)
        require(is_positive_semidefinite(gap), f"{where}: a matrix has a norm above `growth`")


def distance(
    semantics: Semantics, bound: Bound, case: Case, centre: object, target: object
) -> Fraction:
    """At least the distance of a step from a centre to the next centre, with all rounding."""
    assert isinstance(centre, Matrix)
    assert isinstance(target, Matrix)
    image = affine(case.a.matrix, centre, case.b)
    gap = combine(image, target, -1).fractions()
    errors = rounding_errors(case, centre, image, bound.radius, semantics)
    for row, line in zip(gap, errors, strict=True):
        for i, error in enumerate(line):
            charge(row[i], error)
            row[i] = abs(row[i]) + error
    return norm_above(gap)


def require_radius(
    bound: Bound, start: Fraction, drift: Fraction, length: int | None, where: str
) -> None:
    """r(0) = start and r(t + 1) = growth r(t) + drift stay within the radius."""
    growth, radius = bound
    require(difference(radius, start) >= 0, f"{where}: the initial state is not in its ball")
    if length is None:
        last = product(growth, radius)
        charge(last, drift)
        require(difference(radius, last + drift) >= 0, f"{where}: leaves the ball at some length")
        return
    # r(t) rises or falls all the time, so the last one is the largest or the first one is.
    factor, shift, power, add = ONE, ZERO, growth, drift
    while length:
        if length & 1:
            factor, shift = above(power, factor), above(power, shift, add)
        length >>= 1
        if length:
            power, add = above(power, power), above(power, add, add)
    last = above(factor, start, shift)
    require(difference(radius, last) >= 0, f"{where}: leaves the ball within `length` letters")
