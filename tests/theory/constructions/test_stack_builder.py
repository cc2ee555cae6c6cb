"""The builder tabulates what is reached, keeps its budget and its order of layers."""

from __future__ import annotations

import pytest

from monoscan.automata import BudgetExceeded
from monoscan.theory.constructions.stack_builder import (
    Signal,
    StackBuilder,
    Values,
    constant_signal,
    whole,
)
from monoscan.theory.lrnn import Case, LRNNError
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import number
from monoscan.theory.transition import Diagonal


def counter(builder: StackBuilder, last: int) -> Signal:
    """h <- h / 2 + letter, saturating in the read-out only."""

    def step(letter: str, _values: Values) -> Case:
        return Case(Diagonal((number("1/2"),)), Matrix.of([[int(letter)]]))

    return builder.add_signal(Matrix.of([[0]]), (), step, lambda state: min(last, whole(state)))


def copy(_letter: str, values: Values) -> Case:
    return Case(Diagonal((number(0),)), Matrix.of([[sum(values)]]))


def last_letter(builder: StackBuilder) -> Signal:
    return builder.add_signal(
        Matrix.of([[0]]),
        (),
        lambda letter, values: Case(Diagonal((number(0),)), Matrix.of([[int(letter)]])),
        whole,
    )


def test_only_what_is_reached_is_listed() -> None:
    builder = StackBuilder("01")
    first = last_letter(builder)
    second = builder.add_signal(Matrix.of([[0]]), (first,), copy, whole)
    builder.answer((second,), lambda values: bool(values[0]), False)
    lrnn = builder.build()
    assert len(lrnn.layers) == 2
    assert set(lrnn.layers[1].cases) == {("0", "0"), ("1", "1")}
    assert lrnn.layers[1].reads == (1,)
    assert lrnn.output("") is False
    assert lrnn.output("01") is True


def test_an_answer_from_several_layers_is_one_more_layer() -> None:
    builder = StackBuilder("01")
    first = last_letter(builder)
    second = builder.add_signal(Matrix.of([[0]]), (first,), copy, whole)
    builder.answer((first, second), lambda values: str(sum(values)), "empty")
    lrnn = builder.build()
    assert len(lrnn.layers) == 3
    assert [lrnn.output(word) for word in ("", "0", "1")] == ["empty", "0", "2"]


def test_a_constant_answer_needs_one_layer() -> None:
    builder = StackBuilder("01")
    builder.answer((), lambda values: True, True)
    assert [builder.build().output(word) for word in ("", "0", "11")] == [True] * 3


def test_an_infinite_network_reaches_the_budget() -> None:
    builder = StackBuilder("01", budget=20)
    counter(builder, 1)
    with pytest.raises(BudgetExceeded, match="joint states of the network found, at most 20"):
        builder.build()


def test_signals() -> None:
    signal = Signal((1,), lambda outputs: int(outputs[0]))
    assert signal.then(lambda value: value + 1).value(("4",)) == 5
    assert constant_signal(3).value(()) == 3


def test_a_layer_reads_layers_below_only() -> None:
    builder = StackBuilder("01")
    with pytest.raises(LRNNError, match=r"layer 1 would read the layers \(1,\)"):
        builder.add_signal(Matrix.of([[0]]), (Signal((1,), lambda outputs: 0),), copy, whole)


def test_no_layers() -> None:
    with pytest.raises(LRNNError, match="at least one layer"):
        StackBuilder("01").build()


def test_the_budget_is_positive() -> None:
    with pytest.raises(ValueError, match="budget is 0"):
        StackBuilder("01", budget=0)


def test_a_delay_hands_on_what_a_signal_was() -> None:
    builder = StackBuilder("01")
    first = last_letter(builder)
    before = builder.delayed(first, 7)
    builder.answer((first, before), lambda values: f"{values[1]}{values[0]}", "empty")
    lrnn = builder.build()
    assert [lrnn.output(word) for word in ("", "0", "1", "01", "110")] == [
        *("empty", "70", "71", "01", "10")
    ]
    assert (lrnn.depth, lrnn.windows) == (2, (1, 2))


def test_the_letter_some_letters_ago() -> None:
    builder = StackBuilder("01")
    before = builder.letter_before(2)
    assert builder.letter_before(2).layers == before.layers == (1,)
    builder.answer((before,), lambda values: values[0], 0)
    lrnn = builder.build()
    assert [lrnn.output(word) for word in ("", "1", "10", "100", "011")] == [0, 0, 0, 2, 1]
    assert lrnn.windows == (1, 3)


def test_a_delay_of_several_layers() -> None:
    builder = StackBuilder("01")
    first = last_letter(builder)
    second = builder.add_signal(Matrix.of([[0]]), (builder.delayed(first, 0),), copy, whole)
    both = Signal((1, 3), lambda outputs: 2 * int(str(outputs[0])) + int(str(outputs[1])))
    assert (first.layers, second.layers) == ((1,), (3,))
    builder.answer((builder.delayed(both, 5),), lambda values: values[0], 5)
    lrnn = builder.build()
    assert [lrnn.output(word) for word in ("", "1", "10", "011", "0100")] == [5, 5, 2, 2, 1]
