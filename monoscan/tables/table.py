"""A table as a value, before it is written in some format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple, final

STYLES: Mapping[str, str] = {
    "proved": "green",
    "proved (formal)": "green",
    "refuted": "magenta",
    "conditional": "yellow",
    "undecided": "yellow",
    "failed": "bold red",
    "expressible": "green",
    "not-expressible": "magenta",
}
"""The colours of status words on a terminal."""


class Strong(str):
    """A cell that must not be overlooked.

    >>> Strong("!!no 2/3") == "!!no 2/3"
    True
    """

    __slots__ = ()


class Records(NamedTuple):
    """What CSV holds instead of the cells, if there is more to say than the table shows."""

    titles: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


@final
@dataclass(frozen=True)
class Column:
    """A column.

    Attributes:
        title: what stands above it.
        align: where its cells stand.
        wraps: whether its cells may be broken into lines where room is scarce.
        meaning: what the column is, if its title is too long for text: there a number stands in
            its place, and title and meaning below the table.
        goes_below: whether its cells stand below the table where that is too wide for a terminal.
        group: what it belongs to; the columns of a group are a table of their own in text,
            Markdown and HTML, beside the first column.
        head: what stands above it there, if its title is too long.
    """

    title: str
    align: Literal["left", "right"] = "left"
    wraps: bool = False
    meaning: str = ""
    goes_below: bool = False
    group: str = ""
    head: str = ""


@final
@dataclass(frozen=True)
class Table:
    """Rows of cells under titles, with what stands above and below.

    Attributes:
        columns: none where there is only text.
        rows: one cell a column; a cell may have several lines.
        title: a few words; empty for none.
        caption: what LaTeX says above it in place of the title; empty for that.
        introduction: paragraphs above the rows.
        headings: for each row what it belongs to: neighbours with the same heading stand under it;
            empty if no row has one.
        notes: paragraphs below the rows. An empty one is a blank line; one that starts with a
            space is never wrapped.
        records: for CSV, if it says more than the cells.
        value: for JSON, if it says more than the cells.

    Raises:
        ValueError: if a row has not one cell a column, or there are headings for some rows only.

    >>> Table((Column("word"), Column("length", "right")), (("ab", "2"),)).rows[0]
    ('ab', '2')
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""
    introduction: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    records: Records | None = None
    value: Mapping[str, Any] | None = field(default=None, repr=False)
    caption: str = ""

    def __post_init__(self) -> None:
        width = len(self.columns)
        for row in self.rows:
            if len(row) != width:
                raise ValueError(f"the row {row!r} has {len(row)} cells; expected {width}")
        if self.headings and len(self.headings) != len(self.rows):
            raise ValueError(
                f"{len(self.headings)} headings for {len(self.rows)} rows; expected one a row"
            )

    @property
    def titles(self) -> tuple[str, ...]:
        """What stands above the columns."""
        return tuple(column.title for column in self.columns)

    @property
    def parts(self) -> tuple[Table, ...]:
        """A table for each group of columns, with the first column in each; none without groups.

        >>> columns = Column("n"), Column("a", group="A", meaning="all", head="x")
        >>> (part,) = Table(columns, (("1", "yes"),)).parts
        >>> part.title, part.introduction, part.titles
        ('A', ('x: all (a).',), ('n', 'x'))
        """
        groups = dict.fromkeys(column.group for column in self.columns if column.group)
        return tuple(self._part(group) for group in groups)

    def _part(self, group: str) -> Table:
        numbers = [0, *(i for i, column in enumerate(self.columns) if column.group == group)]
        columns = [self.columns[i] for i in numbers]
        said = [
            f"{column.head or column.title}: {column.meaning}"
            + (f" ({column.title})" if column.head else "")
            for column in columns[1:]
            if column.meaning
        ]
        return Table(
            tuple(Column(column.head or column.title, column.align) for column in columns),
            tuple(tuple(row[i] for i in numbers) for row in self.rows),
            title=group,
            introduction=(f"{'; '.join(said)}.",) if said else (),
            headings=self.headings,
        )

    def with_constants_said(self) -> Table:
        """The table without columns whose cells are all the same, which a note says instead.

        >>> columns = Column("length"), Column("right"), Column("error")
        >>> table = Table(columns, (("64", "1.0", "none"), ("256", "1.0", "none")))
        >>> table.with_constants_said().notes
        ('the same in every row: right 1.0, error none',)
        """
        if len(self.rows) < 2:
            return self
        cells = list(zip(*self.rows, strict=True))
        same = [number > 0 and len(set(found)) == 1 for number, found in enumerate(cells)]
        if not any(same):
            return self
        said = [
            f"{title} {found[0]}"
            for title, found, is_same in zip(self.titles, cells, same, strict=True)
            if is_same and found[0]
        ]
        kept = [number for number, is_same in enumerate(same) if not is_same]
        note = (f"the same in every row: {', '.join(said)}",) if said else ()
        return replace(
            self,
            columns=tuple(self.columns[number] for number in kept),
            rows=tuple(tuple(row[number] for number in kept) for row in self.rows),
            notes=(*note, *self.notes),
        )

    def transposed(self) -> Table:
        """Rows as columns: the first cells become titles, with their headings before them.

        >>> turned = Table((Column("n"), Column("a")), (("1", "x"), ("2", "z"))).transposed()
        >>> turned.titles, turned.rows
        (('', '1', '2'), (('a', 'x', 'z'),))
        """
        if not self.columns:
            return self
        headings = self.headings or ("",) * len(self.rows)
        titles = [
            f"{heading}: {row[0]}" if heading else row[0]
            for heading, row in zip(headings, self.rows, strict=True)
        ]
        meanings = tuple(f"{c.title}: {c.meaning}" for c in self.columns if c.meaning)
        return replace(
            self,
            columns=(Column(""), *(Column(title) for title in titles)),
            rows=tuple(
                (column.title, *(row[number] for row in self.rows))
                for number, column in enumerate(self.columns)
                if number
            ),
            headings=(),
            notes=(*meanings, *self.notes),
        )

    def __repr__(self) -> str:
        """The table as text, so that an interpreter shows what the command line prints.

        >>> Table((Column("word"), Column("length", "right")), (("ab", "2"),))
          word  length
          ab         2
        """
        from monoscan.tables.text import as_text

        return as_text(self).rstrip("\n")

    def _repr_html_(self) -> str:
        """The table in a notebook."""
        from monoscan.tables.markup import as_html

        return as_html(self)
