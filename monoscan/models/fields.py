"""The types of a configuration's fields: JSON text that was edited may hold anything."""

from __future__ import annotations

import dataclasses
import math
from typing import Any, Final

from monoscan.models.errors import ConfigError

_NUMBER: Final = (int, float)
# By the text of the annotation; a truth value is no number here.
_TYPES: Final = {
    "int": ((int,), "a whole number"),
    "float": (_NUMBER, "a finite number"),
    "str": ((str,), "a text"),
    "bool": ((bool,), "true or false"),
}
_MOST: Final = 2**64


def check_types(config: Any) -> None:
    """Refuses a dataclass with a value of another type than its field, or a number like infinity.

    Args:
        config: A dataclass; fields of types that JSON does not have are not looked at.

    Raises:
        ConfigError: With the field and its value.

    >>> from monoscan.models.layers import LayerConfig
    >>> LayerConfig(width=64.0)
    Traceback (most recent call last):
    monoscan.models.errors.ConfigError: width is 64.0; expected a whole number
    """
    for field in dataclasses.fields(config):
        types, noun = _TYPES.get(str(field.type), ((), ""))
        value = getattr(config, field.name)
        if types and (type(value) not in types or not _is_finite(value)):
            shown = repr(value) if isinstance(value, str | float) else type(value).__name__
            raise ConfigError(f"{field.name} is {shown[:40]}; expected {noun}")


def _is_finite(value: object) -> bool:
    if isinstance(value, int):
        return abs(value) < _MOST
    return not isinstance(value, float) or math.isfinite(value)
