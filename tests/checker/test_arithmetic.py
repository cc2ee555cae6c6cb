"""The exact arithmetic of the checker against slower or independent ways to the same numbers."""

from fractions import Fraction
from itertools import combinations, permutations, product

import pytest
from helpers.certificate_samples import (
    E4M3,
    Json,
    case,
    column,
    fixed,
    layer,
    load_checker,
    minifloat,
    network,
    states_readout,
    threshold,
)
from helpers.naive_network import answer, longest_period, rounded, transition, values
from hypothesis import given
from hypothesis import strategies as st

checker = load_checker()
MODES = ("nearest-even", "nearest-away", "nearest-down", "toward-zero", "up", "down")
RATIONALS = st.fractions(min_value=-12, max_value=12, max_denominator=64)
SMALL = st.integers(-3, 3)


def matrix(rows: list[list[int]], den: int = 1) -> object:
    return checker.to_matrix([[Fraction(x, den) for x in row] for row in rows])


def squares(most: int) -> st.SearchStrategy[list[list[int]]]:
    sizes = st.integers(1, most)
    return sizes.flatmap(
        lambda n: st.lists(st.lists(SMALL, min_size=n, max_size=n), min_size=n, max_size=n)
    )


def determinant(rows: list[list[int]]) -> int:
    total = 0
    for order in permutations(range(len(rows))):
        sign = (-1) ** sum(x > y for x, y in combinations(order, 2))
        product = 1
        for row, column_index in zip(rows, order, strict=True):
            product *= row[column_index]
        total += sign * product
    return total


MATRICES = st.tuples(
    st.lists(st.lists(RATIONALS, min_size=2, max_size=2), min_size=2, max_size=2),
    st.lists(st.lists(RATIONALS, min_size=3, max_size=3), min_size=2, max_size=2),
    st.lists(st.lists(RATIONALS, min_size=3, max_size=3), min_size=2, max_size=2),
)


@given(MATRICES)
def test_a_step_in_one_go_is_a_product_and_a_sum(
    rows: tuple[list[list[Fraction]], list[list[Fraction]], list[list[Fraction]]],
) -> None:
    a, x, b = map(checker.to_matrix, rows)
    assert checker.affine(a, x, b) == checker.combine(checker.multiply(a, x), b)
    for made, entries in zip((a, x, b), rows, strict=True):
        assert made == checker.reduced(made.rows, made.den)
        assert made.fractions() == entries


@given(st.from_regex(r"-?[0-9]{1,4}(/[0-9]{1,4})?", fullmatch=True))
def test_short_rationals_are_read_like_long_ones(text: str) -> None:
    found = checker.short_rational(text)
    above, _, below = text.partition("/")
    is_whole = not below and str(int(above)) == text
    lowest = below and int(below) and str(Fraction(int(above), int(below))) == text
    assert (found is not None) == bool(is_whole or lowest)
    assert found is None or str(found) == text


# ------------------------------------------------------------------ spectra


@given(squares(4))
def test_semidefinite_means_no_negative_principal_minor(rows: list[list[int]]) -> None:
    n = range(len(rows))
    symmetric = [[rows[i][j] + rows[j][i] for j in n] for i in n]
    minors = (
        determinant([[symmetric[i][j] for j in chosen] for i in chosen])
        for size in range(1, len(rows) + 1)
        for chosen in combinations(n, size)
    )
    assert checker.is_positive_semidefinite(matrix(symmetric)) == all(m >= 0 for m in minors)


@given(squares(4))
def test_a_gram_matrix_is_semidefinite(rows: list[list[int]]) -> None:
    a = matrix(rows, 3)
    assert checker.is_positive_semidefinite(checker.multiply(checker.transpose(a), a))


