"""Sweeps as files: languages, layers, depths and seeds, trained beside the predictions for them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, final

from monoscan.errors import BadInput, BadValue, OverLimit, check_number
from monoscan.face.layers import read_layer
from monoscan.face.needed import need_models
from monoscan.face.sources import automaton, formula, group, language, regex
from monoscan.face.words import read_semantics
from monoscan.registry import nearest

if TYPE_CHECKING:
    from monoscan.models.sweep import RayCluster
    from monoscan.models.sweep.quick import Column, Recipe, Row
    from monoscan.report.confrontation import Confrontation

ENGINES: Final = ("local", "ray")
_LIST, _TABLE, _TEXT = "a list", "a table of options", "a text"
_KEYS: Final[Mapping[str, tuple[tuple[type, ...], str]]] = {
    "languages": ((list,), _LIST),
    "layers": ((list,), _LIST),
    "depths": ((list,), _LIST),
    "seeds": ((int, list), "a number or a list of numbers"),
    "writing": ((list,), _LIST),
    "semantics": ((str,), _TEXT),
    "tier": ((str,), _TEXT),
    "training": ((dict,), _TABLE),
    "network": ((dict,), _TABLE),
    "test": ((dict,), _TABLE),
}
"""The keys of a file, with the types of their values."""
_OWN: Final = ("regex", "past-ltl", "group", "automaton")
_NETWORK: Final = ("width", "heads")
_TEST: Final = ("lengths", "words", "worst_length")
_MOST: Final = 12  # messages that are shown of many


@final
@dataclass(frozen=True)
class Sweep:
    """What a file of a sweep asks for, all of it possible.

    Attributes:
        rows: languages.
        columns: layers with their depths.
        seeds: at least one.
        recipe: how networks are trained and measured.
        semantics: of the predictions.
    """

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    seeds: tuple[int, ...]
    recipe: Recipe
    semantics: str = "exact"

    @property
    def size(self) -> int:
        """How many networks are trained."""
        return len(self.rows) * len(self.columns) * len(self.seeds)

    def run(
        self,
        runs: str | PathLike[str] = "runs",
        certificates: str | PathLike[str] = "certificates",
        *,
        workers: int = 1,
        engine: str = "local",
        address: str = "",
        progress: Callable[[str], None] = lambda _: None,
    ) -> Confrontation:
        """Trains what is missing, and puts it beside the predictions.

        Args:
            runs: folder of the runs; what is there is not trained again.
            certificates: folder of the certificates.
            workers: how many processes train.
            engine: `local`, or `ray`: processes of a cluster, which all see the folder of the runs.
            address: of the head of the cluster; empty: that of RAY_ADDRESS, or a new one here.
            progress: told what is being done.

        Raises:
            NotInstalled: if Ray is asked for and is not installed.
            BadInput: if there is no such engine, or the cluster does not answer or goes away.
            OSError: if a file cannot be written.
        """
        from monoscan.models.checkpoint import require_writable
        from monoscan.report.confrontation import confront

        cluster = _cluster(engine, address)
        if Path(runs).exists():  # told before predictions are made, which take a while
            require_writable(Path(runs))
        return confront(
            self.rows,
            self.columns,
            self.seeds,
            runs=Path(runs),
            certificates=Path(certificates),
            recipe=self.recipe,
            semantics=self.semantics,
            workers=check_number("workers", workers, 1),
            cluster=cluster,
            progress=progress,
        )


def _cluster(engine: str, address: str) -> RayCluster | None:
    from monoscan.models.sweep import RayCluster

    if engine not in ENGINES:
        raise BadValue("engine", engine, f"one of {', '.join(ENGINES)}")
    if engine == "local":
        if address:
            raise BadInput(f"--address {address} is of a cluster of Ray; give --engine ray too")
        return None
    cluster = RayCluster(address)
    cluster.check()
    return cluster


@final
class _Problems:
    """Everything that is wrong with a file, gathered before anything runs."""

    def __init__(self) -> None:
        self.found: list[str] = []

    @contextmanager
    def of(self, what: str) -> Iterator[None]:
        """Takes down what is refused meanwhile."""
        try:
            yield
        except (BadInput, OverLimit, TypeError, OSError) as error:
            self.add(f"{what}: {error}")

    def add(self, text: str) -> None:
        """Takes down a problem, once."""
        if text not in self.found:
            self.found.append(text)

    def tell(self, name: str) -> None:
        """Refuses the file if there is a problem."""
        if not self.found:
            return
        count = len(self.found)
        lines = [f"{name}: {count} problem{'s' * (count > 1)}, and nothing was run"]
        lines += [f"  {text}" for text in self.found[:_MOST]]
        lines += [f"  and {count - _MOST} more"] if count > _MOST else []
        raise BadInput("\n".join(lines))


def read_sweep(source: str | PathLike[str] | Mapping[str, Any]) -> Sweep:
    """A sweep from a TOML file, from a mapping like one, or by its name: `quick`, `standard`.

    Raises:
        NotInstalled: if torch is not installed.
        BadInput: if there is something wrong; the message names all of it.

    >>> sweep = read_sweep({"languages": ["parity"], "layers": ["deltanet [-1,1]"], "seeds": 2})
    >>> sweep.size, sweep.columns[0].title
    (2, 'deltanet [-1,1]')
    """
    need_models("monoscan sweep")
    if isinstance(source, Mapping):
        return _read(source, "the sweep")
    if str(source) in BUILT_IN:
        return _read(BUILT_IN[str(source)], str(source))
    path = Path(source)
    try:
        value = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(
            f"cannot read {path}: {error.strerror}; give a file in TOML, or one of "
            f"{', '.join(BUILT_IN)}"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} is no TOML: {error}") from None
    return _read(value, str(path))


def _read(value: Mapping[str, Any], name: str) -> Sweep:
    problems = _Problems()
    given = _known(value, problems)
    rows = _rows(given, problems)
    columns = _columns(given, problems)
    recipe = _recipe(given, problems)
    seeds = _seeds(given.get("seeds", 3), problems)
    semantics = "exact"
    with problems.of("the predictions"):
        semantics = read_semantics(given.get("semantics", semantics))
    for row in rows:
        for column in columns:
            with problems.of(f"{row.language} by {column.title}"):
                recipe.job(row, column, seeds[0] if seeds else 0)
    problems.tell(name)
    return Sweep(tuple(rows), tuple(columns), tuple(seeds), recipe, semantics)


def _known(value: Mapping[str, Any], problems: _Problems) -> dict[str, Any]:
    """The entries of the right kinds."""
    given: dict[str, Any] = {}
    for key, entry in value.items():
        if key not in _KEYS:
            near = ", ".join(nearest(key, list(_KEYS))) or ", ".join(_KEYS)
            problems.add(f"unknown key {key!r}; nearest: {near}")
        elif not isinstance(entry, _KEYS[key][0]) or isinstance(entry, bool):
            problems.add(f"{key} is {entry!r}; expected {_KEYS[key][1]}")
        else:
            given[key] = entry
    for key in ("languages", "layers"):
        if not given.get(key) and key not in {text.split(" ")[0] for text in problems.found}:
            problems.add(f"{key} is missing; expected a list of at least one")
    return given


def _rows(given: Mapping[str, Any], problems: _Problems) -> list[Row]:
    from monoscan.models.sweep.quick import Row

    rows: list[Row] = []
    writing = given.get("writing", [])
    for entry in given.get("languages", []):
        with problems.of(f"language {entry!r}"):
            if isinstance(entry, str):
                found = language(entry)
                rows.append(Row(found.name, found.name in writing, found.automaton))
            else:
                rows.append(_own(entry, writing))
    names = [row.language for row in rows]
    for name in {name for name in names if names.count(name) > 1}:
        problems.add(f"two languages are called {name}; give each a name of its own")
    for name in writing:
        if name not in names:
            problems.add(f"writing names {name!r}; expected one of {', '.join(names)}")
    return rows


def _own(entry: object, writing: Sequence[str]) -> Row:
    """A language of one's own: `{regex = "(ab)*", alphabet = "ab", name = "..."}`."""
    from monoscan.models.sweep.quick import Row

    if not isinstance(entry, dict):
        raise BadInput("expected an id, or a table such as {regex = '(ab)*', alphabet = 'ab'}")
    kinds = [kind for kind in _OWN if kind in entry]
    unknown = sorted(set(entry) - {*_OWN, "alphabet", "name"})
    if len(kinds) != 1 or unknown:
        which = f"unknown key {unknown[0]!r}; " if unknown else ""
        raise BadInput(f"{which}expected one of {', '.join(_OWN)}, with alphabet and name")
    (kind,) = kinds
    text, letters = entry[kind], entry.get("alphabet")
    if kind in ("regex", "past-ltl"):
        if letters is None:
            raise BadInput("alphabet is missing; expected the letters, as 'ab'")
        found = regex(text, letters) if kind == "regex" else formula(text, letters)
    elif kind == "group":
        found = group(*([text] if isinstance(text, str) else text))
    else:
        found = automaton(text, letters)
    name = str(entry.get("name", text if isinstance(text, str) else " ".join(text)))
    return Row(name, name in writing, found.automaton)


