"""Constructions are described, found by id, and never registered twice."""

from __future__ import annotations

from itertools import product

import pytest

from monoscan.automata import Automaton, BudgetExceeded, get_language, minimize
from monoscan.registry import UnknownId
from monoscan.theory.constructions.index import INDEX
from monoscan.theory.constructions.matrices import Matrices, diagonal, mirrors, network_of
from monoscan.theory.constructions.parity import scalar_parity
from monoscan.theory.constructions.registry import (
    Construction,
    ConstructionError,
    all_constructions,
    construction,
    get_construction,
)
from monoscan.theory.lrnn import LRNN
from monoscan.theory.model_classes import ModelClass
from monoscan.theory.network_search import MANY_LAYERS
from monoscan.theory.respelling import classes_of, standard_classes, written_in
from monoscan.theory.semantics import Exact

PARITY = get_language("parity").build()


def described(**changes: object) -> Construction:
    fields: dict[str, object] = {
        "id": "nothing-new",
        "statement": "parity",
        "source": "a paper",
        "matrices": diagonal(1, -1),
        "depth": 1,
        "supports": lambda automaton: None,
        "build": lambda automaton: scalar_parity(),
        "semantics": lambda automaton: (Exact(),),
    }
    return Construction(**{**fields, **changes})  # type: ignore[arg-type]


def test_a_description_that_is_right() -> None:
    assert described().matrices_for(PARITY) == diagonal(1, -1)
    chosen = described(matrices=lambda automaton: mirrors(automaton.n_states))
    assert chosen.matrices_for(PARITY) == mirrors(2)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"id": "Nothing New"}, "not in kebab-case"),
        ({"statement": " "}, "has no statement"),
        ({"source": ""}, "has no source"),
        ({"matrices": ()}, "has no matrices"),
        ({"depth": 0}, "has depth 0; a network has at least one layer"),
    ],
)
def test_descriptions_that_are_wrong(changes: dict[str, object], message: str) -> None:
    with pytest.raises(ConstructionError, match=message):
        described(**changes)


def build(_automaton: Automaton) -> LRNN:
    raise AssertionError("never called")


def test_an_id_that_is_taken() -> None:
    get_construction("scalar-parity")
    register = construction(
        "scalar-parity",
        statement="again",
        source="a paper",
        supports=lambda automaton: None,
    )
    with pytest.raises(ValueError, match="two constructions have the id 'scalar-parity'"):
        register(build)


def test_an_unknown_id_names_the_nearest() -> None:
    with pytest.raises(UnknownId, match="no construction 'sign-cascad'; nearest: sign-cascade"):
        get_construction("sign-cascad")
    with pytest.raises(UnknownId, match=r"no construction '\?' \(all of them: monoscan list"):
        get_construction("?")


def test_the_depth_may_depend_on_the_automaton() -> None:
    counter = get_construction("binary-counter")
    depths = [counter.depth_for(get_language(f"count-mod-{m}").build()) for m in (4, 8)]
    assert depths == [2, 3]
    assert get_construction("sign-cascade").depth_for(PARITY) is None
    assert described(depth=2).depth_for(PARITY) == 2
    assert described(depth=lambda automaton: automaton.n_states).depth_for(PARITY) == 2


def test_all_are_listed_once_with_matrices_of_some_class() -> None:
    entries = all_constructions()
    ids = [entry.id for entry in entries]
    assert ids == sorted(set(ids))
    for entry in entries:
        assert get_construction(entry.id) is entry
        if not callable(entry.matrices):
            assert classes_of(network_of(entry.matrices))


def test_a_budget_that_is_reached_is_a_reason() -> None:
    large = get_language("random-20-2-1").build()
    reason = get_construction("root-cascade").supports(large)
    assert reason is not None
    assert reason.startswith("not decided: budget reached: ")
    with pytest.raises(BudgetExceeded):
        get_construction("root-cascade").build(large)


def test_the_index_says_where_each_construction_is() -> None:
    entries = all_constructions()
    assert [entry.id for entry in entries] == sorted(INDEX)
    for entry in entries:
        assert entry.build.__module__ == f"monoscan.theory.constructions.{INDEX[entry.id].file}"


def test_a_construction_that_is_not_in_the_index() -> None:
    with pytest.raises(ConstructionError, match="'nothing-new' has no line in constructions/index"):
        construction("nothing-new", statement="a", source="a", supports=lambda automaton: None)


@pytest.mark.parametrize(
    "language", ["parity", "count-mod-3", "count-mod-5", "s3", "d4", "q8", "tomita-5", "flip-flop"]
)
def test_what_depends_on_the_automaton_is_never_less_than_the_index_says(language: str) -> None:
    automaton = minimize(get_language(language).build())

    def holds(model_class: ModelClass, matrices: Matrices, is_rounded: bool) -> bool:
        return written_in(network_of(matrices), model_class, is_rounded=is_rounded) is not None

    for entry in all_constructions():
        if not (callable(entry.matrices) or callable(entry.depth)) or entry.supports(automaton):
            continue
        outline, needed = INDEX[entry.id], entry.matrices_for(automaton)
        assert (outline.layers or 0) <= (entry.depth_for(automaton) or MANY_LAYERS)
        for model_class, is_rounded in product(standard_classes(), (False, True)):
            if holds(model_class, needed, is_rounded):
                assert holds(model_class, outline.matrices, is_rounded), (entry.id, model_class.id)
