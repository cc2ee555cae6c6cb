"""No lemma forbids what a network does, if the checker says that the network is in its class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from random import Random

import pytest
from helpers.certificate_parts import load_checker
from helpers.effort import drawn

from monoscan.automata import BudgetExceeded
from monoscan.proofs_check.certificates.semantics import semantics_to_json
from monoscan.strategies.finite_networks import (
    Draw,
    FiniteNetwork,
    narrow_deltas,
    random_network,
    simplex_symmetries,
)
from monoscan.theory.lemmas import Depth, Obstruction, find, get_lemma, lemmas
from monoscan.theory.lemmas.lemma import Lemma
from monoscan.theory.lrnn import words_up_to
from monoscan.theory.lrnn_json import lrnn_to_json
from monoscan.theory.model_classes import all_model_classes, families

checker = load_checker()
NAMES = sorted(
    {
        pattern.replace("N", number)
        for lemma in lemmas()
        for pattern in lemma.classes
        for number in ("2", "3")
    }
)


def network_of(
    seed: int, semantics: str, depth: int, draws: tuple[Draw, ...] = (), delays: int = 0
) -> FiniteNetwork | None:
    """The network of a seed; None if it has too many states."""
    random = Random(f"{seed} {semantics} {depth}")
    return random_network(random, semantics, depth, draws, delays=delays)


def granted(explored: FiniteNetwork, names: Sequence[str] = NAMES) -> list[str]:
    """The classes among these that the checker puts the network into."""
    node = checker.Node(lrnn_to_json(explored.lrnn), "")
    network = checker.read_network(node)
    meant = checker.read_semantics(checker.Node(semantics_to_json(explored.semantics), ""))

    def has(*names: str) -> bool:
        try:
            checker.require_properties(network, names, meant)
        except checker.Invalid:
            return False
        return True

    spectral = {"symmetric-spectrum-in-0-1": ("symmetric", "spectrum-in-0-1")}
    known = {**checker.PROPERTIES, **checker.LAYER_PROPERTIES, **spectral}
    return [name for name in names if name in known and has(*spectral.get(name, (name,)))]


def contradictions(
    explored: FiniteNetwork | None, semantics: str, depth: int
) -> Iterator[tuple[str, Obstruction]]:
    """Obstructions for the language of a network, of classes that it is in."""
    if explored is None:
        return
    depths: tuple[Depth, ...] = (depth, depth + 1, "any")
    for name in granted(explored):
        for at in depths:
            with suppress(BudgetExceeded):
                windows = explored.lrnn.windows
                found = find(explored.automaton, name, semantics, at, 5_000, windows)
                if found is not None:
                    yield name, found


CASES = [(semantics, depth) for semantics in ("exact", "seq-round", "op-round") for depth in (1, 2)]


@pytest.mark.parametrize(("semantics", "depth"), CASES)
def test_no_network_contradicts_a_lemma(semantics: str, depth: int) -> None:
    for seed in range(drawn(60)):
        explored = network_of(seed, semantics, depth)
        assert list(contradictions(explored, semantics, depth)) == [], seed


@pytest.mark.slow
@pytest.mark.parametrize(("semantics", "depth"), [*CASES, ("exact", 3)])
@pytest.mark.parametrize("batch", range(10))
def test_no_network_of_many_contradicts_a_lemma(semantics: str, depth: int, batch: int) -> None:
    for seed in range(100 + 150 * batch, 250 + 150 * batch):
        explored = network_of(seed, semantics, depth)
        assert list(contradictions(explored, semantics, depth)) == [], seed


@pytest.mark.parametrize(("semantics", "depth"), CASES)
def test_no_network_with_delays_contradicts_a_lemma(semantics: str, depth: int) -> None:
    for seed in range(drawn(160)):
        explored = network_of(seed, semantics, depth, delays=2)
        assert list(contradictions(explored, semantics, depth)) == [], seed


@pytest.mark.slow
@pytest.mark.parametrize(("semantics", "depth"), [*CASES, ("exact", 3)])
@pytest.mark.parametrize("batch", range(10))
def test_no_network_with_delays_of_many_contradicts_a_lemma(
    semantics: str, depth: int, batch: int
) -> None:
    for seed in range(100 + 150 * batch, 250 + 150 * batch):
        explored = network_of(seed, semantics, depth, delays=2)
        assert list(contradictions(explored, semantics, depth)) == [], seed


def with_delays(depth: int, seeds: range) -> list[FiniteNetwork]:
    found = (network_of(seed, "exact", depth, delays=2) for seed in seeds)
    return [explored for explored in found if explored is not None]


def test_networks_with_delays_have_windows_of_all_kinds_and_are_what_they_are_said_to_be() -> None:
    kinds: Counter[tuple[bool, bool]] = Counter()
    for explored in with_delays(2, range(60)):
        lrnn, language = explored.lrnn, explored.language
        a, b = lrnn.windows
        kinds[a > 1, b > 1] += 1
        read = checker.read_network(checker.Node(lrnn_to_json(lrnn), ""))
        assert checker.windows_of(read, "exact") == lrnn.windows
        for word in words_up_to(lrnn.alphabet, 4):
            assert language.output(word) == lrnn.output(word)
    assert len(kinds) == 4


def test_without_the_rule_on_windows_there_are_contradictions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The positive control: what lemmas without windows say is false with them, for A and for B."""
    networks = with_delays(1, range(250))
    assert not any(list(contradictions(explored, "exact", 1)) for explored in networks)
    monkeypatch.setattr(Lemma, "holds_with", lambda self, windows: True)
    for of_a in (True, False):
        wide = [
            x
            for x in networks
            if (x.lrnn.windows[0] > 1, x.lrnn.windows[1] > 1) == (of_a, not of_a)
        ]
        found = {pair[1].lemma for x in wide for pair in contradictions(x, "exact", 1)}
        assert "one-layer-letter-index" in found
        assert not any(get_lemma(lemma).wide == "AB" for lemma in found)


