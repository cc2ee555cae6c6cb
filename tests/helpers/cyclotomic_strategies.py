"""Random elements of cyclotomic fields, and their values as floating-point numbers."""

from __future__ import annotations

from cmath import exp, pi
from fractions import Fraction

from hypothesis import strategies as st

from monoscan.theory.cyclotomic_field import totient
from monoscan.theory.numbers import Cyclotomic, Number, conjugate, cyclotomic

ORDERS = (3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 16, 20, 24)


@st.composite
def cyclotomics(draw: st.DrawFn, orders: tuple[int, ...] = ORDERS) -> Number:
    """Numbers of a random field, some of them rational."""
    order = draw(st.sampled_from(orders))
    entries = st.builds(Fraction, st.integers(-3, 3), st.integers(1, 3))
    size = totient(order)
    return cyclotomic(order, tuple(draw(st.lists(entries, min_size=size, max_size=size))))


def real_cyclotomics() -> st.SearchStrategy[Number]:
    """Real numbers of a random field: x plus its conjugate."""
    return cyclotomics().map(lambda x: x + conjugate(x))


def approximately(value: Number) -> complex:
    """The value in floating point, straight from the definition of zeta."""
    if isinstance(value, Cyclotomic):
        root = exp(2j * pi / value.order)
        return sum((float(c) * root**k for k, c in enumerate(value.coefficients)), 0j)
    return complex(float(value))
