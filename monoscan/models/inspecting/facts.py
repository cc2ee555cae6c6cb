"""What was seen of the heads of a network: numbers, ready to be printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

from monoscan.models.released.possible import Possible


@final
@dataclass(frozen=True)
class Spread:
    """Where numbers are.

    Attributes:
        least: The least.
        mean: The mean.
        greatest: The greatest.
    """

    least: float
    mean: float
    greatest: float


@final
@dataclass(frozen=True)
class Products:
    """The eigenvalues of products of transitions of consecutive tokens.

    Attributes:
        tokens: How many transitions are multiplied.
        examined: How many such products were looked at.
        least: The least real part of an eigenvalue.
        greatest: The greatest real part.
        radius: The greatest modulus.
        negative: Share of products with a negative eigenvalue.
        complex: Share of products with an eigenvalue that is not real.
    """

    tokens: int
    examined: int
    least: float
    greatest: float
    radius: float
    negative: float
    complex: float


@final
@dataclass(frozen=True)
class HeadFacts:
    """What was seen of one head of one layer.

    Attributes:
        layer: From 1, attention layers counted.
        head: From 1; 0 for all heads or channels of the layer together.
        beta: Of the delta rule; None where there is none.
        above_one: Share of beta above 1, that is of factors that reflect.
        gate: Of diagonals, entry by entry; None where there are none.
        products: For 1 to 8 tokens, as far as the text is long enough.
        rank: Effective rank of the state: the exponential of the entropy of its singular values
            over their sum, mean over some places of the text.
        rank_most: The greatest that it can be.
        memory: Median number of tokens after which what a token wrote has shrunk to 1/e of its
            length; None if it is more than `followed`.
        followed: How many tokens what was written is followed at least.
    """

    layer: int
    head: int
    beta: Spread | None
    above_one: float
    gate: Spread | None
    products: tuple[Products, ...]
    rank: float
    rank_most: int
    memory: float | None
    followed: int


@final
@dataclass(frozen=True)
class LayerFacts:
    """One layer.

    Attributes:
        layer: From 1.
        kind: `recurrent` or `attention`.
        heads: What was seen of each head; empty for attention.
        whole: The heads together; None for attention.
    """

    layer: int
    kind: str
    heads: tuple[HeadFacts, ...]
    whole: HeadFacts | None


@final
@dataclass(frozen=True)
class NetworkFacts:
    """A network and a text.

    Attributes:
        folder: Where it was read.
        model_type: Its layout.
        parameters: How many numbers it has.
        tokens: How many tokens were read.
        possible: What its configuration allows.
        layers: Bottom to top.
        factors: How many factors a transition has.
    """

    folder: str
    model_type: str
    parameters: int
    tokens: int
    possible: Possible
    layers: tuple[LayerFacts, ...]
    factors: int

    @property
    def recurrent(self) -> tuple[LayerFacts, ...]:
        """The layers with transitions."""
        return tuple(layer for layer in self.layers if layer.heads)


def together(heads: Sequence[HeadFacts]) -> HeadFacts:
    """The heads of a layer as one: ranges joined, shares and means over all of them.

    >>> spread = Spread(0.0, 0.5, 1.0)
    >>> one = HeadFacts(1, 1, spread, 0.0, None, (), 2.0, 4, 8.0, 31)
    >>> two = HeadFacts(1, 2, Spread(0.5, 1.5, 2.0), 1.0, None, (), 4.0, 4, 16.0, 31)
    >>> both = together([one, two])
    >>> both.beta, both.rank, both.memory
    (Spread(least=0.0, mean=1.0, greatest=2.0), 3.0, 12.0)
    """
    first = heads[0]
    memories = sorted(float("inf") if h.memory is None else h.memory for h in heads)
    middle = (memories[(len(memories) - 1) // 2] + memories[len(memories) // 2]) / 2
    return HeadFacts(
        first.layer,
        0,
        _joined([head.beta for head in heads]),
        _mean([head.above_one for head in heads]),
        _joined([head.gate for head in heads]),
        tuple(_products(same) for same in zip(*(head.products for head in heads), strict=True)),
        _mean([head.rank for head in heads]),
        first.rank_most,
        None if middle == float("inf") else middle,
        first.followed,
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _joined(spreads: Sequence[Spread | None]) -> Spread | None:
    known = [spread for spread in spreads if spread is not None]
    if not known:
        return None
    return Spread(
        min(spread.least for spread in known),
        _mean([spread.mean for spread in known]),
        max(spread.greatest for spread in known),
    )


def _products(same: Sequence[Products]) -> Products:
    return Products(
        same[0].tokens,
        sum(each.examined for each in same),
        min(each.least for each in same),
        max(each.greatest for each in same),
        max(each.radius for each in same),
        _mean([each.negative for each in same]),
        _mean([each.complex for each in same]),
    )
