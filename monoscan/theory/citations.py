"""Published theorems that answer a question where nothing here could be checked.

They are the last resort of a prediction: a network or an obstruction that was checked comes
first. An answer that rests on a citation says so wherever it is shown, and the checker is not
asked. To add one, write an entry of `CITATIONS`.
"""

from __future__ import annotations

from monoscan.automata import Automaton
from monoscan.automata.properties.group import is_group
from monoscan.theory.prediction import Citation, Question, Verdict


def find_citation(question: Question, automaton: Automaton) -> Citation | None:
    """The first theorem that answers a question about a minimal automaton, if there is one.

    >>> from monoscan.automata import get_language, minimize
    >>> from monoscan.theory.model_classes import get_model_class
    >>> a5 = minimize(get_language("a5").build())
    >>> found = find_citation(Question(get_model_class("householder")), a5)
    >>> found.source, found.depth
    ('Siems et al., arXiv 2502.10297, Theorem 3 (iii)', 4)
    """
    for citation in CITATIONS:
        if citation.answers(question) and citation.applies(automaton):
            return citation
    return None


def _is_permuted(automaton: Automaton) -> bool:
    """Whether each letter permutes the states: who tracks all permutations tracks these."""
    return bool(is_group(automaton))


_DELTAPRODUCT = "Siems et al., arXiv 2502.10297"
CITATIONS = (
    Citation(
        "deltaproduct-three-layers",
        "three layers of two reflections a token track all permutations of n points, for every n",
        f"{_DELTAPRODUCT}, Theorem 3 (ii)",
        Verdict.EXPRESSIBLE,
        "householder-product-2",
        3,
        _is_permuted,
    ),
    Citation(
        "deltaproduct-four-layers",
        "four layers of one reflection a token track all permutations of n points, for every n",
        f"{_DELTAPRODUCT}, Theorem 3 (iii)",
        Verdict.EXPRESSIBLE,
        "householder",
        4,
        _is_permuted,
    ),
    Citation(
        "rwkv-7-four-layers",
        "four layers of diag(w) - c k (k o a)^T with c = 2 recognise every regular language",
        "Peng et al., arXiv 2503.14456, Theorem 3",
        Verdict.EXPRESSIBLE,
        "diagonal-plus-rank-one",
        4,
        lambda automaton: True,
    ),
    Citation(
        "gated-deltaproduct-all-regular",
        "finitely many layers of one reflection and a gate a token recognise every regular "
        "language",
        f"{_DELTAPRODUCT}, Theorem 5",
        Verdict.EXPRESSIBLE,
        "gated-householder",
        "any",
        lambda automaton: True,
    ),
)
"""In the order in which they are asked: where two apply, the one with fewer layers first."""
