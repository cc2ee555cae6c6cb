"""The verdict on each hand-written certificate, and the reason of each rejection."""

import json
import re

import pytest
from helpers.certificate_rejections import INVALID, MALFORMED, Rejection
from helpers.certificate_samples import (
    ACCEPTED,
    INCOMPLETE,
    SAMPLE_MAKERS,
    canonical,
    load_checker,
    seal,
    to_bytes,
)

checker = load_checker()
SCALAR = SAMPLE_MAKERS["recognizer-parity-scalar"]()
TEXT = to_bytes(SCALAR)


@pytest.mark.parametrize("name", ACCEPTED)
def test_accepted(name: str) -> None:
    certificate = ACCEPTED[name]()
    assert checker.check(to_bytes(certificate)) == ("valid", certificate["kind"], "")


@pytest.mark.parametrize("name", INCOMPLETE)
def test_incomplete_names_the_lemma(name: str) -> None:
    certificate = INCOMPLETE[name]()
    verdict, kind, reason = checker.check(to_bytes(certificate))
    assert (verdict, kind) == ("incomplete", "obstruction")
    assert f"the lemma {certificate['lemma']!r}" in reason
    assert "is not proved here" in reason


@pytest.mark.parametrize("rejection", INVALID, ids=lambda rejection: rejection.name)
def test_invalid(rejection: Rejection) -> None:
    verdict, _, reason = checker.check(to_bytes(rejection.build()))
    assert (verdict, rejection.reason in reason) == ("invalid", True), reason


@pytest.mark.parametrize("rejection", MALFORMED, ids=lambda rejection: rejection.name)
def test_malformed(rejection: Rejection) -> None:
    verdict, _, reason = checker.check(to_bytes(rejection.build()))
    assert (verdict, rejection.reason in reason) == ("malformed", True), reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not JSON"),
        (b"[]", "expected an object"),
        (b'"text"', "expected an object"),
        (b"{}", "missing key 'monoscan'"),
        (b"\xff" + TEXT, "not UTF-8: invalid start byte at byte 0"),
        (b"\xef\xbb\xbf" + TEXT, "not JSON"),
        (TEXT + b"{}", "not JSON: Extra data"),
        (TEXT[:-3], "not JSON"),
        (b'{"version": "1", "version": "1"}', "duplicate key 'version'"),
        (b'{"a": {"b": "1", "b": "2"}}', "duplicate key 'b'"),
        (b'{"a": 1.5}', "JSON number 1.5"),
        (b'{"a": -3}', "JSON number -3"),
        (b'{"a": ' + b"9" * 10_000 + b"}", "JSON number 999"),
        (b'{"a": NaN}', "JSON number NaN"),
        (b'{"a": Infinity}', "JSON number Infinity"),
        (b'{"a": -Infinity}', "JSON number -Infinity"),
        (b'{"a": nul}', "not JSON"),
        (b'{"a": "\n"}', "not JSON: Invalid control character"),
        (b"[" * 41 + b"]" * 41, "nested deeper than 40"),
        (b"[" * 200_000 + b"]" * 200_000, "nested deeper than 40"),
        (b'{"a":' * 200_000, "nested deeper than 40"),
        (b" " * (16 * 2**20 + 1), "larger than 16777216 bytes"),
    ],
    ids=lambda value: value[:24].decode("latin-1") if isinstance(value, bytes) else None,
)
def test_malformed_text(data: bytes, reason: str) -> None:
    verdict, kind, found = checker.check(data)
    assert (verdict, kind) == ("malformed", "-")
    assert reason in found


def test_half_a_surrogate_pair_is_malformed() -> None:
    text = json.dumps(seal({**SCALAR, "properties": ["\ud800"]}))
    verdict, _, reason = checker.check(text.encode())
    assert (verdict, reason) == (
        "malformed",
        "certificate: a string contains half of a surrogate pair",
    )


def test_nesting_of_40_is_read() -> None:
    data = b"[" * 40 + b"]" * 40
    assert checker.check(data).reason == "certificate: expected an object"


def test_letters_may_be_any_text() -> None:
    body = json.loads(TEXT)
    letters = ["нет", '𝟙 \u2028\x7f\\"']
    body["automaton"]["alphabet"] = body["lrnn"]["alphabet"] = letters
    for item, letter in zip(body["lrnn"]["layers"][0]["cases"], letters, strict=True):
        item["on"] = [letter]
    for ascii_only in (True, False):
        data = json.dumps(seal(body), ensure_ascii=ascii_only).encode()
        assert checker.check(data).verdict == "valid"


def test_the_layout_of_the_text_does_not_matter() -> None:
    backwards = dict(reversed(SCALAR.items()))
    for text in (canonical(SCALAR)[:-1] + f',"digest":"{SCALAR["digest"]}"}}', str_of(backwards)):
        assert checker.check(text.encode()).verdict == "valid"


def str_of(certificate: dict[str, object]) -> str:
    return "\n\t " + json.dumps(certificate, indent=4) + "\r\n "


def test_every_property_and_kind_has_an_accepted_and_a_rejected_sample() -> None:
    names = [*checker.PROPERTIES, *checker.LAYER_PROPERTIES]
    rejected = {_family(r.reason.removeprefix("property ").split(";")[0]) for r in INVALID}
    made = [make().get("properties", []) for make in ACCEPTED.values()]
    used = {_family(name) for properties in made for name in properties if isinstance(name, str)}
    assert {_family(name) for name in names} - rejected == {"dense"}  # it says nothing
    assert {_family(name) for name in names} <= used
    kinds = {SAMPLE_MAKERS[r.base]()["kind"] for r in INVALID}
    assert kinds == set(checker.KINDS) == {make()["kind"] for make in SAMPLE_MAKERS.values()}


def _family(name: str) -> str:
    """The name of a property, without the number of its factors."""
    return re.sub("product-[0-9]+", "product-N", name)
