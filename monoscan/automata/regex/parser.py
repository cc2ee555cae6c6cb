"""From tokens to a syntax tree, by precedence; open groups are kept on a stack."""

from __future__ import annotations

from monoscan.automata.regex.errors import RegexError
from monoscan.automata.regex.scanner import (
    LetterSet,
    Repetition,
    Sign,
    Token,
    scan,
)
from monoscan.automata.regex.syntax import (
    Complement,
    Concatenation,
    EmptyWord,
    Intersection,
    Letters,
    Node,
    Power,
    Union,
)

# Trees are walked by recursion, at most two calls a level, far below Python's limit of 1000.
MAX_HEIGHT = 150


def parse(pattern: str, alphabet: tuple[str, ...]) -> Node:
    """The syntax tree of a pattern.

    Precedence from loosest: union, intersection, concatenation, complement, postfix.

    Raises:
        RegexError: If the pattern is malformed or nested too deeply.

    >>> parse("~a*", ("a",)).part.low
    0
    """
    parser = _Parser(pattern)
    for token in scan(pattern, alphabet):
        parser.read(token)
    return parser.finish()


class _Group:
    """What was read since a parenthesis was opened (or since the beginning)."""

    def __init__(self, start: int) -> None:
        self.start = start
        self.union: list[Node] = []
        self.intersection: list[Node] = []
        self.factors: list[Node] = []
        self.tildes: list[int] = []
        self.last: Node | None = None
        self.last_sign = ""

    @property
    def is_untouched(self) -> bool:
        return not (self.last or self.tildes or self.factors or self.last_sign)


class _Parser:
    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._groups = [_Group(0)]

    def read(self, token: Token) -> None:
        """Takes the next token in."""
        if isinstance(token, Sign):
            self._read_sign(token)
        elif isinstance(token, Repetition):
            self._repeat(token)
        elif isinstance(token, LetterSet):
            self._begin_factor(Letters(token.position, token.letters))
        else:
            self._begin_factor(EmptyWord(token.position))

    def finish(self) -> Node:
        """The tree, once all tokens are read."""
        if len(self._groups) > 1:
            raise self._error("this '(' is never closed; add ')'", self._groups[-1].start)
        if self._groups[0].is_untouched:
            raise self._error(
                "the regular expression is empty; write ε for the empty word, ∅ for the empty set",
                0,
            )
        return self._close_union(self._groups[0], len(self._pattern))

    def _read_sign(self, sign: Sign) -> None:
        group = self._groups[-1]
        if sign.text == "(":
            self._groups.append(_Group(sign.position))
        elif sign.text == ")":
            self._close_group(sign)
        elif sign.text == "~":
            self._end_factor(group)
            group.tildes.append(sign.position)
        elif sign.text == "&":
            group.intersection.append(self._close_concatenation(group, sign.position))
            group.last_sign = "&"
        else:
            group.union.append(self._close_intersection(group, sign.position))
            group.last_sign = "|"

    def _close_group(self, sign: Sign) -> None:
        if len(self._groups) == 1:
            raise self._error(
                "this ')' closes nothing; remove it, or for the letter write \\)", sign.position
            )
        group = self._groups.pop()
        if group.is_untouched:
            self._begin_factor(EmptyWord(group.start))
        else:
            self._begin_factor(self._close_union(group, sign.position))

    def _begin_factor(self, node: Node) -> None:
        group = self._groups[-1]
        self._end_factor(group)
        group.last = node

    def _repeat(self, token: Repetition) -> None:
        group = self._groups[-1]
        if group.last is None:
            raise self._error(
                f"{token.text!r} has nothing before it to repeat; "
                f"for the letter write \\{token.text[0]}",
                token.position,
            )
        node = group.last
        group.last = self._checked(Power(node.position, node, token.low, token.high))

    def _end_factor(self, group: _Group) -> None:
        """Moves the last factor, which no postfix can change any more, to the others."""
        if group.last is None:
            return
        node = group.last
        while group.tildes:
            node = self._checked(Complement(group.tildes.pop(), node))
        group.factors.append(node)
        group.last = None

    def _close_concatenation(self, group: _Group, position: int) -> Node:
        self._end_factor(group)
        if group.tildes:
            raise self._error("this '~' has nothing after it to complement", group.tildes[-1])
        if not group.factors:
            raise self._missing_operand(group, position)
        parts, group.factors = tuple(group.factors), []
        if len(parts) == 1:
            return parts[0]
        return self._checked(Concatenation(parts[0].position, parts))

    def _close_intersection(self, group: _Group, position: int) -> Node:
        parts = (*group.intersection, self._close_concatenation(group, position))
        group.intersection = []
        if len(parts) == 1:
            return parts[0]
        return self._checked(Intersection(parts[0].position, parts))

    def _close_union(self, group: _Group, position: int) -> Node:
        parts = (*group.union, self._close_intersection(group, position))
        if len(parts) == 1:
            return parts[0]
        return self._checked(Union(parts[0].position, parts))

    def _missing_operand(self, group: _Group, position: int) -> RegexError:
        found = repr(self._pattern[position]) if position < len(self._pattern) else "the end"
        before = f"after {group.last_sign!r} " if group.last_sign else ""
        return self._error(
            f"expected an expression {before}and found {found}; "
            "write ε for the empty word, ∅ for the empty set",
            position,
        )

    def _checked(self, node: Node) -> Node:
        if node.height > MAX_HEIGHT:
            raise self._error(
                f"the expression nests more than {MAX_HEIGHT} operators; remove parentheses or "
                "repeated operators that do nothing, or split it",
                node.position,
            )
        return node

    def _error(self, problem: str, position: int) -> RegexError:
        return RegexError(problem, self._pattern, position)
