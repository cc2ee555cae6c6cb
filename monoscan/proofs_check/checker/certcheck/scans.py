"""Kinds scan-recognizer and scan-counterexample: rounding along every scan tree."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from .automata import Automaton, read_automaton
from .fields import RATIONALS
from .formats import Format, read_format
from .kinds import HEAD
from .limits import MAX_SCAN, WORK, Malformed, require, shown
from .matrices import Matrix, read_column, read_vector, to_matrix
from .permutations import Permutation, then
from .reading import Node, Output
from .rounded_maps import Pair


class Scan(NamedTuple):
    """A diagonal layer whose steps are combined pair by pair, along some tree, with rounding."""

    form: Format
    automaton: Automaton
    initial: tuple[Fraction, ...]
    steps: dict[str, Pair]
    outputs: dict[Matrix, Output]  # by the state, as a column

    def combine(self, first: Pair, second: Pair) -> Pair:
        """The pair of a word whose two parts have these pairs."""
        r = self.form.round
        WORK.spend(10_000 * len(self.initial))  # the rest is charged where numbers are rounded
        (a, b), (c, d) = first, second
        factor = tuple([r(z * x) for x, z in zip(a, c, strict=True)])
        return factor, tuple([r(r(z * x) + y) for x, z, y in zip(b, c, d, strict=True)])

    def output(self, pair: Pair) -> Output:
        """What the layer answers to a word with this pair; a state without answer is `invalid`."""
        r = self.form.round
        WORK.spend(10_000 * len(self.initial))
        entries = zip(pair[0], self.initial, pair[1], strict=True)
        state = to_matrix([[r(r(a * h) + b)] for a, h, b in entries])
        require(state in self.outputs, f"readout: no output for {state}")
        return self.outputs[state]


def read_scan(nodes: Sequence[Node]) -> Scan:
    """Format, automaton, initial state, steps and read-out."""
    form, automaton = read_format(nodes[0]), read_automaton(nodes[1])
    initial = read_vector(nodes[2])
    letters = automaton.alphabet
    steps: dict[str, Pair] = {}
    for letter, item in zip(letters, nodes[3].items(len(letters), len(letters)), strict=True):
        a, b = item.members("a", "b")
        steps[letter] = (read_vector(a, len(initial)), read_vector(b, len(initial)))
    outputs: dict[Matrix, Output] = {}
    for item in nodes[4].items():
        state, output = item.members("state", "output")
        key = read_column(state, RATIONALS, len(initial))
        if key in outputs:
            item.fail("this state is listed twice")
        outputs[key] = output.output()
    for factor, summand in [*steps.values(), (initial, initial)]:
        ok = form.has([*factor, *summand])
        require(ok, "an entry of initial or steps is no value of the format")
    return Scan(form, automaton, initial, steps, outputs)


SCAN = ("format", "automaton", "initial", "steps", "readout")


def check_scan_recognizer(node: Node) -> str:
    """Along every tree over every word the layer answers like the automaton."""
    scan = read_scan(node.members(*SCAN, *HEAD)[:5])
    automaton, states = scan.automaton, range(len(scan.automaton.table))
    start = to_matrix([[x] for x in scan.initial])
    require(start in scan.outputs, "readout: no output for `initial`")
    require(scan.outputs[start] == automaton.outputs[0], "the empty word: wrong output")
    queue: list[tuple[Pair, Permutation]] = []
    found: set[tuple[Pair, Permutation]] = set()

    def add(pair: Pair, action: Permutation) -> None:
        WORK.spend(10_000 * len(pair[0]) + 100 * len(action))
        if (pair, action) not in found:
            require(
                scan.output(pair) == automaton.outputs[action[0]],
                f"{[*map(shown, pair[0][:8])]}: wrong output",
            )
            WORK.keep(len(action), 0)
            if len(found) == MAX_SCAN:
                raise Malformed(f"over limit: more than {MAX_SCAN} pairs")
            found.add((pair, action))
            queue.append((pair, action))

    for letter, pair in scan.steps.items():
        add(pair, tuple(automaton.move([letter], states)))
    for index, (pair, action) in enumerate(queue):
        for other, after in queue[: index + 1]:  # each two meet when the later one has its turn
            add(scan.combine(pair, other), then(action, after))
            add(scan.combine(other, pair), then(after, action))
    return ""


def check_scan_counterexample(node: Node) -> str:
    """Along this tree the layer does not answer like the automaton."""
    members = node.members(*SCAN, "tree", "output", "expected", *HEAD)
    scan, tree = read_scan(members[:5]), members[5]
    letters: list[str] = []

    def pair_of(part: Node) -> Pair:
        if isinstance(part.value, str):
            letters.append(part.choice(scan.steps))
            return scan.steps[letters[-1]]
        left, right = part.items(2, 2)
        first = pair_of(left)
        return scan.combine(first, pair_of(right))

    output = scan.output(pair_of(tree))
    expected = scan.automaton.outputs[scan.automaton.run(letters)]
    require(output == members[6].output(), f"output: the layer says {shown(output)}")
    require(expected == members[7].output(), f"expected: the automaton says {shown(expected)}")
    require(output != expected, "tree: the layer is right along this tree")
    return ""
