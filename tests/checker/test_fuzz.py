"""Damaged files: never accepted, never a crash, never endless."""

import json
import random

import pytest
from helpers.certificate_samples import (
    EXACT,
    PARITY,
    SAMPLE_MAKERS,
    Certificate,
    Json,
    column,
    diagonal,
    fixed,
    load_checker,
    one_layer,
    seal,
    threshold,
    to_bytes,
)
from hypothesis import given
from hypothesis import strategies as st

checker = load_checker()
FILES = {name: to_bytes(make()) for name, make in SAMPLE_MAKERS.items() if "e4m3" not in name}


def _verdict(certificate: Certificate) -> tuple[str, str]:
    verdict, _, reason = checker.check(json.dumps(seal(certificate)).encode())
    return verdict, reason


@pytest.mark.parametrize("name", FILES)
def test_truncated_files(name: str) -> None:
    data = FILES[name].rstrip()
    for end in range(0, len(data), 7):
        assert checker.check(data[:end]).verdict == "malformed"


@pytest.mark.parametrize("name", FILES)
def test_random_bytes_in_a_file(name: str) -> None:
    source = random.Random(name)
    for _ in range(150):
        data = bytearray(FILES[name])
        for _ in range(source.randint(1, 4)):
            data[source.randrange(len(data))] = source.randrange(256)
        if _meaning(bytes(data)) != json.loads(FILES[name]):
            assert checker.check(bytes(data)).verdict in ("invalid", "malformed")


def _meaning(data: bytes) -> Json:
    """White space may change; what the file says may not."""
    try:
        return json.loads(data)
    except ValueError:
        return None


@given(st.binary(max_size=200))
def test_random_bytes(data: bytes) -> None:
    assert checker.check(data).verdict == "malformed"


TREES = st.recursive(
    st.booleans() | st.sampled_from(["0", "1", "-1/2", "x", "", "dense", "exact", "states"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=12,
)


@given(st.sampled_from(sorted(FILES)), st.data())
def test_a_random_tree_in_the_place_of_a_member(name: str, data: st.DataObject) -> None:
    body = json.loads(FILES[name])
    place, key = body, data.draw(st.sampled_from(sorted(set(body) - {"digest"})))
    while isinstance(place[key], (dict, list)) and place[key] and data.draw(st.booleans()):
        place = place[key]
        keys = sorted(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
    place[key] = data.draw(TREES)
    assert _verdict(body)[0] != "internal-error"


# ------------------------------------------------------------------ hostile certificates


def _growing(a: str, b: str, word: list[str], semantics: Json = EXACT) -> Certificate:
    readout = threshold([([["1"]], ">=", "1")], b0=True, b1=False)
    lrnn = one_layer(column("0"), (diagonal("1"), column("0")), (diagonal(a), column(b)), readout)
    body = SAMPLE_MAKERS["counterexample-one-word"]()
    return {**body, "semantics": semantics, "lrnn": lrnn, "words": [word], "properties": []}


def test_a_long_word_with_growing_numbers_is_fast() -> None:
    assert _verdict(_growing("2/3", "1/5", ["1"] * 5_000)) == (
        "invalid",
        "observations[0]: found 0",
    )
    assert checker.MAX_WORK - checker.WORK.left < 2 * 10**9  # units of a nanosecond


def test_a_number_of_too_many_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checker, "MAX_BITS", 100_000)
    verdict, reason = _verdict(_growing("9" * 2_000, "1", ["1"] * 100_000))
    assert verdict == "malformed"
    assert "over limit: a number of" in reason


def test_too_much_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checker, "MAX_WORK", 10**7)
    form = fixed("1", "-8", "7", "down")
    for semantics in (
        EXACT,
        {"name": "cast-unrolled", "format": form},
        {"name": "seq-round", "format": form},
    ):
        verdict, reason = _verdict(_growing("1/3", "1", ["1"] * 20_000, semantics))
        assert (verdict, "too much work" in reason) == ("malformed", True)
    # The limit holds for each certificate, and is not used up by the ones before.
    assert checker.check(FILES["recognizer-parity-scalar"]).verdict == "valid"


def test_a_direction_with_a_reciprocal_that_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """1 / (v^T v) over a field of degree 32, where v has denominators of 500 digits."""
    monkeypatch.setattr(checker, "MAX_WORK", 10**9)
    source = random.Random(0)
    entry = [f"1/{source.randrange(10**499, 10**500) | 1}" for _ in range(32)]
    body = SAMPLE_MAKERS["recognizer-last-letter"]()
    layer = body["lrnn"]["layers"][0]
    layer["field"], layer["cases"][0]["A"]["v"] = "120", [entry]
    verdict, reason = _verdict(body)
    assert (verdict, "over limit" in reason) == ("malformed", True)


def test_denominators_without_a_common_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """64 x 64 entries with denominators of 2,000 digits have no short common denominator."""
    monkeypatch.setattr(checker, "MAX_BITS", 400_000)
    source = random.Random(0)
    entries = [
        [f"1/{source.randrange(10**1999, 10**2000) | 1}" for _ in "x" * 64] for _ in "x" * 64
    ]
    body = SAMPLE_MAKERS["recognizer-parity-scalar"]()
    body["lrnn"]["layers"][0]["initial"] = entries
    verdict, reason = _verdict(body)
    assert (verdict, "over limit" in reason) == ("malformed", True)


def test_a_large_matrix_in_a_property() -> None:
    """The spectrum of a dense 24 x 24 transition is decided exactly."""
    source = random.Random(1)
    size = 24
    rows = [[str(source.randint(-9, 9)) for _ in range(size)] for _ in range(size)]
    zero = [["0"] for _ in range(size)]
    step = ({"kind": "dense", "rows": rows}, zero)
    readout = {"kind": "states", "table": []}
    body = SAMPLE_MAKERS["recognizer-parity-scalar"]()
    body |= {"lrnn": one_layer(zero, step, step, readout), "properties": ["spectrum-real"]}
    body["states"] = []
    assert _verdict(body) == (
        "invalid",
        "lrnn.layers[0].cases[0].A: does not have the property spectrum-real",
    )


def test_very_large_reasons_are_cut(capsys: pytest.CaptureFixture[str], tmp_path: object) -> None:
    path = f"{tmp_path}/long.json"
    body = SAMPLE_MAKERS["obstruction-exact"]()
    body["automaton"] = {**PARITY, "alphabet": ["0", "x" * 100_000]}
    with open(path, "w", encoding="utf-8") as file:
        json.dump(seal(body), file)
    assert checker.main([path]) == 4
    assert len(capsys.readouterr().err) < 1_000
