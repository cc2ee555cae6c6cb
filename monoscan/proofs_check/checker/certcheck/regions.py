"""The properties that a certificate may claim of every transition of a network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from .fields import RATIONALS, within
from .formats import BY_OPERATION, Semantics
from .limits import MAX_BYTES, WORK, require, shown
from .matrices import (
    Matrix,
    combine,
    identity,
    is_positive_semidefinite,
    multiply,
    numbers_of,
    reduced,
    transpose,
)
from .networks import Layer, Network
from .reading import Node
from .shapes import (
    DIAGONAL,
    UNIT_KEYS,
    have_common_phase,
    heads,
    is_diagonal,
    is_symmetric,
    is_upper_triangular,
    is_written,
    require_same_heads,
)
from .spectra import spectrum
from .stated_regions import Region, read_region
from .transitions import FACTORS, Transition


def is_real(a: Transition) -> bool:
    """Whether all entries are real."""
    n = a.rows_and_columns()
    return a.field == RATIONALS or all(a.field.is_real(a.entry(i, j)) for i in n for j in n)


def is_contraction(a: Matrix) -> bool:
    """Whether the spectral norm is <= 1."""
    square = multiply(transpose(a), a)
    return is_positive_semidefinite(combine(identity(len(a.rows)), square, -1))


def of_rationals(holds: Callable[[Matrix], bool]) -> Callable[[Transition], bool]:
    """A test of rational matrices; one with any other entry does not pass it."""

    def function(a: Transition) -> bool:
        n, den = a.rows_and_columns(), a.matrix.den
        rows = [[a.entry(i, j) for j in n] for i in n]
        rational = not any(any(x[1:]) for row in rows for x in row)
        return rational and holds(reduced(([x[0] for x in row] for row in rows), den))

    return function


def is_diagonal_within(a: Transition, least: int, most: int) -> bool:
    """Whether A is diagonal with rational entries in [least, most]."""
    entries = (a.entry(i, i) for i in a.rows_and_columns())
    return is_diagonal(a) and all(within(x, a.matrix.den, least, most) for x in entries)


def is_inside(x: Sequence[int], den: int, least: Fraction | int, most: int) -> bool:
    """Whether the number x / den is rational and strictly between two bounds."""
    return not any(x[1:]) and least * den < x[0] < most * den


def is_diagonal_inside(a: Transition, least: int, most: int) -> bool:
    """Whether A is diagonal with rational entries strictly between two bounds."""
    entries = (a.entry(i, i) for i in a.rows_and_columns())
    return is_diagonal(a) and all(is_inside(x, a.matrix.den, least, most) for x in entries)


def is_diagonal_complex_inside(a: Transition) -> bool:
    """Whether A is diagonal with entries e such that |e|^2 is rational and below 1."""
    squares = (a.field.squared_modulus(a.entry(i, i)) for i in a.rows_and_columns())
    return is_diagonal(a) and all(is_inside(x, a.matrix.den**2, -1, 1) for x in squares)


def has_modulus_at_most_one(a: Transition, i: int, j: int) -> bool:
    """Whether |e|^2 is rational and <= 1 for an entry e."""
    return within(a.field.squared_modulus(a.entry(i, j)), a.matrix.den**2, 0, 1)


def is_diagonal_complex(a: Transition) -> bool:
    """Whether A is diagonal with entries in the unit disc."""
    return is_diagonal(a) and all(has_modulus_at_most_one(a, i, i) for i in a.rows_and_columns())


def is_permutation_diagonal(a: Transition) -> bool:
    """Whether each column has at most one entry that is not 0, and that in the unit disc."""
    n = a.rows_and_columns()
    columns = ([i for i in n if any(a.entry(i, j))] for j in n)
    return all(
        len(found) <= 1 and all(has_modulus_at_most_one(a, i, j) for i in found)
        for j, found in enumerate(columns)
    )


def reflects(a: Transition, most: int) -> bool:
    """Whether the direction is real, and the strength rational in [0, most]."""
    (strength,) = numbers_of(a.field, a.strength)
    return a.has_real_direction and within(strength, a.strength.den, 0, most)


def others_within(a: Transition, least: int, most: int) -> bool:
    """Whether the vectors beside the direction have rational entries in [least, most]."""
    listed = ((other.den, numbers_of(a.field, other)) for other in a.others)
    return all(within(x, den, least, most) for den, numbers in listed for x in numbers)


def is_factored(a: Transition, most: int, count: int = MAX_BYTES) -> bool:
    """Whether a is one factor, or a product of at most `count`, each with 0 <= b <= most."""
    factors = a.parts if a.kind == "product" else (a,)
    reflections = all(factor.kind in FACTORS and reflects(factor, most) for factor in factors)
    return reflections and len(factors) <= count


def is_factored_head(most: int, count: int, gates: bool) -> Callable[[Transition], bool]:
    """`is_factored` for a head, which may have a gate in [0, 1] if `gates`."""

    def holds(head: Transition) -> bool:
        if gates and head.kind == "gated":
            return reflects(head, 1) and is_factored(head.parts[0], most, count)
        return is_factored(head, most, count)

    return holds


def is_open_householder(head: Transition) -> bool:
    """Whether a head is one factor I - b u u^T with 0 < b < 2."""
    factor = head.parts[0] if head.kind == "product" else head
    return is_factored(head, 2, 1) and 0 < factor.strength.fractions()[0][0] < 2


def is_diagonal_householder(head: Transition, most: int) -> bool:
    """Whether a head is (I - b u u^T) diag(entries), 0 <= b <= most, 1 - most <= entries <= 1."""
    if head.kind == "diagonal":
        return is_diagonal_within(head, 1 - most, 1)
    reflection = head.kind in (*FACTORS, "householder-diagonal") and reflects(head, most)
    return reflection and others_within(head, 1 - most, 1)


def is_diagonal_plus_rank_one(head: Transition) -> bool:
    """Whether a head is diag(w) - c u (u o a)^T, 0 <= c <= 2 and w, a in [0, 1]."""
    inside = head.kind == "diagonal-plus-rank-one" and reflects(head, 2)
    return inside and others_within(head, 0, 1)


def is_released_rank_one(head: Transition) -> bool:
    """Whether a head is a symmetric diag(w) - u (u o a)^T, 109/200 < w < 1 and 0 < a < 1."""
    if not (is_diagonal_plus_rank_one(head) and is_symmetric(head)):
        return False
    (c,) = numbers_of(head.field, head.strength)
    w, a = ((numbers_of(head.field, other), other.den) for other in head.others)
    return (
        c[0] == head.strength.den
        and all(is_inside(x, w[1], Fraction(109, 200), 1) for x in w[0])
        and all(is_inside(x, a[1], 0, 1) for x in a[0])
    )


def is_scalar_plus_rank_one(head: Transition) -> bool:
    """Whether a head is g I - b u u^T, g and b in [0, 1], b = c a with one a in [0, 1]."""
    if not is_diagonal_plus_rank_one(head):
        return False
    w, a = (numbers_of(head.field, other) for other in head.others)
    (c,), den = numbers_of(head.field, head.strength), head.strength.den * head.others[1].den
    return all(x == w[0] for x in w) and all(x == a[0] for x in a) and c[0] * a[0][0] <= den


def is_time_invariant(layer: Layer) -> bool:
    """Whether all A of the layer are one matrix, diagonal with entries in the unit disc."""
    matrices = {case.a.matrix for case in layer.cases.values()}
    return len(matrices) <= 1 and all(is_diagonal_complex(c.a) for c in layer.cases.values())


def is_time_invariant_nonnegative(layer: Layer) -> bool:
    """Whether all A of the layer are one matrix, diagonal with entries in [0, 1]."""
    cases = layer.cases.values()
    return is_time_invariant(layer) and all(is_diagonal_within(case.a, 0, 1) for case in cases)


def has_common_phase(layer: Layer) -> bool:
    """Whether A is diagonal in the unit disc, each entry g z, g >= 0, with one z for all cases."""
    return all(is_diagonal_complex(c.a) for c in layer.cases.values()) and have_common_phase(layer)


def is_mixed(layer: Layer) -> bool:
    """Whether the layer is time-invariant, or diagonal with entries in [0, 1]."""
    cases = layer.cases.values()
    return is_time_invariant(layer) or all(is_diagonal_within(case.a, 0, 1) for case in cases)


# Properties of the matrix A of every case, and properties of every layer.
PROPERTIES: dict[str, Callable[[Transition], bool]] = {
    "diagonal": is_diagonal,
    "symmetric": is_symmetric,
    "spectrum-real": of_rationals(lambda a: spectrum(a)[0]),
    "spectrum-nonnegative": of_rationals(lambda a: spectrum(a)[1]),
    "spectrum-in-0-1": of_rationals(lambda a: spectrum(a)[2]),
    "norm-at-most-one": of_rationals(is_contraction),
    "factors-in-0-1": lambda a: is_factored(a, 1),
    "factors-in-0-2": lambda a: is_factored(a, 2),
    "diagonal-nonnegative": lambda a: is_diagonal_within(a, 0, 1),
    "diagonal-real": lambda a: is_diagonal_within(a, -1, 1),
    "diagonal-complex": is_diagonal_complex,
    "diagonal-open": lambda a: is_diagonal_inside(a, 0, 1),
    "diagonal-real-open": lambda a: is_diagonal_inside(a, -1, 1),
    "diagonal-complex-open": is_diagonal_complex_inside,
    "triangular-real": lambda a: is_upper_triangular(a) and is_real(a),
    "triangular-complex": is_upper_triangular,
    "permutation-diagonal": is_permutation_diagonal,
    "dense": lambda a: True,
}
# Properties of every head; the heads stand at the same rows in all cases of a layer.
HEAD_PROPERTIES: dict[str, Callable[[Transition], bool]] = {
    "householder-open": is_open_householder,
    "diagonal-householder": lambda head: is_diagonal_householder(head, 2),
    "diagonal-householder-nonnegative": lambda head: is_diagonal_householder(head, 1),
    "scalar-plus-rank-one": is_scalar_plus_rank_one,
    "diagonal-plus-rank-one": is_diagonal_plus_rank_one,
    "rwkv-7-released": is_released_rank_one,
    "diagonal-plus-rank-one-transposed": lambda head: (
        is_diagonal_plus_rank_one(head) and is_symmetric(head)
    ),
}
for most_factors in range(1, 65):
    region = "householder" + f"-product-{most_factors}" * (most_factors > 1)
    HEAD_PROPERTIES[region] = is_factored_head(2, most_factors, gates=False)
    HEAD_PROPERTIES[f"{region}-nonnegative"] = is_factored_head(1, most_factors, gates=False)
    HEAD_PROPERTIES[f"gated-{region}"] = is_factored_head(2, most_factors, gates=True)
    HEAD_PROPERTIES[f"gated-{region}-nonnegative"] = is_factored_head(1, most_factors, gates=True)


def of_heads(holds: Callable[[Transition], bool]) -> Callable[[Transition], bool]:
    """A test of one matrix that tests its heads."""
    return lambda a: all(map(holds, heads(a)))


PROPERTIES.update((name, of_heads(holds)) for name, holds in HEAD_PROPERTIES.items())
LAYER_PROPERTIES: dict[str, Callable[[Layer], bool]] = {
    "time-invariant-nonnegative": is_time_invariant_nonnegative,
    "time-invariant-diagonal": is_time_invariant,
    "mixed-diagonal": is_mixed,
    "diagonal-common-phase": has_common_phase,
}
# Classes of networks that update each entry of the state on its own. With every operation rounded
# that is a matter of how a matrix is written: a `delta` of width 1 computes more than a product.
ENTRY_BY_ENTRY = (
    "diagonal-nonnegative",
    "diagonal-real",
    "diagonal-complex",
    "diagonal-open",
    "diagonal-real-open",
    "diagonal-complex-open",
    *LAYER_PROPERTIES,
)

WRITTEN = dict.fromkeys(HEAD_PROPERTIES, UNIT_KEYS) | dict.fromkeys(ENTRY_BY_ENTRY, DIAGONAL)


def read_properties(node: Node) -> list[str | Region]:
    """A list of different properties: names, and regions that are stated as data."""
    known = LAYER_PROPERTIES | PROPERTIES
    found: list[str | Region] = [
        read_region(item) if isinstance(item.value, dict) else item.choice(known)
        for item in node.items()
    ]
    names = [item.text if isinstance(item, Region) else item for item in found]
    if len(set(names)) < len(names):
        node.fail("a property is named twice")
    return found


def require_properties(
    network: Network, properties: Sequence[str | Region], semantics: Semantics
) -> None:
    """Every layer, or every case of every layer, has these properties."""
    for item in properties:
        if isinstance(item, Region):
            size, written, text = item.size, item.written, f"stated as {shown(item.text)}"
        else:
            size, written, text = 1, WRITTEN.get(item, ""), item
        asked = written if semantics.name in BY_OPERATION else ""
        for number, layer in network.recurrent():
            sizes = [500 + 10 * case.a.matrix.size for case in layer.cases.values()]
            WORK.spend(size * (2_000 + sum(sizes)) * (1 + len(layer.initial.rows) ** 2))
            place = f"lrnn.layers[{number}]"
            said = f"does not have the property {text}"
            for index, case in enumerate(layer.cases.values() if asked else ()):
                place_of_a = f"{place}.cases[{index}].A"
                why = f"{place_of_a}: {said}, because {semantics.name} asks for {asked}"
                require(is_written(case.a, asked), why)
            if layer.field != RATIONALS:
                said += "; nothing that needs an order of irrational numbers is decided here"
            if isinstance(item, Region):
                require(item.holds(layer), f"{place}: {said}")
                continue
            if item in LAYER_PROPERTIES:
                require(LAYER_PROPERTIES[item](layer), f"{place}: {said}")
                continue
            if item in HEAD_PROPERTIES:
                require_same_heads(layer, f"{place}: {said}")
            for index, case in enumerate(layer.cases.values()):
                require(PROPERTIES[item](case.a), f"{place}.cases[{index}].A: {said}")
