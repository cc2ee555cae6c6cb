"""Both ends of the least number of Householder factors of a permutation automaton.

The upper end is a `recognizer`: the network whose transitions are products of so few reflections
answers like the automaton on every word. The lower end is an `obstruction`: the lemma that forbids
fewer factors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from monoscan.automata import Automaton
from monoscan.proofs_check.certificates.obstruction import obstruction_certificate
from monoscan.proofs_check.certificates.recognizer import recognizer
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.theory.decide import Recognised, decide
from monoscan.theory.semantics import Exact

if TYPE_CHECKING:
    from monoscan.theory.householder_number import HouseholderNumber


def upper_end(automaton: Automaton, number: HouseholderNumber) -> Certificate:
    """The certificate that one layer with `number.high` factors a letter tracks the automaton.

    Args:
        automaton: the automaton that the number is about.
        number: its interval.

    Raises:
        BudgetExceeded: if the network has too many states.
        AssertionError: if the number is about another automaton.
    """
    # Constructions are imported only here: most users of certificates have no need of them.
    from monoscan.theory.constructions.published.one_layer import householder_class
    from monoscan.theory.householder_number import tracker

    network = tracker(automaton, number)
    found = decide(network, Exact(), automaton)
    if not isinstance(found, Recognised):
        raise AssertionError("the network of a representation does not track its automaton")
    return recognizer(network, Exact(), automaton, found, [householder_class(number.high)])


def lower_end(number: HouseholderNumber) -> Certificate | None:
    """The certificate that fewer factors do not track the automaton.

    None for a lower end of 0 or 1: that a letter moves a state needs no lemma.
    """
    obstruction = number.low.obstruction
    return None if obstruction is None else obstruction_certificate(obstruction)
