"""Saved networks of public code: which eigenvalues they may have, and which they use on a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any, final

from monoscan.errors import BadInput, check_number
from monoscan.face.given import described
from monoscan.face.needed import need_models
from monoscan.tables import Column, Table

if TYPE_CHECKING:
    from monoscan.models.inspecting import HeadFacts, NetworkFacts, Spread
    from monoscan.report.figures import Drawing
    from monoscan.report.solvability import Solvability

LANGUAGES = ("flip-flop", "parity", "count-mod-3", "s3")
"""The rows of the solvability table that are shown where none are asked for."""

TOKENS = 512

_OF_ALL = {"n": "no", ">": "not with one layer", "?": "unknown"}


@final
@dataclass(frozen=True, repr=False)
class Inspection:
    """What the recurrent layers of a network do on a text.

    Attributes:
        facts: the numbers, layer by layer and head by head.
        text: what was read, in words.
    """

    facts: NetworkFacts
    text: str

    @property
    def architecture(self) -> str:
        """The name of the network's recurrent layer in the catalogue, with its variant."""
        return self.facts.possible.architecture

    def table(self, by_head: bool = False) -> Table:
        """A row a layer, or a row a head.

        Args:
            by_head: whether each head has a row.
        """
        rows = [
            head
            for layer in self.facts.recurrent
            for head in (layer.heads if by_head else (layer.whole,))
            if head is not None
        ]
        titles = (
            *("layer", "head", "beta", "beta > 1", "gates", "1 token", "negative"),
            *("2 to 8 tokens", "negative", "not real", "rank", "memory"),
        )
        return Table(
            tuple(Column(title, "right") for title in titles),
            tuple(_row(head) for head in rows),
            introduction=tuple(self._introduction()),
            notes=tuple(self._notes()),
            value=self.to_json(),
        )

    def solvability(self, languages: Iterable[str] = LANGUAGES) -> Solvability:
        """What networks of such recurrent layers can recognise, with any numbers as weights.

        Args:
            languages: ids.

        Raises:
            UnknownId: if there is no such language.
        """
        from monoscan.face.tables import solvability

        return solvability(languages, self.architecture)

    def recognised(self, languages: Iterable[str] = LANGUAGES) -> dict[str, str]:
        """How many layers such networks need for each language: a cell of the solvability table.

        Args:
            languages: ids.

        Raises:
            UnknownId: if there is no such language.
        """
        found = self.solvability(languages)
        return {row[0].language: row[0].symbol for row in found.cells}

    def drawing(self) -> Drawing:
        """A picture: for each head the range that is possible and the range that is used.

        Raises:
            MissingLibrary: if matplotlib is not installed.
            PictureRefused: if there are more layers than are legible.
        """
        from monoscan.report.figures import draw_ranges

        return draw_ranges(self.facts)

    def to_json(self) -> dict[str, Any]:
        """Everything, as JSON has it."""
        possible = self.facts.possible
        return {
            **asdict(self.facts),
            "text": self.text,
            "possible": {
                "recurrence": possible.recurrence,
                "least": possible.least,
                "greatest": None if possible.least is None else possible.most,
                "architecture": possible.architecture,
                "notes": list(possible.notes),
            },
        }

    def _introduction(self) -> list[str]:
        facts = self.facts
        possible = facts.possible
        each = "each factor of a transition" if facts.factors > 1 else "a transition"
        lines = [
            f"{facts.folder}: {facts.model_type}, {facts.parameters:,} parameters, "
            f"{_layers(facts)}; read {self.text}",
            f"{possible.recurrence}",
            f"possible by its configuration: eigenvalues of {each} "
            + (f"in {possible.shown}" if possible.least is not None else "anywhere"),
        ]
        used = [h.products[0] for layer in facts.recurrent for h in layer.heads]
        if used and facts.factors == 1:
            negative = sum(p.negative for p in used) / len(used)
            lines.append(
                f"used: from {_number(min(p.least for p in used))} to "
                f"{_number(max(p.greatest for p in used))}; {_share(negative)} of the transitions "
                "have a negative eigenvalue"
            )
        return lines

    def _notes(self) -> list[str]:
        notes = [
            *self.facts.possible.notes,
            "1 token, 2 to 8 tokens: least and greatest real part of the eigenvalues of "
            "transitions and of products of consecutive ones; negative, not real: share of them "
            "with such an eigenvalue (beyond a hundred-thousandth of their size)",
            "rank: effective rank of the state, of the most that it can be; memory: tokens after "
            "which what a token wrote has shrunk to 1/e (median; >: longer than it was followed)",
        ]
        attention = [str(layer.layer) for layer in self.facts.layers if layer.kind == "attention"]
        if attention:
            notes.append(f"layers with attention, without transitions: {', '.join(attention)}")
        return notes

    def __repr__(self) -> str:
        return repr(self.table())

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def inspect(
    checkpoint: str | PathLike[str],
    *,
    text: str | None = None,
    ids: int | Iterable[int] = TOKENS,
    progress: Callable[[int, int], None] = lambda _layer, _layers: None,
) -> Inspection:
    """Which eigenvalues a saved network may have, and which it uses on a text.

    The network is run layer by layer, so that only one layer is in memory (docs/checkpoints.md).

    Args:
        checkpoint: a folder with ``config.json`` and safetensors, as flash-linear-attention saves
            it.
        text: what it reads; the folder then needs a ``tokenizer.json``.
        ids: without a text, the tokens themselves, or how many are drawn at random.
        progress: told each layer that is finished, from 1, and how many there are.

    Raises:
        NotInstalled: if torch is not installed, or the library that cuts texts into tokens.
        CheckpointError: if the network cannot be read.
        ConfigError: if a token is none of the vocabulary.
        OutOfMemory: if a layer does not fit into memory.

    >>> import monoscan as ms
    >>> seen = ms.inspect("tests/models/released/recorded/trained", ids=[1, 0, 1, 1])
    >>> seen.architecture, seen.facts.possible.shown
    ('deltanet, extended', '[-1, 1]')
    >>> round(seen.facts.layers[0].whole.products[0].least, 2)
    -0.99
    """
    need_models("ms.inspect")
    from monoscan.models.inspecting import inspect_network, reader

    if not isinstance(checkpoint, str | PathLike):
        raise TypeError(f"{described(checkpoint)} is no path; expected the folder of a network")
    if isinstance(ids, int):
        check_number("ids", ids, 1)

    facts = inspect_network(Path(fspath(checkpoint)), reader(text, ids), progress)
    how = " drawn at random" if text is None and isinstance(ids, int) else ""
    return Inspection(facts, f"{facts.tokens} token{'s' * (facts.tokens > 1)}{how}")


