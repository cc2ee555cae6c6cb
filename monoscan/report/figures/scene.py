"""What a picture consists of: shapes at fixed places, in points, y growing downwards.

Layouts produce a `Drawing`; only `canvas` knows the library that puts it on paper. So a layout is
tested on its numbers, without reading an image.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, final

Point: TypeAlias = tuple[float, float]
Anchor: TypeAlias = Literal["center", "left", "right"]

BLACK = "#000000"
WHITE = "#ffffff"
DARK_GREY = "#4d4d4d"
LIGHT_GREY = "#d9d9d9"
# From the palette of M. Okabe and K. Ito, which colour-blind readers can tell apart; the lightness
# of these differs too, so grey print keeps the distinction.
BLUE = "#0072b2"
SKY = "#cfe8f7"
ORANGE = "#f0b64d"


@final
@dataclass(frozen=True)
class Rectangle:
    """The place that something takes: left and top edge, width and height.

    >>> Rectangle(0, 0, 4, 2).overlaps(Rectangle(3, 1, 4, 2))
    True
    """

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    def overlaps(self, other: Rectangle) -> bool:
        """Whether the two have an inner point in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@final
@dataclass(frozen=True)
class Text:
    """One line of text; `at` is its middle in height, and its anchor in width."""

    at: Point
    text: str
    size: float
    anchor: Anchor = "center"
    bold: bool = False
    colour: str = BLACK
    name: str = ""


@final
@dataclass(frozen=True)
class Circle:
    """A circle; without a line if the width of the line is 0."""

    center: Point
    radius: float
    fill: str = WHITE
    line: str = BLACK
    line_width: float = 1.0
    name: str = ""


@final
@dataclass(frozen=True)
class Box:
    """A rectangle, with rounded corners if asked; without a line if the line's width is 0."""

    place: Rectangle
    fill: str = WHITE
    line: str = BLACK
    line_width: float = 1.0
    rounding: float = 0.0
    name: str = ""


@final
@dataclass(frozen=True)
class Cells:
    """Cells of one colour in a grid of rows and columns of equal cells.

    Attributes:
        place: The whole grid.
        shape: The numbers of rows and columns.
        chosen: Row and column of each cell that is drawn.
        fill: The colour of these cells.
        line: The colour of their edges.
    """

    place: Rectangle
    shape: tuple[int, int]
    chosen: tuple[tuple[int, int], ...]
    fill: str
    line: str = DARK_GREY
    name: str = ""

    def cell(self, row: int, column: int) -> Rectangle:
        """The place of one cell."""
        height, width = self.place.height / self.shape[0], self.place.width / self.shape[1]
        left, top = self.place.left + column * width, self.place.top + row * height
        return Rectangle(left, top, width, height)


@final
@dataclass(frozen=True)
class Curve:
    """A line (2 points), a quadratic (3) or a cubic (4) Bézier curve, or a chain of lines (more).

    Attributes:
        points: The points; of a Bézier curve those in the middle are its control points.
        arrows: How many arrow heads: 0, 1 (at the end) or 2 (at both ends).
        dashed: Whether the line is dashed.
    """

    points: tuple[Point, ...]
    arrows: Literal[0, 1, 2] = 0
    colour: str = BLACK
    width: float = 1.0
    dashed: bool = False
    name: str = ""


Shape: TypeAlias = Text | Circle | Box | Cells | Curve


@final
@dataclass(frozen=True)
class Drawing:
    """A picture: its size in points and its shapes, the later ones over the earlier ones."""

    title: str
    width: float
    height: float
    shapes: tuple[Shape, ...]

    def texts(self) -> tuple[Text, ...]:
        """The texts of the picture, in their order."""
        return tuple(shape for shape in self.shapes if isinstance(shape, Text))
