"""What was decided about a network, in sentences."""

from __future__ import annotations

from typing import Any

from monoscan.automata import Word
from monoscan.theory.decide import (
    MAX_STATES,
    UNROLLED_STATES,
    Decision,
    Enclosed,
    Recognised,
    Refuted,
    Undecided,
    show_lasso,
)
from monoscan.theory.explore import MAX_BITS
from monoscan.theory.model_classes import ModelClass
from monoscan.theory.semantics import Semantics
from monoscan.theory.windows import NO_DELAYS, Windows, show_windows


def describe_decision(decision: Decision, semantics: Semantics[Any]) -> tuple[str, ...]:
    """The answer in sentences, one a line."""
    if isinstance(decision, Recognised):
        return (
            f"The network recognises the language at all lengths ({semantics.describe()}).",
            f"Its {len(decision.states)} reachable joint states with the minimal automaton are "
            "closed under every letter and all answers agree.",
        )
    if isinstance(decision, Enclosed):
        cells, boxes = decision.invariant.cells, sum(map(len, decision.invariant.boxes))
        return (
            f"The network recognises the language at all lengths ({semantics.describe()}).",
            f"No word leaves {len(cells)} cells, made of {boxes} boxes of states and the states of "
            "the minimal automaton, and in each cell the answers agree.",
        )
    if isinstance(decision, Refuted):
        return _describe_refutation(decision, semantics)
    return (
        "Neither a proof nor a failing word was found.",
        f"Tried: all words {_up_to(decision.agrees_up_to)} agree ({decision.states} joint states "
        "explored);",
        f"on {decision.decided_words} ultimately periodic words p u^n the network was shown right "
        f"for every n, on {decision.undecided_words} its behaviour could not be settled.",
        *_no_boxes(decision),
        _next(decision, semantics),
    )


def _no_boxes(decision: Undecided) -> tuple[str, ...]:
    found = decision.boxes
    if found is None:
        return ()
    return (
        f"No boxes that no word leaves were found: states kept apart by at most {found.past} of "
        f"the last symbols, at most {found.cells} cells; {found.reason}.",
    )


def _next(decision: Undecided, semantics: Semantics[Any]) -> str:
    is_most = decision.limit == "states" and decision.states >= MAX_STATES
    advice = _NEXT["most-states" if is_most else decision.limit]
    return advice + _ENDLESS * (semantics.name == "exact" and decision.limit is not None)


def _up_to(length: int | None) -> str:
    return "of any length" if length is None else f"up to length {length}"


_NEXT = {
    "states": "The budget of joint states was reached. Raise --max-states.",
    "most-states": f"{MAX_STATES:,} joint states, the most of one certificate, were reached. Raise "
    "--max-prefix or --max-period, with which more words p u^n are tried.",
    "unrolled-states": f"Under cast-unrolled at most {UNROLLED_STATES} joint states are searched, "
    "since each holds a whole sum. Raise --max-prefix or --max-period, or ask under another "
    "semantics.",
    "bits": f"Numbers of more than {MAX_BITS} bits were reached: the states grow without bound, or "
    "nearly so. Raise --max-prefix or --max-period.",
    None: "The states close, but casts change some numbers, and no certificate exists for that.",
}


_ENDLESS = (
    " If infinitely many states are read through thresholds, ask under threshold: there boxes can "
    "enclose them."
)


def _describe_refutation(decision: Refuted, semantics: Semantics[Any]) -> tuple[str, ...]:
    shortest = "shortest failing word" if decision.is_shortest else "failing word"
    lines = [
        f"The network does not recognise the language ({semantics.describe()}).",
        f"{shortest}: {_show(decision.word)}: it answers {shown_output(decision.output)}, "
        f"the language says {shown_output(decision.expected)}.",
    ]
    if decision.behaviour is not None:
        observations = decision.behaviour.observations
        settled, period = len(observations.stem) + 1, len(observations.cycle)
        pattern = "constant" if period == 1 else f"periodic with period {period}"
        lines += [
            f"along {show_lasso(decision.behaviour.word)} what the read-out sees is {pattern} "
            f"from length {settled} on;",
        ]
    if decision.pair is not None:
        pair = decision.pair
        first, second = map(shown_output, pair.answers)
        lines += [
            f"{_show(pair.first)} and {_show(pair.second)} are both seen as {pair.observation}, "
            f"and the language answers {first} and {second}: "
            "no table of the last read-out can be right on both.",
        ]
    return tuple(lines)


def shown_output(output: object) -> str:
    """An output for people: true and false as in JSON."""
    return str(output).lower() if isinstance(output, bool) else str(output)


def _show(word: Word) -> str:
    """A word for people; a long run of one letter as a power.

    >>> _show(("1",) * 688), _show(("a", "b"))
    ('1^688', 'a b')
    """
    if len(word) > 12 and len(set(word)) == 1:
        return f"{word[0]}^{len(word)}"
    text = " ".join(word[:60]) or "(the empty word)"
    return text if len(word) <= 60 else f"{text} ... ({len(word)} letters)"


def describe_network(windows: Windows, model_class: ModelClass | None) -> list[str]:
    """What is said of the network itself: the class that it lies in, and its windows."""
    lines = []
    if model_class is not None:
        lines.append(f"It lies in the class {model_class.id}: {model_class.region}.")
    if windows != NO_DELAYS:
        lines.append(f"It has delays: {show_windows(windows)}.")
    return lines