def recognised_in_words(architecture: str, cells: Mapping[str, str]) -> str:
    """A row of the solvability table as a sentence.

    >>> said = recognised_in_words("mamba", {"flip-flop": "1", "parity": "no", "s3": "no"})
    >>> said.partition(": ")[2]
    'flip-flop with 1 layer; parity, s3 with no number of layers'
    """
    by_words: dict[str, list[str]] = {}
    for language, symbol in cells.items():
        by_words.setdefault(_cell_in_words(symbol), []).append(language)
    said = [f"{', '.join(languages)} {words}" for words, languages in by_words.items()]
    return (
        f"what {architecture} can recognise, in exact arithmetic and with any weights (`monoscan "
        f"table solvability`): {'; '.join(said)}"
    )


def _cell_in_words(symbol: str) -> str:
    """What a cell of the solvability table says.

    >>> _cell_in_words("<=3"), _cell_in_words(">1 <=4*")
    ('with at most 3 layers', '>1 <=4*')
    >>> _cell_in_words("?+")
    'up to any given length (at all lengths: unknown)'
    """
    if symbol.endswith("+"):
        return f"up to any given length (at all lengths: {_OF_ALL[symbol[0]]})"
    if symbol.isdecimal():
        return f"with {symbol} layer{'s' * (symbol != '1')}"
    if symbol.removeprefix("<=").isdecimal():
        return f"with at most {symbol.removeprefix('<=')} layers"
    if symbol.removeprefix(">").isdecimal():
        return f"with more than {symbol.removeprefix('>')} layers if at all"
    return {"no": "with no number of layers", "?": "(unknown)"}.get(symbol, symbol)


def read_text(path: str) -> str:
    """The text in a file.

    Raises:
        BadInput: if it cannot be read.
    """
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError as error:
        raise BadInput(f"--text {path}: {error.strerror}; give a readable file") from None
    except UnicodeDecodeError as error:
        raise BadInput(
            f"--text {path}: byte {error.start} is no UTF-8; give a text in UTF-8"
        ) from None


def _row(head: HeadFacts) -> tuple[str, ...]:
    first, others = head.products[0], head.products[1:]
    count = sum(p.examined for p in others)
    if others:
        long = _between(min(p.least for p in others), max(p.greatest for p in others))
        negative = _share(sum(p.negative * p.examined for p in others) / count)
        complex_ = _share(sum(p.complex * p.examined for p in others) / count)
    else:
        long = negative = complex_ = "-"
    return (
        str(head.layer),
        str(head.head or "all"),
        _spread(head.beta),
        "-" if head.beta is None else _share(head.above_one),
        _spread(head.gate),
        _between(first.least, first.greatest),
        _share(first.negative),
        long,
        negative,
        complex_,
        f"{head.rank:.1f} of {head.rank_most}",
        f"> {head.followed}" if head.memory is None else f"{head.memory:g}",
    )


def _layers(facts: NetworkFacts) -> str:
    recurrent, all_ = len(facts.recurrent), len(facts.layers)
    if recurrent == all_:
        return f"{all_} layer{'s' * (all_ > 1)}"
    return f"{recurrent} recurrent of {all_} layers"


def _spread(spread: Spread | None) -> str:
    return "-" if spread is None else _between(spread.least, spread.greatest)


def _between(least: float, greatest: float) -> str:
    low, high = _number(least), _number(greatest)
    return low if low == high else f"{low} to {high}"


def _number(value: float) -> str:
    """A number in three digits, so that what is below 1 is never shown as 1.

    >>> _number(0.5), _number(0.99996), _number(1.0), _number(-0.00001)
    ('0.500', '1-4e-05', '1.000', '-1e-05')
    """
    text = f"{value:.3f}"
    for end in (1.0, 0.0, -1.0):
        if float(text) == end != value:
            offset = value - end
            if abs(offset) < 1e-6:
                return f"{end:.3f}"
            return f"{offset:.0e}" if end == 0 else f"{end:.0f}{offset:+.0e}"
    return text


def _share(value: float) -> str:
    """A share in per cent, so that few are never shown as none.

    >>> _share(0.0), _share(0.0004), _share(0.25), _share(0.9999)
    ('0%', '<1%', '25%', '>99%')
    """
    if 0 < value < 0.01:
        return "<1%"
    return ">99%" if 0.99 < value < 1 else f"{value:.0%}"
