"""Stacks of layers: reading them, and running them under a semantics."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from .delays import Delay, Queue, Value, read_delay, read_value
from .fields import RATIONALS, Field, cyclotomic
from .formats import BY_OPERATION, SCANS, Format, Semantics
from .kinds import UNROUNDED
from .limits import (
    MAX_DEGREE,
    MAX_LIFTED,
    MAX_ORDER,
    WORK,
    Invalid,
    require,
    require_digits,
    shown,
    size_of,
)
from .matrices import Matrix, affine, combine, identity, multiply, read_matrix, reduced, to_matrix
from .reading import Node, Output
from .scan_pairs import scanned_states
from .transitions import TRANSITIONS, Transition, apply_rounded, read_transition

Joint = tuple[Matrix | Queue, ...]


class Readout(NamedTuple):
    """`functionals` are (weights, strict relation?, bound); none: the state is observed."""

    functionals: tuple[tuple[Matrix, bool, Fraction], ...]
    table: dict[Matrix | str, Output]

    def observe(self, state: Matrix) -> Matrix | str:
        """The state itself, or one bit a functional."""
        WORK.spend(2_000 + len(state.rows) * len(state.rows[0]) * (100 + 10 * state.size))
        if not self.functionals:
            return state
        bits = ""
        for weights, strict, bound in self.functionals:
            size = size_of((bound.numerator, bound.denominator))
            require_digits(weights.size + state.size + size)
            WORK.multiply(len(state.rows) * len(state.rows[0]), weights.size, state.size)
            WORK.spend(6_000 + (weights.size + size) * (state.size + size) * 3)
            entries = (
                zip(w, h, strict=True) for w, h in zip(weights.rows, state.rows, strict=True)
            )
            total = sum(x * y for pairs in entries for x, y in pairs) * bound.denominator
            right = bound.numerator * weights.den * state.den
            bits += "01"[total > right or (total == right and not strict)]
        return bits

    def output(self, state: Matrix) -> Output:
        """The answer for a state; none in the table is `invalid`."""
        observation = self.observe(state)
        found = self.table.get(observation)
        if found is None:
            raise Invalid(f"the read-out has no output for {observation!s:.200}")
        return found


class Case(NamedTuple):
    """The step on one symbol: H becomes a H + b."""

    a: Transition
    b: Matrix


class Layer(NamedTuple):
    """A layer; `cases` by the symbol that it reads, states stacked over its field."""

    initial: Matrix
    cases: dict[tuple[Value, ...], Case]
    readout: Readout
    reads: Sequence[int]  # numbers of lower layers and delays, from 1
    field: Field

    def read_state(self, node: Node) -> Matrix:
        """A state of this layer."""
        rows, columns = self.initial.shape
        return read_matrix(node, (rows // self.field.degree, columns), self.field)


class Network(NamedTuple):
    """A stack of layers."""

    alphabet: dict[str, int]  # letter -> its place
    layers: list[Layer | Delay]
    last: Layer

    def initial(self) -> Joint:
        """The joint state before the first letter."""
        return tuple(layer.initial for layer in self.layers)

    def recurrent(self) -> Iterator[tuple[int, Layer]]:
        """The layers that are no delays, with their places in `layers`."""
        return ((i, layer) for i, layer in enumerate(self.layers) if isinstance(layer, Layer))


def read_network(node: Node) -> Network:
    """An lrnn."""
    alphabet_node, layers_node = node.members("alphabet", "layers")
    alphabet = alphabet_node.alphabet()
    layers: list[Layer | Delay] = []
    numbers: set[int] = set()  # of the layers that are no delays
    for number, item in enumerate(layers_node.items(1), 1):
        if item.has("delay"):
            layers.append(read_delay(item, numbers))
        else:
            layers.append(read_layer(item, alphabet, layers))
            numbers.add(number)
    last = layers[-1]
    if isinstance(last, Delay):
        layers_node.fail("the last one is a delay, expected a layer")
    return Network(alphabet, layers, last)


def read_layer(node: Node, alphabet: Mapping[str, int], lower: Sequence[Layer | Delay]) -> Layer:
    """A layer that stands on these layers and delays."""
    below = len(lower)
    optional = [key for key in ("reads", "field") if node.has(key)]
    nodes = node.members("initial", "cases", "readout", *optional)
    field = read_field(node.get("field")) if "field" in optional else RATIONALS
    reads: Sequence[int] = range(1, below + 1)
    if "reads" in optional:
        reads = read_reads(node.get("reads"), below)
    initial = read_matrix(nodes[0], None, field)
    shape = (len(initial.rows) // field.degree, len(initial.rows[0]))
    if len(initial.rows) > MAX_LIFTED:
        node.fail(f"over limit: rows times degree of the field above {MAX_LIFTED}")
    readers = [
        read_value if isinstance(lower[number - 1], Delay) else Node.output for number in reads
    ]
    cases: dict[tuple[Value, ...], Case] = {}
    for item in nodes[1].items():
        on, a, b = item.members("on", "A", "B")
        letter, *outputs = on.items(len(reads) + 1, len(reads) + 1)
        said = (read(output) for read, output in zip(readers, outputs, strict=True))
        symbol = (letter.choice(alphabet), *said)
        if symbol in cases:
            on.fail("two cases for the same symbol")
        transition = read_transition(a, TRANSITIONS, shape[0], field)
        cases[symbol] = Case(transition, read_matrix(b, shape, field))
    if not reads and len(cases) < len(alphabet):
        missing = next(letter for letter in alphabet if (letter,) not in cases)
        nodes[1].fail(f"no case for the letter {shown(missing)}")
    return Layer(initial, cases, read_readout(nodes[2], shape, field), reads, field)


def read_field(node: Node) -> Field:
    """A cyclotomic field, by its order."""
    order = node.integer()
    if order < 3:
        node.fail("expected an order of at least 3; a layer over the rationals has no field")
    WORK.spend(1_000 * min(order, MAX_ORDER) ** 2)  # for the polynomial and the powers of zeta
    field = Field(order, cyclotomic(order) if order <= MAX_ORDER else ())
    if not 1 <= field.degree <= MAX_DEGREE:
        node.fail(f"over limit: the field has a degree above {MAX_DEGREE}")
    return field


def read_reads(node: Node, below: int) -> list[int]:
    """The numbers of some of the layers below, ascending."""
    numbers = [item.integer() for item in node.items()]
    if any(x >= y for x, y in zip([0, *numbers], [*numbers, below + 1], strict=True)):
        node.fail(f"expected different numbers from 1 to {below} in ascending order")
    return numbers


def read_readout(node: Node, shape: tuple[int, int], field: Field = RATIONALS) -> Readout:
    """A read-out of states of this shape."""
    functionals: list[tuple[Matrix, bool, Fraction]] = []
    table: dict[Matrix | str, Output] = {}
    if node.get("kind").choice(("states", "threshold")) == "states":
        table_node, key_name = node.members("kind", "table")[1], "state"
    else:
        _, list_node, table_node = node.members("kind", "functionals", "table")
        key_name = "bits"
        for item in list_node.items(1):
            weights, relation, bound = item.members("weights", "relation", "bound")
            strict = relation.choice((">=", ">")) == ">"
            functionals.append((read_matrix(weights, shape), strict, bound.rational()))
    for item in table_node.items():
        key_node, output = item.members(key_name, "output")
        key: Matrix | str
        if functionals:
            key = read_bits(key_node, functionals)
        else:
            key = read_matrix(key_node, shape, field)
        if key in table:
            key_node.fail("listed twice")
        table[key] = output.output()
    return Readout(tuple(functionals), table)


def read_bits(node: Node, functionals: Collection[object]) -> str:
    """A bit string, one bit a functional."""
    bits = node.string()
    if len(bits) != len(functionals) or set(bits) - {"0", "1"}:
        node.fail(f"{shown(bits)}, expected {len(functionals)} of the characters 0 and 1")
    return bits


DIVIDING = ("householder", "householder-diagonal", "diagonal-plus-rank-one")


def kinds_in(a: Transition) -> Iterator[str]:
    """The kinds that a transition is made of."""
    yield a.kind
    for part in a.parts:
        yield from kinds_in(part)


def require_admissible(network: Network, semantics: Semantics) -> None:
    """What a field asks of its layer, `seq-round` and `op-round` of the numbers in the network."""
    for number, layer in network.recurrent():
        if layer.field != RATIONALS:
            where = f"lrnn.layers[{number}]: with a field"
            require(semantics.name in UNROUNDED, f"{where} the semantics can only be exact")
            require(not layer.readout.functionals, f"{where} the read-out must be of kind states")
    if semantics.name not in ("seq-round", *BY_OPERATION, *SCANS):
        return
    form, said = semantics.form, "is no value of the format"
    by_operation, scans = semantics.name in BY_OPERATION, semantics.name in SCANS
    for number, layer in network.recurrent():
        where = f"lrnn.layers[{number}]"
        require(form.has(layer.initial.entries()), f"{where}.initial: an entry {said}")
        for index, case in enumerate(layer.cases.values() if by_operation or scans else ()):
            place = f"{where}.cases[{index}]"
            require(form.has(case.b.entries()), f"{place}.B: an entry {said}")
            if scans:
                require(form.has(case.a.matrix.entries()), f"{place}.A: an entry {said}")
                continue
            divides = next((kind for kind in kinds_in(case.a) if kind in DIVIDING), None)
            require(divides is None, f"{place}.A: {semantics.name} allows no {divides}")
            require(form.has(case.a.written), f"{place}.A: a number {said}")


def step(case: Case, state: Matrix, semantics: Semantics) -> Matrix:
    """One step of one layer; `cast-unrolled` is no step, its exact state is meant."""
    if semantics.name in BY_OPERATION:
        form = semantics.accumulate or semantics.form
        columns = zip(*state.fractions(), strict=True)
        moved = zip(*(apply_rounded(case.a, list(x), form) for x in columns), strict=True)
        pairs = zip(moved, case.b.fractions(), strict=True)
        rows = [[form.round(y + b) for y, b in zip(ys, bs, strict=True)] for ys, bs in pairs]
        moved_state = to_matrix(rows)
        return semantics.form.round_matrix(moved_state) if semantics.accumulate else moved_state
    result = affine(case.a.matrix, state, case.b)
    return semantics.form.round_matrix(result) if semantics.name == "seq-round" else result


def case_of(layer: Layer, heard: Sequence[Value]) -> Case:
    """The case for a letter and all that is said below; none is `invalid`."""
    WORK.spend(2_000 + 300 * len(layer.reads))
    symbol = (heard[0], *(heard[number] for number in layer.reads))
    case = layer.cases.get(symbol)
    if case is None:
        raise Invalid(f"a layer has no case for the symbol {shown(symbol)} that it reads")
    return case


Moves = dict[tuple[int, Matrix], Matrix]  # the step of a case (by its identity) from a state


def advance(
    network: Network, joint: Joint, letter: str, semantics: Semantics, moves: Moves
) -> Joint:
    """The joint state after one letter: every layer once, bottom up; known moves are looked up."""
    heard: list[Value] = [letter]
    states: list[Matrix | Queue] = []
    for layer, state in zip(network.layers, joint, strict=True):
        if isinstance(layer, Delay):
            assert not isinstance(state, Matrix)
            states.append(layer.step(state, heard[layer.of]))
            heard.append(state[0])
            continue
        assert isinstance(state, Matrix)
        case = case_of(layer, heard)
        WORK.spend(3_000 + len(state.rows) * len(state.rows[0]) * (100 + 10 * state.size))
        moved = moves.get((id(case), state))
        if moved is None:
            moved = moves[id(case), state] = step(case, state, semantics)
        states.append(moved)
        if layer is not network.last:
            heard.append(layer.readout.output(moved))
    return tuple(states)


def final_state(network: Network, word: Sequence[str], semantics: Semantics) -> Matrix:
    """The state of the last layer that is read out after a word."""
    if semantics.name in ("cast-unrolled", *SCANS):
        return final_of_word(network, word, semantics)
    joint = network.initial()
    for letter in word:
        joint = advance(network, joint, letter, semantics, {})
    final = joint[-1]
    assert isinstance(final, Matrix)
    return final


def final_of_word(network: Network, word: Sequence[str], semantics: Semantics) -> Matrix:
    """`final_state` where what a step does depends on earlier letters."""
    heard: list[list[Value]] = [[letter] for letter in word]
    for layer in network.layers[:-1]:
        if isinstance(layer, Delay):
            queue = layer.initial
            for at_time in heard:
                value, queue = queue[0], layer.step(queue, at_time[layer.of])
                at_time.append(value)
            continue
        cases = [case_of(layer, at_time) for at_time in heard]
        for at_time, state in zip(heard, states_of_word(layer, cases, semantics), strict=True):
            at_time.append(layer.readout.output(state))
    last = network.last
    cases = [case_of(last, at_time) for at_time in reversed(heard)][::-1]
    if semantics.name in SCANS:
        return [last.initial, *states_of_word(last, cases, semantics)][-1]
    return final_unrolled(last, cases, semantics.form)


def states_of_word(layer: Layer, cases: Sequence[Case], semantics: Semantics) -> Iterator[Matrix]:
    """The state after each symbol."""
    if semantics.name in SCANS:
        steps = ((case.a.matrix, case.b) for case in cases)
        return scanned_states(layer.initial, steps, semantics.form, semantics.chunk)
    return unrolled_states(layer, cases, semantics.form)


def final_unrolled(layer: Layer, cases: Sequence[Case], form: Format) -> Matrix:
    """The state after a word under `cast-unrolled`, by its definition."""
    product = identity(len(layer.initial.rows))  # A_t ... A_{i+1}, from i = t downwards
    total = reduced(([0] * len(row) for row in layer.initial.rows), 1)
    for case in reversed(cases):
        total = combine(total, form.round_matrix(multiply(product, case.b)))
        product = multiply(product, case.a.matrix)
    total = combine(total, form.round_matrix(multiply(product, layer.initial)))
    return form.round_matrix(total)


def unrolled_states(layer: Layer, cases: Sequence[Case], form: Format) -> Iterator[Matrix]:
    """The unrolled state after each symbol; equal terms of the sum are kept once, with a count."""
    head, terms = layer.initial, dict[Matrix, int]()
    for case in cases:
        head = multiply(case.a.matrix, head)
        moved: dict[Matrix, int] = {}
        for term, count in terms.items():
            image = multiply(case.a.matrix, term)
            moved[image] = moved.get(image, 0) + count
        moved[case.b] = moved.get(case.b, 0) + 1
        terms = moved
        total = form.round_matrix(head)
        for term, count in terms.items():
            total = combine(total, form.round_matrix(term), count)
        yield form.round_matrix(total)
