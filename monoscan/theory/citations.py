"""Published theorems that answer a question where nothing here could be checked.

They are the last resort of a prediction: a network or an obstruction that was checked comes
first. An answer that rests on a citation says so wherever it is shown, and the checker is not
asked. To add one, write an entry of `CITATIONS`.
"""

from __future__ import annotations

from monoscan.automata import Automaton, BudgetExceeded
from monoscan.automata.budget import DEFAULT_MONOID_BUDGET
from monoscan.automata.properties.aperiodic import is_aperiodic
from monoscan.automata.properties.group import is_group
from monoscan.automata.properties.solvable import is_solvable
from monoscan.theory.prediction import Citation, Question, Verdict


def find_citation(
    question: Question, automaton: Automaton, budget: int = DEFAULT_MONOID_BUDGET
) -> Citation | None:
    """The first theorem that answers a question about a minimal automaton, if there is one.

    Raises:
        BudgetExceeded: if the syntactic monoid has more elements than the budget, and a theorem
            that would answer asks about them, and no other theorem answers.

    >>> from monoscan.automata import get_language, minimize
    >>> from monoscan.theory.model_classes import get_model_class
    >>> a5 = minimize(get_language("a5").build())
    >>> found = find_citation(Question(get_model_class("householder")), a5)
    >>> found.source, found.depth
    ('Siems et al., arXiv 2502.10297, Theorem 3 (iii)', 4)
    """
    too_large: BudgetExceeded | None = None
    for citation in CITATIONS:
        try:
            if citation.answers(question) and citation.applies(automaton, budget):
                return citation
        except BudgetExceeded as error:
            too_large = error
    if too_large is not None:
        raise too_large
    return None


def _is_any(_automaton: Automaton, _budget: int) -> bool:
    return True


def _is_permuted(automaton: Automaton, _budget: int) -> bool:
    """Whether each letter permutes the states: who tracks all permutations tracks these."""
    return bool(is_group(automaton))


def _is_star_free(automaton: Automaton, budget: int) -> bool:
    return bool(is_aperiodic(automaton, budget))


def _is_solvable(automaton: Automaton, budget: int) -> bool:
    return bool(is_solvable(automaton, budget))


def _is_unsolvable(automaton: Automaton, budget: int) -> bool:
    return not is_solvable(automaton, budget)


def _is_parity(automaton: Automaton, budget: int) -> bool:
    """Whether letters keep or swap two states: parity, where some letters may not count."""
    return automaton.n_states == 2 and _is_permuted(automaton, budget)


_DELTAPRODUCT = "Siems et al., arXiv 2502.10297"
_BARRINGTON = "Barrington, Journal of Computer and System Sciences 38 (1989)"
_UNSOLVABLE = "a language with a group that is not solvable is complete for NC1"
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
        _is_any,
    ),
    Citation(
        "gated-deltaproduct-all-regular",
        "finitely many layers of one reflection and a gate a token recognise every regular "
        "language",
        f"{_DELTAPRODUCT}, Theorem 5",
        Verdict.EXPRESSIBLE,
        "gated-householder",
        "any",
        _is_any,
    ),
    Citation(
        "recurrent-networks-are-automata",
        "simple recurrent networks with one hidden layer and ReLU, and GRUs, of finite precision "
        "are exactly as powerful as deterministic finite automata",
        "Korsky and Berwick, arXiv 1906.06349",
        Verdict.EXPRESSIBLE,
        "nonlinear-rnn",
        "any",
        _is_any,
    ),
    Citation(
        "hard-attention-star-free",
        "transformers with hard attention to one position, strict masking and no position "
        "embeddings recognise exactly the star-free languages",
        "Yang, Chiang and Angluin, arXiv 2310.13897",
        Verdict.EXPRESSIBLE,
        "transformer",
        "any",
        _is_star_free,
    ),
    Citation(
        "transformer-parity",
        "a transformer of four layers with softmax attention, positions that do not depend on the "
        "length and no layer norm computes parity",
        "Kozachinskiy, Steifer and Wałęga, arXiv 2602.05896",
        Verdict.EXPRESSIBLE,
        "transformer",
        4,
        _is_parity,
    ),
    Citation(
        "transformer-shortcuts",
        "for every length some transformer, whose depth does not depend on the length, simulates "
        "an automaton all of whose groups are solvable on words of that length",
        "Liu et al., arXiv 2210.10749",
        Verdict.UNKNOWN,
        "transformer",
        "any",
        _is_solvable,
        up_to="every length",
    ),
    Citation(
        "transformer-tc0",
        f"{_UNSOLVABLE}; transformers of fixed depth and logarithmic precision stay in TC0",
        f"{_BARRINGTON}; Merrill and Sabharwal, arXiv 2207.00729",
        Verdict.NOT_EXPRESSIBLE,
        "transformer",
        "any",
        _is_unsolvable,
        unless="TC0 = NC1",
    ),
    *(
        Citation(
            f"{model_class}-star-free",
            f"{whose} model every star-free language at finite precision",
            "Sarrof, Veitsman, Hahn, arXiv 2405.17394, Theorem 4",
            Verdict.EXPRESSIBLE,
            model_class,
            "any",
            _is_star_free,
        )
        for model_class, whose in (
            ("diagonal-with-attention", "the diagonal layers alone"),
            (
                "delta-rule-with-attention",
                "with a fixed key for each head, h <- (1 - b) h + b v is a diagonal layer, and "
                "such layers",
            ),
        )
    ),
    Citation(
        "diagonal-with-attention-tc0",
        f"{_UNSOLVABLE}; with logarithmic precision diagonal layers and attention both stay in "
        "TC0, and so does any fixed number of them",
        f"{_BARRINGTON}; Merrill, Petty, Sabharwal, arXiv 2404.08819, Theorem 4.4; Merrill and "
        "Sabharwal, arXiv 2207.00729",
        Verdict.NOT_EXPRESSIBLE,
        "diagonal-with-attention",
        "any",
        _is_unsolvable,
        unless="TC0 = NC1",
    ),
    Citation(
        "signed-delta-rule-with-attention-all-regular",
        "the gated delta-rule layers alone, finitely many, recognise every regular language",
        f"{_DELTAPRODUCT}, Theorem 5",
        Verdict.EXPRESSIBLE,
        "signed-delta-rule-with-attention",
        "any",
        _is_any,
    ),
)
"""In the order in which they are asked: where two apply, the one with fewer layers first."""
