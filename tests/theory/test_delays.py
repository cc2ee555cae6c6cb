"""Delays: what they hand on, the windows of a network, and all that runs a network with them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from helpers.certificate_parts import load_checker
from helpers.delayed_networks import DELAYED, LETTERS, SEEN, scalar
from helpers.effort import examples
from helpers.naive_network import answer, semantics_json
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import Automaton, complement
from monoscan.proofs_check.certificates.counterexample import counterexample, inseparable_words
from monoscan.proofs_check.certificates.recognizer import recognizer
from monoscan.strategies.formats import semantics_of
from monoscan.strategies.networks import networks, networks_of_values
from monoscan.theory.decide import Recognised, Refuted, decide
from monoscan.theory.explore import CachedNetwork
from monoscan.theory.formats import get_format
from monoscan.theory.lasso import Lasso
from monoscan.theory.lrnn import LRNN, Delay, Layer, LRNNError, Symbol, words_up_to
from monoscan.theory.lrnn_json import LRNNFileError, lrnn_from_json, lrnn_to_json
from monoscan.theory.model_classes import get_model_class
from monoscan.theory.respelling import as_householders
from monoscan.theory.response import network_response
from monoscan.theory.semantics import Exact

checker = load_checker()
E2M1 = get_format("e2m1")
SEMANTICS = ["exact", "cast-unrolled", "seq-round", "op-round"]
LAYER = scalar({(x,): (0, 1) for x in LETTERS}, {0: False, 1: True})
DELAY = Delay(0, 1)


@pytest.mark.parametrize("steps", [1, 2, 5])
def test_a_delay_hands_on_what_was_said_so_many_letters_ago(steps: int) -> None:
    delay, queue, handed_on = Delay(0, steps), Delay(0, steps).initial, []
    for letter in "abcdef":
        value, queue = delay.step(queue, letter)
        handed_on.append(value)
    assert handed_on == [None] * steps + list("abcdef")[: 6 - steps]
    assert queue == tuple("abcdef"[6 - steps :])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Delay(-1, 1), "hands on what -1 says; expected 0 for the letter, or"),
        (lambda: Delay(0, 0), "a delay of 0 letters; expected 1 to 64"),
        (lambda: Delay(0, 65), "a delay of 65 letters; expected 1 to 64"),
        (lambda: LRNN(LETTERS, (LAYER, DELAY)), "the last layer is a delay; expected"),
        (lambda: LRNN(LETTERS, (DELAY,)), "the last layer is a delay; expected"),
        (lambda: LRNN(LETTERS, (Delay(1, 1), LAYER)), "a delay of layer 1, which is not below it"),
        (
            lambda: LRNN(LETTERS, (DELAY, Delay(1, 1), LAYER)),
            "layer 2 is a delay of layer 1, which is a delay itself; expected 0",
        ),
        (lambda: LRNN(LETTERS, (DELAY, LAYER)), "outputs of the 1 layers below, 2 in all"),
        (
            lambda: LRNN(LETTERS, (LAYER, scalar({("a", None): (0, 1)}, {0: True}))),
            "layer 2 has a case on (a, null); layer 1 is no delay",
        ),
        (
            lambda: LRNN(LETTERS, (DELAY, scalar({("c", "a"): (0, 1)}, {0: True}))),
            "the letter is not in the alphabet a, b",
        ),
    ],
)
def test_not_well_formed(make: Callable[[], object], message: str) -> None:
    with pytest.raises(LRNNError) as error:
        make()
    assert message in str(error.value)


def test_a_symbol_without_a_case_is_named() -> None:
    lrnn = LRNN(LETTERS, (DELAY, scalar({(x, "a"): (0, 1) for x in LETTERS}, {0: True, 1: False})))
    with pytest.raises(LRNNError, match=r"the symbol \(b, null\), for which it has no case"):
        lrnn.run("b")


@given(networks(delays=1, depth=2, max_rows=2))
@examples(40)
def test_answers_against_the_slow_network(lrnn: LRNN) -> None:
    described = lrnn_to_json(lrnn)
    assert lrnn_from_json(json.loads(json.dumps(described))) == lrnn
    cached = CachedNetwork(lrnn, Exact())
    for word in words_up_to(lrnn.alphabet, 4):
        expected = answer({"name": "exact"}, described, list(word))[1]
        assert lrnn.output(word) == cached.run(word) == expected


@pytest.mark.parametrize("name", SEMANTICS[1:])
@given(data=st.data())
@examples(20)
def test_rounded_answers_against_the_slow_network(name: str, data: st.DataObject) -> None:
    lrnn = data.draw(networks_of_values(E2M1, depth=2, max_rows=1, delays=1))
    semantics, described = semantics_of(name, E2M1), lrnn_to_json(lrnn)
    cached = CachedNetwork(lrnn, semantics)
    for word in words_up_to(lrnn.alphabet, 3):
        expected = answer(semantics_json(name, E2M1), described, list(word))[1]
        assert semantics.output(lrnn, word) == cached.run(word) == expected


@given(networks(delays=1, depth=2, max_rows=2), st.sampled_from(["", "0", "01"]))
@examples(30)
def test_the_behaviour_along_a_periodic_word(lrnn: LRNN, stem: str) -> None:
    word = Lasso(tuple(stem), ("1", "0"))
    found = network_response(lrnn, Exact(), word, 40)
    if found is not None:
        for length in range(1, 12):
            observation = Exact().observe(lrnn, lrnn.run(word.take(length)))
            assert found[length - 1] == observation


@given(
    st.lists(st.integers(1, 3), min_size=1, max_size=3),
    st.lists(st.booleans(), min_size=4, max_size=4),
    st.lists(st.booleans(), min_size=4, max_size=4),
)
def test_windows(steps: list[int], in_a: list[bool], in_b: list[bool]) -> None:
    # A and B are drawn so that each depends on exactly the chosen parts of the symbol.
    def weight(symbol: Symbol, chosen: list[bool]) -> int:
        digits = (SEEN.index(part) if use else 0 for part, use in zip(symbol, chosen, strict=False))
        return sum(digit * 3**place for place, digit in enumerate(digits))

    symbols = product(LETTERS, *[SEEN] * len(steps))
    layer = scalar({s: (weight(s, in_a), weight(s, in_b)) for s in symbols}, {0: True})
    lrnn = LRNN(LETTERS, (*(Delay(0, n) for n in steps), layer))
    expected = tuple(
        1 + max((n for n, use in zip(steps, chosen[1:], strict=False) if use), default=0)
        for chosen in (in_a, in_b)
    )
    assert lrnn.windows == expected
    read = checker.read_network(checker.Node(lrnn_to_json(lrnn), "lrnn"))
    assert checker.windows_of(read, "exact") == expected


def test_the_windows_are_those_of_the_cases_that_there_are() -> None:
    # Of two parts that always change together, the younger one is enough.
    step: dict[Symbol, tuple[int, int]] = {("a", None, None): (1, 0), ("a", "a", None): (0, 0)}
    layer = scalar({**step, ("a", "a", "a"): (0, 0)}, {0: True})
    assert LRNN(("a",), (Delay(0, 1), Delay(0, 2), layer)).windows == (2, 1)


@pytest.mark.parametrize("semantics", SEMANTICS)
@pytest.mark.parametrize("name", DELAYED)
def test_known_networks_are_proved_and_their_certificates_valid(name: str, semantics: str) -> None:
    lrnn, language, windows, model_class = DELAYED[name]()
    assert lrnn.windows == windows
    assert lrnn.depth == sum(isinstance(layer, Layer) for layer in lrnn.layers)
    assert get_model_class(model_class).outside(lrnn) is None
    if name == "open-gates-that-see" and semantics != "exact":
        return  # its numbers are no values of a format, 5/8 times 4/5 is not exact
    chosen = semantics_of(semantics, get_format("e4m3"))
    found = decide(lrnn, chosen, language)
    if semantics == "cast-unrolled" and model_class.endswith("-open"):
        assert not isinstance(found, Recognised)  # the terms of the unrolled sum are not exact
        return
    assert isinstance(found, Recognised)
    certificate = recognizer(lrnn, chosen, language, found, [model_class])
    assert checker.check(certificate.text().encode()).verdict == "valid"
    narrow = {key: value for key, value in certificate.body.items() if key != "windows"}
    assert checker.check(replace(certificate, body=narrow).text().encode()).verdict == "invalid"


@pytest.mark.parametrize("name", DELAYED)
def test_known_networks_fail_on_other_languages(name: str) -> None:
    lrnn, language, *_ = DELAYED[name]()
    other = complement(language)
    found = decide(lrnn, Exact(), other)
    assert isinstance(found, Refuted)
    assert found.word == ()
    made = [counterexample(lrnn, Exact(), other, found.word)]
    if found.pair is not None:
        made.append(inseparable_words(lrnn, Exact(), other, found.pair))
    for certificate in made:
        assert checker.check(certificate.text().encode()).verdict == "valid"


def test_a_table_over_two_letters_does_not_know_the_length() -> None:
    lrnn = DELAYED["ends-with-ab"]().lrnn
    even = Automaton(LETTERS, [[1, 1], [0, 0]], (True, False))
    found = decide(lrnn, Exact(), even)
    assert isinstance(found, Refuted)
    assert found.pair is not None
    certificate = inseparable_words(lrnn, Exact(), even, found.pair, ["diagonal-nonnegative"])
    assert certificate.body["windows"] == ["1", "2"]
    assert checker.check(certificate.text().encode()).verdict == "valid"


def test_a_network_written_anew_keeps_its_delays() -> None:
    lrnn = DELAYED["alternating"]().lrnn
    written = as_householders(lrnn)
    assert written.layers[1] == lrnn.layers[1]
    assert written.windows == lrnn.windows
    assert get_model_class("householder-nonnegative").outside(written) is None


def _file(delay: Any) -> Any:
    described = lrnn_to_json(DELAYED["ends-with-ab"]().lrnn)
    return {**described, "layers": [delay, *described["layers"][1:]]}


@pytest.mark.parametrize("numbers", [(0, 1), ("0", "1")])
def test_numbers_of_a_delay_may_be_strings(numbers: tuple[object, object]) -> None:
    of, steps = numbers
    assert lrnn_from_json(_file({"delay": {"of": of, "steps": steps}})).layers[0] == DELAY


@pytest.mark.parametrize(
    ("delay", "message"),
    [
        ({"delay": 1}, "layers[0].delay: expected an object with the keys of, steps; got 1"),
        ({"delay": {"of": 0}}, "layers[0].delay: the key 'steps' is missing"),
        ({"delay": {"of": 0, "steps": 0}}, "layers[0]: a delay of 0 letters; expected 1 to 64"),
        ({"delay": {"of": 0, "steps": "1/2"}}, "layers[0].delay.steps: expected an integer"),
        ({"delay": {"of": 2, "steps": 1}}, "layer 1 is a delay of layer 2, which is not below it"),
        ({"delay": {"of": None, "steps": 1}}, "layers[0].delay.of: "),
        ({"delay": {"of": 0, "steps": 1, "by": 1}}, "unknown key 'by'; expected of, steps"),
        ({"delay": {"of": 0, "steps": 1}, "reads": []}, "unknown key 'reads'; expected delay"),
        (None, "layers[0]: expected an object"),
    ],
)
def test_a_delay_that_cannot_be_read(delay: Any, message: str) -> None:
    with pytest.raises(LRNNFileError) as error:
        lrnn_from_json(_file(delay))
    assert message in str(error.value)


def test_null_stands_only_for_what_a_delay_hands_on() -> None:
    described = lrnn_to_json(DELAYED["alternating"]().lrnn)
    described["layers"][0]["readout"]["table"][0]["output"] = None
    with pytest.raises(LRNNFileError, match="expected true, false or a string; got None"):
        lrnn_from_json(described)