def test_the_networks_are_in_many_classes_and_have_several_states() -> None:
    seen: Counter[str] = Counter()
    states = []
    for seed in range(60):
        explored = network_of(seed, "exact", 1)
        if explored is not None:
            states.append(explored.automaton.n_states)
            seen.update(granted(explored))
    assert min(seen[name] for name in ("diagonal-nonnegative", "diagonal-real", "householder")) > 5
    assert len(seen) > 15
    assert sum(n > 3 for n in states) > 10


def test_without_the_rule_on_how_matrices_are_written_there_is_a_contradiction(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The positive control: the search does find a DeltaNet of width 1 that counts."""
    found = [network_of(seed, "op-round", 1, (narrow_deltas,)) for seed in range(40)]
    assert not any(list(contradictions(explored, "op-round", 1)) for explored in found)
    others = {k: v for k, v in checker.WRITTEN.items() if k not in checker.ENTRY_BY_ENTRY}
    monkeypatch.setattr(checker, "WRITTEN", others)
    assert any(list(contradictions(explored, "op-round", 1)) for explored in found)


def test_without_the_rule_on_heads_there_is_a_contradiction(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The positive control: letters with heads of their own track S5 with two factors a head."""
    found = [network_of(seed, "exact", 1, (simplex_symmetries,)) for seed in range(12)]
    assert not any(list(contradictions(explored, "exact", 1)) for explored in found)
    monkeypatch.setattr(checker, "require_same_heads", lambda layer, where: None)
    pairs = [pair for explored in found for pair in contradictions(explored, "exact", 1)]
    assert {obstruction.lemma for _, obstruction in pairs} == {"s5-four-householders"}
    assert {"householder-product-2", "diagonal-householder"} <= {name for name, _ in pairs}


@pytest.mark.parametrize("depth", [1, 2])
def test_the_package_grants_what_the_checker_grants(depth: int) -> None:
    members = [family.member(n) for family in families() for n in (2, 3)]
    classes = [c for c in (*all_model_classes(), *members) if c.has_exact_networks]
    inside, cut_differently = 0, 0
    for seed in range(160):
        explored = network_of(seed, "exact", depth)
        if explored is None:
            continue
        faults = {c.id: c.outside(explored.lrnn) for c in classes}
        allowed = granted(explored, list(faults))
        assert allowed == [name for name, fault in faults.items() if fault is None], seed
        inside += "householder-product-3" in allowed
        cut_differently += any("the same heads" in (fault or "") for fault in faults.values())
    assert min(inside, cut_differently) > 2
