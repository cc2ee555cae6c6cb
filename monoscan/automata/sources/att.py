"""Acceptors in the text format of AT&T FSM and OpenFst, in both directions.

A line is an arc, ``source target label [weight]`` in an acceptor and ``source target input output
[weight]`` in a transducer, or a final state, ``state [weight]``. The source of the first arc is
initial. The label 0 and ``<eps>`` read nothing.

Source: openfst.org, FST quick tour; M. Mohri, F. Pereira and M. Riley, The design principles of a
weighted finite-state transducer library, 2000.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from monoscan.automata.automaton import Automaton
from monoscan.automata.errors import AutomatonError, AutomatonFileError
from monoscan.automata.sources.moves import EMPTY_MOVES, Move, automaton_from_moves
from monoscan.automata.sources.partial import Tell, tell_nobody
from monoscan.automata.sources.texts import check_size, line_error
from monoscan.automata.steps import DEFAULT_STATE_BUDGET

_EMPTY = frozenset({*EMPTY_MOVES, "0", "@0@", "@_EPSILON_SYMBOL_@"})
_FORM = "arcs 'source target label' and final states 'state', one a line"
_TRANSDUCER = (
    "this arc of a transducer writes something else than it reads; expected an acceptor, a "
    "transducer that copies its input, or a Mealy machine: deterministic, all states final, one "
    "symbol written for each letter. Take one side by fstproject, or write .dot or .jff"
)


def automaton_to_att(automaton: Automaton) -> str:
    """The acceptor in OpenFst's text format; states are numbers, labels are letters.

    The label 0 reads nothing unless a symbol table says otherwise (`symbols_to_text`), so a letter
    0 is read back with the table or the alphabet only.

    Raises:
        AutomatonError: If the automaton is no acceptor.

    >>> print(automaton_to_att(Automaton("ab", [[0, 1], [1, 0]], (True, False))))
    0 0 a
    0 1 b
    1 1 a
    1 0 b
    0
    """
    if not automaton.is_acceptor:
        raise AutomatonError(
            f"this automaton outputs strings such as {automaton.outputs[0]!r}, and the text format "
            "of OpenFst is written for acceptors; write .json, .dot or .jff"
        )
    rows = automaton.table.tolist()
    arcs = [
        f"{state} {target} {letter}"
        for state, row in enumerate(rows)
        for letter, target in zip(automaton.alphabet, row, strict=True)
    ]
    return "\n".join([*arcs, *(str(s) for s, accepts in enumerate(automaton.outputs) if accepts)])


def symbols_to_text(alphabet: Sequence[str]) -> str:
    """The symbol table of an alphabet: letters numbered from 1, since 0 reads nothing.

    >>> print(symbols_to_text("01"))
    <eps> 0
    0 1
    1 2
    """
    return "\n".join(f"{a} {number}" for number, a in enumerate(["<eps>", *alphabet]))


def symbols_from_text(text: str) -> dict[str, int]:
    r"""Reads a symbol table: a symbol and its number on each line; the number 0 reads nothing.

    Raises:
        AutomatonFileError: If a line is not of this form, or a symbol or number occurs twice.

    >>> symbols_from_text("<eps> 0\na 1")
    {'<eps>': 0, 'a': 1}
    """
    check_size(text, "a symbol and its number on each line, as in 'a 1'")
    symbols: dict[str, int] = {}
    numbers: set[int] = set()
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split()
        if not words:
            continue
        if len(words) != 2 or not _is_number(words[1]):
            raise line_error(number, line, "expected a symbol and its number, as in 'a 1'")
        if words[0] in symbols or int(words[1]) in numbers:
            raise line_error(
                number, line, "this symbol or number occurs twice; keep one line of it"
            )
        symbols[words[0]] = int(words[1])
        numbers.add(int(words[1]))
    return symbols


def automaton_from_att(
    text: str,
    alphabet: Sequence[str] | None = None,
    *,
    symbols: Mapping[str, int] | None = None,
    trim: bool = False,
    tell: Tell = tell_nobody,
    budget: int = DEFAULT_STATE_BUDGET,
) -> Automaton:
    r"""Reads an acceptor in the text format of OpenFst, deterministic or not.

    A missing arc rejects, as everywhere in OpenFst. Weights must be 0, the one of the tropical
    semiring. A transducer is read if input and output agree on every arc, or if all its states are
    final and it is deterministic: then it is a Mealy machine.

    Args:
        text: The contents of the file.
        alphabet: The letters in order; None takes those of the symbol table or of the arcs, sorted.
            With it, 0 and ``<eps>`` can be letters.
        symbols: The symbol table (`symbols_from_text`). Labels are then its symbols; if some are
            not, they are its numbers.
        trim: Drop unreachable states instead of raising.
        tell: Is told what was added, dropped, read as empty and made deterministic.
        budget: Largest number of sets of states of a nondeterministic acceptor.

    Raises:
        AutomatonFileError: If a line has another form or a weight, a label is not in the symbol
            table, or it is another transducer.
        AutomatonError: If a state is not reachable, or the acceptor is not valid otherwise.
        BudgetExceeded: If there are more sets of states than the budget.

    >>> automaton_from_att("p p b\np q a\nq q a\nq p b\nq").accepts("ba")
    True
    """
    check_size(text, _FORM)
    lines = [_Line(n, line, line.split()) for n, line in enumerate(text.splitlines(), 1)]
    lines = [line for line in lines if line.words]
    arcs = [line for line in lines if len(line.words) > 2]
    width = _width(arcs)
    for line in lines:
        _check_weight(line, line.words[width if len(line.words) > 2 else 1 :])
    accepting = {line.words[0] for line in lines if len(line.words) <= 2}
    states = {state: state in accepting for arc in arcs for state in arc.words[:2]}
    states |= dict.fromkeys(accepting, True)
    answering = next((arc for arc in arcs if width == 4 and arc.words[2] != arc.words[3]), None)
    if answering is not None:
        silent = next((arc for arc in arcs if arc.words[3] in _EMPTY), None)
        if silent is not None or not all(states.values()):
            raise (silent or answering).error(_TRANSDUCER)
        tell("this is a transducer whose states are all final")
        states = dict.fromkeys(states, False)
    read, letters = _labels(arcs, symbols)
    return automaton_from_moves(
        [
            Move(
                *(arc.words[0], read[arc.words[2]], arc.words[1], f"line {arc.number}"),
                answer=None if answering is None else arc.words[3],
            )
            for arc in arcs
        ],
        [lines[0].words[0]],
        states,
        alphabet or letters,
        empty=_EMPTY if symbols is None else (),
        complete=answering is None,
        trim=trim,
        tell=tell,
        budget=budget,
    )


class _Line(NamedTuple):
    number: int
    text: str
    words: list[str]

    def error(self, problem: str) -> AutomatonFileError:
        return line_error(self.number, self.text, problem)


def _width(arcs: Sequence[_Line]) -> int:
    """The number of columns of an arc before its weight: 3 in an acceptor, 4 in a transducer."""
    widths = {len(arc.words) for arc in arcs}
    strange = next((arc for arc in arcs if len(arc.words) > (4 if 3 in widths else 5)), None)
    if strange is not None:
        raise strange.error(f"this line has {len(strange.words)} columns; expected {_FORM}")
    if 3 in widths or not arcs:
        return 3
    weighted = all(_number(arc.words[3]) is not None for arc in arcs)
    numbered = all(_is_number(arc.words[2]) for arc in arcs)
    return 3 if widths == {4} and weighted and not numbered else 4


def _check_weight(line: _Line, words: Sequence[str]) -> None:
    if words and _number(words[0]) != 0:
        what = "the weight" if _number(words[0]) is not None else "in the column of weights stands"
        raise line.error(
            f"{what} {words[0]}, and weights are not read; expected no weight, or 0, the one of "
            "the tropical semiring. Remove weights by fstmap --map_type=rmweight"
        )


def _labels(
    arcs: Sequence[_Line], symbols: Mapping[str, int] | None
) -> tuple[dict[str, str], list[str] | None]:
    """The letter of each label, and the letters in the order of the symbol table."""
    if symbols is None:
        return {arc.words[2]: arc.words[2] for arc in arcs}, None
    names = {str(number): "" if number == 0 else name for name, number in symbols.items()}
    read = {name: names[str(number)] for name, number in symbols.items()}
    labels = [arc.words[2] for arc in arcs]
    if any(label not in read for label in labels) and all(label in names for label in labels):
        read = names
    strange = next((arc for arc in arcs if arc.words[2] not in read), None)
    if strange is not None:
        raise strange.error(f"the label {strange.words[2]!r} is not in the symbol table; add it")
    used = {read[label] for label in labels}
    return read, [
        name for name in sorted(symbols, key=lambda s: symbols[s]) if name in used
    ] or None


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
