"""Random certificates of several kinds, and changed ones that a checker must reject."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import Any, TypeAlias

from hypothesis import strategies as st

from monoscan.automata import Automaton
from monoscan.proofs_check.certificates.counterexample import counterexample
from monoscan.proofs_check.certificates.exhaustive import exhaustive
from monoscan.proofs_check.certificates.matrix_fact import (
    IsProduct,
    MatrixFact,
    NormAtMostOne,
    matrix_fact,
)
from monoscan.proofs_check.certificates.monoid import monoid
from monoscan.proofs_check.certificates.obstruction import obstruction_certificate
from monoscan.proofs_check.certificates.recognizer import recognizer
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.strategies.changes import changes
from monoscan.strategies.errors import need
from monoscan.strategies.finite_networks import FiniteNetwork, finite_networks
from monoscan.strategies.formats import number_formats
from monoscan.strategies.languages import languages
from monoscan.strategies.numbers import directions
from monoscan.theory.decide import Recognised, Refuted, decide
from monoscan.theory.lemmas import find
from monoscan.theory.matrix import Matrix
from monoscan.theory.scalar_maps import SLOW_CENSUS_LIMIT, census
from monoscan.theory.transition import Householder, transition_matrix

Json: TypeAlias = Any
Body: TypeAlias = dict[str, Json]
Certificates: TypeAlias = st.SearchStrategy[Certificate]


@dataclass(frozen=True)
class Mutant:
    """A certificate that no checker may accept.

    Attributes:
        certificate: The one that it was made from.
        text: The file of the changed one.
        label: What was changed.
    """

    certificate: Certificate
    text: str
    label: str


def certificates(kinds: Sequence[str] | None = None) -> Certificates:
    """Certificates that the checker accepts: `valid`, or `incomplete` where they name a lemma.

    Args:
        kinds: Some of `CERTIFICATE_KINDS`; None: all of them.

    Raises:
        EmptySetError: If there is no kind, or no strategy knows one.

    >>> from hypothesis import find
    >>> found = find(certificates(["monoid"]), lambda c: c.body["property"] == "not-aperiodic")
    >>> found.kind, found.body["evidence"]["type"]
    ('monoid', 'cycle')
    """
    return st.one_of([_MADE[kind]() for kind in _known(kinds)])


def mutants(kinds: Sequence[str] | None = None) -> st.SearchStrategy[Mutant]:
    """Certificates that were changed so that a checker must reject them.

    Either one place was changed and the digest was left; or the file was sealed again and says
    something that is false, or is not of the format.

    Args:
        kinds: Some of `CERTIFICATE_KINDS`; None: all of them.

    Raises:
        EmptySetError: If there is no kind, or no strategy knows one.

    >>> from hypothesis import find
    >>> mutant = find(mutants(["exhaustive"]), lambda mutant: mutant.label.startswith("sealed"))
    >>> mutant.certificate.kind
    'exhaustive'
    """
    return certificates(kinds).flatmap(_mutants_of)


def _known(kinds: Sequence[str] | None) -> Sequence[str]:
    if kinds is None:
        return CERTIFICATE_KINDS
    need(len(kinds) > 0, f"no kind of certificates: expected some of {', '.join(_MADE)}")
    for kind in kinds:
        need(kind in _MADE, f"certificates of the kind {kind!r}: expected {', '.join(_MADE)}")
    return kinds


# --- certificates of each kind ------------------------------------------------------------------


def _networks() -> st.SearchStrategy[FiniteNetwork]:
    semantics, depth = st.sampled_from(["exact", "seq-round", "op-round"]), st.integers(1, 2)
    return st.tuples(semantics, depth).flatmap(lambda two: finite_networks(two[0], depth=two[1]))


def _recognizer(network: FiniteNetwork) -> Certificate:
    found = decide(network.lrnn, network.semantics, network.language)
    assert isinstance(found, Recognised), found
    return recognizer(network.lrnn, network.semantics, network.language, found)


@st.composite
def _counterexamples(draw: st.DrawFn) -> Certificate:
    """A network, and a language that differs from its own in one state of the automaton."""
    network = draw(_networks())
    own = network.language
    outputs = list(own.outputs)
    outputs[draw(st.integers(0, own.n_states - 1))] = "another"
    other = Automaton(own.alphabet, own.table, outputs)
    found = decide(network.lrnn, network.semantics, other)
    assert isinstance(found, Refuted), found
    return counterexample(network.lrnn, network.semantics, other, found.word)


def _obstructions() -> Certificates:
    """A group of at least two elements, which no network with a spectrum >= 0 can track."""
    tracked = languages("group").filter(lambda automaton: automaton.n_states > 1)
    classes = st.sampled_from(["diagonal-nonnegative", "householder-nonnegative"])

    def certificate(automaton: Automaton, model_class: str) -> Certificate:
        found = find(automaton, model_class)
        assert found is not None, (automaton, model_class)
        return obstruction_certificate(found)

    return st.builds(certificate, tracked, classes)


def _monoids() -> Certificates:
    def certificate(automaton: Automaton, property_name: str) -> Certificate:
        found = monoid(automaton, property_name)
        assert found is not None, (automaton, property_name)
        return found

    groups = languages("group").filter(lambda automaton: automaton.n_states > 1)
    return st.one_of(
        st.builds(certificate, languages("r-trivial"), st.just("aperiodic")),
        st.builds(certificate, groups, st.just("not-aperiodic")),
    )


@st.composite
def _matrix_facts(draw: st.DrawFn) -> Certificate:
    """A product of generalised Householder matrices, with its factors and the bound of its norm."""
    size = draw(st.integers(1, 3))
    betas = st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(1), Fraction(2)])
    factor = st.builds(Householder, directions(size), betas)
    factors = tuple(draw(st.lists(factor, min_size=1, max_size=3)))
    matrix = reduce(Matrix.__matmul__, map(transition_matrix, factors))
    facts: list[MatrixFact] = [IsProduct(factors, "factors-in-0-2"), NormAtMostOne()]
    return matrix_fact(matrix, facts)


def _censuses() -> Certificates:
    small = number_formats().filter(lambda form: len(form.values()) <= SLOW_CENSUS_LIMIT)
    return small.map(lambda form: exhaustive(census(form)))


_MADE: dict[str, Callable[[], Certificates]] = {
    "recognizer": lambda: _networks().map(_recognizer),
    "counterexample": _counterexamples,
    "obstruction": _obstructions,
    "monoid": _monoids,
    "matrix-fact": _matrix_facts,
    "exhaustive": _censuses,
}
CERTIFICATE_KINDS: Sequence[str] = tuple(_MADE)
"""The kinds of certificates that `certificates` and `mutants` know."""

# --- changes that no checker may accept ---------------------------------------------------------


@st.composite
def _mutants_of(draw: st.DrawFn, certificate: Certificate) -> Mutant:
    if draw(st.booleans()):
        made = list(_false(certificate.body))
        body, label = made[draw(st.integers(0, len(made) - 1))]
        return Mutant(certificate, Certificate(certificate.kind, body).text(), f"sealed: {label}")
    stale = list(changes(json.loads(certificate.text())))
    change = stale[draw(st.integers(0, len(stale) - 1))]
    return Mutant(certificate, json.dumps(change.certificate), change.label)


def _false(body: Mapping[str, Json]) -> Iterator[tuple[Body, str]]:
    """Bodies that are not of the format, or say something false; and what was changed."""
    yield {**body, "extra": "0"}, "a member that the format does not have"
    for key in body:
        if key != "terms":  # the only one that may be left out
            rest = {other: value for other, value in body.items() if other != key}
            yield rest, f"without the member {key}"
    yield {**body, "version": "0"}, "a version that there is not"
    yield {**body, "kind": "no-such-kind"}, "a kind that there is not"
    yield from _FALSE_OF_KIND[body["kind"]](body)


def _false_recognizers(body: Mapping[str, Json]) -> Iterator[tuple[Body, str]]:
    language = body["automaton"]
    for state in range(len(language["outputs"])):
        outputs = [
            "another" if number == state else output
            for number, output in enumerate(language["outputs"])
        ]
        changed = {**body, "automaton": {**language, "outputs": outputs}}
        yield changed, f"the language answers otherwise in state {state}"
    for number in range(len(body["states"])):
        rest = [state for place, state in enumerate(body["states"]) if place != number]
        yield {**body, "states": rest}, f"state {number} of the network is not listed"


def _false_counterexamples(body: Mapping[str, Json]) -> Iterator[tuple[Body, str]]:
    yield {**body, "outputs": ["no output"]}, "the network answers something else"
    yield {**body, "expected": ["no output"]}, "the language answers something else"
    yield {**body, "expected": body["outputs"]}, "the language answers like the network"


def _false_obstructions(body: Mapping[str, Json]) -> Iterator[tuple[Body, str]]:
    yield {**body, "lemma": "no-such-lemma"}, "a lemma that there is not"


def _false_monoids(body: Mapping[str, Json]) -> Iterator[tuple[Body, str]]:
    opposite = "aperiodic" if body["property"] == "not-aperiodic" else "not-aperiodic"
    yield {**body, "property": opposite}, "the opposite property"


def _false_matrix_facts(body: Mapping[str, Json]) -> Iterator[tuple[Body, str]]:
    fact = {"fact": "rank-of-gap", "rank": str(len(body["matrix"]) + 1)}
    yield {**body, "facts": [*body["facts"], fact]}, "a rank above the number of rows"


def _false_censuses(body: Mapping[str, Json]) -> Iterator[tuple[Body, str]]:
    for key in ("values", "triples", "nonnegative-max-period", "signed-max-period"):
        yield {**body, key: str(int(body[key]) + 1)}, f"one more in {key}"


_FALSE_OF_KIND: dict[str, Callable[[Mapping[str, Json]], Iterator[tuple[Body, str]]]] = {
    "recognizer": _false_recognizers,
    "counterexample": _false_counterexamples,
    "obstruction": _false_obstructions,
    "monoid": _false_monoids,
    "matrix-fact": _false_matrix_facts,
    "exhaustive": _false_censuses,
}
