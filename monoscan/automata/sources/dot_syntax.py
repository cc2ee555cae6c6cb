"""The syntax of Graphviz dot files, as far as drawings of automata need it.

Read are directed graphs of plain node, edge and attribute statements, with default attributes.
Nothing is drawn, no other file is opened, and nothing is guessed: subgraphs, ports, undirected
edges and HTML labels are refused by name.

Source: the grammar at graphviz.org, The DOT Language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NoReturn, TypeAlias

from monoscan.automata.errors import AutomatonFileError, point_at
from monoscan.automata.sources.texts import check_size

_TOKEN = re.compile(
    r"""(?P<blank>\s+|//[^\n]*|/\*.*?\*/|^\#[^\n]*)
    |(?P<sign>->|--|[{}\[\];,=:])
    |(?P<quoted>"(?:[^"\\]|\\.)*")
    |(?P<name>[^\W\d]\w*|-?(?:\.\d+|\d+(?:\.\d*)?))""",
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
_KEYWORDS = ("strict", "graph", "digraph", "node", "edge", "subgraph")


class DotError(AutomatonFileError):
    """A dot file that cannot be read as an automaton; the message points at the place."""


@dataclass(frozen=True)
class Text:
    """A name or a value and where it stands in the file."""

    value: str
    position: int


Attributes: TypeAlias = dict[str, Text]


@dataclass(frozen=True)
class Edge:
    """An arrow with its attributes."""

    source: Text
    target: Text
    attributes: Attributes


@dataclass
class Graph:
    """What a dot file says, defaults filled in.

    Attributes:
        nodes: The attributes of each node, in order of first appearance.
        edges: The arrows in order.
        places: Where each node appears first.
        attributes: Names of attributes of the whole graph, with their places.
    """

    nodes: dict[str, Attributes] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    attributes: Attributes = field(default_factory=dict)


def parse_dot(text: str) -> Graph:
    """The nodes and edges of a dot file.

    Raises:
        AutomatonFileError: If the text is empty or too long.
        DotError: If it is malformed, or uses something that is refused.

    >>> list(parse_dot("digraph { a -> b [label=x] }").nodes)
    ['a', 'b']
    """
    check_size(text, "a drawing, as in digraph { ... }")
    return _Parser(text).graph()


def dot_error(problem: str, text: str, position: int) -> DotError:
    """The error that shows the line of a position with a caret."""
    begin = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    line = text[begin : end if end >= 0 else len(text)]
    number = text.count("\n", 0, position) + 1
    return DotError(f"line {number}: {problem}\n{point_at(line, position - begin)}")


@dataclass(frozen=True)
class _Token:
    kind: str  # "sign", "name", "quoted" or "end"
    value: str
    position: int

    def is_keyword(self, *words: str) -> bool:
        return self.kind == "name" and self.value.lower() in words

    def is_sign(self, *signs: str) -> bool:
        return self.kind == "sign" and self.value in signs


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = self._scan()
        self._next = next(self._tokens)
        self._graph = Graph()
        self._node_defaults: Attributes = {}
        self._edge_defaults: Attributes = {}

    def graph(self) -> Graph:
        if self._next.is_keyword("strict"):
            self._take()
        if not self._next.is_keyword("digraph"):
            self._refuse("expected 'digraph': automata are directed graphs", self._next)
        self._take()
        if self._next.kind in ("name", "quoted"):
            self._take()
        self._expect("{")
        while not self._next.is_sign("}"):
            self._statement()
        self._take()
        if self._next.kind != "end":
            self._refuse("the graph ends before this; give one graph a file", self._next)
        return self._graph

    def _statement(self) -> None:
        token = self._next
        if token.is_sign(";"):
            self._take()
        elif token.is_keyword("subgraph") or token.is_sign("{"):
            self._refuse("subgraphs are not read; move their statements into the graph", token)
        elif token.is_keyword("graph"):
            self._take()
            self._graph.attributes.update(self._attributes())
        elif token.is_keyword("node"):
            self._take()
            self._node_defaults = {**self._node_defaults, **self._attributes()}
        elif token.is_keyword("edge"):
            self._take()
            self._edge_defaults = {**self._edge_defaults, **self._attributes()}
        else:
            self._node_or_edge()

    def _node_or_edge(self) -> None:
        path = [self._name()]
        if self._next.is_sign("="):
            self._take()
            self._graph.attributes[path[0].value] = self._name()
            return
        while self._next.is_sign("->"):
            self._take()
            path.append(self._name())
        if self._next.is_sign("--"):
            self._refuse("'--' has no direction; write '->'", self._next)
        if self._next.is_sign(":"):
            self._refuse("ports are not read; remove ':' and what follows it", self._next)
        attributes = self._attributes()
        for node in path:
            if node.value not in self._graph.nodes:
                self._graph.nodes[node.value] = dict(self._node_defaults)
                self._graph.places[node.value] = node.position
        if len(path) == 1:
            self._graph.nodes[path[0].value].update(attributes)
        for source, target in pairwise(path):
            together = {**self._edge_defaults, **attributes}
            self._graph.edges.append(Edge(source, target, together))

    def _attributes(self) -> Attributes:
        attributes: Attributes = {}
        while self._next.is_sign("["):
            self._take()
            while not self._next.is_sign("]"):
                if self._next.is_sign(",", ";"):
                    self._take()
                    continue
                name = self._name()
                self._expect("=")
                attributes[name.value] = Text(self._name().value, name.position)
            self._take()
        return attributes

    def _name(self) -> Text:
        token = self._next
        if token.is_keyword(*_KEYWORDS):
            self._refuse(f"'{token.value}' is a word of the language; put it in quotes", token)
        if token.kind not in ("name", "quoted"):
            self._refuse("expected a name here", token)
        self._take()
        return Text(token.value, token.position)

    def _expect(self, sign: str) -> None:
        if not self._next.is_sign(sign):
            self._refuse(f"expected {sign!r} here", self._next)
        self._take()

    def _take(self) -> None:
        self._next = next(self._tokens)

    def _refuse(self, problem: str, token: _Token) -> NoReturn:
        raise dot_error(problem, self._text, token.position)

    def _scan(self) -> Iterator[_Token]:
        position = 0
        while position < len(self._text):
            match = _TOKEN.match(self._text, position)
            if match is None:
                raise dot_error(self._why_unreadable(position), self._text, position)
            if match.lastgroup == "quoted":
                # Only the escaped quote is undone here; other escapes belong to the attribute.
                inner = re.sub(r"\\(.)", _unquote, match.group()[1:-1], flags=re.DOTALL)
                yield _Token("quoted", inner, position)
            elif match.lastgroup != "blank":
                yield _Token(str(match.lastgroup), match.group(), position)
            position = match.end()
        while True:
            yield _Token("end", "", len(self._text))

    def _why_unreadable(self, position: int) -> str:
        start = self._text[position]
        if start == "<":
            return "HTML labels are not read; write a label in quotes"
        if start == '"':
            return "this quote is never closed"
        if self._text.startswith("/*", position):
            return "this comment is never closed"
        return f"the character {start!r} has no meaning here; put names with signs in quotes"


def _unquote(match: re.Match[str]) -> str:
    escaped = match.group(1)
    if escaped == "\n":
        return ""
    return '"' if escaped == '"' else match.group()
