"""Random exact networks: stacks of layers with threshold read-outs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from hypothesis import strategies as st

from monoscan.automata import Output
from monoscan.automata.word import check_alphabet
from monoscan.strategies.errors import need, need_range
from monoscan.strategies.numbers import RATIONALS, Numbers, matrices
from monoscan.strategies.regions import transitions_of_layer
from monoscan.strategies.transitions import Kinds, transitions
from monoscan.theory.formats import NumberFormat
from monoscan.theory.lrnn import LRNN, Case, Delay, Layer, Symbol, Value
from monoscan.theory.model_classes import ModelClass
from monoscan.theory.readout import Functional, Threshold


@st.composite
def thresholds(
    draw: st.DrawFn,
    shape: tuple[int, int],
    entries: Numbers = RATIONALS,
    outputs: tuple[Output, ...] = (False, True),
) -> Threshold:
    """One to three threshold bits of a state of a shape, and a full table of outputs.

    >>> from hypothesis import find
    >>> len(find(thresholds((1, 1)), lambda readout: len(readout.functionals) == 2).table)
    4
    """
    functional = st.builds(
        Functional, matrices(*shape, entries), st.sampled_from([">=", ">"]), entries
    )
    functionals = draw(st.lists(functional, min_size=1, max_size=3))
    keys = ["".join(bits) for bits in product("01", repeat=len(functionals))]
    values = draw(st.lists(st.sampled_from(outputs), min_size=len(keys), max_size=len(keys)))
    return Threshold(tuple(functionals), dict(zip(keys, values, strict=True)))


@st.composite
def layers(
    draw: st.DrawFn,
    symbols: tuple[Symbol, ...],
    kinds: Kinds | ModelClass | str = transitions,
    entries: Numbers = RATIONALS,
    outputs: tuple[Output, ...] = (False, True),
    max_rows: int = 3,
) -> Layer:
    """A layer of one or two columns with a threshold read-out.

    Args:
        draw: Given by hypothesis.
        symbols: What the layer reads.
        kinds: A model class or its id, or for each size the transitions of that size.
        entries: The numbers of everything but the transitions.
        outputs: What the layer may report.
        max_rows: The largest number of rows.

    >>> from hypothesis import find
    >>> find(layers((("a",),), "diagonal-real"), lambda layer: True).initial.shape
    (1, 1)
    """
    size, width = draw(st.integers(1, max_rows)), draw(st.sampled_from([1, 1, 1, 2]))
    if callable(kinds):
        kind = kinds(size)
        drawn = tuple(draw(kind) for _ in symbols)
    else:
        drawn = draw(transitions_of_layer(kinds, size, len(symbols)))
    cases = {
        symbol: Case(transition, draw(matrices(size, width, entries)))
        for symbol, transition in zip(symbols, drawn, strict=True)
    }
    readout = draw(thresholds((size, width), entries, outputs))
    return Layer(draw(matrices(size, width, entries)), cases, readout)


def networks(
    kinds: Kinds | ModelClass | str = transitions,
    *,
    alphabet: Sequence[str] = ("0", "1"),
    entries: Numbers = RATIONALS,
    depth: int = 1,
    max_rows: int = 3,
    delays: int = 0,
) -> st.SearchStrategy[LRNN]:
    """Stacks in which every layer reads all outputs below; most have infinitely many states.

    Args:
        kinds: A model class or its id (`monoscan list classes`), or for each size the transitions
            of that size.
        alphabet: The letters.
        entries: The numbers of everything but the transitions.
        depth: How many layers.
        max_rows: The largest number of rows of a layer.
        delays: How many delays stand below each layer, each of a letter or an output.

    Raises:
        AlphabetError: If the alphabet is not valid.
        UnknownId: If there is no such class.
        EmptySetError: If there are no such networks.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=5, deadline=None)
    ... @given(networks("householder", depth=2))
    ... def test_an_answer_is_a_truth_value(network):
    ...     assert network.output("0") in (False, True)
    >>> test_an_answer_is_a_truth_value()
    """
    letters = check_alphabet(alphabet)
    need_range("layers", 1, 1, depth)
    need_range("rows", 1, 1, max_rows)
    if not callable(kinds):
        transitions_of_layer(kinds, 1)  # so that what does not exist is said now
    need_range("delays", 0, 0, delays)
    return _networks(kinds, letters, entries, depth, max_rows, delays)


@st.composite
def _networks(
    draw: st.DrawFn,
    kinds: Kinds | ModelClass | str,
    letters: tuple[str, ...],
    entries: Numbers,
    depth: int,
    max_rows: int,
    delays: int,
) -> LRNN:
    stack: list[Layer | Delay] = []
    values: list[tuple[Value, ...]] = [letters]  # of the letter, and of each item of the stack
    for level in range(depth):
        for _ in range(delays):
            sources = [n for n, x in enumerate(stack, start=1) if isinstance(x, Layer)]
            delay = Delay(draw(st.sampled_from([0, *sources])), draw(st.integers(1, 2)))
            stack.append(delay)
            values.append((None, *values[delay.of]))
        outputs: tuple[Output, ...] = ("lo", "hi") if level % 2 else (False, True)
        if level == depth - 1:
            outputs = (False, True)
        stack.append(draw(layers(tuple(product(*values)), kinds, entries, outputs, max_rows)))
        values.append(outputs)
    return LRNN(letters, tuple(stack))


def networks_of_values(
    number_format: NumberFormat,
    *,
    depth: int = 1,
    normalised: bool = False,
    max_rows: int = 2,
    delays: int = 0,
) -> st.SearchStrategy[LRNN]:
    """Networks whose stored numbers are values of a format: they mean something in every semantics.

    Args:
        number_format: The format.
        depth: How many layers.
        normalised: Whether there are factors I - beta v v^T / (v^T v), which mean nothing where
            every operation is rounded.
        max_rows: The largest number of rows of a layer.
        delays: How many delays stand below each layer.

    Raises:
        EmptySetError: If there are no such networks.

    >>> from hypothesis import given, settings
    >>> from monoscan.theory.formats import get_format
    >>> e2m1 = get_format("e2m1")
    >>> @settings(max_examples=5, deadline=None)
    ... @given(networks_of_values(e2m1))
    ... def test_the_first_state_is_a_value(network):
    ...     assert all(map(e2m1.contains, network.layers[0].initial.entries()))
    >>> test_the_first_state_is_a_value()
    """
    values = number_format.values()
    need(len(values) > 0, "networks of the values of a format without values")
    entries = st.sampled_from(values)
    return networks(
        lambda size: transitions(size, entries, normalised=normalised),
        entries=entries,
        depth=depth,
        max_rows=max_rows,
        delays=delays,
    )
