r"""Graphviz dot drawings of automata, in both directions.

Conventions (those of AALpy and automata-lib): an arrow from a node of shape ``none`` or ``point``
marks the initial state; ``doublecircle`` or two peripheries accept; the label of an arrow is a
letter, or several with commas between them (``\,`` is the letter ","); the label ``name|output``
of a ``record`` gives the output of a state of a Moore machine. If labels are ``letter/answer`` and
no state accepts or has an output, the drawing is a Mealy machine (those of AALpy and LearnLib are).
Two arrows for one letter, or the label ``ε``, make a nondeterministic acceptor.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from monoscan.automata.automaton import Automaton, Output
from monoscan.automata.sources.dot_syntax import (
    Attributes,
    DotError,
    Edge,
    Graph,
    dot_error,
    parse_dot,
)
from monoscan.automata.sources.mealy import read_answers
from monoscan.automata.sources.moves import EMPTY_MOVES, Move, automaton_from_moves
from monoscan.automata.sources.partial import Tell, tell_nobody
from monoscan.automata.steps import DEFAULT_STATE_BUDGET
from monoscan.automata.word import check_alphabet

_MARKER_SHAPES = ("none", "point", "plaintext", "plain")
_RECORD_SHAPES = ("record", "Mrecord")
_MEANINGFUL = ("label", "shape", "peripheries")

# What only changes the look of a drawing. Anything else could change the meaning.
_LOOKS = frozenset(
    re.findall(
        r"\w+",
        """
        URL arrowhead arrowsize arrowtail bb bgcolor center charset class color colorscheme
        comment concentrate constraint distortion dpi fillcolor fixedsize fontcolor fontname
        fontpath fontsize gradientangle group height href id imagescale key labelangle labeldistance
        labelfloat labelfontcolor labelfontname labelfontsize labeljust labelloc landscape layout
        len lp margin minlen mode model ncol nodesep nojustify ordering orientation outputorder
        overlap pad page pencolor penwidth pos quantum rank rankdir ranksep ratio regular
        resolution root rotate samehead sametail sep sides size skew sortv splines start style
        target tooltip viewport vertices weight width xlabel
        """,
    )
)


def automaton_to_dot(automaton: Automaton) -> str:
    r"""The automaton as a dot drawing that `automaton_from_dot` reads back.

    Read it with the alphabet, if letters are not sorted or one is written like an empty move.

    >>> print(automaton_to_dot(Automaton("01", [[0, 1], [1, 0]], (True, False))))
    digraph {
      rankdir=LR;
      __start0 [shape=none, label=""];
      0 [shape=doublecircle];
      1 [shape=circle];
      __start0 -> 0;
      0 -> 0 [label="0"];
      0 -> 1 [label="1"];
      1 -> 0 [label="1"];
      1 -> 1 [label="0"];
    }
    """
    lines = ["rankdir=LR;", '__start0 [shape=none, label=""];']
    nodes = _nodes(automaton)
    for state, output in enumerate(automaton.outputs):
        if isinstance(output, bool):
            lines.append(f"{nodes[state]} [shape={'doublecircle' if output else 'circle'}];")
        else:
            parts = (automaton.state_name(state), output)
            label = "|".join(re.sub(r"([\\|{}<> ])", r"\\\1", part) for part in parts)
            lines.append(f"{nodes[state]} [shape=record, label={_quote(label, raw=True)}];")
    lines.append(f"__start0 -> {nodes[0]};")
    for state, row in enumerate(automaton.table.tolist()):
        for target in sorted(set(row)):
            letters = [a for a, t in zip(automaton.alphabet, row, strict=True) if t == target]
            label = ",".join(re.sub(r"([\\,/])", r"\\\1", letter) for letter in letters)
            lines.append(f"{nodes[state]} -> {nodes[target]} [label={_quote(label)}];")
    return "\n".join(["digraph {", *(f"  {line}" for line in lines), "}"])


def _nodes(automaton: Automaton) -> list[str]:
    """What the states are called in a drawing: their names, unless dot would change one."""
    names = automaton.state_names
    if not names or any(re.search(r"\\|\n|^__start", name) for name in names):
        return [str(state) for state in range(automaton.n_states)]
    return [_quote(name) for name in names]


def automaton_from_dot(
    text: str,
    alphabet: Sequence[str] | None = None,
    *,
    complete: bool = False,
    trim: bool = False,
    ignore: Collection[str] = (),
    tell: Tell = tell_nobody,
    budget: int = DEFAULT_STATE_BUDGET,
) -> Automaton:
    """Reads a dot drawing of an automaton.

    Args:
        text: The contents of the dot file.
        alphabet: The letters in order; None takes those of the arrows and sorts them. With it, a
            label that is a letter as it stands is not split at commas.
        complete: Let missing transitions lead to a rejecting trap, as in a nondeterministic
            automaton they do anyway.
        trim: Drop unreachable states instead of raising.
        ignore: Attributes to ignore beside those that only change the look.
        tell: Is told what was added and dropped, and if it was read as a Mealy machine or an NFA.
        budget: Largest number of sets of states of a nondeterministic automaton.

    Raises:
        DotError: If the text is malformed, has an attribute that may change the meaning, no or
            two initial states, or an arrow without a letter; or if it has no attribute of a name
            in `ignore`.
        AutomatonError: If the automaton is incomplete, has outputs and is nondeterministic, or is
            not valid otherwise.
        BudgetExceeded: If there are more sets of states than the budget.

    >>> drawing = '''digraph { i [shape=point]; i -> even; even [shape=doublecircle];
    ...     even -> odd [label=a]; odd -> even [label=a]; }'''
    >>> automaton_from_dot(drawing).accepts("aa")
    True
    """
    return _Reader(text, alphabet, ignore).automaton(complete, trim, tell, budget)


class _Reader:
    def __init__(self, text: str, alphabet: Sequence[str] | None, ignore: Iterable[str]) -> None:
        self._text = text
        self._graph: Graph = parse_dot(text)
        self._alphabet = None if alphabet is None else check_alphabet(alphabet)
        self._check_attributes(frozenset(ignore))

    def automaton(self, complete: bool, trim: bool, tell: Tell, budget: int) -> Automaton:
        """The automaton of the drawing."""
        markers = [name for name in self._graph.nodes if self._is_marker(name)]
        initial = self._initial(markers)
        states = [name for name in self._graph.nodes if name not in markers]
        edges = self._edges(markers)
        outputs = self._outputs(states)
        return automaton_from_moves(
            self._moves(edges, self._answers(edges, outputs)),
            [initial],
            outputs,
            self._alphabet,
            empty=EMPTY_MOVES,
            complete=complete,
            trim=trim,
            tell=tell,
            budget=budget,
        )

    def _check_attributes(self, ignore: frozenset[str]) -> None:
        groups: list[Attributes] = [*self._graph.nodes.values()]
        groups += [edge.attributes for edge in self._graph.edges]
        for attributes, known in [
            *((group, _MEANINGFUL) for group in groups),
            (self._graph.attributes, ("label",)),
        ]:
            for name, value in attributes.items():
                if name not in known and name not in _LOOKS and name not in ignore:
                    raise self._error(
                        f"the attribute {name!r} is unknown here and may change what the automaton "
                        f"means; remove it, or let it be ignored by --ignore {name} (in Python "
                        f"ignore=({name!r},))",
                        value.position,
                    )
        found = {name for group in [*groups, self._graph.attributes] for name in group}
        for name in sorted(ignore - found):
            raise DotError(
                f"no attribute of the drawing is called {name!r}, so nothing is to be ignored; it "
                f"has {', '.join(sorted(found)) or 'no attributes'}"
            )

    def _is_marker(self, node: str) -> bool:
        attributes = self._graph.nodes[node]
        return node.startswith("__start") or (
            "shape" in attributes and attributes["shape"].value in _MARKER_SHAPES
        )

    def _initial(self, markers: Sequence[str]) -> str:
        arrows = [edge for edge in self._graph.edges if edge.source.value in markers]
        if not arrows:
            raise DotError(
                "no initial state is marked; add a node of shape none and an arrow from it, as in\n"
                '  __start0 [shape=none, label=""]; __start0 -> q0;'
            )
        for edge in arrows:
            if edge.target.value in markers or self._label(edge.attributes).strip():
                raise self._error(
                    f"{edge.source.value!r} has the shape of a marker of the initial state, so its "
                    "arrow has no label and leads to a state; give states another shape",
                    edge.source.position,
                )
        if len(arrows) > 1:
            raise self._error(
                "a second arrow marks an initial state; an automaton has one",
                arrows[1].source.position,
            )
        return arrows[0].target.value

    def _edges(self, markers: Sequence[str]) -> list[Edge]:
        """The arrows between states."""
        edges = [edge for edge in self._graph.edges if edge.source.value not in markers]
        for edge in edges:
            if edge.target.value in markers:
                raise self._error(
                    f"the arrow leads to {edge.target.value!r}, which marks the initial state",
                    edge.target.position,
                )
        return edges

    def _answers(
        self, edges: Sequence[Edge], outputs: Mapping[str, Output]
    ) -> list[list[tuple[str, str]]] | None:
        """For each arrow its letters with their answers; None if the drawing has no answers."""
        found = [read_answers(self._label(edge.attributes)) for edge in edges]
        shown = next(
            (self._label(e.attributes) for e, f in zip(edges, found, strict=True) if f), ""
        )
        if not shown or self._are_letters(edges):
            return None
        loud = next((state for state, output in outputs.items() if output is not False), None)
        if loud is not None:
            fault = "is accepting" if outputs[loud] is True else "has an output"
            raise self._error(
                f"state {loud!r} {fault}, and an arrow has an answer, {shown!r}, as in a Mealy "
                "machine; use one of the two. A slash that belongs to a letter is written \\\\/",
                self._graph.places[loud],
            )
        for edge, pairs in zip(edges, found, strict=True):
            if pairs is None:
                raise self._error(
                    f"this arrow has no letter/answer, but others have, such as {shown!r}; in a "
                    "Mealy machine each has. A slash that belongs to a letter or an answer is "
                    "written \\\\/",
                    self._place(edge),
                )
        return [pairs for pairs in found if pairs is not None]

    def _are_letters(self, edges: Sequence[Edge]) -> bool:
        """Whether all labels are letters of the given alphabet."""
        known = self._alphabet or ()
        labels = [self._label(edge.attributes) for edge in edges]
        return all(t.strip() in known or set(_split(t)) <= set(known) for t in labels)

    def _moves(
        self, edges: Sequence[Edge], answers: list[list[tuple[str, str]]] | None
    ) -> Iterator[Move]:
        for number, edge in enumerate(edges):
            place = self._place(edge)
            line = f"line {self._text.count(chr(10), 0, place) + 1}"
            pairs: Sequence[tuple[str, str | None]] = (
                [(letter, None) for letter in self._letters(edge)]
                if answers is None
                else answers[number]
            )
            for letter, answer in pairs:
                self._check_letter(letter, place)
                yield Move(edge.source.value, letter, edge.target.value, line, answer)

    def _place(self, edge: Edge) -> int:
        has_label = bool(self._label(edge.attributes))
        return edge.attributes["label"].position if has_label else edge.source.position

    def _letters(self, edge: Edge) -> list[str]:
        label, place = self._label(edge.attributes), self._place(edge)
        letters, whole = _split(label), label.strip()
        if self._alphabet and whole in self._alphabet and letters != [whole]:
            if all(letter in self._alphabet for letter in letters):
                raise self._error(
                    f"the label {whole!r} can be read as one letter and as {len(letters)}; write "
                    "a comma inside a letter with a backslash",
                    place,
                )
            return [whole]
        if "" in letters:
            raise self._error("an arrow needs a label with a letter", place)
        return letters

    def _check_letter(self, letter: str, place: int) -> None:
        if self._alphabet and letter not in (*self._alphabet, *EMPTY_MOVES):
            raise self._error(
                f"the letter {letter!r} is not in the given alphabet "
                f"{{{', '.join(self._alphabet)}}}",
                place,
            )
        if any(character.isspace() for character in letter):
            raise self._error(
                f"the letter {letter!r} holds white space, which separates letters in words; "
                "rename it, or put commas between several letters",
                place,
            )

    def _outputs(self, states: Sequence[str]) -> dict[str, Output]:
        texts = {state: self._output_text(state) for state in states}
        if all(text is None for text in texts.values()):
            return {state: self._accepts(state) for state in states}
        outputs: dict[str, Output] = {}
        for state, text in texts.items():
            if text is None or self._accepts(state):
                fault = "has no output" if text is None else "is accepting"
                raise self._error(
                    f"state {state!r} {fault}, but other states have outputs "
                    "(labels such as 'q0|output'); use one of the two",
                    self._graph.places[state],
                )
            outputs[state] = text
        return outputs

    def _output_text(self, state: str) -> str | None:
        """What follows the bar in the label of a record."""
        attributes = self._graph.nodes[state]
        if "shape" not in attributes or attributes["shape"].value not in _RECORD_SHAPES:
            return None
        label = attributes["label"].value if "label" in attributes else ""
        if label.startswith("{") and label.endswith("}"):
            label = label[1:-1]
        match = re.fullmatch(r"((?:[^\\|]|\\.)*)\|(.*)", label, flags=re.DOTALL)
        return None if match is None else _unescape(_strip(match.group(2)))

    def _accepts(self, state: str) -> bool:
        attributes = self._graph.nodes[state]
        shape = attributes["shape"].value if "shape" in attributes else ""
        peripheries = attributes["peripheries"].value if "peripheries" in attributes else ""
        return shape == "doublecircle" or peripheries == "2"

    @staticmethod
    def _label(attributes: Attributes) -> str:
        return _unescape(attributes["label"].value) if "label" in attributes else ""

    def _error(self, problem: str, position: int) -> DotError:
        return dot_error(problem, self._text, position)


def _split(label: str) -> list[str]:
    """The letters of a label; the backslash makes a comma, or itself, part of a letter."""
    letters = [""]
    characters = iter(label)
    for character in characters:
        if character in ",\n":
            letters.append("")
        else:
            letters[-1] += next(characters, "\\") if character == "\\" else character
    return [letter.strip() for letter in letters]


def _strip(text: str) -> str:
    """The text without blanks around it, but for escaped ones."""
    return re.sub(r"(?<!\\) +$", "", text.lstrip(" "))


def _quote(text: str, *, raw: bool = False) -> str:
    """The text in quotes; raw text has its backslashes doubled already."""
    if not raw:
        text = text.replace("\\", "\\\\")
    return '"' + text.replace("\n", "\\n").replace('"', '\\"') + '"'


def _unescape(label: str) -> str:
    """Undoes the escapes of a label: line breaks, and any other character after a backslash."""
    return re.sub(
        r"\\(.)", lambda match: "\n" if match[1] in "nlr" else match[1], label, flags=re.DOTALL
    )
