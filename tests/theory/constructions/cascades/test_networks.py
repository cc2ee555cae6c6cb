"""Each construction on random automata and on the zoo: proved for all lengths, and in its class."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from helpers.cascade_samples import any_automata
from helpers.class_regions import is_member
from helpers.effort import EVERYTHING, examples
from hypothesis import assume, given
from hypothesis import strategies as st

from monoscan.automata import Automaton, BudgetExceeded, canonical, get_language
from monoscan.automata.minimize import minimize
from monoscan.automata.properties.aperiodic import is_aperiodic
from monoscan.automata.properties.definite import is_definite
from monoscan.automata.properties.generalised_definite import is_generalised_definite
from monoscan.automata.properties.quasi_aperiodic import is_quasi_aperiodic
from monoscan.automata.properties.right_regular_band import is_right_regular_band
from monoscan.automata.properties.solvable import is_solvable
from monoscan.automata.properties.two_groups import has_only_two_groups
from monoscan.theory.boxes import BoxInvariant, find_invariant
from monoscan.theory.constructions.cascades.aperiodic import (
    aperiodic_obstacle,
    block_cascade,
    block_obstacle,
    delay_cascade,
    leaky_cascade,
    nilpotent_cascade,
    written_delay_cascade,
)
from monoscan.theory.constructions.cascades.leaks import leak_cascade
from monoscan.theory.constructions.cascades.mixed import phase_cascade, quasi_aperiodic_obstacle
from monoscan.theory.constructions.cascades.permutations import (
    erased_cascade,
    gated_cascade,
    tracked_cascade,
)
from monoscan.theory.constructions.cascades.registers import register_network
from monoscan.theory.constructions.cascades.solvable import (
    reflection_cascade,
    root_cascade,
    sign_cascade,
    solvable_obstacle,
    two_group_obstacle,
)
from monoscan.theory.constructions.first_and_last_letters import (
    ends_obstacle,
    first_and_last_letters,
)
from monoscan.theory.constructions.last_blocks import (
    band_obstacle,
    last_blocks,
    right_regular_band,
    written_last_blocks,
)
from monoscan.theory.constructions.last_letters import (
    last_letters,
    last_letters_fading,
    last_letters_in_layers,
    last_letters_obstacle,
)
from monoscan.theory.constructions.matrices import network_of
from monoscan.theory.constructions.registry import (
    Construction,
    UnsupportedError,
    all_constructions,
    get_construction,
)
from monoscan.theory.constructions.subsequences import subsequences, written_subsequences
from monoscan.theory.explore import Recognises, UndefinedOutputError, explore
from monoscan.theory.lrnn import LRNN, Case, Layer
from monoscan.theory.matrix import Matrix
from monoscan.theory.respelling import classes_of, standard_classes

Build = Callable[..., LRNN]
REGISTERS = (
    "registers",
    "registers-in-window",
    "written-registers",
    "long-written-registers",
    "clocked-registers",
)

BUILDS: dict[str, Build] = {
    "right-regular-band": right_regular_band,
    "last-blocks": last_blocks,
    "written-last-blocks": written_last_blocks,
    "subsequences": subsequences,
    "written-subsequences": written_subsequences,
    "block-cascade": block_cascade,
    "delay-cascade": delay_cascade,
    "written-delay-cascade": written_delay_cascade,
    "last-letters": last_letters,
    "last-letters-fading": last_letters_fading,
    "last-letters-in-layers": last_letters_in_layers,
    "first-and-last-letters": first_and_last_letters,
    "leaky-cascade": leaky_cascade,
    "nilpotent-cascade": nilpotent_cascade,
    "leak-cascade": leak_cascade,
    "sign-cascade": sign_cascade,
    "root-cascade": root_cascade,
    "reflection-cascade": reflection_cascade,
    "tracked-cascade": tracked_cascade,
    "gated-cascade": gated_cascade,
    "erased-cascade": erased_cascade,
    "phase-cascade": phase_cascade,
    **{name: partial(register_network, name) for name in REGISTERS},
}
OURS = [
    *BUILDS,
    "rounded-swaps",
    "scalar-parity",
    "length-and-last-letter",
    "last-letter",
    "last-letters-leak",
    "fading-signs",
    "one-state",
]
ALL_WORDS = Automaton("ab", [[0, 0]], (True,))
LANGUAGES = [
    "parity", "flip-flop", "ends-with-1", "ends-with-ab", "ab-star", "subword-ab",
    "contains-aa-and-bb", "starts-with-a-ends-with-b", "even-pairs", "abab-star",
    "tomita-5", "tomita-7", "dyck-1-2", "aaaa-star",
    "count-mod-3", "count-mod-5", "count-mod-6", "cycle-navigation-5", "cerny-4", "s3", "d4",
]  # fmt: skip
BUDGET = 2_000


@st.composite
def idempotent_automata(draw: st.DrawFn) -> Automaton:
    """Automata on which each letter does the same once and twice."""
    n = draw(st.integers(2, 5))
    columns = []
    for _ in range(draw(st.integers(1, 3))):
        targets = draw(st.lists(st.integers(0, n - 1), min_size=n, max_size=n))
        kept = {target for target in targets if draw(st.booleans())}
        columns.append([t if t in kept and q not in kept else q for q, t in enumerate(targets)])
    outputs = draw(st.lists(st.booleans(), min_size=n, max_size=n))
    return canonical("abc"[: len(columns)], list(zip(*columns, strict=True)), outputs)


def proved(construction: Construction, lrnn: LRNN, automaton: Automaton) -> bool:
    """Whether the network answers like the automaton in all arithmetics it is meant for."""
    assert construction.semantics(automaton)
    for semantics in construction.semantics(automaton):
        if semantics.name == "threshold":  # the states are infinitely many
            found = find_invariant(lrnn, automaton, 20 * BUDGET)
            if not isinstance(found, BoxInvariant):
                return False
            continue
        try:
            if not isinstance(explore(lrnn, semantics, automaton, 20 * BUDGET), Recognises):
                return False
        except UndefinedOutputError:
            return False
    return True


def check(construction: Construction, lrnn: LRNN, automaton: Automaton) -> None:
    assert proved(construction, lrnn, automaton)
    assert construction.depth_for(automaton) in (None, lrnn.depth)
    classes = classes_of(lrnn)
    assert set(classes_of(network_of(construction.matrices_for(automaton)))) <= set(classes)
    assert [c for c in standard_classes() if is_member(lrnn, c.id)] == list(classes)


@pytest.mark.parametrize("id", BUILDS)
@given(automaton=any_automata(max_states=5))
@examples(30, least=4)
def test_random_automata(id: str, automaton: Automaton) -> None:
    construction = get_construction(id)
    try:
        reason = construction.supports(automaton)
        if reason is None:
            check(construction, BUILDS[id](automaton, budget=BUDGET), automaton)
        else:
            with pytest.raises(UnsupportedError) as caught:
                BUILDS[id](automaton)
            assert str(caught.value) == reason
    except BudgetExceeded:
        assume(False)


@given(automaton=idempotent_automata())
@examples(60)
def test_random_automata_with_idempotent_letters(automaton: Automaton) -> None:
    construction = get_construction("block-cascade")
    if construction.supports(automaton) is None:
        check(construction, construction.build(automaton), automaton)


def test_a_neutral_letter_belongs_to_no_block() -> None:
    # Here a would reset a level, did it act by the state above from before the last block.
    automaton = Automaton("abc", [[0, 0, 1], [1, 2, 1], [2, 2, 2]], (False, False, True))
    check(get_construction("block-cascade"), block_cascade(automaton), automaton)
    assert block_cascade(automaton).output("cba") is True


def last_two_letters() -> Automaton:
    """Outputs the last two letters of four: more answers than a level has states."""
    names = ["", *"abcd", *(first + second for first in "abcd" for second in "abcd")]
    table = [[names.index((name + letter)[-2:]) for letter in "abcd"] for name in names]
    return canonical("abcd", table, [name or "none" for name in names])


@pytest.mark.parametrize(
    "id", ["leaky-cascade", "leak-cascade", "nilpotent-cascade", "sign-cascade"]
)
def test_automata_with_many_outputs(id: str) -> None:
    construction, automaton = get_construction(id), last_two_letters()
    check(construction, construction.build(automaton), automaton)


@pytest.mark.parametrize("id", OURS)
def test_zoo(id: str) -> None:
    construction = get_construction(id)
    served = 0
    for automaton in (ALL_WORDS, *(get_language(name).build() for name in LANGUAGES)):
        if served > 2 and not EVERYTHING:
            break
        if construction.supports(automaton) is None:
            check(construction, construction.build(automaton), automaton)
            served += 1
    assert served


def test_every_construction_of_this_package_is_tested() -> None:
    published = "monoscan.theory.constructions.published"
    ours = {c.id for c in all_constructions() if not c.supports.__module__.startswith(published)}
    assert ours == set(OURS)


def as_modulo(automaton: Automaton, m: int) -> Automaton:
    """The automaton with states that also tell the length modulo m."""
    n = automaton.n_states
    table = [
        [target * m + (phase + 1) % m for target in row]
        for row in automaton.table.tolist()
        for phase in range(m)
    ]
    return canonical(automaton.alphabet, table, [f"{q % m}:{q // m}" for q in range(n * m)])


@given(automaton=any_automata(max_states=3), m=st.integers(2, 5))
@examples(40)
def test_random_automata_that_tell_the_length(automaton: Automaton, m: int) -> None:
    construction = get_construction("phase-cascade")
    both = as_modulo(automaton, m)
    assert (construction.supports(both) is None) == bool(is_quasi_aperiodic(both))
    if construction.supports(both) is None:
        lrnn = construction.build(both)
        assert proved(construction, lrnn, both)
        assert is_member(lrnn, "mixed-diagonal")


@given(automaton=any_automata(max_states=4))
def test_random_languages_of_length_and_last_letter(automaton: Automaton) -> None:
    construction = get_construction("length-and-last-letter")
    if construction.supports(automaton) is None:
        check(construction, construction.build(automaton), automaton)


@given(automaton=any_automata(max_states=5))
@examples(100)
def test_what_is_supported_is_what_the_algebra_says(automaton: Automaton) -> None:
    letters = minimize(automaton).table.T.tolist()
    idempotent = all(column[target] == target for column in letters for target in column)
    try:
        aperiodic = bool(is_aperiodic(automaton))
        assert (aperiodic_obstacle(automaton) is None) == aperiodic
        assert (block_obstacle(automaton) is None) == (aperiodic and idempotent)
        assert (last_letters_obstacle(automaton) is None) == bool(is_definite(automaton))
        assert (ends_obstacle(automaton) is None) == bool(is_generalised_definite(automaton))
        assert (band_obstacle(automaton) is None) == bool(is_right_regular_band(automaton))
        assert (two_group_obstacle(automaton) is None) == bool(has_only_two_groups(automaton))
        assert (quasi_aperiodic_obstacle(automaton) is None) == bool(is_quasi_aperiodic(automaton))
        assert (solvable_obstacle(automaton, 31) is None) == bool(is_solvable(automaton))
    except BudgetExceeded:
        assume(False)


@pytest.mark.parametrize(
    ("id", "language", "reason"),
    [
        ("right-regular-band", "ends-with-ab", "only the last occurrences of letters matter"),
        ("last-blocks", "tomita-7", "blocks of at most 4 letters overwrite or keep"),
        ("last-blocks", "parity", "not aperiodic: the word 1 counts"),
        ("written-last-blocks", "tomita-4", "blocks of at most 4 letters overwrite or keep"),
        ("block-cascade", "dyck-1-2", "twice does not lead where it leads once"),
        ("delay-cascade", "parity", "not aperiodic: its cascade has groups of order 2"),
        ("last-letters", "starts-with-a", "is not definite: no fixed number of last letters"),
        ("first-and-last-letters", "flip-flop", "no fixed number of first and last letters"),
        ("leaky-cascade", "parity", "not aperiodic: its cascade has groups of order 2"),
        ("sign-cascade", "s3", "not all groups of the language are 2-groups"),
        ("root-cascade", "a5", "are solvable: its cascade has simple groups of order 60"),
        ("reflection-cascade", "a5", "are solvable: its cascade has simple groups of order 60"),
        ("phase-cascade", "parity", "not quasi-aperiodic: 1 counts among the words of its length"),
        ("length-and-last-letter", "parity", "words of length 2 with the last letter 0 lead to"),
        (
            "length-and-last-letter",
            "starts-with-a",
            "words of length 2 with the last letter a lead",
        ),
        ("scalar-parity", "tomita-5", "the minimal automaton has 4 states; a parity has two"),
        ("scalar-parity", "flip-flop", "neither keeps nor swaps the two states"),
    ],
)
def test_reasons(id: str, language: str, reason: str) -> None:
    automaton = get_language(language).build()
    found = get_construction(id).supports(automaton)
    assert found is not None
    assert reason in found
    with pytest.raises(UnsupportedError, match=reason.split(":")[0]):
        get_construction(id).build(automaton)


@pytest.mark.parametrize(
    ("id", "language", "layers"),
    [
        ("registers", "starts-with-a", 2),
        ("registers", "a-to-e-plus", 2),
        ("registers", "tomita-7", 4),
        ("registers", "ends-with-ab", None),  # a letter twice does not do what it does once
        ("registers-in-window", "contains-aa-and-bb", 1),
        ("registers-in-window", "dyck-1-2", 2),
        ("registers-in-window", "parity", None),
        ("registers-in-window", "tomita-4", 2),
        ("written-registers", "tomita-4", 3),
        ("long-written-registers", "tomita-4", 2),
        ("clocked-registers", "ends-with-ab", 2),
        ("clocked-registers", "no-two-consecutive-ones", 3),
    ],
)
def test_layers_of_registers(id: str, language: str, layers: int | None) -> None:
    construction, automaton = get_construction(id), get_language(language).build()
    if layers is None:
        assert construction.supports(automaton) == "no few layers of registers were found for it"
    else:
        assert construction.build(automaton).depth == construction.depth_for(automaton) == layers


def test_primes_beyond_the_fields_are_named() -> None:
    large = get_language("count-mod-37").build()
    for id in ("root-cascade", "reflection-cascade"):
        reason = get_construction(id).supports(large)
        assert reason is not None
        assert "prime order 37" in reason


@pytest.mark.parametrize(
    ("build", "language", "budget", "what"),
    [
        (right_regular_band, "flip-flop", 1, "joint states of the network"),
        (sign_cascade, "ends-with-ab", 7, "joint states of the network"),
        (sign_cascade, "tomita-5", 2, "joint states of the network"),
    ],
)
def test_budgets(build: Build, language: str, budget: int, what: str) -> None:
    with pytest.raises(BudgetExceeded, match=what):
        build(get_language(language).build(), budget=budget)


@pytest.mark.parametrize(
    ("id", "language", "depth", "windows"),
    [
        ("delay-cascade", "ends-with-ab", 2, (1, 2)),
        ("delay-cascade", "tomita-4", 3, (2, 2)),
        ("delay-cascade", "flip-flop", 1, (1, 1)),
        ("written-delay-cascade", "tomita-4", 5, (1, 2)),
        ("last-letters", "ends-with-ab", 1, (1, 2)),
        ("last-blocks", "tomita-4", 1, (3, 3)),
        ("last-blocks", "contains-aa-and-bb", 1, (2, 2)),
        ("last-blocks", "starts-with-a", 1, (2, 2)),
        ("last-letters", "finite-ab-ba", 1, (1, 3)),
        ("last-letters-fading", "finite-ab-ba", 1, (1, 4)),
        ("last-letters-in-layers", "finite-ab-ba", 2, (1, 2)),
        ("first-and-last-letters", "even-pairs", 1, (1, 2)),
        ("first-and-last-letters", "finite-ab-ba", 4, (1, 2)),
    ],
)
def test_how_far_back_a_network_looks(
    id: str, language: str, depth: int, windows: tuple[int, int]
) -> None:
    lrnn = get_construction(id).build(get_language(language).build())
    assert (lrnn.depth, lrnn.windows) == (depth, windows)


def with_input(lrnn: LRNN, level: int, place: int) -> LRNN:
    """The network with 1 added to the first input of one case of one layer."""
    layer = lrnn.recurrent[level + 1]
    symbol = list(layer.cases)[place]
    case = layer.cases[symbol]
    first = case.input.rows[0][0] + 1
    changed = Matrix(((first,), *case.input.rows[1:]))
    cases = {**layer.cases, symbol: Case(case.transition, changed)}
    new = Layer(layer.initial, cases, layer.readout, layer.reads)
    return LRNN(lrnn.alphabet, (*lrnn.layers[:level], new, *lrnn.layers[level + 1 :]))


def mutants(lrnn: LRNN, level: int) -> Iterator[LRNN]:
    for place in range(min(4, len(lrnn.recurrent[level + 1].cases))):
        yield with_input(lrnn, level, place)


@pytest.mark.parametrize(
    ("id", "language"),
    [
        ("right-regular-band", "flip-flop"),
        ("block-cascade", "even-pairs"),
        ("delay-cascade", "tomita-4"),
        ("written-delay-cascade", "ends-with-ab"),
        ("last-letters", "ends-with-ab"),
        ("last-letters-fading", "ends-with-ab"),
        ("last-letters-in-layers", "finite-ab-ba"),
        ("first-and-last-letters", "finite-ab-ba"),
        ("leaky-cascade", "ends-with-ab"),
        ("nilpotent-cascade", "contains-aa-and-bb"),
        ("sign-cascade", "tomita-7"),
        ("root-cascade", "s3"),
        ("reflection-cascade", "cerny-4"),
        ("tracked-cascade", "cerny-4"),
        ("gated-cascade", "s3"),
        ("erased-cascade", "s3"),
        ("phase-cascade", "abab-star"),
        ("length-and-last-letter", "aaaa-star"),
    ],
)
def test_a_change_in_any_layer_is_noticed(id: str, language: str) -> None:
    construction, automaton = get_construction(id), get_language(language).build()
    lrnn = construction.build(automaton)
    for level in (number - 1 for number in lrnn.recurrent):
        noticed = [not proved(construction, m, automaton) for m in mutants(lrnn, level)]
        assert any(noticed), f"layer {level + 1}"
