"""Learning curves of a linear state-space model: gradient descent beside a closed form.

The model has N equal states h_t = a h_(t-1) + b x_t with a fixed a, and answers y_t = sum of c h_t.
All that the data decide are two numbers: with the response g of one state to the input (b = 1),
sigma is the mean of g_t y_t and eta that of g_t^2. For the loss, half the mean square error, the
gradient flow of b and c gives u = N b c the equation u' = 2 u (sigma - eta u) if b = c at the
start, which is solved by

    u(t) = s / (1 + (s / u(0) - 1) exp(-2 sigma t)),  s = sigma / eta.

Source: the setting with one layer of Smékal, Smith, Kleinman, Biderman and Linderman, arXiv
2407.07279; the equation is that of two linear layers (Saxe, McClelland, Ganguli, arXiv 1312.6120).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, final

import torch
from torch import Tensor

from monoscan.models.kernels.diagonal_scan.dispatch import diagonal_scan

WORDS: Final = (64, 32)
"""How many sequences of independent normal numbers, and how long."""


@final
@dataclass(frozen=True)
class LearningCurve:
    """How the strength u of a model grows.

    Attributes:
        n_states: N.
        rate: of the descent; a step is so much time.
        descent: u after each step, by gradient descent.
        closed: u at the same times, by the closed form.
    """

    n_states: int
    rate: float
    descent: tuple[float, ...]
    closed: tuple[float, ...]

    @property
    def difference(self) -> float:
        """The greatest difference between the two, as a share of the last value."""
        pairs = zip(self.descent, self.closed, strict=True)
        return max(abs(one - other) for one, other in pairs) / abs(self.closed[-1])


def closed_form(sigma: float, eta: float, start: float, time: float) -> float:
    """U at a time.

    Args:
        sigma: mean of response times target; positive.
        eta: mean square of the response; positive.
        start: u at time 0; positive.
        time: at least 0.

    >>> closed_form(2.0, 1.0, 0.5, 0.0), round(closed_form(2.0, 1.0, 0.5, 50.0), 9)
    (0.5, 2.0)
    """
    limit = sigma / eta
    return limit / (1 + (limit / start - 1) * math.exp(-2 * sigma * time))


def learning_curve(
    n_states: int = 1,
    *,
    factor: float = 0.8,
    teacher: float = 0.9,
    start: float = 0.05,
    rate: float = 0.01,
    steps: int = 200,
    seed: int = 0,
) -> LearningCurve:
    """Trains a model on the answers of one state with another factor, by plain gradient descent.

    Args:
        n_states: N, at least 1.
        factor: a of the model.
        teacher: a of the state that gives the answers.
        start: of every b and c.
        rate: of the descent.
        steps: of the descent.
        seed: of the inputs.

    >>> learning_curve(4).difference < 0.05
    True
    """
    inputs = torch.randn(*WORDS, 1, dtype=torch.float64, generator=_generator(seed))
    targets = _response(teacher, inputs)
    response = _response(factor, inputs)
    sigma, eta = (response * targets).mean().item(), (response**2).mean().item()
    b = torch.full((n_states,), start, dtype=torch.float64, requires_grad=True)
    c = torch.full((n_states,), start, dtype=torch.float64, requires_grad=True)
    found = []
    for _ in range(steps + 1):
        found.append((b @ c).item())
        answers = _response(factor, inputs * b) @ c
        loss = ((answers - targets[..., 0]) ** 2).mean() / 2
        gradients = torch.autograd.grad(loss, (b, c))
        with torch.no_grad():
            for values, gradient in zip((b, c), gradients, strict=True):
                values -= rate * gradient
    closed = [closed_form(sigma, eta, found[0], rate * step) for step in range(steps + 1)]
    return LearningCurve(n_states, rate, tuple(found), tuple(closed))


def _generator(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def _response(factor: float, inputs: Tensor) -> Tensor:
    """The states that inputs lead to, (B, T, D)."""
    return diagonal_scan(torch.full_like(inputs, factor), inputs).states