def _columns(given: Mapping[str, Any], problems: _Problems) -> list[Column]:
    from monoscan.models.sweep.quick import Column

    depths = given.get("depths", [1])
    for depth in depths:
        with problems.of("depths"):
            check_number("depth", depth, 1, 64)
    columns: list[Column] = []
    for name in given.get("layers", []):
        with problems.of(f"layer {name!r}"):
            if not isinstance(name, str):
                raise BadInput("expected a text such as 'deltanet [-1,1]' or 'mamba, as released'")
            kind, _, range_ = name.partition(" [")
            range_, is_given = (f"[{range_}", True) if range_ else ("", False)
            if kind.endswith(" complex"):
                kind, range_ = kind.removesuffix(" complex"), "complex"
            found = read_layer(kind, range_)
            window = 0 if is_given or found.window == 1 else found.window
            shown = found.variant if "," in kind or found.stands_for else ""
            columns += [
                Column(found.kind, found.range, found.n_h, d, window, found.parametrisation, shown)
                for d in depths
                if isinstance(d, int)
            ]
    return list(dict.fromkeys(columns))


def _recipe(given: Mapping[str, Any], problems: _Problems) -> Recipe:
    from monoscan.models.sweep.quick import Recipe
    from monoscan.models.train_config import TIERS, TrainConfig, tier

    recipe, training = Recipe(), dict(given.get("training", {}))
    if "seed" in training:
        problems.add("training has a seed; name them in seeds")
        del training["seed"]
    name = str(given.get("tier", ""))
    if name and name not in TIERS:
        problems.add(f"tier {name!r}: expected one of {', '.join(TIERS)}")
    known = TrainConfig.__dataclass_fields__
    for key in [key for key in training if key not in known]:
        near = ", ".join(nearest(key, list(known))) or ", ".join(known)
        problems.add(f"training has no option {key!r}; nearest: {near}")
        del training[key]
    with problems.of("training"):
        recipe = replace(recipe, training={**TIERS.get(name, {}), **training})
        tier(name if name in TIERS else "quick", **training)
    for table, keys in (("network", _NETWORK), ("test", _TEST)):
        for key in given.get(table, {}):
            if key not in keys:
                problems.add(f"{table} has no option {key!r}; expected {', '.join(keys)}")
    network, test = given.get("network", {}), given.get("test", {})
    with problems.of("network and test"):
        recipe = replace(
            recipe,
            width=check_number("width", network.get("width", recipe.width), 1),
            heads=check_number("heads", network.get("heads", recipe.heads), 1),
            n_words=check_number("words", test.get("words", recipe.n_words), 1),
            worst_length=check_number(
                "worst_length", test.get("worst_length", recipe.worst_length), 1
            ),
            lengths=_numbers("lengths", test.get("lengths", []), 1),
        )
    return recipe


