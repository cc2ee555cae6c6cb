"""Hostile certificates about matrices, finite sets and polynomials."""

from __future__ import annotations

import random
from functools import partial

from helpers.certificate_parts import (
    Certificate,
    Json,
    new_certificate,
)
from helpers.hostile_parts import Maker, hostile, long

NUMBERS: dict[str, Maker] = {}


def facts(rows: Json, *listed: Json, **more: Json) -> Certificate:
    """A certificate of kind matrix-fact."""
    return new_certificate("matrix-fact", matrix=rows, facts=list(listed), **more)


def random_rows(n: int, digits: int = 1) -> Json:
    """A random matrix of integers."""
    source = random.Random(n)
    most = 10**digits - 1
    return [[str(source.randint(-most, most)) for _ in range(n)] for _ in range(n)]


def symmetric_rows(n: int) -> Json:
    """A symmetric matrix close to a multiple of the identity."""
    return [["1/3" if i == j else f"1/{1_000 + i + j}" for j in range(n)] for i in range(n)]


SPECTRAL: dict[str, Json] = {
    "spectrum": {"fact": "spectrum", "property": "spectrum-real"},
    "eigenvalues": {
        "fact": "real-eigenvalues",
        "above": f"-{long(250)}",
        "most": f"{long(250)}/2",
        "count": "1",
    },
    "circle": {"fact": "only-one-on-unit-circle"},
    "norm": {"fact": "norm-at-most-one"},
    "orthogonal": {"fact": "orthogonal"},
    "gap": {"fact": "rank-of-gap", "rank": "64"},
    "growth": {"fact": "norm-above-one", "vector": ["1"] * 60},
}
for fact in SPECTRAL:
    NUMBERS[f"matrix-fact-{fact}"] = lambda fact=fact: facts(  # type: ignore[misc]
        random_rows(60, 6), *[SPECTRAL[fact]] * 20
    )
NUMBERS["matrix-fact-circle-symmetric"] = lambda: facts(symmetric_rows(60), SPECTRAL["circle"])


@hostile(NUMBERS)
def matrix_fact_many_factors() -> Certificate:
    factor = {"kind": "delta", "k": ["1/3", *["1"] * 24], "beta": f"1/{long(30)}"}
    fact = {"fact": "product", "factors": [factor] * 250, "range": "factors-in-0-2"}
    return facts(random_rows(25), fact)


@hostile(NUMBERS)
def matrix_fact_field() -> Certificate:
    rows = [[["1", "2", *["0"] * 30] for _ in range(16)] for _ in range(16)]
    return facts(rows, *[SPECTRAL["gap"], SPECTRAL["orthogonal"]] * 40, field="120")


@hostile(NUMBERS)
def matrix_fact_long_coefficients() -> Certificate:
    rows = [[[long(700, i), *["1"] * 31] for _ in "xxx"] for i in range(3)]
    return facts(rows, *[SPECTRAL["orthogonal"], SPECTRAL["gap"]] * 40, field="120")


@hostile(NUMBERS)
def short_products_all_maps() -> Certificate:
    return short_products("one-hot-columns", 3)


@hostile(NUMBERS)
def short_products_many_factors() -> Certificate:
    return short_products("one-hot-columns", 100)


def short_products(among: str, count: int) -> Certificate:
    """A cycle, a swap, a map that merges two points, and random permutations of 7 points."""
    source = random.Random(7)
    maps = [[*range(1, 7), 0], [1, 0, *range(2, 7)], [0, 0, *range(2, 7)]]
    maps += [source.sample(range(7), 7) for _ in range(count - 3)]
    factors = [
        {"kind": "dense", "rows": [[str(int(f[j] == i)) for j in range(7)] for i in range(7)]}
        for f in maps
    ]
    members = {"set": among, "range": "any", "factors": factors, "lengths": ["1"]}
    return new_certificate("short-products", **members)


