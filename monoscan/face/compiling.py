"""Exact networks in the layers that training uses."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, final

from monoscan.face.architectures import one_asked
from monoscan.face.constructing import networks
from monoscan.face.layers import kind_of
from monoscan.face.needed import need_models
from monoscan.face.network import network
from monoscan.face.run import Worst
from monoscan.face.sources import language as as_language
from monoscan.theory.prediction import DEFAULT_JOINT_STATES

if TYPE_CHECKING:
    from monoscan.models.compile import Check, CompiledModel, LayerCheck
    from monoscan.theory.lemmas import Depth


@final
@dataclass(frozen=True, eq=False, repr=False)
class Compiled:
    """An exact network as a torch network of trainable layers, with those very weights.

    Attributes:
        model: the network in float64; a torch module that reads numbers of letters, int64 [words,
            letters].
        origin: where the exact network comes from, in words by their names.
    """

    model: CompiledModel
    origin: dict[str, str] = field(default_factory=dict)

    @property
    def layers(self) -> list[dict[str, Any]]:
        """What the layers are, bottom to top, before their weights are rounded."""
        return [
            {
                "layer": layer.config.layer,
                "range": layer.config.range,
                "model_class": layer.config.model_class,
                "n_h": layer.config.n_h,
                "width": layer.config.width,
                "heads": layer.config.heads,
                "symbols": len(layer.embedding),
                "states": len(layer.codes),
                "exact_in": layer.exact_in(),
            }
            for layer in self.model.compiled_layers()
        ]

    def check(
        self,
        words: int = 8,
        length: int = 10_000,
        *,
        precision: str = "fp32",
        backend: str = "auto",
        seed: int = 0,
    ) -> CompiledCheck:
        """Compares its answers after every letter with those of the exact network.

        Half of the words are random, the others repeat a short random word.

        Args:
            words: how many.
            length: of each.
            precision: ``fp32``, ``bf16`` or ``fp64``.
            backend: form of the kernels: ``auto``, ``reference``, ``chunked``, ``compiled`` or
                ``triton``.
            seed: of the words.

        Raises:
            ConfigError: if a number is too small, or a name is none of these.
            ValueError: if a form of the kernels cannot run here.
            OutOfMemory: if the words do not fit.
        """
        from monoscan.models.compile import check

        # `using` rounds the weights of the network that it is given.
        rounded = deepcopy(self.model).using(precision, backend)
        return CompiledCheck(check(rounded, length, words, seed))

    def worst(self, length: int = 640, letters: int = 2_000_000) -> Worst:
        """The shortest word on which it fails in fp32, as far as a search finds one.

        Args:
            length: the longest word of the search.
            letters: how many letters the network may read in it.

        Raises:
            ConfigError: if a number is out of range.
            OutOfMemory: if the words do not fit.
        """
        from monoscan.models.worst import SearchPlan, worst_of_compiled

        rounded = deepcopy(self.model).using("fp32")
        return Worst(worst_of_compiled(rounded, SearchPlan(length, letters)))

    def write(self, path: str | PathLike[str]) -> Path:
        """Writes the network to a file that `monoscan evaluate` reads.

        Raises:
            OSError: if the file cannot be written.
        """
        from monoscan.models.compile import save_compiled

        save_compiled(self.model, Path(path), self.origin)
        return Path(path)

    def lines(self) -> list[str]:
        """The layers, a line each."""
        return [_layer_line(number, facts) for number, facts in enumerate(self.layers, start=1)]

    def __repr__(self) -> str:
        return f"compiled network: {'; '.join(self.lines())}"


@final
@dataclass(frozen=True, repr=False)
class CompiledCheck:
    """What the arithmetic makes of a compiled network.

    Attributes:
        found: the counts and errors, as `monoscan.models.compile` gives them.
    """

    found: Check

    @property
    def wrong_answers(self) -> int:
        """How many answers were wrong, of all after every letter of every word."""
        return self.found.wrong_answers

    def __bool__(self) -> bool:
        """Whether every answer was right."""
        return not self.found.wrong_answers

    def lines(self) -> list[str]:
        """The errors of each layer, and the answers, a sentence each."""
        return [*_step_lines(self.found), _answers_line(self.found)]

    def __repr__(self) -> str:
        return _answers_line(self.found)


def compile(
    source: object,
    architecture: object = None,
    *,
    construction: str = "",
    depth: Depth = "any",
    layer: str = "",
) -> Compiled:
    """An exact network as a network of the layers that training uses, with the same weights.

    Args:
        source: a network, as `network` takes it; or, with an architecture or a construction, a
            language, as `language` takes it.
        architecture: a name with its variant, or a class: one of its networks is compiled, the
            first that the layers hold.
        construction: in its place, the id of a construction.
        depth: at most this many layers, or ``any``.
        layer: the kind of layer, such as ``deltanet``; by default that of the architecture, or
            the first that holds the network.

    Raises:
        NotInstalled: if torch is not installed.
        CompileError: if the layers cannot hold the network.
        NamingError: if a name is of no layer or architecture.
        NoNetworkError: if no network of the class recognises the language, or none is known.

    >>> import monoscan as ms
    >>> found = ms.compile(ms.construct("parity", "deltanet, extended"))
    >>> found
    compiled network: layer 1: diagonal [-1,1] (diagonal-real), width 2 in 2 heads of 1, \
