"""Cyclotomic numbers in the checker, against polynomials modulo the cyclotomic polynomial."""

import cmath
from fractions import Fraction
from itertools import pairwise

import pytest
from helpers.certificate_parts import Json, case, layer, load_checker, network
from helpers.naive_field import Element, cyclotomic, element
from helpers.naive_network import answer, states_of_layer, transition
from hypothesis import given
from hypothesis import strategies as st
from sympy import totient

checker = load_checker()
ORDERS = ["3", "4", "5", "8", "9", "10", "12"]
SMALL = st.sampled_from(["0", "1", "-1", "1/2", "-3/2", "2/3"])


def degree(order: str) -> int:
    return len(cyclotomic(int(order))) - 1


def field(order: str) -> object:
    return checker.read_field(checker.Node(order, "field"))


@st.composite
def numbers(draw: st.DrawFn, order: str) -> Json:
    """A rational, or a list that is none."""
    listed = draw(st.lists(SMALL, min_size=degree(order), max_size=degree(order)))
    return listed if set(listed[1:]) != {"0"} else listed[0]


def vectors(order: str, size: int) -> st.SearchStrategy[Json]:
    return st.lists(numbers(order), min_size=size, max_size=size)


@st.composite
def transitions(draw: st.DrawFn, order: str, size: int = 2) -> Json:
    """Any kind of transition; the v in it may have the scalar square 0."""
    kind = draw(st.sampled_from(checker.TRANSITIONS))
    if kind == "diagonal":
        return {"kind": kind, "entries": draw(vectors(order, size))}
    if kind == "dense":
        return {"kind": kind, "rows": [draw(vectors(order, size)) for _ in range(size)]}
    if kind == "blocks":
        parts = [transitions(order, 1).filter(lambda a: a["kind"] != kind) for _ in range(size)]
        return {"kind": kind, "blocks": [draw(part) for part in parts]}
    factors = transitions(order, size).filter(lambda a: a["kind"] in checker.FACTORS)
    if kind == "gated":
        return {"kind": kind, "gate": draw(numbers(order)), "factor": draw(factors)}
    if kind == "product":
        return {"kind": kind, "factors": draw(st.lists(factors, min_size=1, max_size=3))}
    direction, scale, *others = checker.RANK_ONE[kind]
    result = {"kind": kind, direction: draw(vectors(order, size)), scale: draw(numbers(order))}
    return result | {other: draw(vectors(order, size)) for other in others}


# ------------------------------------------------------------------ numbers


def test_the_cyclotomic_polynomials() -> None:
    for order in range(1, checker.MAX_ORDER + 1):
        assert [*checker.cyclotomic(order), 1] == cyclotomic(order)


def test_no_field_of_a_small_degree_is_refused() -> None:
    """phi(n) >= sqrt(n / 2), so that beyond 2 * 32^2 nothing needs to be looked at."""
    small = [n for n in range(3, 2 * 33**2) if totient(n) <= checker.MAX_DEGREE]
    assert max(small) == checker.MAX_ORDER
    assert all(field(str(n)).degree == totient(n) for n in small)
    for n in sorted({*range(3, 130)} - {*small}):
        with pytest.raises(checker.Malformed, match="a degree above 32"):
            field(str(n))


def value(order: str, x: list[int]) -> complex:
    turn = cmath.exp(2j * cmath.pi / int(order))
    return sum((c * turn**k for k, c in enumerate(x)), 0j)


@given(st.sampled_from([*ORDERS, "7", "15", "60", "120"]), st.data())
def test_conjugates_and_moduli_are_those_of_the_complex_number(
    order: str, data: st.DataObject
) -> None:
    read = field(order)
    x = data.draw(st.lists(st.integers(-3, 3), min_size=read.degree, max_size=read.degree))
    z = value(order, x)
    assert cmath.isclose(value(order, read.conjugate(x)), z.conjugate(), abs_tol=1e-9)
    assert cmath.isclose(value(order, read.squared_modulus(x)), abs(z) ** 2, abs_tol=1e-6)
    assert read.is_real(x) == (abs(z.imag) < 1e-9)


@given(st.sampled_from(ORDERS), st.data())
def test_a_number_times_its_reciprocal_is_1(order: str, data: st.DataObject) -> None:
    entry = data.draw(numbers(order).filter(lambda x: x != "0"))
    read = field(order)
    column = checker.read_column(checker.Node([entry], "x"), read)
    product = checker.multiply(checker.lift(read, column), checker.reciprocal(read, column))
    assert [row[0] for row in product.rows] == [1, *[0] * (read.degree - 1)]
    assert product.den == 1


@given(st.sampled_from(ORDERS), st.data())
def test_lifted_matrices_multiply_like_the_matrices(order: str, data: st.DataObject) -> None:
    read = field(order)
    a, b = ([data.draw(vectors(order, 2)) for _ in "12"] for _ in "12")
    stacked = [checker.read_matrix(checker.Node(x, "x"), (2, 2), read) for x in (a, b)]
    lifted = [checker.lift(read, x) for x in stacked]
    both = checker.multiply(lifted[0], stacked[1])
    assert checker.lift(read, both) == checker.multiply(*lifted)


# ------------------------------------------------------------------ networks


def entries(read: object, order: str) -> list[list[Element]]:
    n, den = read.rows_and_columns(), read.matrix.den
    return [
        [Element(int(order), [Fraction(c, den) for c in read.entry(i, j)]) for j in n] for i in n
    ]


