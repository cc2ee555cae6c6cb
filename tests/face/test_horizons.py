"""Horizons on the face: the length, the word, the certificates, and what is said of them."""

import pytest

import monoscan as ms
from monoscan.errors import BadInput, BadValue
from monoscan.face.checking import certify
from monoscan.theory.constructions.registry import get_construction
from monoscan.theory.formats import FormatError, get_format

MOD_5 = ms.language("count-mod-5")
ROTATION = get_construction("cyclic-rotation-two-gh").build(MOD_5.automaton)


def test_a_finite_horizon_has_two_certificates() -> None:
    found = ms.horizon(ROTATION, MOD_5, "bf16")
    assert (found.length, found.exit_code if found.checked else None) == (119, None)
    assert found.network.lrnn != ROTATION
    assert "The shortest word on which it fails has 120 letters: 1111" in repr(found)
    assert "rounded to the format first" in found.lines()[-2]
    with pytest.raises(ValueError, match="Not checked"):
        found.table()
    checked = certify(found)
    assert (checked.exit_code, sorted(checked.certificates)) == (1, ["failing-word", "horizon"])
    assert checked.table().title == "finite horizon"
    assert checked.to_json()["certified"] == 119


def test_all_lengths_and_a_length_by_balls() -> None:
    always = certify(ms.horizon(ROTATION, MOD_5, get_format("fp16")))
    assert (always.length, always.failing_word, always.exit_code) == ("all", None, 0)
    assert "closed under every letter" in repr(always)
    bounded = ms.horizon(ROTATION, MOD_5, "fp32", "fused", max_states=9, max_word=0)
    checked = certify(bounded)
    assert isinstance(bounded.length, int)
    assert bounded.length > 10_000
    assert checked.exit_code == 3
    assert "balls of states, whose radius grows" in repr(checked)
    assert bounded.to_json()["proof"] == "balls"


def test_exact_arithmetic_and_wrong_from_the_start() -> None:
    net = ms.construct("parity", "deltanet, extended").network
    assert ms.horizon(net, "parity").length == "all"
    wrong = certify(ms.horizon(net, ms.regex("0*1(0|1)*", "01")))
    assert (wrong.length, wrong.failing_word, wrong.certificate) == (None, "ε", None)
    assert wrong.exit_code == 1
    assert "wrong on the empty word" in repr(wrong)


def test_states_that_outgrow_floats_are_followed_as_far_as_the_budget_goes() -> None:
    """h <- 1000 h + 1 on 1; beyond 10^308 there are no centres to look for."""
    readings = {"bits": "1", "output": True}, {"bits": "0", "output": False}
    functional = {"weights": [1], "relation": ">=", "bound": 0}
    case = {"on": ["1"], "A": {"kind": "diagonal", "entries": [1000]}, "B": [1]}
    readout = {"kind": "threshold", "functionals": [functional], "table": list(readings)}
    layer = {"initial": [1], "cases": [case], "readout": readout}
    net = ms.network({"alphabet": ["1"], "layers": [layer]})
    found = ms.horizon(net, ms.regex("1*", "1"), max_states=200, max_word=20)
    assert (found.length, found.failing_word) == (199, None)


def test_bad_input() -> None:
    with pytest.raises(BadInput, match="the same letters"):
        ms.horizon(ROTATION, ms.regex("a", "a"), "bf16")
    with pytest.raises(BadInput, match="exact arithmetic has no order"):
        ms.horizon(ROTATION, MOD_5, order="fused")
    with pytest.raises(BadValue, match="expected one of operations"):
        ms.horizon(ROTATION, MOD_5, "bf16", "diagonal")
    with pytest.raises(FormatError, match="did you mean"):
        ms.horizon(ROTATION, MOD_5, "bf17")


def test_a_decision_takes_an_order() -> None:
    always = ms.decide(ROTATION, MOD_5, number_format="bf16", order="matrix")
    assert (always.verdict, "rounded to the format first" in repr(always)) == ("proved", True)
    mixed = ms.certify(ms.decide(ROTATION, MOD_5, number_format="bf16", order="mixed"))
    assert (mixed.verdict, len(mixed.word or "")) == ("refuted", 130)
    with pytest.raises(BadInput, match="two ways"):
        ms.decide(ROTATION, MOD_5, "op-round", "bf16", order="mixed")
    with pytest.raises(BadInput, match="name a number format"):
        ms.decide(ROTATION, MOD_5, order="mixed")
