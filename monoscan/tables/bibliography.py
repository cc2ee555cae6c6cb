"""Entries of BibTeX for the arXiv papers that a table names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_KNOWN: Final = {
    "1706.03762": (
        "Vaswani, Ashish and others",
        "Attention Is All You Need",
    ),
    "2207.02098": (
        "Del{\\'e}tang, Gr{\\'e}goire and others",
        "Neural Networks and the {Chomsky} Hierarchy",
    ),
    "2312.00752": (
        "Gu, Albert and Dao, Tri",
        "{Mamba}: Linear-Time Sequence Modeling with Selective State Spaces",
    ),
    "2312.06635": (
        "Yang, Songlin and others",
        "Gated Linear Attention Transformers with Hardware-Efficient Training",
    ),
    "2404.08819": (
        "Merrill, William and Petty, Jackson and Sabharwal, Ashish",
        "The Illusion of State in State-Space Models",
    ),
    "2405.04517": (
        "Beck, Maximilian and others",
        "{xLSTM}: Extended Long Short-Term Memory",
    ),
    "2405.17394": (
        "Sarrof, Yash and Veitsman, Yana and Hahn, Michael",
        "The Expressive Capacity of State Space Models: A Formal Language Perspective",
    ),
    "2405.21060": (
        "Dao, Tri and Gu, Albert",
        "Transformers are {SSMs}: Generalized Models and Efficient Algorithms "
        "Through Structured State Space Duality",
    ),
    "2406.06484": (
        "Yang, Songlin and others",
        "Parallelizing Linear Transformers with the Delta Rule over Sequence Length",
    ),
    "2411.12537": (
        "Grazzi, Riccardo and Siems, Julien and others",
        "Unlocking State-Tracking in Linear {RNNs} Through Negative Eigenvalues",
    ),
    "2412.06464": (
        "Yang, Songlin and Kautz, Jan and Hatamizadeh, Ali",
        "Gated Delta Networks: Improving {Mamba2} with Delta Rule",
    ),
    "2502.10297": (
        "Siems, Julien and others",
        "{DeltaProduct}: Improving State-Tracking in Linear {RNNs} via {Householder} Products",
    ),
    "2503.14456": (
        "Peng, Bo and others",
        "{RWKV-7} ``Goose'' with Expressive Dynamic State Evolution",
    ),
}
"""Authors and title of papers that are named often; of the others the entry has the number."""


def bibliography(papers: Iterable[str]) -> str:
    """A .bib file with an entry a paper.

    >>> print(bibliography(["2405.17394"]).splitlines()[0])
    @misc{arXiv:2405.17394,
    """
    return "\n".join(map(_entry, papers))


def _entry(number: str) -> str:
    authors, title = _KNOWN.get(number, ("", f"{{arXiv}}:{number}"))
    fields = {
        "author": authors,
        "title": title,
        "year": f"20{number[:2]}",
        "eprint": number,
        "archiveprefix": "arXiv",
        "howpublished": f"arXiv:{number}",
        "key": number,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{arXiv:{number},", *lines, "}"]) + "\n"
