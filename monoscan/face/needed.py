"""The libraries that networks need, which not every installation has."""

from __future__ import annotations

import importlib.util

from monoscan.errors import NotInstalled

_LIBRARIES = ("torch", "safetensors")


def need_models(what: str, *others: str) -> None:
    """Refuses what needs torch where torch is not installed.

    Args:
        what: what needs it, such as `ms.train`.
        others: further libraries that it needs.

    Raises:
        NotInstalled: if it is not installed; the message says how to install it.
    """
    missing = [name for name in (*_LIBRARIES, *others) if importlib.util.find_spec(name) is None]
    if missing:
        raise NotInstalled(
            f"{what} needs {' and '.join(missing)}; install them with "
            "pip install 'monoscan[models]'"
        )