@given(
    st.lists(
        st.fractions(0, 1, max_denominator=3) | st.fractions(-2, 2, max_denominator=3), max_size=4
    ),
    st.lists(st.tuples(SMALL, st.integers(1, 3)), max_size=2),
    st.data(),
)
def test_the_spectrum_of_a_matrix_with_known_eigenvalues(
    real: list[Fraction], complex_pairs: list[tuple[int, int]], data: st.DataObject
) -> None:
    """Block triangular, then conjugated by elementary matrices: multiple roots are included."""
    n = len(real) + 2 * len(complex_pairs)
    if n == 0:
        return
    rows = [
        [Fraction(data.draw(SMALL)) if j > i else Fraction(0) for j in range(n)] for i in range(n)
    ]
    for i, value in enumerate(real):
        rows[i][i] = value
    for k, (a, b) in enumerate(complex_pairs):
        i = len(real) + 2 * k
        rows[i][i] = rows[i + 1][i + 1] = Fraction(a)
        rows[i][i + 1], rows[i + 1][i] = Fraction(b), Fraction(-b)
    for _ in range(n):
        i, j, c = data.draw(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1), SMALL))
        if i != j:  # row i += c * row j, column j -= c * column i
            rows[i] = [x + c * y for x, y in zip(rows[i], rows[j], strict=True)]
            for row in rows:
                row[j] -= c * row[i]
    all_real = not complex_pairs
    assert checker.spectrum(checker.to_matrix(rows)) == (
        all_real,
        all_real and all(x >= 0 for x in real),
        all_real and all(0 <= x <= 1 for x in real),
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([[0, 1], [2, 0]], (True, False, False)),  # +-sqrt 2
        ([[3, 1], [5, 2]], (True, True, False)),  # (5 +- sqrt 21) / 2
        ([[2, -5], [1, 2]], (False, False, False)),
        ([[0, 0, 1], [1, 0, 0], [0, 1, 0]], (False, False, False)),  # the cube roots of 1
        ([[0, 1], [0, 0]], (True, True, True)),
        ([[1, 1], [0, 1]], (True, True, True)),
        ([[-1, 5], [0, -1]], (True, False, False)),
        ([[2, 1], [1, 1]], (True, True, False)),
        ([[1, 2], [2, 1]], (True, False, False)),
    ],
)
def test_spectra_with_irrational_and_multiple_eigenvalues(
    rows: list[list[int]], expected: tuple[bool, bool, bool]
) -> None:
    assert checker.spectrum(matrix(rows)) == expected


def test_equal_matrices_are_equal_data() -> None:
    assert matrix([[2, -4]], 6) == matrix([[1, -2]], 3)
    assert matrix([[0, 0]], 7).den == 1
    assert str(matrix([[2, -4]], 6)) == "[['1/3', '-2/3']]"
    assert str(matrix([[0] * 20])) == "(1 x 20 matrix)"


# ------------------------------------------------------------------ formats


def _format(form: Json) -> object:
    return checker.read_format(checker.Node(form, "format"))


FORMATS = [
    fixed("1/4", "-2", "7/4", "MODE"),
    fixed("1", "0", "3", "MODE"),
    fixed("1/3", "-4/3", "2/3", "MODE", "wrap"),
    fixed("1", "-3", "4", "MODE", "wrap"),
    minifloat("1", "-2", "4", "MODE"),
    minifloat("3", "-1", "7", "MODE"),
    minifloat("2", "1", "6", "MODE"),
]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("form", FORMATS, ids=str)
def test_rounding_chooses_the_right_neighbour(form: Json, mode: str) -> None:
    form = {**form, "rounding": mode}
    listed, read = values(form), _format(form)
    points = {Fraction(n, 24) for n in range(-24 * 13, 24 * 13)} | set(listed)
    points |= {(x + y) / 2 for x in listed for y in listed}
    for x in points:
        assert read.round(x) == rounded(x, form), x
    assert read.has(listed)
    assert not read.has([listed[0] + Fraction(1, 1000)])


@pytest.mark.parametrize("mode", MODES)
def test_a_float_rounds_to_infinity_where_ieee_says_so(mode: str) -> None:
    form = {**minifloat("3", "-1", "7", mode), "overflow": "infinity"}
    read, saturating = _format(form), _format({**form, "overflow": "saturate"})
    highest = {"up": Fraction(7), "toward-zero": None, "down": None}.get(mode, Fraction(15, 2))
    lowest = {"down": Fraction(7), "toward-zero": None, "up": None}.get(mode, Fraction(15, 2))
    above = mode in ("nearest-even", "nearest-away")  # whether a tie goes to infinity
    below = mode.startswith("nearest")
    for numerator in range(160):
        x = Fraction(numerator, 16)
        for signed, bound, tie in ((x, highest, above), (-x, lowest, below)):
            if bound is not None and (x > bound or (x == bound and tie)):
                with pytest.raises(checker.Invalid, match="rounded to infinity"):
                    read.round(signed)
            else:
                assert read.round(signed) == saturating.round(signed)
    assert read.has([Fraction(7)])
    assert not read.has([Fraction(8)])


