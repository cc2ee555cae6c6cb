"""Settles what linear recurrent networks can compute, exactly and for all input lengths.

``import monoscan as ms`` offers the names of `__all__` (docs/python.md shows each of them). They
are imported when they are first used: importing this package loads almost nothing.

The rooms below, from the bottom up: `monoscan.automata` (languages and their monoids),
`monoscan.theory` (exact networks and the words for what they compute), `monoscan.models` (layers
and training), `monoscan.proofs_check` (claims, certificates and the program that checks them),
`monoscan.report` (tables and pictures), `monoscan.face` (these names) and `monoscan.cli` (the
commands).
"""

from importlib import import_module

# Type checkers take this name for true; importing `typing` would cost more than all the rest.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from monoscan import strategies as strategies
    from monoscan.face.compiling import compile
    from monoscan.face.network import network
    from monoscan.face.sources import automaton, formula, group, language, regex
    from monoscan.face.training import train

__version__ = "0.1.0"

__all__ = [
    "automaton",
    "compile",
    "formula",
    "group",
    "language",
    "network",
    "regex",
    "strategies",
    "train",
]

_HOMES = {
    "automaton": "face.sources",
    "compile": "face.compiling",
    "formula": "face.sources",
    "group": "face.sources",
    "language": "face.sources",
    "network": "face.network",
    "regex": "face.sources",
    "strategies": "strategies",
    "train": "face.training",
}

# Hidden from type checkers, which would take every misspelt name for one of those.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """A name of the face, imported when it is first used."""
        if name in _HOMES:
            home = import_module(f"{__name__}.{_HOMES[name]}")
            value = home if _HOMES[name] == name else getattr(home, name)
            return globals().setdefault(name, value)
        if name.startswith("__"):
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from monoscan.registry import nearest

        near = nearest(name, __all__) or __all__
        raise AttributeError(
            f"module {__name__!r} has no attribute {name!r}; nearest: {', '.join(near)}"
        )

    def __dir__() -> list[str]:
        """The names of the face, whether they are imported already or not."""
        return sorted({*globals(), *__all__})