def _seeds(value: int | list[Any], problems: _Problems) -> list[int]:
    found: list[int] = []
    with problems.of("seeds"):
        if isinstance(value, int):
            found = list(range(check_number("seeds", value, 1)))
        elif not value:
            raise BadValue("seeds", value, "a number, or a list of at least one")
        else:
            found = list(dict.fromkeys(_numbers("seeds", value, 0)))
    return found


def _numbers(name: str, value: object, least: int) -> tuple[int, ...]:
    if not isinstance(value, list):
        raise BadValue(name, value, "a list of whole numbers")
    return tuple(check_number(name, entry, least) for entry in value)


_QUICK: Final[Mapping[str, Any]] = {
    "languages": ["parity", "count-mod-3", "s3", "s5-swaps", "flip-flop"],
    "writing": ["flip-flop"],
    "layers": [
        "diagonal [0,1]",
        "diagonal [-1,1]",
        "diagonal complex",
        "deltanet [0,1]",
        "deltanet [-1,1]",
        "deltaproduct-2 [-1,1]",
        "gru",
    ],
}
_STAR_FREE: Final = ("tomita-1", "tomita-2", "tomita-4", "tomita-7", "012-star-02-star")
_NOT_STAR_FREE: Final = ("abab-star", "tomita-3", "tomita-5", "tomita-6")
BUILT_IN: Final[Mapping[str, Mapping[str, Any]]] = {
    "quick": _QUICK,
    "standard": {
        **_QUICK,
        "languages": [
            *_QUICK["languages"],
            "count-mod-5",
            "modular-arithmetic-5",
            "z60",
            "s4",
            "a5",
            "s5",
            "s5-three-points",
            "tomita-4",
            "tomita-7",
            "ab-star",
            "abab-star",
            "012-star-02-star",
        ],
        "writing": [
            "flip-flop",
            "modular-arithmetic-5",
            "tomita-4",
            "tomita-7",
            "ab-star",
            "abab-star",
            "012-star-02-star",
        ],
        "layers": [*_QUICK["layers"], "deltaproduct-4 [-1,1]"],
        "seeds": 5,
        "tier": "standard",
    },
    "star-free": {
        **_QUICK,
        "languages": [*_STAR_FREE, *_NOT_STAR_FREE, "parity", "aa-star", "aaaa-star"],
        "writing": [*_STAR_FREE, *_NOT_STAR_FREE],
        "layers": ["diagonal [0,1]", "diagonal [-1,1]"],
    },
}
"""The sweeps that have names; `quick` is that of `monoscan table quick`."""
