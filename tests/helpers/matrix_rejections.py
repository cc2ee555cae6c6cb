"""Refused certificates of facts about one matrix."""

from __future__ import annotations

from helpers.certificate_parts import Json, householder
from helpers.matrix_samples import fact, is_product
from helpers.rejection import DELETE, Rejection

PROJECTIONS = "matrix-fact-three-projections"
SWAPS = "matrix-fact-two-swaps"
COPY = "matrix-fact-swap-after-copy"
TURN = "matrix-fact-quarter-turn"
UNSTABLE = "matrix-fact-unstable-pair"
EIGHTH = "matrix-fact-eighth-turn"


def _instead(name: str, base: str, index: int, wrong: Json) -> Rejection:
    """A sample with one fact replaced by one that does not hold."""
    reason = f"facts[{index}]: {wrong['fact']} does not hold"
    return Rejection(f"fact-{name}", base, [(("facts", index), wrong)], reason)


def _malformed(name: str, base: str, wrong: Json, reason: str) -> Rejection:
    return Rejection(f"fact-{name}", base, [(("facts", 0), wrong)], reason)


PROJECTION = householder(["1", "0"], "1")
MATRIX_INVALID = [
    Rejection("fact-factor", SWAPS, [(("facts", 0, "factors", 0, "beta"), "1")], "product does"),
    Rejection("fact-order", TURN, [(("matrix",), [["0", "1"], ["-1", "0"]])], "product does not"),
    Rejection("fact-range", SWAPS, [(("facts", 0, "range"), "factors-in-0-1")], "product does"),
    Rejection("fact-dense", UNSTABLE, [(("facts", 0, "range"), "factors-in-0-2")], "produ"),
    _instead("no-factors", SWAPS, 0, is_product()),
    _instead("rank-low", SWAPS, 1, fact("rank-of-gap", rank="1")),
    _instead("rank-high", SWAPS, 1, fact("rank-of-gap", rank="3")),
    _instead("rank-over-field", EIGHTH, 1, fact("rank-of-gap", rank="1")),
    _instead("orthogonal", PROJECTIONS, 0, fact("orthogonal")),
    Rejection(
        "fact-orthogonal-complex",  # z^2 = i, and (i) (i)^T = -1, but i * conj(i) = 1
        EIGHTH,
        [(("matrix",), [[["0", "0", "1", "0"]]]), (("facts",), [fact("orthogonal")])],
        "orthogonal does not hold",
    ),
    Rejection(
        "fact-orthogonal-not-real",  # the square of sqrt 2 less the square of 1 is 1
        EIGHTH,
        [
            (("matrix", 0), [["0", "1", "0", "-1"], ["0", "0", "1", "0"]]),
            (("matrix", 1), [["0", "0", "-1", "0"], ["0", "1", "0", "-1"]]),
            (("facts",), [fact("orthogonal")]),
        ],
        "orthogonal does not hold",
    ),
    _instead("norm", COPY, 1, fact("norm-at-most-one")),
    _instead("does-not-grow", COPY, 1, fact("norm-above-one", vector=["0", "1", "-1"])),
    _instead("keeps-its-length", SWAPS, 1, fact("norm-above-one", vector=["1", "0", "0", "0"])),
    _instead("eigenvalue", PROJECTIONS, 1, fact("eigenvector", value="1", vector=["0", "1"])),
    _instead("eigenvector", PROJECTIONS, 1, fact("eigenvector", value="0", vector=["0", "1"])),
    _instead("zero-vector", PROJECTIONS, 1, fact("eigenvector", value="0", vector=["0", "0"])),
    _instead("count", TURN, 2, fact("real-eigenvalues", above="-9", most="9", count="2")),
    _instead("count-end", PROJECTIONS, 2, fact("real-eigenvalues", above="0", most="9", count="1")),
    _instead("real", TURN, 1, fact("spectrum", property="spectrum-real")),
    _instead("not-real", SWAPS, 1, fact("not-spectrum", property="spectrum-real")),
    _instead("above-one", UNSTABLE, 2, fact("spectrum", property="spectrum-in-0-1")),
    _instead("on-circle", SWAPS, 1, fact("only-one-on-unit-circle")),
    _instead("circle-norm", UNSTABLE, 2, fact("only-one-on-unit-circle")),
]
MATRIX_MALFORMED = [
    Rejection("fact-none", SWAPS, [(("facts",), [])], "facts: 0 entries, expected at least 1"),
    Rejection("fact-many", SWAPS, [(("facts",), [fact("orthogonal")] * 101)], "at most 100"),
    Rejection("fact-square", SWAPS, [(("matrix", 3), DELETE)], "expected a square matrix"),
    _malformed("unknown", SWAPS, fact("prime"), "facts[0].fact: 'prime', expected one of"),
    _malformed("key", SWAPS, fact("orthogonal", rank="1"), "unknown key 'rank'"),
    _malformed("no-rank", SWAPS, fact("rank-of-gap"), "missing key 'rank'"),
    _malformed("vector-size", SWAPS, fact("norm-above-one", vector=["1"]), "1 entries, expected 4"),
    _malformed("factor-size", SWAPS, is_product(PROJECTION), "2 entries, expected 4"),
    _malformed("among", SWAPS, is_product(among="all"), "range: 'all', expected one of any"),
    _malformed("nested", SWAPS, is_product({"kind": "product", "factors": []}), "'product', expe"),
    _malformed("many-factors", PROJECTIONS, is_product(*[PROJECTION] * 257), "at most 256"),
    _malformed("no-property", SWAPS, fact("spectrum", property="diagonal"), "'diagonal', expected"),
    _malformed("norm-over-field", EIGHTH, fact("norm-at-most-one"), "without a field"),
    Rejection("fact-field", EIGHTH, [(("field",), DELETE)], "matrix[0][0]: expected a string"),
    Rejection("fact-field-2", SWAPS, [(("field",), "2")], "an order of at least 3"),
]