@pytest.mark.parametrize("form", [f for f in FORMATS if f["overflow"] == "saturate"], ids=str)
def test_the_values_of_a_format(form: Json) -> None:
    form = {**form, "rounding": "down"}
    assert _format(form).values(256) == values(form)


def test_e4m3_has_253_values() -> None:
    listed = _format(E4M3).values(256)
    assert listed == values(E4M3)
    assert len(listed) == 253
    assert min(x for x in listed if x > 0) == Fraction(1, 512)


def test_e4m3_rounds_as_the_standard_says() -> None:
    read = _format(E4M3)
    pairs = {17: 16, 18: 18, 19: 20, 25: 24, 27: 28, 432: 448, 431: 416, 10**9: 448}
    pairs |= {Fraction(1, 1024): 0, Fraction(3, 1024): Fraction(1, 256)}
    for x, y in pairs.items():
        assert (read.round(Fraction(x)), read.round(Fraction(-x))) == (y, -y)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("form", [FORMATS[1], FORMATS[4], FORMATS[6]], ids=str)
def test_the_periods_of_scalar_maps(form: Json, mode: str) -> None:
    form = {**form, "rounding": mode}
    listed = values(form)
    expected = (longest_period(form, Fraction(0)), longest_period(form, None))
    found = checker.scalar_maps(_format(form), listed)
    assert found == (len(listed), len(listed) ** 3, *expected)


@given(st.permutations(range(12)), st.lists(st.integers(0, 11), min_size=12, max_size=12))
def test_the_longest_period_of_a_map(permutation: list[int], images: list[int]) -> None:
    for listed in (permutation, images):
        table = bytes([*listed, *range(12, 256)])
        best = 0
        for start in range(12):
            path = [start]
            while listed[path[-1]] not in path:
                path.append(listed[path[-1]])
            best = max(best, len(path) - path.index(listed[path[-1]]))
        assert checker.longest_period(table) == best


TABLES = st.lists(st.lists(st.integers(0, 3), min_size=4, max_size=4), min_size=1, max_size=4)


@given(TABLES, TABLES, st.sampled_from([None, False, True]), st.booleans())
def test_the_largest_period_of_maps_in_any_order(
    products: list[list[int]], sums: list[list[int]], falling: bool | None, in_order: bool
) -> None:
    if falling is not None:
        products = [sorted(table, reverse=falling) for table in products]
    if in_order:
        sums = [sorted(table) for table in sums]
    padded = [[bytes([*table, *range(4, 256)]) for table in part] for part in (products, sums)]
    followed = (checker.longest_period(a.translate(b)) for a, b in product(*padded))
    assert checker.largest_period(*padded, 4) == max(followed)


# ------------------------------------------------------------------ networks

NUMBER = st.sampled_from(["0", "1", "-1", "1/2", "-1/2", "3/2", "1/4"])
PAIR = st.lists(NUMBER, min_size=2, max_size=2)
DELTA = st.builds(lambda k, b: {"kind": "delta", "k": k, "beta": b}, PAIR, NUMBER)
HOUSEHOLDER = st.builds(
    lambda v, b: {"kind": "householder", "v": [*v[:1], "1"], "beta": b}, PAIR, NUMBER
)


