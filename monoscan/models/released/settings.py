"""The entries of a `config.json`, each checked when it is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, final

from monoscan.models.errors import CheckpointError

_LARGEST: Final = 2**24


@final
@dataclass(frozen=True)
class Settings:
    """What a configuration says of a network.

    Attributes:
        values: The entries.
        source: Where they stand, for messages.
    """

    values: Mapping[str, Any]
    source: str = "config.json"

    def __contains__(self, name: str) -> bool:
        return self.values.get(name) is not None

    def whole(self, name: str, default: int | None = None, least: int = 1) -> int:
        """A whole number; `null` and a missing entry mean the default.

        Raises:
            CheckpointError: If it is none, too small, or missing without a default.

        >>> Settings({"num_heads": 4}).whole("num_heads")
        4
        """
        value = self._value(name, default)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= _LARGEST:
            raise self.wrong(name, f"a whole number of at least {least}")
        return value

    def number(self, name: str, default: float) -> float:
        """A finite number.

        Raises:
            CheckpointError: If it is none.
        """
        value = self._value(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.wrong(name, "a number")
        if not abs(value) < float("inf"):
            raise self.wrong(name, "a finite number")
        return float(value)

    def exponent(self, name: str) -> float | None:
        """The logarithm of the least value of a gate in (0, 1], or None.

        Raises:
            CheckpointError: If it is above 0: the gate would be above 1.

        >>> Settings({"clamp_min": -0.5}).exponent("clamp_min")
        -0.5
        """
        if name not in self:
            return None
        value = self.number(name, 0.0)
        if value > 0:
            raise self.wrong(name, "a number of at most 0, the logarithm of a gate's least value")
        return value

    def flag(self, name: str, default: bool) -> bool:
        """True or false.

        Raises:
            CheckpointError: If it is something else.
        """
        value = self._value(name, default)
        if not isinstance(value, bool):
            raise self.wrong(name, "true or false")
        return value

    def choice(self, name: str, known: Sequence[str], default: str | None = None) -> str:
        """One of several words.

        Raises:
            CheckpointError: If it is none of them.
        """
        value = self._value(name, default)
        if not isinstance(value, str) or value not in known:
            raise self.wrong(name, " or ".join(known))
        return value

    def multiple(self, name: str, factor: float) -> int:
        """A size that is the product of another one and a factor.

        Raises:
            CheckpointError: If it is no whole number.

        >>> Settings({"hidden_size": 64}).multiple("hidden_size", 1.5)
        96
        """
        product = self.whole(name) * factor
        if abs(product - round(product)) > 1e-9 * max(1, abs(product)) or round(product) < 1:
            raise CheckpointError(
                f"{self.source}: {name} = {self.whole(name)} times {factor} is {product}; expected "
                "a whole number of at least 1"
            )
        return round(product)

    def split(self, size: int, parts: int, what: str) -> int:
        """The size of one of several equal parts.

        Raises:
            CheckpointError: If they are not equal.

        >>> Settings({}).split(64, 4, "keys")
        16
        """
        if size % parts:
            raise CheckpointError(
                f"{self.source}: {what} of {size} do not split into {parts} heads; expected a "
                "number of heads that divides them"
            )
        return size // parts

    def refuse(self, name: str, *ordinary: object, because: str) -> None:
        """Refuses an entry that is not one of the ordinary values (None is always one).

        Raises:
            CheckpointError: If it is none of them.
        """
        if self.values.get(name) not in (None, *ordinary):
            raise CheckpointError(
                f"{self.source}: {name} is {self.values[name]!r}, and {because}; expected "
                f"{' or '.join(map(repr, ordinary)) or 'null'}"
            )

    def wrong(self, name: str, expected: str) -> CheckpointError:
        """The error about an entry."""
        return CheckpointError(
            f"{self.source}: {name} is {self.values.get(name)!r}; expected {expected}"
        )

    def _value(self, name: str, default: Any) -> Any:
        value = self.values.get(name)
        if value is not None:
            return value
        if default is None:
            raise CheckpointError(
                f"{self.source} says nothing of {name}; expected the file that was saved with the "
                "network"
            )
        return default
