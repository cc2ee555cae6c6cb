"""Regions that certificates state as data, beside the names that say the same."""

from __future__ import annotations

import re

import pytest
from helpers.certificate_rejections import INVALID, Rejection
from helpers.certificate_samples import ACCEPTED, Json, load_checker, seal, to_bytes

from monoscan.proofs_check.certificates.region import FAMILY_NAMES, NAMES, region_to_json
from monoscan.theory.model_classes import all_model_classes, families

checker = load_checker()


def _interval(low: str, high: str, ends: str = "[]") -> Json:
    return {"from": low, "to": high, "ends": ends}


def _rational(low: str, high: str, ends: str = "[]") -> Json:
    return {"rational": [_interval(low, high, ends)]}


def _modulus(ends: str = "[]") -> Json:
    return {"modulus": [_interval("0", "1", ends)]}


def _diagonal(numbers: Json) -> Json:
    return {"shape": "diagonal", "entries": numbers}


def _factors(count: int, most: str, gate: Json = "none", ends: str = "[]") -> Json:
    beta = _rational("0", most, ends)
    return {"shape": "factors", "at-most": str(count), "beta": beta, "gate": gate}


def _after(most: str, low: str) -> Json:
    entries = _rational(low, "1")
    return {"shape": "factor-times-diagonal", "beta": _rational("0", most), "entries": entries}


def _update(**changes: Json) -> Json:
    one = _rational("0", "1")
    update = {"w": one, "a": one, "c": _rational("0", "2"), "erased": "none", "symmetric": "no"}
    return {"shape": "rank-one-update", **update, **changes}


INVARIANT = {"shape": "same-matrix", "of": _diagonal(_modulus())}
STATED: dict[str, Json] = {
    "diagonal-nonnegative": _diagonal(_rational("0", "1")),
    "diagonal-real": _diagonal(_rational("-1", "1")),
    "diagonal-complex": _diagonal(_modulus()),
    "diagonal-open": _diagonal(_rational("0", "1", "()")),
    "diagonal-real-open": _diagonal(_rational("-1", "1", "()")),
    "diagonal-complex-open": _diagonal(_modulus("[)")),
    "time-invariant-nonnegative": {"shape": "same-matrix", "of": _diagonal(_rational("0", "1"))},
    "time-invariant-diagonal": INVARIANT,
    "mixed-diagonal": {
        "shape": "one-of",
        "regions": [INVARIANT, _diagonal(_rational("0", "1"))],
    },
    "diagonal-common-phase": {"shape": "same-phase", "of": _diagonal(_modulus())},
    "triangular-real": {"shape": "upper-triangular", "entries": "real"},
    "triangular-complex": {"shape": "upper-triangular", "entries": "any"},
    "permutation-diagonal": {"shape": "sparse-columns", "entries": _modulus()},
    "dense": {"shape": "any"},
    "householder-open": _factors(1, "2", ends="()"),
    "diagonal-householder": _after("2", "-1"),
    "diagonal-householder-nonnegative": _after("1", "0"),
    "diagonal-plus-rank-one": _update(),
    "diagonal-plus-rank-one-transposed": _update(symmetric="yes"),
    "scalar-plus-rank-one": _update(erased=_rational("0", "1")),
    "rwkv-7-released": _update(
        w=_rational("109/200", "1", "()"),
        a=_rational("0", "1", "()"),
        c=_rational("1", "1"),
        symmetric="yes",
    ),
}
for number in range(1, 65):
    name = "householder" + f"-product-{number}" * (number > 1)
    for prefix, gate in (("", "none"), ("gated-", _rational("0", "1"))):
        STATED[f"{prefix}{name}"] = _factors(number, "2", gate)
        STATED[f"{prefix}{name}-nonnegative"] = _factors(number, "1", gate)


def as_data(certificate: Json) -> Json:
    """The certificate with its names replaced; names of no class stay."""
    stated = [STATED.get(str(name), name) for name in certificate["properties"]]
    return seal({**certificate, "properties": stated})


def _names(certificate: Json) -> set[str]:
    return {name for name in certificate.get("properties", []) if isinstance(name, str)}


NAMED = [name for name, make in ACCEPTED.items() if _names(make()) & STATED.keys()]
REFUSED = [r for r in INVALID if r.reason.startswith("property ") and _names(r.build()) & {*STATED}]


@pytest.mark.parametrize("name", NAMED)
def test_what_a_name_grants_its_data_grants(name: str) -> None:
    assert checker.check(to_bytes(as_data(ACCEPTED[name]()))).verdict == "valid"


@pytest.mark.parametrize("rejection", REFUSED, ids=lambda rejection: rejection.name)
def test_what_a_name_refuses_its_data_refuses(rejection: Rejection) -> None:
    verdict, _, reason = checker.check(to_bytes(as_data(rejection.build())))
    assert verdict == "invalid"
    assert "does not have the property stated as" in reason


def test_every_class_of_the_format_is_refused_somewhere_by_its_data() -> None:
    refused = {_without_number(name) for r in REFUSED for name in _names(r.build())}
    assert {_without_number(name) for name in STATED} - refused == {"dense"}


def _without_number(name: str) -> str:
    return re.sub("product-[0-9]+", "product", name)


def test_the_names_are_those_of_the_checker() -> None:
    matrices = {"diagonal", "symmetric", "norm-at-most-one", "factors-in-0-1", "factors-in-0-2"}
    matrices |= {"spectrum-real", "spectrum-nonnegative", "spectrum-in-0-1"}
    known = {*checker.PROPERTIES, *checker.LAYER_PROPERTIES} - matrices
    assert known == STATED.keys()
    assert {name for name in known if not FAMILY_NAMES.fullmatch(name)} == set(NAMES)


def test_the_catalogue_states_the_same_regions() -> None:
    members = [family.member(n) for family in families() for n in (2, 3, 64)]
    for model_class in (*all_model_classes(), *members):
        if model_class.shape is not None and model_class.id in STATED:
            found = region_to_json(model_class.shape)
            assert found == STATED[model_class.id], model_class.id
