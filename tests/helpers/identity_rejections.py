"""Certificates of polynomial identities and of listed sets that the checker refuses."""

from __future__ import annotations

from helpers.certificate_parts import Json, householder
from helpers.identity_samples import cofactor, square
from helpers.rejection import DELETE, Rejection

BINOMIAL = "identity-binomial"
BETWEEN = "identity-between-zero-and-one"
SWAPS = "short-products-swaps-of-three"
MAPS = "short-products-maps-of-two"
COPY = "exhaustive-copy-three-states"
PROJECTION = householder(["1", "-1", "0"], "1")
LONG: Json = ["^", ["+", "1", *(f"x{i}" for i in range(60))], "4"]

IDENTITY_INVALID = [
    Rejection("identity-differs", BINOMIAL, [(("steps", 0, "right", 2, 1), "3")], "polynomials"),
    Rejection("identity-exponent", BINOMIAL, [(("steps", 0, "left", 2), "3")], "differ"),
    Rejection("identity-cofactor", BETWEEN, [(("steps", 0, "cofactors"), [])], "not this combin"),
    Rejection("identity-zero", BETWEEN, [(("zero", 0), ["-", "y", "x"])], "is not this combinat"),
    Rejection("identity-weight", BETWEEN, [(("steps", 2, "squares", 0, "weight"), "2")], "[2]: is"),
    Rejection("identity-sign", BETWEEN, [(("nonnegative", 1), ["-", "x", "1"])], "[1]: is not"),
    Rejection(
        "identity-square",
        BETWEEN,
        [(("steps", 1, "squares", 0), square("1", ["0", "0"], "1"))],
        "steps[1]: is not this sum",
    ),
    Rejection("products-lengths", SWAPS, [(("lengths", 3), "2")], "lengths: found [1, 2, 2, 1]"),
    Rejection("products-missing", SWAPS, [(("lengths", 3), DELETE)], "lengths: found"),
    Rejection(
        "products-few",
        SWAPS,
        [(("factors", 1), DELETE), (("lengths",), ["1", "1"])],
        "set: it has 6 matrices",
    ),
    Rejection("products-range", MAPS, [(("range",), "factors-in-0-2")], "factors[0]: does not"),
    Rejection("products-no-permutation", MAPS, [(("set",), "permutations")], "is no permutation"),
    Rejection("products-entry", SWAPS, [(("factors", 0), PROJECTION)], "factors[0]: some column"),
    Rejection("copy-encoders", COPY, [(("encoders",), "64")], "encoders: found 81"),
    Rejection("copy-most", COPY, [(("most-copied",), "4")], "most-copied: found 3"),
]

IDENTITY_MALFORMED = [
    Rejection("identity-no-steps", BINOMIAL, [(("steps",), [])], "steps: 0 entries, expected at"),
    Rejection("identity-unknown", BINOMIAL, [(("variables",), ["x"])], "not one of the variables"),
    Rejection("identity-names", BINOMIAL, [(("variables",), ["x", "x"])], "different names"),
    Rejection("identity-name", BINOMIAL, [(("variables",), ["x", "2"])], "different names"),
    Rejection("identity-step", BINOMIAL, [(("steps", 0, "step"), "equals")], "expected one of"),
    Rejection("identity-operator", BINOMIAL, [(("steps", 0, "left", 0), "/")], "expected one of"),
    Rejection(
        "identity-minus", BINOMIAL, [(("steps", 0, "left"), ["-", "x", "y", "x"])], "at most 3"
    ),
    Rejection("identity-power", BINOMIAL, [(("steps", 0, "left", 2), "17")], "from 0 to 16"),
    Rejection("identity-negative", BINOMIAL, [(("steps", 0, "left", 2), "-1")], "from 0 to 16"),
    Rejection("identity-one-part", BINOMIAL, [(("steps", 0, "left", 1), ["+", "x"])], "at least 3"),
    Rejection("identity-number", BINOMIAL, [(("steps", 0, "right", 2, 1), "2/1")], "lowest terms"),
    Rejection(
        "identity-terms",
        BINOMIAL,
        [(("variables",), [f"x{i}" for i in range(60)]), (("steps", 0, "left"), LONG)],
        "more than 20000 terms",
    ),
    Rejection(
        "identity-index",
        BETWEEN,
        [(("steps", 0, "cofactors", 0), cofactor("1", "2"))],
        "no such polynomial among the 1 that are 0 so far",
    ),
    Rejection(
        "identity-square-index",
        BETWEEN,
        [(("steps", 1, "squares", 0, "of", 1), "2")],
        "no such polynomial among those that are >= 0 so far",
    ),
    Rejection(
        "identity-weight-sign",
        BETWEEN,
        [(("steps", 2, "squares", 0, "weight"), "-3")],
        "expected a positive weight",
    ),
    Rejection("identity-lemma", BINOMIAL, [(("lemma",), "")], "expected the name of a lemma"),
    Rejection("products-set", SWAPS, [(("set",), "maps")], "set: 'maps', expected one of"),
    Rejection("products-no-factors", SWAPS, [(("factors",), [])], "factors: 0 entries"),
    Rejection("products-size", SWAPS, [(("factors", 1, "v"), ["1", "-1"])], "2 entries, expected"),
    Rejection(
        "products-large",
        SWAPS,
        [(("factors",), [householder(["1", "-1", *["0"] * 6], "2")])],
        "more than 7 rows",
    ),
    Rejection("copy-zero", COPY, [(("states",), "0")], "are from 1 to 64"),
    Rejection("copy-large", COPY, [(("length",), "5")], "more than 200000 encoders"),
]
