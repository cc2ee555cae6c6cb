"""Concatenation and iteration of languages, by the subset construction."""

from __future__ import annotations

from monoscan.automata.algebra import with_alphabet
from monoscan.automata.automaton import Automaton, check_acceptor
from monoscan.automata.budget import BudgetExceeded
from monoscan.automata.minimize import minimize
from monoscan.automata.nondeterministic import NondeterministicAutomaton
from monoscan.automata.steps import DEFAULT_STATE_BUDGET
from monoscan.automata.subsets import determinize


def concatenation(a: Automaton, b: Automaton, *, budget: int = DEFAULT_STATE_BUDGET) -> Automaton:
    """The minimal acceptor of the words u v with u accepted by one acceptor and v by the other.

    Args:
        a: An acceptor; the order of its alphabet is kept.
        b: An acceptor over the same letters, in any order.
        budget: Largest number of sets of states; there can be exponentially many.

    Raises:
        AlphabetError: If the two have different letters.
        AutomatonError: If one of them is no acceptor.
        BudgetExceeded: If more sets of states are reached.

    Source: M. O. Rabin and D. Scott, Finite automata and their decision problems, 1959.

    >>> one = Automaton("a", [[1], [2], [2]], (False, True, False))
    >>> concatenation(one, one).accepts("aa"), concatenation(one, one).accepts("a")
    (True, False)
    """
    check_acceptor(a)
    check_acceptor(b)
    whole = NondeterministicAutomaton(len(a.alphabet), a.n_states + b.n_states + budget)
    middle = whole.add_acceptor(0, a)
    end = whole.add_acceptor(middle, with_alphabet(b, a.alphabet))
    return _determinized(whole, end, a.alphabet, budget, "states of the concatenation")


def star(acceptor: Automaton, *, budget: int = DEFAULT_STATE_BUDGET) -> Automaton:
    """The minimal acceptor of the words u1 u2 ... un of accepted words, n = 0, 1, 2, ...

    Args:
        acceptor: An acceptor.
        budget: Largest number of sets of states; there can be exponentially many.

    Raises:
        AutomatonError: If the automaton is no acceptor.
        BudgetExceeded: If more sets of states are reached.

    Source: as of `concatenation`.

    >>> two = Automaton("a", [[1], [2], [3], [3]], (False, False, True, False))
    >>> star(two).table.tolist(), star(two).outputs
    ([[1], [0]], (True, False))
    """
    check_acceptor(acceptor)
    whole = NondeterministicAutomaton(len(acceptor.alphabet), acceptor.n_states + budget)
    loop = whole.add_loop_start(0)
    whole.close_loop(loop, whole.add_acceptor(loop, acceptor))
    return _determinized(whole, loop, acceptor.alphabet, budget, "states of the iteration")


def _determinized(
    whole: NondeterministicAutomaton, end: int, alphabet: tuple[str, ...], budget: int, what: str
) -> Automaton:
    try:
        return minimize(determinize(whole, end, alphabet, budget))
    except BudgetExceeded as error:
        raise BudgetExceeded(what, budget, error.reached) from None