def products(factors: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    listed = st.lists(factors, min_size=1, max_size=3)
    return st.builds(lambda f: {"kind": "product", "factors": f}, listed)


def gated(factors: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    both = factors | products(factors)
    return st.builds(lambda g, f: {"kind": "gated", "gate": g, "factor": f}, NUMBER, both)


SCALAR = st.one_of(
    st.builds(lambda x: {"kind": "diagonal", "entries": [x]}, NUMBER),
    st.builds(lambda x: {"kind": "dense", "rows": [[x]]}, NUMBER),
    gated(st.builds(lambda k, b: {"kind": "delta", "k": [k], "beta": b}, NUMBER, NUMBER)),
)
BLOCKS = st.builds(lambda a, b: {"kind": "blocks", "blocks": [a, b]}, SCALAR, SCALAR)
WRITTEN = st.one_of(
    DELTA,
    st.builds(lambda entries: {"kind": "diagonal", "entries": entries}, PAIR),
    st.builds(lambda a, b: {"kind": "dense", "rows": [a, b]}, PAIR, PAIR),
    products(DELTA),
    gated(DELTA),
    BLOCKS,
)
FACTORED = st.one_of(
    WRITTEN,
    HOUSEHOLDER,
    products(DELTA | HOUSEHOLDER),
    gated(DELTA | HOUSEHOLDER),
    st.builds(
        lambda v, b, e: {
            "kind": "householder-diagonal",
            "v": ["1", *v[:1]],
            "beta": b,
            "entries": e,
        },
        *(PAIR, NUMBER, PAIR),
    ),
    st.builds(
        lambda w, k, a, c: {
            "kind": "diagonal-plus-rank-one",
            "w": w,
            "k": [*k[:1], "-2"],
            "a": a,
            "c": c,
        },
        *(PAIR, PAIR, PAIR, NUMBER),
    ),
)
INPUT = st.builds(lambda a, b: [a, b], PAIR, PAIR)  # 2 x 2: the state has two columns


@given(FACTORED)
def test_the_matrix_of_a_transition(a: Json) -> None:
    read = checker.read_transition(checker.Node(a, "A"), checker.TRANSITIONS, 2)
    assert read.matrix.fractions() == transition(a)


SEMANTICS = [
    {"name": "exact"},
    {"name": "cast-unrolled", "format": fixed("1/4", "-8", "8", "nearest-even")},
    {"name": "cast-unrolled", "format": minifloat("3", "-2", "28", "nearest-away")},
    {"name": "seq-round", "format": fixed("1/4", "-2", "7/4", "nearest-down", "wrap")},
    {"name": "seq-round", "format": minifloat("2", "-1", "6", "nearest-even")},
    {"name": "op-round", "format": fixed("1/4", "-4", "4", "nearest-even")},
    {"name": "op-round", "format": minifloat("2", "-2", "6", "up")},
]


@pytest.mark.parametrize("semantics", SEMANTICS, ids=str)
@given(data=st.data())
def test_a_stack_answers_like_the_slow_reading(semantics: Json, data: st.DataObject) -> None:
    transitions = WRITTEN if semantics["name"] == "op-round" else FACTORED
    weights = data.draw(INPUT)
    readout = threshold([(weights, ">=", "1/2"), (weights, ">", "1")], b00=True, b10=False, b11="x")
    layers: list[Json] = []
    for reads in data.draw(st.sampled_from([[[], [1]], [[], [], [1]], [[], [1], [2]]])):
        outputs = product((True, False, "x"), repeat=len(reads))
        symbols = [[letter, *heard] for heard in outputs for letter in "01"]
        cases = [case(on, data.draw(transitions), data.draw(INPUT)) for on in symbols]
        made = layer(data.draw(INPUT), cases, readout)
        everything = reads == list(range(1, len(layers) + 1))
        layers.append(made if everything else {**made, "reads": list(map(str, reads))})
    lrnn = network(*layers)
    read = checker.read_network(checker.Node(lrnn, "lrnn"))
    word = data.draw(st.lists(st.sampled_from("01"), max_size=6))
    state = checker.final_state(read, word, checker.read_semantics(checker.Node(semantics, "s")))
    found = read.layers[-1].readout
    assert (found.observe(state), found.output(state)) == answer(semantics, lrnn, word)


def test_equality_at_a_threshold() -> None:
    half = checker.to_matrix([[Fraction(1, 2)]])
    functionals = [([["2/3"]], relation, "1/3") for relation in (">=", ">")]
    node = checker.Node(threshold(functionals, b10=True), "readout")
    assert checker.read_readout(node, (1, 1)).observe(half) == "10"
    table = checker.Node(states_readout((column("1/2"), "half")), "readout")
    assert checker.read_readout(table, (1, 1)).output(half) == "half"


def test_states_whose_numbers_collide_are_told_apart() -> None:
    """Python's hash of an integer is its rest modulo 2^61 - 1, so these would all have hash 0."""
    states = [checker.to_matrix([[Fraction(n * (2**61 - 1))]]) for n in range(1_000)]
    assert len({hash(state) for state in states}) > 990
    assert hash(states[3]) == hash(checker.multiply(states[1], checker.to_matrix([[Fraction(3)]])))