def copying(letters: str, length: str, states: str) -> Certificate:
    """A certificate of kind exhaustive-copy."""
    members = {"letters": letters, "length": length, "states": states}
    return new_certificate("exhaustive-copy", encoders="1", most_copied="1", **members)


COPIES = [
    ("64", "64", "2"),
    ("64", "64", "1"),
    ("64", "4", "1"),
    ("2", "17", "1"),
    ("17", "1", "2"),
]
for letters, length, states in [*COPIES, ("4", "2", "2"), ("3", "1", "58")]:
    NUMBERS[f"exhaustive-copy-{letters}-{length}-{states}"] = partial(
        copying, letters, length, states
    )


def identity(left: Json, variables: int = 0, **more: Json) -> Certificate:
    """A certificate of kind identity with one step."""
    names = [f"v{i}" for i in range(variables)]
    members = {"variables": names, "zero": [], "nonnegative": []}
    members["steps"] = [{"step": "equal", "left": left, "right": "0"}]
    return new_certificate("identity", **(members | more))


def sum_of(first: int, last: int) -> Json:
    """A sum of variables."""
    return ["+", *[f"v{i}" for i in range(first, last)]]


def powers_of(p: Json, times: int) -> Json:
    """The power 16^times."""
    for _ in range(times):
        p = ["^", p, "16"]
    return p


MANY_TERMS = ["*", ["*", sum_of(0, 11), sum_of(11, 22)], ["*", sum_of(22, 33), sum_of(33, 44)]]


@hostile(NUMBERS)
def identity_long_denominators() -> Certificate:
    return identity(["+", *[["^", f"1/{long(2_000, i)}", "16"] for i in range(30)]])


@hostile(NUMBERS)
def identity_sum_of_fractions() -> Certificate:
    return identity(["+", *[f"1/{long(100, i)}" for i in range(580)]])


@hostile(NUMBERS)
def identity_powers_of_a_number() -> Certificate:
    return identity(powers_of(f"2/{long(200)}", 30))


@hostile(NUMBERS)
def identity_powers_of_a_sum() -> Certificate:
    return identity(powers_of(sum_of(0, 5), 1), 5)


@hostile(NUMBERS)
def identity_large_powers() -> Certificate:
    return identity(powers_of("v0", 36), 1)


@hostile(NUMBERS)
def identity_many_terms() -> Certificate:
    return identity(["+", *[MANY_TERMS] * 40], 48)


@hostile(NUMBERS)
def identity_many_polynomials() -> Certificate:
    return identity("0", 48, zero=[MANY_TERMS] * 100)


@hostile(NUMBERS)
def identity_long_coefficients() -> Certificate:
    return identity("0", 48, zero=[["*", f"1/{long(2_000, i)}", MANY_TERMS] for i in range(20)])


@hostile(NUMBERS)
def identity_many_small_summands() -> Certificate:
    return identity(["+", MANY_TERMS, *["1"] * 14_000], 48)


@hostile(NUMBERS)
def identity_many_factors() -> Certificate:
    return identity(["*", MANY_TERMS, *["1"] * 14_000], 48)


@hostile(NUMBERS)
def identity_nested_sums() -> Certificate:
    p: Json = MANY_TERMS
    for _ in range(30):
        p = ["+", MANY_TERMS, p]
    return identity(p, 48)


@hostile(NUMBERS)
def identity_cofactors() -> Certificate:
    cofactor = {"of": "0", "times": MANY_TERMS}
    step = {"step": "zero", "polynomial": "0", "cofactors": [cofactor] * 80}
    return identity("0", 48, zero=[sum_of(0, 48)], steps=[step])


@hostile(NUMBERS)
def identity_weighted_squares() -> Certificate:
    square = {"weight": "1/3", "of": ["0"] * 40, "square": f"1/{long(300)}"}
    step = {"step": "nonnegative", "polynomial": "0", "squares": [square] * 90, "cofactors": []}
    return identity("0", 1, nonnegative=[f"1/{long(2_000)}"], steps=[step])
