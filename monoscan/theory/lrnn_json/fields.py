"""Reading JSON values with the place of each in the file, so that errors can name it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from monoscan.automata import Output
from monoscan.errors import BadInput
from monoscan.theory.cyclotomic_field import MAX_ORDER, totient
from monoscan.theory.matrix import Matrix, ShapeError
from monoscan.theory.numbers import MAX_DIGITS, InexactNumberError, Number, cyclotomic, number

MAX_SIZE = 64
MAX_DEGREE = 32
_TOO_LARGE = 10**MAX_DIGITS


class LRNNFileError(BadInput):
    """A network file that cannot be read; the message names the place, the value and the remedy."""


@dataclass(frozen=True)
class Field:
    """A JSON value and where it stands.

    Attributes:
        value: what `json.loads` gave.
        path: for example `layers[0].cases[1].A`.
        order: n, where numbers are of the cyclotomic field Q(zeta_n); 1 where they are rational.
    """

    value: object
    path: str
    order: int = 1

    def within(self, order: int) -> Field:
        """The same value, its numbers read in the cyclotomic field of this order."""
        return replace(self, order=order)

    def fail(self, message: str) -> LRNNFileError:
        """The error to raise about this value."""
        return LRNNFileError(f"{self.path or 'the file'}: {message}")

    def _shown(self) -> str:
        text = repr(self.value)
        return text if len(text) <= 60 else text[:57] + "..."

    def object(self, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> dict[str, Field]:
        """An object with the required keys, some of the optional ones, and no others."""
        if not isinstance(self.value, dict):
            keys = ", ".join(required)
            raise self.fail(f"expected an object with the keys {keys}; got {self._shown()}")
        missing = [key for key in required if key not in self.value]
        unknown = [key for key in self.value if key not in (*required, *optional)]
        if missing:
            raise self.fail(f"the key {missing[0]!r} is missing; expected {', '.join(required)}")
        if unknown:
            known = ", ".join((*required, *optional))
            raise self.fail(f"unknown key {unknown[0]!r}; expected {known}")
        prefix = f"{self.path}." if self.path else ""
        present = [key for key in (*required, *optional) if key in self.value]
        return {key: Field(self.value[key], prefix + key, self.order) for key in present}

    def items(self, least: int = 1) -> list[Field]:
        """A list of at least so many items."""
        if not isinstance(self.value, list):
            raise self.fail(f"expected a list; got {self._shown()}")
        if len(self.value) < least:
            raise self.fail(f"expected a list of at least {least} items; got {len(self.value)}")
        return list(self._each())

    def _each(self) -> Iterator[Field]:
        assert isinstance(self.value, list)
        for index, item in enumerate(self.value):
            yield Field(item, f"{self.path}[{index}]", self.order)

    def text(self) -> str:
        """A string that is not empty."""
        if not isinstance(self.value, str) or not self.value:
            raise self.fail(f"expected a string that is not empty; got {self._shown()}")
        self._require_unicode(self.value)
        return self.value

    def output_or_null(self) -> Output | None:
        """true, false, a string, or null: what a delay hands on before there is anything."""
        return None if self.value is None else self.output()

    def output(self) -> Output:
        """true, false, or a string."""
        if not isinstance(self.value, bool | str):
            raise self.fail(f"expected true, false or a string; got {self._shown()}")
        self._require_unicode(str(self.value))
        return self.value

    def _require_unicode(self, text: str) -> None:
        if any("\ud800" <= character <= "\udfff" for character in text):
            raise self.fail(
                f"{self._shown()} contains half of a surrogate pair, which no file can hold; "
                "write the whole character"
            )

    def number(self) -> Number:
        """An exact number: a rational, or the list of its coefficients in the field."""
        if not isinstance(self.value, list):
            return self._rational()
        if self.order == 1:
            raise self.fail(
                f"{self._shown()} is no number; expected a rational, or a list of coefficients in "
                'a layer with the key "field"'
            )
        degree = totient(self.order)
        if len(self.value) != degree:
            raise self.fail(
                f"a number of the cyclotomic field of order {self.order} has {degree} "
                f"coefficients; got {len(self.value)}"
            )
        coefficients = tuple(item._rational() for item in self._each())
        if not any(coefficients[1:]):
            raise self.fail(
                f'a rational number is no list of coefficients; write "{coefficients[0]}"'
            )
        return cyclotomic(self.order, coefficients)

    def integer(self) -> int:
        """An integer, written as a number or as a string."""
        value = self._rational()
        if value.denominator != 1:
            raise self.fail(f"expected an integer; got {self._shown()}")
        return value.numerator

    def field_order(self) -> int:
        """The n of a cyclotomic field Q(zeta_n) of moderate degree."""
        order = self.integer()
        if order < 3:
            raise self.fail(
                f"expected the order n >= 3 of a root of unity; got {order}; "
                "leave the key out for rational numbers"
            )
        if order > MAX_ORDER or totient(order) > MAX_DEGREE:
            raise self.fail(
                f"the cyclotomic field of order {order} has a degree over the limit of {MAX_DEGREE}"
            )
        return order

    def _rational(self) -> Fraction:
        try:
            value = number(self.value)
        except InexactNumberError as error:
            raise self.fail(str(error)) from None
        if max(abs(value.numerator), value.denominator) >= _TOO_LARGE:
            raise self.fail(f"a number of more than {MAX_DIGITS} digits is over the limit")
        return value

    def vector(self) -> tuple[Number, ...]:
        """A list of exact numbers."""
        items = self.items()
        if len(items) > MAX_SIZE:
            raise self.fail(f"{len(items)} entries are over the limit of {MAX_SIZE}")
        return tuple(item.number() for item in items)

    def matrix(self) -> Matrix:
        """A list of rows of equal length; a list of rationals alone is one column."""
        items = self.items()
        rows: tuple[tuple[Number, ...], ...]
        if any(isinstance(item.value, list) for item in items):
            rows = tuple(row.vector() for row in items)
        else:
            rows = tuple((entry,) for entry in self.vector())
        if len(rows) > MAX_SIZE:
            raise self.fail(f"{len(rows)} rows are over the limit of {MAX_SIZE}")
        try:
            return Matrix(rows)
        except ShapeError as error:
            raise self.fail(str(error)) from None

    def choice(self, options: tuple[str, ...]) -> str:
        """One of some words."""
        if self.value not in options:
            raise self.fail(f"{self._shown()} is not one of {', '.join(options)}")
        return str(self.value)
