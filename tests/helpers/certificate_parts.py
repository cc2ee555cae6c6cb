"""The parts that hand-written certificates are made of, and the digest that seals them."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import json
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

Json = Any  # a JSON value without numbers and null
Certificate = dict[str, Json]
CHECKER = Path(__file__).resolve().parents[2] / "monoscan/proofs_check/checker"


class CheckerModules:
    """The names of all files of the checker as one; setting a name sets it wherever it is used."""

    __slots__ = ("_modules",)

    def __init__(self, modules: list[ModuleType]) -> None:
        object.__setattr__(self, "_modules", modules)

    def __getattr__(self, name: str) -> Any:
        for module in self._modules:
            if name in vars(module):
                return vars(module)[name]
        raise AttributeError(f"no file of the checker has the name {name!r}")

    def __setattr__(self, name: str, value: object) -> None:
        for module in self._modules:
            if name in vars(module):
                setattr(module, name, value)


@cache
def load_checker() -> CheckerModules:
    """The checker loaded as if its folder lay alone: by path, as a package of another name."""
    folder = CHECKER / "certcheck"
    init = folder / "__init__.py"
    spec = importlib.util.spec_from_file_location("checker_under_test", init)
    assert spec is not None
    assert spec.loader is not None
    package = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = package
    spec.loader.exec_module(package)
    names = sorted(path.stem for path in folder.glob("*.py") if path != init)
    return CheckerModules([importlib.import_module(f"{spec.name}.{name}") for name in names])


def canonical(body: Certificate) -> str:
    """The canonical text of FORMAT.md, of everything but the digest."""
    rest = {key: value for key, value in body.items() if key != "digest"}
    return json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def seal(body: Certificate) -> Certificate:
    """The certificate with a fresh digest."""
    text = canonical(body).encode("utf-8", "surrogatepass")
    return {**body, "digest": hashlib.sha256(text).hexdigest()}


def to_bytes(certificate: Certificate) -> bytes:
    """The file of a certificate."""
    return (json.dumps(certificate, indent=1, ensure_ascii=False) + "\n").encode()


def new_certificate(kind: str, **members: Json) -> Certificate:
    """A sealed certificate; `_` in the name of a member stands for `-`."""
    named = {key.replace("_", "-"): value for key, value in members.items()}
    head = {"monoscan": "certificate", "version": "2", "kind": kind}
    # Through JSON: what is used in two places must not be one object, or one change makes two.
    return seal(json.loads(json.dumps({**head, **named})))


# ------------------------------------------------------------------ parts

PARITY: Json = {"alphabet": ["0", "1"], "table": [["0", "1"], ["1", "0"]], "outputs": [True, False]}
COUNT_MOD_4: Json = {
    "alphabet": ["0", "1"],
    "table": [["0", "1"], ["1", "2"], ["2", "3"], ["3", "0"]],
    "outputs": ["zero", "one", "two", "three"],
}
EXACT: Json = {"name": "exact"}


def fixed(step: str, low: str, high: str, rounding: str, overflow: str = "saturate") -> Json:
    """A fixed-point format."""
    names = ("step", "min", "max", "rounding", "overflow")
    return {"kind": "fixed"} | dict(zip(names, (step, low, high, rounding, overflow), strict=True))


def minifloat(precision: str, min_exponent: str, high: str, rounding: str) -> Json:
    """A floating-point format."""
    return {
        "kind": "float",
        "precision": precision,
        "min_exponent": min_exponent,
        "max": high,
        "rounding": rounding,
        "overflow": "saturate",
    }


E4M3 = minifloat("4", "-6", "448", "nearest-even")


def column(*entries: str) -> Json:
    """A matrix with one column."""
    return [[entry] for entry in entries]


def diagonal(*entries: str) -> Json:
    """A diagonal transition."""
    return {"kind": "diagonal", "entries": list(entries)}


def householder(v: list[str], beta: str) -> Json:
    """A generalised reflection I - beta v v^T / (v^T v)."""
    return {"kind": "householder", "v": v, "beta": beta}


def product(*factors: Json) -> Json:
    """A product of factors, the first applied last."""
    return {"kind": "product", "factors": list(factors)}


def case(on: list[Json], a: Json, b: Json) -> Json:
    """One case of a layer."""
    return {"on": on, "A": a, "B": b}


def states_readout(*pairs: tuple[Json, Json]) -> Json:
    """A read-out table of states."""
    return {"kind": "states", "table": [{"state": s, "output": o} for s, o in pairs]}


def threshold(functionals: list[tuple[Json, str, str]], **table: Json) -> Json:
    """A threshold read-out; the keyword `b01` stands for the bit string 01."""
    return {
        "kind": "threshold",
        "functionals": [{"weights": w, "relation": r, "bound": b} for w, r, b in functionals],
        "table": [{"bits": bits[1:], "output": output} for bits, output in table.items()],
    }


def layer(initial: Json, cases: list[Json], readout: Json) -> Json:
    """One layer."""
    return {"initial": initial, "cases": cases, "readout": readout}


def network(*layers: Json) -> Json:
    """A stack over the letters 0 and 1."""
    return {"alphabet": ["0", "1"], "layers": list(layers)}


def one_layer(initial: Json, zero: tuple[Json, Json], one: tuple[Json, Json], out: Json) -> Json:
    """One layer over the letters 0 and 1, each with its (A, B)."""
    return network(layer(initial, [case(["0"], *zero), case(["1"], *one)], out))


def pairs(*listed: tuple[list[Json], str]) -> Json:
    """The `states` of a recognizer."""
    return [{"layers": layers, "automaton": state} for layers, state in listed]


def two_states(even: Json, odd: Json) -> tuple[Json, Json]:
    """Read-out and `states` of a network for parity with one layer and these two states."""
    readout = states_readout((even, True), (odd, False))
    return readout, pairs(([even], "0"), ([odd], "1"))
