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
    from monoscan.face.architectures import architectures
    from monoscan.face.catalogue import catalogue
    from monoscan.face.checking import certify, check
    from monoscan.face.claims import verify
    from monoscan.face.compiling import compile
    from monoscan.face.constructing import construct
    from monoscan.face.decisions import decide
    from monoscan.face.entries import show
    from monoscan.face.horizons import horizon
    from monoscan.face.inspection import inspect
    from monoscan.face.network import network
    from monoscan.face.predictions import predict
    from monoscan.face.sources import automaton, formula, group, language, regex
    from monoscan.face.tables import solvability
    from monoscan.face.training import load_run, train
    from monoscan.theory import symbolic

__version__ = "0.1.0"

__all__ = [
    "architectures",
    "automaton",
    "catalogue",
    "certify",
    "check",
    "compile",
    "construct",
    "decide",
    "formula",
    "group",
    "horizon",
    "inspect",
    "language",
    "load_run",
    "network",
    "predict",
    "regex",
    "show",
    "solvability",
    "strategies",
    "symbolic",
    "train",
    "verify",
]

_HOMES = {
    "architectures": "face.architectures",
    "automaton": "face.sources",
    "catalogue": "face.catalogue",
    "certify": "face.checking",
    "check": "face.checking",
    "compile": "face.compiling",
    "construct": "face.constructing",
    "decide": "face.decisions",
    "formula": "face.sources",
    "group": "face.sources",
    "horizon": "face.horizons",
    "inspect": "face.inspection",
    "language": "face.sources",
    "load_run": "face.training",
    "network": "face.network",
    "predict": "face.predictions",
    "regex": "face.sources",
    "show": "face.entries",
    "solvability": "face.tables",
    "train": "face.training",
    "verify": "face.claims",
}

_MODULES = {"strategies": "strategies", "symbolic": "theory.symbolic"}

# Hidden from type checkers, which would take every misspelt name for one of those.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """A name of the face, imported when it is first used."""
        if name in _HOMES:
            value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
            return globals().setdefault(name, value)
        if name in _MODULES:
            return globals().setdefault(name, import_module(f"{__name__}.{_MODULES[name]}"))
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
