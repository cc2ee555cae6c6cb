"""Certificates of facts about one matrix, written by hand from FORMAT.md alone."""

from __future__ import annotations

from collections.abc import Callable

from helpers.certificate_parts import Certificate, Json, householder, new_certificate

IN_0_1, IN_0_2 = "factors-in-0-1", "factors-in-0-2"


def fact(name: str, **members: Json) -> Json:
    """One fact."""
    return {"fact": name, **members}


def is_product(*factors: Json, among: str = "any") -> Json:
    """The fact that the matrix is a product."""
    return fact("product", factors=list(factors), range=among)


def rank_one(k: list[str], a: list[str]) -> Json:
    """I - 2 k (k o a)^T / (k^T k): a swap or a copy of RWKV-7."""
    return {"kind": "diagonal-plus-rank-one", "w": ["1"] * len(k), "k": k, "a": a, "c": "2"}


def certificate(matrix: Json, *facts: Json, **members: Json) -> Certificate:
    """Facts about a matrix."""
    return new_certificate("matrix-fact", matrix=matrix, facts=list(facts), **members)


def three_projections() -> Certificate:
    """Three factors with beta = 1 and the eigenvalues 0 and -63/625."""
    return certificate(
        [["0", "0"], ["-216/625", "-63/625"]],
        is_product(
            householder(["1", "0"], "1"),
            householder(["3", "4"], "1"),
            householder(["-7", "24"], "1"),
            among=IN_0_1,
        ),
        fact("eigenvector", value="-63/625", vector=["0", "1"]),
        fact("real-eigenvalues", above="-1", most="0", count="2"),
        fact("real-eigenvalues", above="-1", most="-63/625", count="1"),
        fact("spectrum", property="spectrum-real"),
        fact("not-spectrum", property="spectrum-nonnegative"),
        fact("norm-at-most-one"),
        fact("only-one-on-unit-circle"),
    )


def two_swaps() -> Certificate:
    """The permutation (1 2)(3 4): two reflections, and no fewer."""
    return certificate(
        [["0", "1", "0", "0"], ["1", "0", "0", "0"], ["0", "0", "0", "1"], ["0", "0", "1", "0"]],
        is_product(
            householder(["1", "-1", "0", "0"], "2"),
            householder(["0", "0", "1", "-1"], "2"),
            among=IN_0_2,
        ),
        fact("rank-of-gap", rank="2"),
        fact("orthogonal"),
    )


def swap_after_copy() -> Certificate:
    """The map 0 -> 1, 1 -> 2, 2 -> 2 as a copy and a swap, and a vector that it makes longer."""
    return certificate(
        [["0", "0", "0"], ["1", "0", "0"], ["0", "1", "1"]],
        is_product(
            rank_one(["1", "-1", "0"], ["1", "1", "1"]), rank_one(["0", "1", "-1"], ["0", "1", "0"])
        ),
        fact("norm-above-one", vector=["0", "1", "1"]),
    )


def quarter_turn() -> Certificate:
    """A rotation without real eigenvalues, from two factors with beta > 1."""
    return certificate(
        [["0", "-1"], ["1", "0"]],
        is_product(householder(["1", "-1"], "2"), householder(["0", "1"], "2"), among=IN_0_2),
        fact("not-spectrum", property="spectrum-real"),
        fact("real-eigenvalues", above="-9", most="9", count="0"),
    )


def unstable_pair() -> Certificate:
    """Two RWKV-7 matrices with c = 1 whose product has an eigenvalue above 6/5."""
    left = {"kind": "dense", "rows": [["1", "-60/169"], ["0", "144/169"]]}
    right = {"kind": "dense", "rows": [["144/169", "0"], ["-60/169", "1"]]}
    return certificate(
        [["27936/28561", "-60/169"], ["-8640/28561", "144/169"]],
        is_product(left, right),
        fact("real-eigenvalues", above="6/5", most="2", count="1"),
        fact("spectrum", property="spectrum-nonnegative"),
        fact("not-spectrum", property="spectrum-in-0-1"),
    )


def eighth_turn() -> Certificate:
    """The rotation by 45 degrees; with z = exp(2 pi i/8) its cosine is (z - z^3)/2."""
    root, minus = ["0", "1/2", "0", "-1/2"], ["0", "-1/2", "0", "1/2"]
    slope = ["1", "-1", "0", "1"]  # 1 - sqrt 2
    return certificate(
        [[root, minus], [root, root]],
        is_product(householder([slope, "1"], "2"), householder(["0", "1"], "2"), among=IN_0_2),
        fact("rank-of-gap", rank="2"),
        fact("orthogonal"),
        fact(
            "eigenvector",
            value=["0", "1", "0", "0"],
            vector=["1", ["0", "0", "-1", "0"]],
        ),
        field="8",
    )


MATRICES: dict[str, Callable[[], Certificate]] = {
    "matrix-fact-three-projections": three_projections,
    "matrix-fact-two-swaps": two_swaps,
    "matrix-fact-swap-after-copy": swap_after_copy,
    "matrix-fact-quarter-turn": quarter_turn,
    "matrix-fact-unstable-pair": unstable_pair,
    "matrix-fact-eighth-turn": eighth_turn,
}
