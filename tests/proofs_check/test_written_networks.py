"""Networks that the package writes, read and run by the checker: two programs, one result."""

from typing import Any

import pytest
from helpers.certificate_parts import case, layer, load_checker, network
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import Automaton, get_language
from monoscan.proofs_check.certificates.boxes import boxes
from monoscan.proofs_check.certificates.recognizer import recognizer
from monoscan.theory.constructions.registry import Construction, all_constructions
from monoscan.theory.decide import Enclosed, Recognised, decide
from monoscan.theory.lrnn import field_order
from monoscan.theory.lrnn_json import lrnn_from_json, lrnn_to_json, matrix_to_json
from monoscan.theory.respelling import classes_of

checker = load_checker()
NUMBERS = {
    1: st.sampled_from(["0", "1", "-1", "1/2", "-3/2"]),
    4: st.sampled_from(["0", "1", "-1/2", ["0", "1"], ["1", "-2"]]),
    5: st.sampled_from(["0", "1", "-2", ["0", "1", "0", "0"], ["1", "0", "-1/2", "1"]]),
    12: st.sampled_from(["0", "1", "1/3", ["0", "2", "0", "-1"], ["0", "0", "1", "1"]]),
}


@st.composite
def vectors(draw: st.DrawFn, order: int, size: int) -> Any:
    return draw(st.lists(NUMBERS[order], min_size=size, max_size=size))


@st.composite
def transitions(draw: st.DrawFn, order: int, size: int) -> Any:
    """Every kind; directions are (1, 0, ..., x), whose scalar square is not 0 here."""
    kinds = [kind for kind in checker.TRANSITIONS if size > 1 or kind != "blocks"]
    kind = draw(st.sampled_from(kinds))
    if kind == "diagonal":
        return {"kind": kind, "entries": draw(vectors(order, size))}
    if kind == "dense":
        return {"kind": kind, "rows": [draw(vectors(order, size)) for _ in range(size)]}
    if kind == "blocks":
        return {"kind": kind, "blocks": [draw(transitions(order, 1)) for _ in range(size)]}
    if kind == "gated":
        factor = transitions(order, size).filter(lambda a: a["kind"] in checker.PARTS["gated"])
        return {"kind": kind, "gate": draw(NUMBERS[order]), "factor": draw(factor)}
    if kind == "product":
        factor = transitions(order, size).filter(lambda a: a["kind"] in checker.FACTORS)
        return {"kind": kind, "factors": draw(st.lists(factor, min_size=1, max_size=3))}
    direction, scale, *others = checker.RANK_ONE[kind]
    v = ["1", *draw(vectors(order, size - 1).filter(lambda x: x != [["0", "1"]]))]
    result = {"kind": kind, direction: v, scale: draw(NUMBERS[order])}
    return result | {other: draw(vectors(order, size)) for other in others}


@given(st.sampled_from(sorted(NUMBERS)), st.integers(1, 2), st.data())
def test_the_states_of_random_networks(order: int, size: int, data: st.DataObject) -> None:
    checker.WORK.reset()  # as for each certificate

    def matrix() -> Any:
        return [data.draw(vectors(order, 2)) for _ in range(size)]

    cases = [case([letter], data.draw(transitions(order, size)), matrix()) for letter in "01"]
    start = matrix()
    readout = {"kind": "states", "table": [{"state": start, "output": True}]}
    only = layer(start, cases, readout)
    lrnn = lrnn_from_json(network(only if order == 1 else {**only, "field": str(order)}))
    read = checker.read_network(checker.Node(lrnn_to_json(lrnn), "lrnn"))
    exact = checker.read_semantics(checker.Node({"name": "exact"}, "semantics"))
    for word in ("", "0", "10", "110", "0101"):
        state = matrix_to_json(lrnn.run(word)[-1], field_order(lrnn.layers[-1]))
        expected = read.layers[-1].read_state(checker.Node(state, "state"))
        assert checker.final_state(read, list(word), exact) == expected


ALL_WORDS = Automaton("ab", [[0, 0]], (True,))
LANGUAGES = ["flip-flop", "count-mod-3", "parity", "ends-with-1", "s3-swaps"]


@pytest.mark.parametrize("made", all_constructions(), ids=lambda made: made.id)
def test_a_certificate_of_each_construction_is_valid(made: Construction) -> None:
    automata = [*(get_language(name).build() for name in LANGUAGES), ALL_WORDS]
    automaton = next(automaton for automaton in automata if made.supports(automaton) is None)
    lrnn = made.build(automaton)
    for semantics in made.semantics(automaton):
        found = decide(lrnn, semantics, automaton)
        assert isinstance(found, Recognised | Enclosed)
        found_in = classes_of(lrnn, is_rounded=semantics.name == "op-round")
        classes = [model_class.id for model_class in found_in]
        assert classes
        if isinstance(found, Enclosed):
            written = boxes(lrnn, automaton, found.invariant, classes)
        else:
            written = recognizer(lrnn, semantics, automaton, found, classes)
        assert checker.check(written.text().encode()) == ("valid", written.kind, "")
