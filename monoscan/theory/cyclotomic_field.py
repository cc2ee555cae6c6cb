"""The power basis of a cyclotomic field Q(zeta_n): 1, zeta_n, ..., zeta_n^(phi(n) - 1).

Everything here is about coefficient vectors in that basis. A field with n = 2 m and m odd is
Q(zeta_m), so that the smallest field of a number always has an order that is not 2 modulo 4.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from math import gcd

MAX_ORDER = 2000


class FieldTooLargeError(ValueError):
    """A cyclotomic field of an order over `MAX_ORDER`."""


def totient(n: int) -> int:
    """Euler's phi: the degree of Q(zeta_n) over Q.

    >>> [totient(n) for n in (3, 5, 8, 60)]
    [2, 4, 4, 16]
    """
    return len(units(n))


@lru_cache(maxsize=512)
def units(n: int) -> tuple[int, ...]:
    """The k in 1..n that are prime to n; zeta_n -> zeta_n^k is an automorphism of the field.

    Raises:
        FieldTooLargeError: if n is over `MAX_ORDER`.
    """
    if n > MAX_ORDER:
        raise FieldTooLargeError(
            f"roots of unity of order {n} are needed; the limit is {MAX_ORDER}, "
            "use numbers of smaller orders"
        )
    return tuple(k for k in range(1, n + 1) if gcd(k, n) == 1)


@lru_cache(maxsize=512)
def prime_factors(n: int) -> tuple[int, ...]:
    """The primes that divide n >= 1, ascending.

    >>> prime_factors(60)
    (2, 3, 5)
    """
    primes: list[int] = []
    candidate = 2
    while candidate * candidate <= n:
        if n % candidate == 0:
            primes.append(candidate)
            while n % candidate == 0:
                n //= candidate
        candidate += 1
    return tuple([*primes, n] if n > 1 else primes)


@lru_cache(maxsize=512)
def cyclotomic_polynomial(n: int) -> tuple[int, ...]:
    """The minimal polynomial of zeta_n over Q, constant term first.

    >>> cyclotomic_polynomial(12)
    (1, 0, -1, 0, 1)
    """
    p = [-1] + [0] * (n - 1) + [1]
    for divisor in range(1, n):
        if n % divisor == 0:
            p = _exact_quotient(p, cyclotomic_polynomial(divisor))
    return tuple(p)


def _exact_quotient(p: list[int], divisor: tuple[int, ...]) -> list[int]:
    """The quotient p / divisor for a monic divisor of p."""
    remaining, size = list(p), len(divisor) - 1
    quotient = [0] * (len(p) - size)
    for shift in range(len(quotient) - 1, -1, -1):
        lead = quotient[shift] = remaining[shift + size]
        if lead:
            for i, coefficient in enumerate(divisor):
                remaining[shift + i] -= lead * coefficient
    return quotient


@lru_cache(maxsize=128)
def power_table(n: int) -> tuple[tuple[int, ...], ...]:
    """Row e holds the coefficients of zeta_n^e, for e = 0, ..., n - 1."""
    size = totient(n)
    tail = cyclotomic_polynomial(n)[:size]
    row = [1] + [0] * (size - 1)
    rows: list[tuple[int, ...]] = []
    for _ in range(n):
        rows.append(tuple(row))
        lead = row[-1]
        row = [a - lead * b for a, b in zip([0, *row[:-1]], tail, strict=True)]
    return tuple(rows)


def combination(n: int, powers: Mapping[int, Fraction]) -> tuple[Fraction, ...]:
    """The coefficients of a sum of multiples of powers of zeta_n.

    Args:
        n: order of the field.
        powers: exponent, any integer -> its factor.

    >>> [int(c) for c in combination(4, {2: Fraction(1), 5: Fraction(3)})]
    [-1, 3]
    """
    scale = common_denominator(powers.values())
    factors = {e: x.numerator * (scale // x.denominator) for e, x in powers.items()}
    return tuple([Fraction(value, scale) for value in _whole_combination(n, factors)])


def _whole_combination(n: int, powers: Mapping[int, int]) -> list[int]:
    """The coefficients of a sum of whole multiples of powers of zeta_n."""
    table = power_table(n)
    result = [0] * len(table[0])
    for exponent, factor in powers.items():
        if factor:
            for index, entry in enumerate(table[exponent % n]):
                if entry:
                    result[index] += factor * entry
    return result


def product(n: int, left: tuple[Fraction, ...], right: tuple[Fraction, ...]) -> list[Fraction]:
    """The coefficients of a product of two numbers of the field."""
    (a, a_scale), (b, b_scale) = _integers(left), _integers(right)
    size = len(a)
    powers = [0] * (2 * size - 1)
    for i, x in enumerate(a):
        if x:
            for j, y in enumerate(b):
                powers[i + j] += x * y
    table = power_table(n)
    for exponent in range(size, 2 * size - 1):
        if powers[exponent]:
            for index, entry in enumerate(table[exponent % n]):
                powers[index] += powers[exponent] * entry
    return [Fraction(value, a_scale * b_scale) for value in powers[:size]]


def _integers(coefficients: tuple[Fraction, ...]) -> tuple[list[int], int]:
    scale = common_denominator(coefficients)
    return [c.numerator * (scale // c.denominator) for c in coefficients], scale


def common_denominator(values: Iterable[Fraction]) -> int:
    """The least common multiple of the denominators."""
    scale = 1
    for value in values:
        d = value.denominator
        if d != 1:
            scale = scale // gcd(scale, d) * d
    return scale


def lifted(n: int, coefficients: tuple[Fraction, ...], larger: int) -> tuple[Fraction, ...]:
    """The coefficients of the same number in Q(zeta_larger), where n divides larger."""
    if n == larger:
        return coefficients
    step = larger // n
    return combination(larger, {step * i: c for i, c in enumerate(coefficients)})


def in_smallest_field(
    n: int, coefficients: tuple[Fraction, ...]
) -> tuple[int, tuple[Fraction, ...]]:
    """The smallest m such that Q(zeta_m) holds an irrational number, and its coefficients there.

    The fields that hold a number are closed under intersection, and Q(zeta_a) and Q(zeta_b)
    intersect in Q(zeta_gcd(a, b)), so that dropping one prime at a time finds the smallest.
    """
    order = n
    numerators, scale = _integers(coefficients)
    for prime in prime_factors(n):
        while order % prime == 0 and order // prime > 2:  # Q(zeta_1) = Q(zeta_2) = Q
            smaller = _without(order, numerators, prime)
            if smaller is None:
                break
            order, (numerators, factor) = order // prime, smaller
            scale *= factor
    if order == n:
        return n, coefficients
    return order, tuple([Fraction(value, scale) for value in numerators])


def _without(n: int, numerators: list[int], prime: int) -> tuple[list[int], int] | None:
    """The number in Q(zeta_(n / prime)) and a denominator, or None if it is not there.

    A number lies in the subfield if and only if it equals the average of its conjugates over it.
    """
    m = n // prime
    if m % prime == 0:
        # Phi_n(x) = Phi_m(x^p): the multiples of p among the exponents are a basis of the subfield.
        if any(c for i, c in enumerate(numerators) if i % prime):
            return None
        return numerators[::prime], 1
    # zeta_n = zeta_p^a zeta_m^b; zeta_p^j averages to 1 if p divides j and to -1/(p - 1) if not.
    b = pow(prime, -1, m)
    powers: dict[int, int] = {}
    for i, c in enumerate(numerators):
        exponent = b * i % m
        powers[exponent] = powers.get(exponent, 0) + (-c if i % prime else (prime - 1) * c)
    average = _whole_combination(m, powers)
    again = _whole_combination(n, {prime * i: c for i, c in enumerate(average)})
    return (average, prime - 1) if again == [(prime - 1) * c for c in numerators] else None
