"""Automata of JFLAP (``.jff``), in both directions: finite automata, Moore and Mealy machines.

Source: jflap.org, the files that JFLAP 7 writes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from monoscan.automata.automaton import Automaton, Output
from monoscan.automata.errors import AutomatonError
from monoscan.automata.sources.moves import EMPTY_MOVES, Move, automaton_from_moves
from monoscan.automata.sources.partial import Tell, tell_nobody
from monoscan.automata.sources.safe_xml import Element, parse_xml
from monoscan.automata.steps import DEFAULT_STATE_BUDGET

_TYPES = ("fa", "moore", "mealy")
_LOOKS = ("x", "y", "label", "note")
_COLUMNS, _DISTANCE = 8, 120
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def automaton_to_jff(automaton: Automaton) -> str:
    """The automaton as a file of JFLAP: a finite automaton or a Moore machine.

    JFLAP reads one character with each move, so letters of several characters are read back with
    the alphabet only.

    Raises:
        AutomatonError: If a letter, output or name holds a character that XML has not.

    >>> print(automaton_to_jff(Automaton("a", [[0]], (True,))))
    <?xml version="1.0" encoding="UTF-8"?>
    <structure>
      <type>fa</type>
      <automaton>
        <state id="0" name="q0"><x>60</x><y>60</y><initial/><final/></state>
        <transition><from>0</from><to>0</to><read>a</read></transition>
      </automaton>
    </structure>
    """
    texts = (*automaton.alphabet, *automaton.state_names, *map(str, automaton.outputs))
    strange = next(filter(_NOT_XML.search, texts), None)
    if strange is not None:
        raise AutomatonError(
            f"{strange!r} holds a character that XML has not, so a file of JFLAP cannot hold it; "
            "rename it, or write .json"
        )
    lines = []
    for state, output in enumerate(automaton.outputs):
        name = quoteattr(automaton.state_names[state] if automaton.state_names else f"q{state}")
        x, y = (60 + place * _DISTANCE for place in (state % _COLUMNS, state // _COLUMNS))
        said = f"<output>{escape(output)}</output>" if isinstance(output, str) else ""
        marks = "<initial/>" * (state == 0) + "<final/>" * (output is True) + said
        lines.append(f'<state id="{state}" name={name}><x>{x}</x><y>{y}</y>{marks}</state>')
    for state, row in enumerate(automaton.table.tolist()):
        lines += [
            f"<transition><from>{state}</from><to>{target}</to><read>{escape(letter)}</read>"
            "</transition>"
            for letter, target in zip(automaton.alphabet, row, strict=True)
        ]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<structure>\n  <type>'
    kind = "fa" if automaton.is_acceptor else "moore"
    body = "\n".join(f"    {line}" for line in lines)
    return f"{head}{kind}</type>\n  <automaton>\n{body}\n  </automaton>\n</structure>"


def automaton_from_jff(
    text: str,
    alphabet: Sequence[str] | None = None,
    *,
    trim: bool = False,
    tell: Tell = tell_nobody,
    budget: int = DEFAULT_STATE_BUDGET,
) -> Automaton:
    """Reads a finite automaton, deterministic or not, a Moore or a Mealy machine of JFLAP.

    In a finite automaton a missing transition rejects, as in JFLAP, and an empty ``read`` is the
    empty move. JFLAP reads a label of several characters one by one, so such a label is refused
    unless it is a letter of the given alphabet.

    Args:
        text: The contents of the file.
        alphabet: The letters in order; None takes those of the transitions and sorts them.
        trim: Drop unreachable states instead of raising.
        tell: Is told what was added, dropped, and made deterministic.
        budget: Largest number of sets of states of a nondeterministic automaton.

    Raises:
        AutomatonFileError: If it is no XML, an automaton of another kind, has no or two initial
            states, an element that is not known, or a transition of several letters.
        AutomatonError: If the automaton is not valid otherwise.
        BudgetExceeded: If there are more sets of states than the budget.

    >>> jff = automaton_to_jff(Automaton("01", [[0, 1], [1, 0]], (True, False), ("even", "odd")))
    >>> automaton_from_jff(jff).state_names
    ('even', 'odd')
    """
    root = parse_xml(text, "a file of JFLAP, <structure>...</structure>")
    if root.tag != "structure":
        raise root.error("expected the element <structure> of JFLAP here")
    kind = root.text_of("type")
    if kind not in _TYPES:
        raise root.error(
            f"the file holds a {kind!r} of JFLAP; expected a finite automaton ('fa'), a Moore "
            "machine ('moore') or a Mealy machine ('mealy')"
        )
    body = root.one("automaton") or root
    parts: dict[str, list[Element]] = {"state": [], "transition": []}
    for element in body.children:
        if element.tag in parts:
            parts[element.tag].append(element)
        elif element.tag not in (*_LOOKS, "type"):
            raise element.error(
                f"the element <{element.tag}> is not known; expected <state> and <transition>"
            )
    return _Reader(kind, body, parts["state"], parts["transition"], alphabet).automaton(
        trim, tell, budget
    )


class _Reader:
    def __init__(
        self,
        kind: str,
        body: Element,
        states: list[Element],
        transitions: list[Element],
        alphabet: Sequence[str] | None,
    ) -> None:
        self._kind, self._body = kind, body
        self._states, self._transitions, self._alphabet = states, transitions, alphabet
        self._names: dict[str, str] = {}
        ids = [state.attribute("id") for state in states]
        names = [state.attributes.get("name") or state.attribute("id") for state in states]
        for state, number, name in zip(states, ids, names, strict=True):
            if number in self._names:
                raise state.error(f"a second state has the id {number!r}; number them differently")
            # Names that do not tell states apart are none.
            self._names[number] = name if len(set(names)) == len(names) else number

    def automaton(self, trim: bool, tell: Tell, budget: int) -> Automaton:
        """The automaton of the states and transitions."""
        return automaton_from_moves(
            [self._move(element) for element in self._transitions],
            [self._initial()],
            {self._names[s.attribute("id")]: self._output(s) for s in self._states},
            self._alphabet,
            empty=EMPTY_MOVES,
            complete=self._kind == "fa",
            trim=trim,
            tell=tell,
            budget=budget,
        )

    def _initial(self) -> str:
        marked = [state for state in self._states if state.one("initial")]
        if not marked:
            raise self._body.error(
                "no state is initial; mark one by <initial/>, in JFLAP by a right click on it"
            )
        if len(marked) > 1:
            raise marked[1].error("a second state is initial; an automaton has one")
        return self._names[marked[0].attribute("id")]

    def _output(self, state: Element) -> Output:
        known = (*_LOOKS, "initial", "final", *(["output"] if self._kind == "moore" else []))
        state.check_children(known)
        if self._kind == "fa":
            return state.one("final") is not None
        if state.one("final"):
            raise state.error("a state of a machine with outputs is final; remove <final/>")
        return state.text_of("output") if self._kind == "moore" else False

    def _move(self, element: Element) -> Move:
        element.check_children(("from", "to", "read", "transout", "controlX", "controlY"))
        ends = [element.text_of(tag) for tag in ("from", "to")]
        for end in ends:
            if end not in self._names:
                raise element.error(f"there is no state with the id {end!r}; add it")
        letter = element.text_of("read")
        read = element.one("read")
        if read is not None and read.text and not read.text.strip(" \t"):
            raise element.error("it reads white space, which is no letter here; rename the letter")
        known = self._alphabet is not None and letter in self._alphabet
        if len(letter) > 1 and not known and letter not in EMPTY_MOVES:
            raise element.error(
                f"JFLAP reads {letter!r} as {len(letter)} letters, one after the other; make it "
                f"{len(letter)} transitions, or name all letters by --alphabet (in Python "
                "alphabet=...) if it is one"
            )
        answer = element.text_of("transout") if self._kind == "mealy" else None
        if answer == "":
            raise element.error("this transition answers nothing; give it an output")
        source, target = (self._names[end] for end in ends)
        return Move(source, letter, target, f"line {element.line}", answer)
