"""Acceptors in the Hanoi Omega-Automata format (HOA v1), for finite words only.

The format was made for infinite words. Read is what says that it is about finite ones, by
``acc-name: Finite`` or the property ``finite-words``: then the states with the mark {0} accept. The
letters are the valuations of the propositions, such as ``a&!b``. All else is refused by name.

Source: adl.github.io/hoaf, The Hanoi Omega-Automata Format, version 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from monoscan.automata.automaton import Automaton
from monoscan.automata.errors import AutomatonFileError
from monoscan.automata.sources.hoa_syntax import HoaParser, Token
from monoscan.automata.sources.moves import Move, automaton_from_moves
from monoscan.automata.sources.partial import Tell, tell_nobody
from monoscan.automata.sources.texts import check_size
from monoscan.automata.steps import DEFAULT_STATE_BUDGET

MAX_PROPOSITIONS = 10
MAX_MOVES = 1_000_000

_FINITE = frozenset({"finite", "finite-words", "finite-word"})
_OMEGA = (
    "omega automata are not supported; expected one of finite words: acc-name: Finite, with {0} at "
    "the states that accept. If the file is meant so, as after autfilt --to-finite of Spot, write "
    "that into its header"
)
_READ = ("HOA", "States", "Start", "AP", "Alias", "Acceptance")
_SEVERAL = ("Start:", "Alias:", "properties:")


def automaton_from_hoa(
    text: str,
    *,
    trim: bool = False,
    tell: Tell = tell_nobody,
    budget: int = DEFAULT_STATE_BUDGET,
) -> Automaton:
    """Reads an acceptor of finite words, deterministic or not; a missing transition rejects.

    Args:
        text: The contents of the file.
        trim: Drop unreachable states instead of raising.
        tell: Is told what the letters are, and what was added, dropped and made deterministic.
        budget: Largest number of sets of states of a nondeterministic automaton.

    Raises:
        AutomatonFileError: If the text is malformed or ends early, is about infinite words, has no
            initial state, more than `MAX_PROPOSITIONS` propositions or `MAX_MOVES` moves, or uses
            alternation or marks on edges.
        AutomatonError: If a state is not reachable, or the automaton is not valid otherwise.
        BudgetExceeded: If there are more sets of states than the budget.

    >>> automaton_from_hoa('''HOA: v1 States: 2 Start: 0 AP: 1 "a" acc-name: Finite
    ... Acceptance: 1 Inf(0) --BODY-- State: 0 {0} [0] 1 [!0] 0 State: 1 [0] 0 [!0] 1
    ... --END--''').accepts(["a", "!a", "a"])
    True
    """
    check_size(text, "an automaton that begins with HOA: v1")
    reader = _Reader(text)
    reader.header()
    reader.body()
    states = reader.states.values()
    names = [state.name for state in states]
    has_names = all(names) and len(set(names)) == len(names)
    called = {str(s.number): s.name if has_names else str(s.number) for s in states}
    if len(reader.propositions) > 1:
        tell(f"the letters are the valuations {reader.letters[0]}, {reader.letters[1]}, ...")
    return automaton_from_moves(
        [m._replace(source=called[m.source], target=called[m.target]) for m in reader.moves()],
        [called[str(number)] for number in reader.starts],
        {called[str(state.number)]: state.accepts for state in states},
        reader.letters,
        complete=True,
        trim=trim,
        tell=tell,
        budget=budget,
    )


@dataclass
class _State:
    number: int
    name: str
    accepts: bool
    edges: list[tuple[int, int, int]] = field(default_factory=list)  # label, target, line


class _Reader(HoaParser):
    """The header and the body of one automaton."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.starts: list[int] = []
        self.states: dict[int, _State] = {}
        self._n_states: int | None = None
        self._all_accept = False

    def moves(self) -> Iterator[Move]:
        """The moves by single letters, between numbers of states."""
        edges = [(s.number, *edge) for s in self.states.values() for edge in s.edges]
        count = sum(label.bit_count() for _, label, _, _ in edges)
        if count > MAX_MOVES:
            raise AutomatonFileError(
                f"the labels stand for {count} moves by single letters; at most {MAX_MOVES} are "
                "read. Use fewer propositions or states"
            )
        for source, label, target, line in edges:
            for number, letter in enumerate(self.letters):
                if label >> number & 1:
                    yield Move(str(source), letter, str(target), f"line {line}")

    # The header

    def header(self) -> None:
        """Reads everything before the body, and checks that it is about finite words."""
        self._take("header", "HOA:")
        version = self._take("name")
        if version != "v1":
            self._refuse(f"version {version} of the format is not known; expected v1")
        words: dict[str, list[str]] = {}
        aliases: list[tuple[str, list[Token]]] = []
        place = self._next.line
        while not self._is("marker"):
            name, line = self._take("header"), self._next.line
            if name in words and name not in _SEVERAL:
                self._refuse(f"a second header {name} in one automaton; keep one")
            if name[0].isupper() and name[:-1] not in _READ:
                self._refuse(f"the header {name} is not known; expected {', '.join(_READ)}")
            tokens: list[Token] = []
            while self._next.kind not in ("header", "marker", "end"):
                tokens.append(self._next)
                self._next = next(self._tokens)
            values = [token.value for token in tokens]
            words.setdefault(name, []).extend(values)
            if name == "Start:":
                self.starts.append(self._start(values, line))
            elif name == "Alias:":
                aliases.append((values[0] if values else "", tokens[1:]))
            elif name == "States:":
                self._n_states = self._one_number(name, values, line)
            elif name in ("acc-name:", "Acceptance:"):
                place = line
        self._take("marker", "--BODY--")
        self._check_finite(words, place)
        self._read_propositions(words.get("AP:", ["0"]))
        for name, tokens in aliases:
            self._read_alias(name, tokens)
        if not self.starts:
            raise self._error("no state is initial; add the header Start: 0", self._next.line)

    def _one_number(self, name: str, values: list[str], line: int) -> int:
        if len(values) != 1 or not values[0].isdigit() or len(values[0]) > 9:
            raise self._error(f"expected one number after {name}, got {' '.join(values)}", line)
        return int(values[0])

    def _start(self, values: list[str], line: int) -> int:
        if "&" in values:
            raise self._error("alternating automata are not read; expected one state", line)
        return self._one_number("Start:", values, line)

    def _check_finite(self, words: dict[str, list[str]], line: int) -> None:
        name = words.get("acc-name:", [])
        said = {word.lower() for word in (*name[:1], *words.get("properties:", []))}
        acceptance = "".join(words.get("Acceptance:", []))
        if not said & _FINITE:
            what = " ".join(name) or acceptance or "missing"
            raise self._error(f"the acceptance is {what}: {_OMEGA}", line)
        if acceptance not in ("1Inf(0)", "0t"):
            raise self._error(
                f"Acceptance: {acceptance}; expected 1 Inf(0), where the states with {{0}} accept, "
                "or 0 t, where all accept",
                line,
            )
        self._all_accept = acceptance == "0t"

    def _read_propositions(self, words: list[str]) -> None:
        names = [re.sub(r"\\(.)", r"\1", word[1:-1]) for word in words[1:]]
        are_texts = all(word.startswith('"') for word in words[1:])
        if words[:1] != [str(len(names))] or len(set(names)) < len(names) or not are_texts:
            self._refuse(
                f"AP: {' '.join(words)}; expected their number and different names in quotes"
            )
        if len(names) > MAX_PROPOSITIONS:
            self._refuse(
                f"AP: {len(names)} propositions make 2^{len(names)} letters; at most "
                f"{MAX_PROPOSITIONS} propositions are read. Project the others away"
            )
        self.propositions = names
        self.letters = [
            "&".join("!" * (not number >> place & 1) + name for place, name in enumerate(names))
            or "t"
            for number in range(2 ** len(names))
        ]

    # The body

    def body(self) -> None:
        """Reads the states and their edges."""
        while self._is("header", "State:"):
            self._read_state()
        if self._is("marker", "--ABORT--"):
            self._refuse("the program that wrote this file gave up; write it anew")
        if not self._is("marker", "--END--"):
            self._refuse(f"expected State: or --END--, got {self._next.value}")
        self._take("marker")
        if self._next.kind != "end":
            self._refuse("a second automaton begins here; give one automaton a file")
        for number in range(self._n_states or 0):
            self.states.setdefault(number, _State(number, "", self._all_accept))
        targets = (edge[1] for state in self.states.values() for edge in state.edges)
        for number in (*self.starts, *targets):
            if number not in self.states:
                raise AutomatonFileError(
                    f"there is no state {number}; add State: {number}, or change States:"
                )

    def _read_state(self) -> None:
        self._take("header")
        shared = self._bracketed() if self._is("sign", "[") else None
        number = self._number()
        if number in self.states:
            self._refuse(f"a second State: {number} in one automaton; keep one")
        name = re.sub(r"\\(.)", r"\1", self._take("text")[1:-1]) if self._is("text") else ""
        state = _State(number, name, self._mark() or self._all_accept)
        implicit = 0
        while self._is("sign", "[") or self._is("number"):
            line = self._next.line
            if self._is("sign", "["):
                label = self._bracketed()
            elif shared is not None:
                label = shared
            else:
                if implicit == len(self.letters):
                    self._refuse(f"state {number} has more than {implicit} edges without a label")
                label, implicit = 1 << implicit, implicit + 1
            state.edges.append((label, self._number(), line))
            if self._is("sign", "&"):
                self._refuse("alternating automata are not read; expected one state")
            if self._is("sign", "{"):
                self._refuse("marks on edges are not read; expected {0} after the state")
        if implicit not in (0, len(self.letters)):
            self._refuse(
                f"state {number} has {implicit} edges without a label; expected {len(self.letters)}"
                ", one for each letter"
            )
        self.states[number] = state

    def _mark(self) -> bool:
        """Whether the marks of a state are {0}."""
        marks = []
        if self._is("sign", "{"):
            self._take("sign")
            while not self._is("sign", "}"):
                marks.append(self._number())
            self._take("sign")
        if any(marks):
            self._refuse(f"the mark {max(marks)} is not known; expected {{0}}")
        return bool(marks)

    def _bracketed(self) -> int:
        self._take("sign", "[")
        label = self._label()
        self._take("sign", "]")
        return label
