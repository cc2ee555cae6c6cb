"""What a shell offers when Tab is pressed after an option; each imports what it needs, then."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable
from importlib.util import find_spec


def languages(incomplete: str) -> list[str]:
    """Ids of languages that begin so.

    >>> languages("par")
    ['parity']
    """
    from monoscan.automata import all_languages

    return _beginning(incomplete, (entry.id for entry in all_languages()))


def classes(incomplete: str) -> list[str]:
    """Names of architectures and ids of model classes that begin so.

    >>> classes("householder-o"), classes("rwkv-7")
    (['householder-open'], ['rwkv-7', 'rwkv-7-released'])
    """
    from monoscan.theory.architectures import ARCHITECTURES
    from monoscan.theory.model_classes import all_model_classes

    names = [entry.name for entry in ARCHITECTURES]
    return _beginning(incomplete, [*names, *(entry.id for entry in all_model_classes())])


def claims(incomplete: str) -> list[str]:
    """Ids of claims that begin so, which are the names of their files.

    >>> claims("parity-needs")
    ['parity-needs-negative-eigs']
    """
    found = find_spec("monoscan.proofs_check.claims")
    folders = (found and found.submodule_search_locations) or []
    names = (module.name.replace("_", "-") for module in pkgutil.iter_modules(folders))
    return _beginning(incomplete, names)


def _beginning(incomplete: str, names: Iterable[str]) -> list[str]:
    return sorted({name for name in names if name.startswith(incomplete)})