def isotropic(a: Json, order: str) -> bool:
    """Whether a transition divides by 0."""
    parts = [*a.get("factors", []), *a.get("blocks", []), *([a["factor"]] if "factor" in a else [])]
    if any(isotropic(part, order) for part in parts):
        return True
    v = a.get("v") or (a["k"] if a["kind"] == "diagonal-plus-rank-one" else None)
    squares = [element(order, x) * element(order, x) for x in v or []]
    return v is not None and sum(squares, Element(int(order), [])) == 0


@given(st.sampled_from(ORDERS), st.data())
def test_the_matrix_of_a_transition(order: str, data: st.DataObject) -> None:
    a = data.draw(transitions(order))
    node = checker.Node(a, "A")
    if isotropic(a, order):
        with pytest.raises(checker.Malformed, match="nor its scalar square"):
            checker.read_transition(node, checker.TRANSITIONS, 2, field(order))
        return
    read = checker.read_transition(node, checker.TRANSITIONS, 2, field(order))
    assert entries(read, order) == transition(a, order)


@given(st.sampled_from(ORDERS), st.data())
def test_the_state_after_a_word(order: str, data: st.DataObject) -> None:
    def draw_input() -> Json:
        return [data.draw(vectors(order, 2)) for _ in range(2)]

    drawn = [data.draw(transitions(order).filter(lambda a: not isotropic(a, order))) for _ in "01"]
    cases = [case([letter], a, draw_input()) for letter, a in zip("01", drawn, strict=True)]
    readout: Json = {"kind": "states", "table": []}
    lrnn = network({**layer(draw_input(), cases, readout), "field": order})
    word = data.draw(st.lists(st.sampled_from("01"), max_size=4))
    exact = {"name": "exact"}
    read = checker.read_network(checker.Node(lrnn, "lrnn"))
    state = checker.final_state(read, word, checker.read_semantics(checker.Node(exact, "s")))
    slow = states_of_layer(lrnn["layers"][0], [[letter] for letter in word], exact)[-1]
    stacked = [[x.coefficients[i] for x in row] for row in slow for i in range(degree(order))]
    assert state.fractions() == stacked


def test_the_read_out_of_a_number_is_that_of_the_slow_reading() -> None:
    turn = {"kind": "diagonal", "entries": [["0", "1"]]}
    states: list[Json] = [[["1"]], [[["0", "1"]]], [[["-1", "-1"]]]]
    table = [{"state": state, "output": name} for state, name in zip(states, "abc", strict=True)]
    cases = [case([letter], turn, [["0"]]) for letter in "01"]
    lrnn = network({**layer(states[0], cases, {"kind": "states", "table": table}), "field": "3"})
    read = checker.read_network(checker.Node(lrnn, "lrnn"))
    exact = {"name": "exact"}
    for length, name in enumerate("abcabc"):
        word = ["0"] * length
        state = checker.final_state(read, word, checker.read_semantics(checker.Node(exact, "s")))
        assert read.layers[-1].readout.output(state) == name == answer(exact, lrnn, word)[1]


# ------------------------------------------------------------------ regions

LARGER = [
    ("diagonal-nonnegative", "diagonal-real", "diagonal-complex", "permutation-diagonal"),
    ("diagonal-complex", "triangular-complex", "dense"),
    ("diagonal-nonnegative", "diagonal-real", "triangular-real", "triangular-complex"),
    ("householder-nonnegative", "householder", "householder-product-2", "householder-product-3"),
    ("householder-nonnegative", "householder-product-2-nonnegative", "householder-product-2"),
    ("householder-nonnegative", "gated-householder-nonnegative", "gated-householder"),
    ("gated-householder", "gated-householder-product-2", "gated-householder-product-3"),
    ("gated-householder-nonnegative", "gated-householder-product-2-nonnegative"),
    ("householder-product-2-nonnegative", "gated-householder-product-2-nonnegative"),
    ("gated-householder-product-2-nonnegative", "gated-householder-product-2"),
    ("diagonal-plus-rank-one-transposed", "diagonal-plus-rank-one"),
    ("householder-product-2", "gated-householder-product-2"),
    ("householder", "diagonal-householder", "dense"),
    ("diagonal-householder-nonnegative", "diagonal-householder"),
]


@given(st.sampled_from([None, "4", "8"]), st.data())
def test_a_larger_region_holds_the_smaller_one(order: str | None, data: st.DataObject) -> None:
    a = data.draw(transitions(order or "4").filter(lambda a: not isotropic(a, order or "4")))
    over = field(order) if order else checker.RATIONALS
    try:
        read = checker.read_transition(checker.Node(a, "A"), checker.TRANSITIONS, 2, over)
    except checker.Malformed:
        assert order is None  # a number that is not rational
        return
    for chain in LARGER:
        holds = [checker.PROPERTIES[name](read) for name in chain]
        assert all(later or not earlier for earlier, later in pairwise(holds)), chain


def test_rational_numbers_have_the_same_regions_in_a_field() -> None:
    for a in (
        {"kind": "diagonal", "entries": ["1", "-1"]},
        {"kind": "householder", "v": ["1", "-1"], "beta": "1"},
        {"kind": "dense", "rows": [["0", "1/2"], ["1", "0"]]},
        {"kind": "dense", "rows": [["0", "-1"], ["1", "0"]]},
    ):
        node = checker.Node(a, "A")
        reads = [
            checker.read_transition(node, checker.TRANSITIONS, 2, over)
            for over in (checker.RATIONALS, field("8"))
        ]
        for name, holds in checker.PROPERTIES.items():
            assert holds(reads[0]) == holds(reads[1]), (a, name)
