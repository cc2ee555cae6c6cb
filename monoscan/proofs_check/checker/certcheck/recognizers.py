"""Kinds recognizer and counterexample: one network against one automaton."""

from __future__ import annotations

from .alike import copies, without_copies
from .automata import Automaton, read_automaton
from .delays import Delay
from .formats import SCANS, Format, Semantics, read_semantics
from .kinds import HEAD
from .limits import MAX_STATES, Invalid, require, shown
from .matrices import Matrix, multiply
from .network_windows import require_windows
from .networks import (
    Joint,
    Layer,
    Moves,
    Network,
    advance,
    final_state,
    read_bits,
    read_network,
    require_admissible,
)
from .reading import Node
from .regions import read_properties, require_properties
from .windows import optional, read_windows


def check_recognizer(node: Node) -> str:
    """The network answers like the automaton on every word."""
    semantics = read_semantics(node.get("semantics"))
    unrolled = semantics.name == "cast-unrolled"
    keys = ["semantics", "lrnn", "automaton", "properties", "states", *["terms"] * unrolled]
    members = node.members(*keys, *HEAD, *optional(node), *copies(node))
    network = read_network(members[1])
    automaton = without_copies(node, read_automaton(members[2]))
    properties = read_properties(members[3])
    layers = network.layers
    items = members[4].items(0, MAX_STATES)
    pairs = [read_pair(item, layers, len(automaton.table)) for item in items]
    recurrent = [layer for _, layer in network.recurrent()]
    lists = members[5].items(len(recurrent), len(recurrent)) if unrolled else []
    terms = [
        [layer.read_state(m) for m in listed.items()]
        for layer, listed in zip(recurrent, lists, strict=False)
    ]
    windows = read_windows(node)

    require(network.alphabet == automaton.alphabet, "lrnn and automaton: different alphabets")
    require_admissible(network, semantics)
    require_properties(network, properties, semantics)
    require_windows(network, windows, semantics.name)
    require_simulation(network, automaton, pairs, semantics)
    if unrolled:
        require_terms(network, terms, semantics.form)
        for index, (joint, _) in enumerate(pairs):
            states = (state for state in joint if isinstance(state, Matrix))
            ok = all(semantics.form.has(state.entries()) for state in states)
            require(ok, f"states[{index}]: an entry is no value of the format")
    return ""


def read_pair(node: Node, layers: list[Layer | Delay], states: int) -> tuple[Joint, int]:
    """A joint state of the network, and a state of the automaton."""
    joint, number = node.members("layers", "automaton")
    state = number.integer()
    if not 0 <= state < states:
        number.fail("no such state of the automaton")
    parts = zip(layers, joint.items(len(layers), len(layers)), strict=True)
    return tuple(layer.read_state(part) for layer, part in parts), state


def require_simulation(
    network: Network, automaton: Automaton, pairs: list[tuple[Joint, int]], semantics: Semantics
) -> None:
    """The listed pairs are exactly the reachable ones, and the outputs agree at each of them."""
    number = {pair: index for index, pair in enumerate(pairs)}
    require(len(number) == len(pairs), "states: a pair is listed twice")
    start: tuple[Joint, int] = (network.initial(), 0)
    require(start in number, "states: the initial pair is not listed")
    seen = [False] * len(pairs)
    queue = [number[start]]
    seen[queue[0]] = True
    moves: Moves = {}
    for index in queue:
        joint, state = pairs[index]
        where = f"states[{index}]"
        last = joint[-1]
        assert isinstance(last, Matrix)
        output = network.last.readout.output(last)
        expected = automaton.outputs[state]
        said = f"output {shown(output)}, the automaton says {shown(expected)}"
        require(output == expected, f"{where}: {said}")
        for letter, successor in zip(automaton.alphabet, automaton.table[state], strict=True):
            place = number.get((advance(network, joint, letter, semantics, moves), successor))
            if place is None:
                raise Invalid(f"{where}: the successor under {shown(letter)} is not listed")
            if not seen[place]:
                seen[place] = True
                queue.append(place)
    unreached = seen.index(False) if not all(seen) else None
    require(unreached is None, f"states[{unreached}]: this pair is not reachable")


def require_terms(network: Network, terms: list[list[Matrix]], form: Format) -> None:
    """Each list holds the layer's terms, all of them values, and every A maps it into itself."""
    layers = (layer for _, layer in network.recurrent())
    for index, (layer, listed) in enumerate(zip(layers, terms, strict=True)):
        where = f"terms[{index}]"
        known = set(listed)
        require(len(known) == len(listed), f"{where}: a term is listed twice")
        require(layer.initial in known, f"{where}: `initial` is not listed")
        for case in layer.cases.values():
            if case.b not in known:
                raise Invalid(f"{where}: the B {case.b} is not listed")
        for term in listed:
            if not form.has(term.entries()):  # `require` would write the term down each time
                raise Invalid(f"{where}: {term} has an entry that is no value")
            for case in layer.cases.values():
                image = multiply(case.a.matrix, term)
                if image not in known:
                    raise Invalid(f"{where}: not closed, {image} is missing")


def check_counterexample(node: Node) -> str:
    """The network fails on one of these words."""
    keys = ("semantics", "lrnn", "automaton", "properties")
    lists = ("words", "observations", "outputs", "expected")
    members = node.members(*keys, *lists, *HEAD, *optional(node))
    semantics, network = read_semantics(members[0], SCANS), read_network(members[1])
    automaton, properties = read_automaton(members[2]), read_properties(members[3])
    words = [item.letters(network.alphabet) for item in members[4].items(1, 2)]
    layer, readout, windows = network.last, network.last.readout, read_windows(node)
    listed = [member.items(len(words), len(words)) for member in members[5:8]]
    bits = readout.functionals
    seen = [read_bits(x, bits) if bits else layer.read_state(x) for x in listed[0]]
    outputs, expected = ([item.output() for item in part] for part in listed[1:])

    require(network.alphabet == automaton.alphabet, "lrnn and automaton: different alphabets")
    require_admissible(network, semantics)
    require_properties(network, properties, semantics)
    require_windows(network, windows, semantics.name)
    for i, word in enumerate(words):
        state = final_state(network, word, semantics)
        observation = readout.observe(state)
        require(observation == seen[i], f"observations[{i}]: found {observation!s:.200}")
        output, wanted = readout.output(state), automaton.outputs[automaton.run(word)]
        require(output == outputs[i], f"outputs[{i}]: the network says {shown(output)}")
        require(wanted == expected[i], f"expected[{i}]: the automaton says {shown(wanted)}")
    if len(words) == 1:
        require(outputs != expected, "words: the network is right on this word")
    else:
        require(seen[0] == seen[1], "observations: the two words are told apart")
        require(expected[0] != expected[1], "expected: the language does not separate the words")
    return ""
