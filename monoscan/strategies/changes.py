"""Every change of a certificate in one place.

A change touches one place: another value in a leaf, a member removed, an unknown member added,
an entry of a list removed, doubled, or exchanged with the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, NamedTuple, TypeAlias

Json: TypeAlias = Any
Certificate: TypeAlias = Mapping[str, Json]


# Each word of the grammar with the words that could stand in its place.
_FAMILIES = [
    ("exact", "threshold", "cast-unrolled", "seq-round", "op-round"),
    ("nearest-even", "nearest-away", "nearest-down", "toward-zero", "up", "down"),
    ("saturate", "wrap"),
    ("fixed", "float"),
    (">=", ">"),
    ("diagonal", "householder", "delta", "product", "dense", "gated", "blocks"),
    ("householder-diagonal", "diagonal-plus-rank-one", "householder"),
    ("states", "threshold"),
    ("diagonal", "upper-triangular", "sparse-columns", "any"),
    ("[]", "()", "[)", "(]"),
    ("recognizer", "counterexample", "boxes", "obstruction", "exhaustive", "monoid", "matrix-fact"),
    ("exhaustive", "exhaustive-monoid"),
    ("scan-recognizer", "scan-counterexample"),
    ("identity", "short-products", "exhaustive-copy"),
    ("permutations", "one-hot-columns"),
    ("equal", "zero", "nonnegative"),
    ("+", "*", "-", "^"),
    ("x", "y"),
    ("nonnegative", "any"),
    ("any", "factors-in-0-1", "factors-in-0-2"),
    ("spectrum", "not-spectrum"),
    ("orthogonal", "norm-at-most-one", "only-one-on-unit-circle"),
    ("sign-lemma", "monotone-rounding", "psd-lemma"),
    ("threshold-star-free", "threshold-letters-settle"),
    (
        "monotone-rounding-aperiodic",
        "psd-products-aperiodic",
        "real-spectrum-two-groups",
        "one-reflection-order-two",
        "open-range-no-groups",
    ),
    ("elementary-two-series", "diagonal-derived-length"),
    ("time-invariant-length-only", "strictly-stable-letters", "open-diagonal-one-state"),
    ("time-invariant-transient", "one-layer-letter-index"),
    ("nonnegative-word-index", "real-word-index"),
    (
        "one-layer-right-regular-band",
        "one-layer-diagonal-real",
        "one-layer-diagonal-complex",
    ),
    ("one-layer-contractions", "one-layer-l-trivial"),
    ("any", "1", "2"),
    ("aperiodic", "not-aperiodic", "not-two-groups", "not-quasi-aperiodic", "not-solvable"),
    ("da", "locally-threshold-testable", "dot-depth-one"),
    ("not-da", "not-locally-threshold-testable", "not-dot-depth-one"),
    ("returns", "exchange", "knast", "elements"),
    (
        "diagonal-real",
        "diagonal-complex",
        "householder",
        "householder-product-2-nonnegative",
        "householder-product-3",
        "diagonal-common-phase",
        "mixed-diagonal",
        "time-invariant-diagonal",
        "triangular-complex",
    ),
    ("spectrum-nonnegative", "diagonal-nonnegative", "symmetric-spectrum-in-0-1"),
    (
        "diagonal",
        "symmetric",
        "spectrum-real",
        "spectrum-nonnegative",
        "spectrum-in-0-1",
        "norm-at-most-one",
        "factors-in-0-1",
        "factors-in-0-2",
    ),
]


class Change(NamedTuple):
    """A certificate that was changed in one place and not sealed again.

    Attributes:
        certificate: The changed certificate, with the digest that it had.
        label: What was changed: `PATH: CHANGE`.
    """

    certificate: dict[str, Json]
    label: str


def _leaf_changes(value: str | bool | None) -> Iterator[Json]:
    if value is None:
        yield from (False, "0", [])
        return
    if isinstance(value, bool):
        yield from (not value, "true", "odd")
        return
    yield from ("", value + " ", True, [value])
    for family in _FAMILIES:
        if value in family:
            yield from (word for word in family if word != value)
    if re.fullmatch(r"-?\d+(/\d+)?", value):
        number = Fraction(value)
        nearby = (number + 1, number - 1, -number, number / 2, number * 2, number + Fraction(1, 7))
        yield from (str(other) for other in nearby if other != number)
    else:
        yield value + "x"


def _places(value: Json, path: str) -> Iterator[tuple[str, Json, list[Json]]]:
    """Each path, the value there, and the values that could stand there instead."""
    if isinstance(value, dict):
        yield path, value, [{**value, "extra": "0"}]
        for key in value:
            yield path, value, [{k: v for k, v in value.items() if k != key}]
            yield from _places(value[key], f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for i, item in enumerate(value):
            rest = value[i + 1 :]
            others = [value[:i] + rest, [*value[:i], item, item, *rest]]
            if rest and rest[0] != item:
                others.append([*value[:i], rest[0], item, *rest[1:]])
            yield path, value, others
            yield from _places(item, f"{path}[{i}]")
    else:
        yield path, value, list(_leaf_changes(value))


def _set(value: Json, keys: list[str], new: Json) -> Json:
    """The value with another one at a place; what does not lie on the way is shared, not copied."""
    if not keys:
        return new
    key, *rest = keys
    if isinstance(value, list):
        at = int(key)
        return [*value[:at], _set(value[at], rest, new), *value[at + 1 :]]
    return {**value, key: _set(value[key], rest, new)}


def changes(certificate: Certificate) -> Iterator[Change]:
    """All changes in one place; the digest stays, so that none of them is sealed.

    Most of them are false once they are sealed again, not all: another word can be a witness, too.

    Args:
        certificate: The object that a certificate file holds, with its digest.

    >>> made = list(changes({"kind": "exhaustive", "values": "6", "digest": "0"}))
    >>> made[-1].label, made[-1].certificate
    ("values: '6' -> '43/7'", {'kind': 'exhaustive', 'values': '43/7', 'digest': '0'})
    """
    body = {key: value for key, value in certificate.items() if key != "digest"}
    for path, old, others in _places(body, ""):
        keys = re.findall(r"[^.\[\]]+", path)
        for other in others:
            changed = {**_set(body, keys, other), "digest": certificate["digest"]}
            yield Change(changed, f"{path}: {_describe(old, other)}")


def _describe(old: Json, new: Json) -> str:
    if isinstance(old, (str, bool)) or old is None:
        return f"{old!r} -> {new!r}"
    if isinstance(old, dict):
        return f"keys {sorted(set(old) ^ set(new))}"
    if len(new) < len(old):
        return "entry removed"
    return "entry doubled" if len(new) > len(old) else "entries exchanged"
