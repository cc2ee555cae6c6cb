"""Rows about one network: it recognises a language, or it is wrong on a word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from monoscan.automata import format_word
from monoscan.proofs_check.by_hand import one_layer_cycle
from monoscan.proofs_check.certificates.boxes import boxes
from monoscan.proofs_check.certificates.counterexample import counterexample
from monoscan.proofs_check.certificates.recognizer import recognizer
from monoscan.proofs_check.certificates.region import Property
from monoscan.proofs_check.claim import (
    Direction,
    Evidence,
    EvidenceMissingError,
    Row,
    Setting,
    Status,
)
from monoscan.proofs_check.rows.target import Target, about_target, target_automaton
from monoscan.theory.constructions.registry import get_construction
from monoscan.theory.decide import Budget, Enclosed, Recognised, decide
from monoscan.theory.explore import Disagrees, explore
from monoscan.theory.lrnn import LRNN
from monoscan.theory.lrnn_json import lrnn_to_json
from monoscan.theory.model_classes import get_model_class
from monoscan.theory.respelling import written_in
from monoscan.theory.semantics import Exact, ExactThreshold, Semantics


def recognises(
    key: str,
    statement: str,
    model_class: str,
    make: Callable[[], LRNN],
    target: Target,
    *,
    properties: tuple[Property, ...] = (),
    semantics: Semantics[Any] | None = None,
    direction: Direction = Direction.FOR,
    max_states: int = Budget.states,
    depth: int | None = None,
    traced: str = "",
) -> Row:
    """A row with one network that recognises a language at all lengths.

    Args:
        key: of the row.
        statement: what the row says.
        model_class: the network in words.
        make: builds it.
        target: a language id, or a function that builds the automaton.
        properties: what its certificate proves of every transition matrix.
        semantics: exact if not given.
        direction: `AGAINST` if the network refutes the claim; the row is then refuted.
        max_states: budget of joint states.
        depth: how many layers the network must have, if the row says so.
        traced: a letter along which the states are written out for a person to redo.
    """
    chosen = Exact() if semantics is None else semantics

    def build(_setting: Setting) -> Evidence:
        lrnn, automaton = make(), target_automaton(target)
        if depth is not None and lrnn.depth != depth:
            raise EvidenceMissingError(f"expected {depth} layers; the network has {lrnn.depth}")
        found = decide(lrnn, chosen, automaton, Budget(states=max_states))
        if not isinstance(found, Recognised):
            raise EvidenceMissingError(f"expected a network that recognises; found {found}")
        layers = "1 layer" if lrnn.depth == 1 else f"{lrnn.depth} layers"
        return Evidence(
            {"": recognizer(lrnn, chosen, automaton, found, properties)},
            f"bisimulation, {layers}, {len(found.states)} joint states",
        )

    return Row(
        key=key,
        semantics=chosen.name,
        model_class=model_class,
        statement=statement,
        expected=Status.PROVED if direction is Direction.FOR else Status.REFUTED,
        direction=direction,
        kind="recognizer",
        requires=partial(about_target, target),
        build=build,
        properties=properties,
        trace=(lambda: one_layer_cycle(make(), chosen, traced)) if traced else tuple,
    )


def enclosed(
    key: str,
    statement: str,
    model_class: str,
    make: Callable[[], LRNN],
    target: Target,
    *,
    properties: tuple[str, ...] = (),
) -> Row:
    """A row with a network of infinitely many states that recognises a language, under `threshold`.

    Args:
        key: of the row.
        statement: what the row says.
        model_class: the network in words.
        make: builds it.
        target: a language id, or a function that builds the automaton.
        properties: what its certificate proves of every transition matrix.
    """

    def build(_setting: Setting) -> Evidence:
        lrnn, automaton = make(), target_automaton(target)
        found = decide(lrnn, ExactThreshold(), automaton)
        if not isinstance(found, Enclosed):
            raise EvidenceMissingError(f"expected boxes that enclose the states; found {found}")
        layers = "1 layer" if lrnn.depth == 1 else f"{lrnn.depth} layers"
        return Evidence(
            {"": boxes(lrnn, automaton, found.invariant, properties)},
            f"invariant of boxes, {layers}, {len(found.invariant.cells)} cells",
        )

    return Row(
        key=key,
        semantics=ExactThreshold.name,
        model_class=model_class,
        statement=statement,
        expected=Status.PROVED,
        direction=Direction.FOR,
        kind="boxes",
        requires=partial(about_target, target),
        build=build,
        properties=properties,
    )


def fails(
    key: str,
    statement: str,
    model_class: str,
    make: Callable[[], LRNN],
    target: Target,
    *,
    properties: tuple[str, ...] = (),
    semantics: Semantics[Any] | None = None,
    direction: Direction = Direction.AGAINST,
    max_states: int = Budget.states,
) -> Row:
    """A row with one network that is wrong on a word, the shortest one.

    Args:
        key: of the row.
        statement: what the row says.
        model_class: the network in words.
        make: builds it.
        target: a language id, or a function that builds the automaton.
        properties: what its certificate proves of every transition matrix.
        semantics: exact if not given.
        direction: `AGAINST` if the failure refutes the claim; the row is then refuted.
        max_states: budget of joint states.
    """
    chosen = Exact() if semantics is None else semantics

    def build(_setting: Setting) -> Evidence:
        lrnn, automaton = make(), target_automaton(target)
        found = explore(lrnn, chosen, automaton, max_states)
        if not isinstance(found, Disagrees):
            raise EvidenceMissingError(f"expected a word on which the network fails; found {found}")
        word = format_word(found.word, automaton.alphabet)
        return Evidence(
            {"": counterexample(lrnn, chosen, automaton, found.word, properties)},
            f"wrong on {word}: {found.output}, not {found.expected}",
        )

    return Row(
        key=key,
        semantics=chosen.name,
        model_class=model_class,
        statement=statement,
        expected=Status.PROVED if direction is Direction.FOR else Status.REFUTED,
        direction=direction,
        kind="counterexample",
        requires=partial(about_target, target),
        build=build,
        properties=properties,
    )


def built(construction: str, target: Target, model_class: str = "") -> Callable[[], LRNN]:
    """Makes the network of a construction for a language, when it is called.

    Args:
        construction: its id.
        target: the language.
        model_class: id of a class in whose parameters the network is to be written, if it is not
            to be as the construction writes it.

    >>> built("scalar-parity", "parity")().output("0110")
    True
    """

    def build() -> LRNN:
        lrnn = get_construction(construction).build(target_automaton(target))
        if not model_class:
            return lrnn
        found = written_in(lrnn, get_model_class(model_class))
        assert found is not None, f"the network of {construction} does not lie in {model_class}"
        return found

    return build


def about_network(row: Row, make: Callable[[], LRNN]) -> Row:
    """The row, which now takes certificates about this very network only.

    For rows whose words say more of a network than its properties do: an entry 3/4, or that two
    rows are about the same matrices.

    Args:
        row: a row of `recognises` or `fails`.
        make: builds the network.
    """
    required = row.requires

    def requires() -> dict[str, Any]:
        old = required() if callable(required) else required
        return {**old, "lrnn": lrnn_to_json(make())}

    return replace(row, requires=requires)
