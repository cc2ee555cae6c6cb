"""The eigenvalues of a trained network's transitions, for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from monoscan.tables import Column, Table

if TYPE_CHECKING:
    from monoscan.models.spectra import Spectrum


@final
@dataclass(frozen=True, repr=False)
class Spectra:
    """Spectra, one for each layer, head and word.

    Attributes:
        found: the spectra; the eigenvalues of each are of falling modulus.
    """

    found: tuple[Spectrum, ...]

    def __iter__(self) -> Iterator[Spectrum]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)

    def __getitem__(self, place: int) -> Spectrum:
        return self.found[place]

    def table(self) -> Table:
        """A row a layer, head and word."""
        return Table(
            (
                *(Column(title, "right") for title in ("layer", "head")),
                Column("word"),
                Column("eigenvalues", wraps=True),
            ),
            tuple(
                (str(s.layer), str(s.head), s.word, shown_eigenvalues(s.eigenvalues))
                for s in self.found
            ),
        )

    def __repr__(self) -> str:
        from monoscan.tables import written

        return written(self.table(), "text").rstrip("\n")

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def shown_eigenvalues(values: Sequence[complex]) -> str:
    """The eigenvalues in four digits, those that look the same once.

    >>> shown_eigenvalues([1.0, 1.0, -1.0]), shown_eigenvalues([1.0, 1.0])
    ('1.0000 (2 times)  -1.0000', 'all 1.0000')
    """
    counts = Counter(_shown(complex(value)) for value in values)
    if len(counts) == 1 < sum(counts.values()):
        return f"all {next(iter(counts))}"
    return "  ".join(
        text if count == 1 else f"{text} ({count} times)" for text, count in counts.items()
    )


def _shown(value: complex) -> str:
    if abs(value.imag) < 5e-5:
        return f"{value.real:.4f}"
    return f"{value.real:.4f}{value.imag:+.4f}i"
