"""An exact network as a value: run it, look at its matrices, write it down."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, final

from monoscan.automata import Output
from monoscan.automata.errors import show_alphabet
from monoscan.face.given import described, letters_of
from monoscan.theory.lrnn import LRNN, LRNNError, Queue, Symbol, Value, show_symbol
from monoscan.theory.lrnn_json import lrnn_from_json, lrnn_to_json, read_lrnn
from monoscan.theory.matrix import Matrix
from monoscan.theory.semantics import Semantics, named_semantics
from monoscan.theory.transition import Transition, heads, transition_matrix
from monoscan.theory.unit_keys import with_delta_rules
from monoscan.theory.windows import NO_DELAYS, Windows, show_windows

if TYPE_CHECKING:
    import sympy

    from monoscan.face.language import Language
    from monoscan.tables import Table
    from monoscan.theory.formats import NumberFormat

_LARGEST_SHOWN = 36  # entries of a matrix
_ROWS = 30


@final
@dataclass(frozen=True, repr=False)
class NetworkTransition:
    """The matrix A of one layer on one symbol, exactly.

    Attributes:
        layer: the number of the layer, from 1.
        symbol: what it is read on: the letter, and the outputs of the layers below that it reads.
        exact: the transition as the papers parametrise it.

    >>> import monoscan as ms
    >>> ms.network("docs/examples/reflection.json").transition("1")
    transition of layer 1 on 1: householder [0, 1; 1, 0]
    """

    layer: int
    symbol: Symbol
    exact: Transition

    @property
    def kind(self) -> str:
        """How the matrix is written: diagonal, householder, ..."""
        return _kind(self.exact)

    @property
    def matrix(self) -> sympy.ImmutableMatrix:
        """A as an exact matrix of sympy."""
        import sympy

        from monoscan.theory.symbolic.exact import to_sympy

        rows = self.exact_matrix.rows
        return sympy.ImmutableMatrix([[to_sympy(entry) for entry in row] for row in rows])

    @property
    def exact_matrix(self) -> Matrix:
        """A as a matrix of `monoscan.theory`."""
        return transition_matrix(self.exact)

    def eigenvalues(self) -> tuple[sympy.Expr, ...]:
        """The eigenvalues with their multiplicities, exactly, of falling modulus.

        Raises:
            EigenvalueError: if they cannot be written down.

        >>> import monoscan as ms
        >>> ms.network("docs/examples/reflection.json").transition("1").eigenvalues()
        (1, -1)
        """
        from monoscan.theory.eigenvalues import eigenvalues

        return eigenvalues(self.exact)

    def __repr__(self) -> str:
        where = f"layer {self.layer} on {show_symbol(self.symbol)}"
        return f"transition of {where}: {self.kind} {_shown(self.exact_matrix)}"

    def _repr_latex_(self) -> str:
        import sympy

        return f"$${sympy.latex(self.matrix)}$$"


@final
@dataclass(frozen=True, repr=False)
class Network:
    """A stack of linear recurrent layers with exact weights.

    Attributes:
        lrnn: the network as `monoscan.theory` computes with it.

    >>> import monoscan as ms
    >>> net = ms.network("docs/examples/reflection.json")
    >>> net
    network over {0, 1}: 1 layer, householder 2 x 2
    >>> net.run("0110"), net.run("1")
    (True, False)
    """

    lrnn: LRNN

    @property
    def alphabet(self) -> tuple[str, ...]:
        """The letters in order."""
        return self.lrnn.alphabet

    @property
    def depth(self) -> int:
        """The number of layers, delays not counted."""
        return self.lrnn.depth

    @property
    def windows(self) -> Windows:
        """How many letters A and B see, the current one counted; (1, 1) without delays."""
        return self.lrnn.windows

    def __repr__(self) -> str:
        layers = []
        for layer in self.lrnn.recurrent.values():
            kinds = dict.fromkeys(_kind(case.transition) for case in layer.cases.values())
            size = layer.initial.shape[0]
            layers.append(f"{' and '.join(kinds)} {size} x {size}")
        counted = "1 layer" if self.depth == 1 else f"{self.depth} layers"
        seen = f"; {show_windows(self.windows)}" if self.windows != NO_DELAYS else ""
        return f"network over {show_alphabet(self.alphabet)}: {counted}, {'; '.join(layers)}{seen}"

    def table(self) -> Table:
        """The matrices A and B of each layer, for each symbol that it reads."""
        from monoscan.tables import Column, Table

        found = [
            (
                str(number),
                show_symbol(symbol),
                _kind(case.transition),
                _shown(case.matrix),
                _shown(case.input),
            )
            for number, layer in self.lrnn.recurrent.items()
            for symbol, case in layer.cases.items()
        ]
        hidden = len(found) - _ROWS
        return Table(
            tuple(Column(title) for title in ("layer", "on", "kind", "A", "B")),
            tuple(found[:_ROWS]),
            title=repr(self),
            notes=(f"{hidden} more symbols",) if hidden > 0 else (),
        )

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()

    def run(
        self,
        word: str | Sequence[str],
        semantics: str = "exact",
        number_format: NumberFormat | str | None = None,
    ) -> Output:
        """The answer to a word.

        Args:
            word: text, read letter by letter or by blanks; or a sequence of letters.
            semantics: `exact`, or `seq-round`, `op-round` or `cast-unrolled` (docs/semantics.md).
                Under `op-round` a Householder factor with a vector of length 1 is computed as a
                delta rule.
            number_format: of a semantics that rounds, such as `e4m3`.

        Raises:
            WordError: if a letter of a text is not in the alphabet.
            SemanticsError: if the network has no meaning there, or there is no such semantics.

        >>> import monoscan as ms
        >>> net = ms.network("docs/examples/reflection.json")
        >>> net.run("0110", semantics="seq-round", number_format="e4m3")
        True
        """
        chosen = named_semantics(semantics, number_format)
        lrnn = self._computed_by(chosen)
        chosen.validate(lrnn)
        return chosen.output(lrnn, self._word(word))

    def _computed_by(self, semantics: Semantics[Any]) -> LRNN:
        """The network in the form in which `decide` takes it, too."""
        return with_delta_rules(self.lrnn) if semantics.name == "op-round" else self.lrnn

    def language(
        self,
        semantics: str = "exact",
        number_format: NumberFormat | str | None = None,
        *,
        max_states: int = 20_000,
    ) -> Language:
        """What the network computes, as a language: its minimal automaton.

        Args:
            semantics: as for `run`.
            number_format: of a semantics that rounds.
            max_states: how many states of the network are followed at most.

        Raises:
            BudgetExceeded: if the network has more states.
            NumberTooLargeError: if the numbers of its states grow without end.
            UndefinedOutputError: if it has no answer to some word.
            SemanticsError: as for `run`.

        >>> import monoscan as ms
        >>> net = ms.network("docs/examples/delta-rule.json")
        >>> net.language() == net.language("op-round", "fixed:1/8:-16:127/8")
        True
        """
        from monoscan.face.language import Language
        from monoscan.theory.computed import computed_automaton

        chosen = named_semantics(semantics, number_format)
        return Language(computed_automaton(self._computed_by(chosen), chosen, max_states))

    def states(self, word: str | Sequence[str]) -> tuple[Matrix | Queue, ...]:
        """The exact states of all layers after a word, bottom to top; of a delay, its values."""
        return self.lrnn.run(self._word(word))

    def _word(self, word: str | Sequence[str]) -> tuple[str, ...]:
        return letters_of(word, self.alphabet)

    def transition(
        self, letter: str, *outputs: Value, layer: int | None = None
    ) -> NetworkTransition:
        """The matrix A of a layer on a letter.

        Args:
            letter: the letter.
            outputs: above the first layer, the outputs of the layers below that the layer reads;
                None for what a delay hands on before there is anything.
            layer: its number, from 1; delays are counted. None: the lowest one with matrices.

        Raises:
            LRNNError: if there is no such layer, or it has no matrix there; the message says what
                there is.

        >>> import monoscan as ms
        >>> ms.network("docs/examples/reflection.json").transition("1").matrix
        Matrix([
        [0, 1],
        [1, 0]])
        """
        layers = self.lrnn.recurrent
        layer = min(layers) if layer is None else layer
        if layer not in layers:
            known = ", ".join(map(str, layers))
            raise LRNNError(f"there is no layer {layer} with matrices; those are: {known}")
        cases = layers[layer].cases
        symbol = (letter, *outputs)
        if symbol not in cases:
            listed = [repr(other)[1:-1].rstrip(",") for other in cases]
            raise LRNNError(
                f"layer {layer} has no matrix on {repr(symbol)[1:-1].rstrip(',')}; it has them on "
                f"{'; '.join(listed[:12])}{'; ...' if len(listed) > 12 else ''}"
            )
        return NetworkTransition(layer, symbol, cases[symbol].transition)

    def transitions(self) -> tuple[NetworkTransition, ...]:
        """The matrices of all layers on all their symbols."""
        return tuple(
            NetworkTransition(number, symbol, case.transition)
            for number, layer in self.lrnn.recurrent.items()
            for symbol, case in layer.cases.items()
        )

    def classes(self) -> tuple[str, ...]:
        """The ids of the model classes in whose regions its matrices lie, as they are written.

        >>> import monoscan as ms
        >>> ms.network("docs/examples/reflection.json").classes()[:2]
        ('householder', 'gated-householder')
        """
        from monoscan.theory.respelling import classes_of

        return tuple(found.id for found in classes_of(self.lrnn))

    def to_json(self) -> dict[str, Any]:
        """The network as `network` reads it (docs/lrnn-json.md).

        Raises:
            LRNNError: if a layer needs too large a field for a file.
        """
        return lrnn_to_json(self.lrnn)

    def write(self, path: str | PathLike[str]) -> Path:
        """Writes the network to a JSON file, which `network` reads.

        Raises:
            OSError: if the file cannot be written.
        """
        text = json.dumps(self.to_json(), indent=1, ensure_ascii=False)
        target = Path(path)
        target.write_text(text + "\n", encoding="utf-8")
        return target


def network(source: object) -> Network:
    """An exact network from a JSON file, from its JSON as a dictionary, or from an `LRNN`.

    Args:
        source: the path of a file (docs/lrnn-json.md), a dictionary, a network of
            `monoscan.theory`, or an answer that has a network.

    Raises:
        LRNNFileError: if the file cannot be read or describes no network.
        TypeError: if it is none of these.

    >>> import monoscan as ms
    >>> net = ms.network("docs/examples/reflection.json")
    >>> ms.network(net.to_json()) == net
    True
    """
    if isinstance(source, Network):
        return source
    if isinstance(source, LRNN):
        return Network(source)
    inner = getattr(source, "network", None)
    if isinstance(inner, Network):
        return inner
    if isinstance(source, (str, PathLike)):
        return Network(read_lrnn(Path(source)))
    if isinstance(source, Mapping):
        return Network(lrnn_from_json(source))
    from monoscan.face.language import Language

    if isinstance(source, Language):
        raise TypeError(
            f"{described(source)} is a language and no network; construct(language, architecture) "
            "gives a network that recognises it, predict(language) says which architectures have "
            "one"
        )
    raise TypeError(
        f"{described(source)} is no network; expected the path of a JSON file, its content as a "
        "dictionary, or a network"
    )


def _kind(transition: Transition) -> str:
    """How a matrix is parametrised, in words; of several heads all that occur."""
    blocks = heads(transition)
    names = dict.fromkeys(_name(type(block)) for block in blocks)
    words = " and ".join(names)
    return words if len(blocks) == 1 else f"{len(blocks)} heads, {words},"


def _name(kind: type) -> str:
    return re.sub("(?<=[a-z])(?=[A-Z])", "-", kind.__name__).lower()


def _shown(matrix: Matrix) -> str:
    """The entries of a small matrix, the shape of a large one."""
    height, width = matrix.shape
    return str(matrix) if height * width <= _LARGEST_SHOWN else f"{height} x {width}"
