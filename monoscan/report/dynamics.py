"""Learning curves of linear state-space models of several sizes, as a table and as a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, final

from monoscan.tables import Column, Records, Table

if TYPE_CHECKING:  # torch is loaded only where networks are trained
    from monoscan.models.dynamics import LearningCurve
    from monoscan.report.figures import Drawing

SIZES: Final = (1, 4, 16)


@final
@dataclass(frozen=True)
class Dynamics:
    """Learning curves, each with its closed form.

    Attributes:
        curves: by size.
    """

    curves: tuple[LearningCurve, ...]

    def table(self) -> Table:
        """A row a size; CSV has a line for each step."""
        titles = ("states", "half learned at", "closed form", "greatest difference")
        records = [
            (curve.n_states, curve.rate * step, ours, closed)
            for curve in self.curves
            for step, (ours, closed) in enumerate(zip(curve.descent, curve.closed, strict=True))
        ]
        return Table(
            tuple(Column(title, "right") for title in titles),
            tuple(
                (
                    str(curve.n_states),
                    f"{_half(curve.descent, curve.closed[-1], curve.rate):.2f}",
                    f"{_half(curve.closed, curve.closed[-1], curve.rate):.2f}",
                    f"{100 * curve.difference:.1f} %",
                )
                for curve in self.curves
            ),
            notes=(
                "A linear model of N equal states with the fixed factor 0.8 learns the answers of "
                "one state with the factor 0.9, by plain gradient descent from b = c = 0.05, with "
                f"steps of {self.curves[0].rate:g}; u = N b c. Time is steps times rate.",
                "closed form: u = s / (1 + (s / u(0) - 1) exp(-2 sigma t)) of the gradient flow, "
                "where the data give sigma and s (arXiv 2407.07279, one layer)",
                "greatest difference: of the two curves, as a share of the last value",
            ),
            records=Records(("states", "time", "descent", "closed form"), tuple(records)),
            caption="Learning curves of a linear state-space model, and their closed form",
        )

    def draw(self) -> Drawing:
        """Both curves of every size."""
        from monoscan.report.figures import draw_dynamics

        return draw_dynamics(self.curves)


def dynamics() -> Dynamics:
    """Trains the models, which takes a second."""
    from monoscan.models.dynamics import learning_curve
    from monoscan.models.threads import using_threads

    with using_threads(1):
        return Dynamics(tuple(learning_curve(size) for size in SIZES))


def _half(values: tuple[float, ...], limit: float, rate: float) -> float:
    return rate * next(step for step, value in enumerate(values) if value >= limit / 2)
