"""What an `unknown` prediction lacks, in words: limits that were reached, and results in print."""

from __future__ import annotations

from collections.abc import Mapping

from monoscan.automata import Automaton
from monoscan.automata.properties import is_group
from monoscan.theory.model_classes import get_model_class, is_inside
from monoscan.theory.prediction import Question

_SHOWN = 3


def show_limits(limits: Mapping[str, str]) -> str:
    """Constructions that reached a limit, at most three of them, each reason once.

    Args:
        limits: for each construction's id the limit.

    >>> show_limits({"a": "too large", "b": "too large", "c": "too slow"})
    'a: too large; c: too slow; and 1 other construction'
    """
    first: dict[str, str] = {}
    for id, reason in limits.items():
        first.setdefault(reason, id)
    shown = [f"{id}: {in_one_line(reason)}" for reason, id in list(first.items())[:_SHOWN]]
    others = len(limits) - len(shown)
    if others:
        shown.append(f"and {others} other construction{'s' if others > 1 else ''}")
    return "; ".join(shown)


def in_one_line(reason: str) -> str:
    r"""A reason without the advice that may follow it on a second line.

    >>> in_one_line("budget reached: 9 states;\nraise the budget")
    'budget reached: 9 states'
    """
    return reason.splitlines()[0].rstrip(";")


def in_print(question: Question, automaton: Automaton) -> str:
    """A published construction for the class whose stacks are too large to be built here, or "".

    Args:
        question: the class, depth and arithmetic.
        automaton: the minimal automaton of the language.

    >>> s3 = Automaton("ab", [[1, 2], [0, 3], [4, 0], [5, 1], [2, 5], [3, 4]], "012345")
    >>> question = Question(get_model_class("deltanet"), 4)
    >>> in_print(question, s3).startswith("Siems et al., arXiv 2502.10297, Theorem 3 (iii)")
    True
    """
    if question.semantics != "exact":
        return ""
    depth, wanted = question.depth, question.model_class
    four = depth == "any" or depth >= 4
    if four and wanted.id == "diagonal-plus-rank-one-transposed":
        return (
            "Peng et al., arXiv 2503.14456, Theorem 3, recognises every regular language in four "
            "layers of RWKV-7; it is built here for diagonal-plus-rank-one only, whose matrices "
            "multiply columns"
        )
    if four and is_inside(get_model_class("householder"), wanted) and is_group(automaton):
        return (
            "Siems et al., arXiv 2502.10297, Theorem 3 (iii), tracks every permutation group in "
            "four layers of one reflection each with a look-up table, which is over the budget"
        )
    if depth == "any" and is_inside(get_model_class("gated-householder"), wanted):
        return (
            "Siems et al., arXiv 2502.10297, Theorem 5, recognises every regular language with "
            "gates in up to four layers a level of its cascade, a stack over the budget"
        )
    return ""