2 symbols, 2 states; weights exact in bf16, fp32
    >>> found.check(words=8, length=1000)
    check: 8 words of 1000 letters (fp32, kernels: auto): every answer right
    """
    need_models("ms.compile")
    from monoscan.models.compile import CompileError, compile_network, layer_of_class

    kind = kind_of(layer) if layer else None
    if architecture is None and not construction:
        return Compiled(compile_network(network(source).lrnn, kind))
    if architecture is not None and not kind:
        kind = layer_of_class(one_asked(architecture).model_class.id)
    given = as_language(source)
    candidates = networks(given, architecture, construction, depth, "exact", DEFAULT_JOINT_STATES)
    refusals: dict[str, list[str]] = {}  # the reasons, each with the constructions it is about
    for found, _ in candidates:
        name = found.construction.id
        try:
            model = compile_network(found.network, kind)
        except CompileError as error:
            refusals.setdefault(str(error), []).append(name)
            continue
        origin = {
            "language": given.name,
            "construction": name,
            "source": found.construction.source,
        }
        return Compiled(model, origin)
    if len(refusals) == 1:
        raise CompileError(f"{next(iter(refusals))}; another construction or layer may fit")
    reasons = "".join(f"\n  {', '.join(names)}: {reason}" for reason, names in refusals.items())
    raise CompileError(f"the layers hold no network of this class; another layer may fit{reasons}")


def _layer_line(number: int, facts: dict[str, Any]) -> str:
    """A layer of a compiled network in one line."""
    factors = f", n_h = {facts['n_h']}" if facts["n_h"] > 1 else ""
    heads = f"{_counted(facts['heads'], 'head')} of {facts['width'] // facts['heads']}"
    exact = ", ".join(facts["exact_in"])
    return (
        f"layer {number}: {facts['layer']} {facts['range']} ({facts['model_class']}){factors}, "
        f"width {facts['width']} in {heads}, {_counted(facts['symbols'], 'symbol')}, "
        f"{_counted(facts['states'], 'state')}; "
        f"weights {f'exact in {exact}' if exact else 'rounded'}"
    )


def _step_lines(found: Check) -> list[str]:
    """What is known of the errors of each layer; layers without any share a line."""
    lines = []
    exact = [str(n) for n, layer in enumerate(found.layers, start=1) if not layer.step_error]
    if exact:
        lines.append(
            f"{'layer' if len(exact) == 1 else 'layers'} {', '.join(exact)}: a step from any state "
            f"has no error in {found.precision}, so nothing adds up"
        )
    for number, layer in enumerate(found.layers, start=1):
        if layer.step_error:
            lines.append(f"layer {number}: {_errors(layer, found.precision)}")
    return lines


def _errors(layer: LayerCheck, precision: str) -> str:
    line = f"a step is off by up to {layer.step_error:.2g} in {precision}"
    if layer.gap is None:
        return f"{line}, and the report is always the same"
    line += f"; reports are safe up to {layer.gap / 2:.3g}"
    if layer.horizon is not None:
        line += f", after about {_rounded(layer.horizon)} letters if all errors add up"
    return f"{line}; the check came to {layer.drift:.2g} of it"


def _rounded(number: int) -> str:
    """A number in two digits.

    >>> _rounded(251302)
    '250,000'
    """
    return f"{float(f'{number:.2g}'):,.0f}"


def _answers_line(found: Check) -> str:
    words = f"{_counted(found.n_words, 'word')} of {_counted(found.length, 'letter')}"
    where = f"{found.precision}, kernels: {found.backend}"
    if not found.wrong_answers:
        return f"check: {words} ({where}): every answer right"
    return (
        f"check: {words} ({where}): {_counted(found.wrong_answers, 'wrong answer')} in "
        f"{_counted(found.wrong_words, 'word')}, the first one after {found.first_error} letters"
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
