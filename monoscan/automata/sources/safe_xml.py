"""Small XML files, read safely: no entities, no document types, limited depth.

A few declared entities can expand to gigabytes, and others name files to open; a file that declares
any is refused before it is read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NoReturn
from xml.parsers import expat

from monoscan.automata.errors import AutomatonFileError
from monoscan.automata.sources.texts import check_size

_DEEPEST = 20


@dataclass
class Element:
    """An element with its place.

    Attributes:
        tag: Its name.
        attributes: Its attributes.
        line: The line where it starts.
        children: The elements in it, in order.
        text: The characters in it, those of its children left out.
    """

    tag: str
    attributes: dict[str, str]
    line: int
    children: list[Element] = field(default_factory=list)
    text: str = ""

    def error(self, problem: str) -> AutomatonFileError:
        """The error that names the line and the element."""
        return AutomatonFileError(f"line {self.line}, <{self.tag}>: {problem}")

    def one(self, tag: str) -> Element | None:
        """The child of this name, if there is one.

        Raises:
            AutomatonFileError: If there are two.
        """
        found = [child for child in self.children if child.tag == tag]
        if len(found) > 1:
            raise found[1].error(f"a second <{tag}> in one <{self.tag}>; keep one")
        return found[0] if found else None

    def text_of(self, tag: str) -> str:
        """The text of the child of this name, without blanks around it.

        Raises:
            AutomatonFileError: If there is not exactly one such child.
        """
        child = self.one(tag)
        if child is None:
            raise self.error(f"the element <{tag}> is missing in it; add it")
        return child.text.strip()

    def attribute(self, name: str) -> str:
        """The value of an attribute.

        Raises:
            AutomatonFileError: If it is missing or empty.
        """
        if not self.attributes.get(name):
            raise self.error(f"the attribute {name!r} is missing; add it")
        return self.attributes[name]

    def check_children(self, known: tuple[str, ...]) -> None:
        """Raises AutomatonFileError if a child has another name."""
        for child in self.children:
            if child.tag not in known:
                raise child.error(f"not known in a <{self.tag}>; expected {', '.join(known)}")


def parse_xml(text: str, expected: str) -> Element:
    """The root element of an XML text.

    Args:
        text: The text.
        expected: What it should hold, for messages.

    Raises:
        AutomatonFileError: If it is empty, too long or no XML, is nested too deeply, or declares an
            entity or a document type.

    >>> parse_xml("<a><b/></a>", "XML").children[0].line
    1
    """
    check_size(text, expected)
    return _Parser(expected).root(text)


class _Parser:
    def __init__(self, expected: str) -> None:
        self._expected = expected
        self._open: list[Element] = []
        self._root: Element | None = None
        self._parser = expat.ParserCreate("utf-8")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = lambda _: self._open.pop()
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.EntityDeclHandler = self._refuse

    def root(self, text: str) -> Element:
        try:
            self._parser.Parse(text.encode("utf-8", "surrogatepass"), True)
        except expat.ExpatError as error:
            said = expat.ErrorString(error.code)
            raise AutomatonFileError(
                f"line {error.lineno}: this is no XML ({said}); expected {self._expected}"
            ) from None
        if self._root is None:  # expat has refused a text without an element
            raise AssertionError("a text without an element was parsed")
        return self._root

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        element = Element(tag, attributes, self._parser.CurrentLineNumber)
        if len(self._open) == _DEEPEST:
            raise element.error(f"elements are nested deeper than {_DEEPEST}; no automaton is")
        if self._open:
            self._open[-1].children.append(element)
        else:
            self._root = element
        self._open.append(element)

    def _characters(self, text: str) -> None:
        if self._open:
            self._open[-1].text += text

    def _refuse(self, name: str, *_: Any) -> NoReturn:
        raise AutomatonFileError(
            f"line {self._parser.CurrentLineNumber}: the file declares a document type or entity, "
            f"{name!r}, which could expand without end or open other files; remove the declaration"
        )
