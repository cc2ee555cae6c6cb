"""Names of a package that are imported when they are first used (PEP 562)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module


def late_names(
    package: str, homes: Mapping[str, str]
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """The functions `__getattr__` and `__dir__` of a package whose names are imported late.

    Args:
        package: its `__name__`.
        homes: the names, with spaces between them, by the modules that they are in. None of them
            may be the name of a module.

    >>> get, _ = late_names("json", {"decoder": "JSONDecodeError"})
    >>> get("JSONDecodeError").__name__
    'JSONDecodeError'
    >>> get("JSONEncodeError")
    Traceback (most recent call last):
      ...
    AttributeError: module 'json' has no attribute 'JSONEncodeError'
    """
    modules = {name: module for module, names in homes.items() for name in names.split()}

    def get(name: str) -> object:
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(f"{package}.{modules[name]}"), name)
        return vars(sys.modules[package]).setdefault(name, value)

    def names() -> list[str]:
        return sorted({*vars(sys.modules[package]), *modules})

    return get, names
