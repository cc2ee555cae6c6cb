"""Certificates of polynomial identities and of listed sets, by hand from FORMAT.md alone."""

from __future__ import annotations

from collections.abc import Callable

from helpers.certificate_parts import Certificate, Json, householder, new_certificate


def identity(
    variables: list[str], *steps: Json, zero: list[Json], nonnegative: list[Json], **more: Json
) -> Certificate:
    """Steps about polynomials."""
    return new_certificate(
        "identity",
        variables=variables,
        zero=zero,
        nonnegative=nonnegative,
        steps=list(steps),
        **more,
    )


def binomial() -> Certificate:
    """(x + y)^2 = x x + 2 x y + y y."""
    left = ["^", ["+", "x", "y"], "2"]
    right = ["+", ["*", "x", "x"], ["*", "2", "x", "y"], ["^", "y", "2"]]
    return identity(
        ["x", "y"],
        {"step": "equal", "left": left, "right": right},
        zero=[],
        nonnegative=[],
    )


def between_zero_and_one() -> Certificate:
    """If x >= 0, 1 - x >= 0 and y = x - x x, then y >= 0; and y = 0 would follow from y - y."""
    y_again = ["-", "y", ["-", "x", ["^", "x", "2"]]]
    return identity(
        ["x", "y"],
        {"step": "zero", "polynomial": ["*", "2", y_again], "cofactors": [cofactor("0", "2")]},
        {
            "step": "nonnegative",
            "polynomial": "y",
            "squares": [square("1", ["0", "1"], "1")],
            "cofactors": [cofactor("1", "1/2")],
        },
        {
            "step": "nonnegative",
            "polynomial": ["*", "3", "y", ["^", "x", "2"]],
            "squares": [square("3", ["2"], "x")],
            "cofactors": [],
        },
        zero=[y_again],
        nonnegative=["x", ["-", "1", "x"]],
    )


def cofactor(of: str, times: Json) -> Json:
    """One multiple of what is 0."""
    return {"of": of, "times": times}


def square(weight: str, of: list[str], root: Json) -> Json:
    """One positive multiple of a square."""
    return {"weight": weight, "of": of, "square": root}


def swaps_of_three() -> Certificate:
    """The six permutations of three points by two swaps of neighbours."""
    swaps = [householder(v, "2") for v in (["1", "-1", "0"], ["0", "1", "-1"])]
    return new_certificate(
        "short-products",
        set="permutations",
        range="factors-in-0-2",
        factors=swaps,
        lengths=["1", "2", "2", "1"],
    )


def maps_of_two() -> Certificate:
    """The four maps of two points: a swap and two copies."""
    copies = [
        {"kind": "diagonal-plus-rank-one", "w": ["1", "1"], "k": ["1", "-1"], "a": a, "c": "2"}
        for a in (["1", "1"], ["1", "0"], ["0", "1"])
    ]
    return new_certificate(
        "short-products",
        set="one-hot-columns",
        range="diagonal-plus-rank-one",
        factors=copies,
        lengths=["1", "3"],
    )


def two_bits_in_three_states() -> Certificate:
    """Of the four words of two bits a memory of three states gives back three."""
    return new_certificate(
        "exhaustive-copy",
        letters="2",
        length="2",
        states="3",
        encoders="81",
        most_copied="3",
    )


IDENTITIES: dict[str, Callable[[], Certificate]] = {
    "identity-binomial": binomial,
    "identity-between-zero-and-one": between_zero_and_one,
    "short-products-swaps-of-three": swaps_of_three,
    "short-products-maps-of-two": maps_of_two,
    "exhaustive-copy-three-states": two_bits_in_three_states,
}
