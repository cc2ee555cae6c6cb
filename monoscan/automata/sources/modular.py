"""Modular arithmetic without brackets: a regular task, since two residues suffice."""

from __future__ import annotations

from typing import TypeAlias

from monoscan.automata.automaton import Automaton
from monoscan.automata.errors import AutomatonError
from monoscan.automata.steps import automaton_from_steps

NO_VALUE = "none"
OPERATORS = ("+", "-", "*")

MAX_MODULUS = 100

# ("wait", sum, factor): a residue must follow, and the factor multiplies it: 1 after a plus, -1
# after a minus, the term so far after a times.
# ("value", sum, term): an expression whose value is sum + term.
# ("dead", 0, 0): no expression, whatever follows.
_State: TypeAlias = tuple[str, int, int]
_DEAD: _State = ("dead", 0, 0)


def modular_arithmetic(modulus: int) -> Automaton:
    """Values modulo m of expressions such as ``1+2*3``, with the usual precedence.

    The letters are the residues ``0`` .. ``m-1`` and the operators ``+ - *``. Multiplication binds
    tighter than addition and subtraction, which go from left to right, as in the task "modular
    arithmetic (simple)" of the source. A word that is no expression (the empty word, a word that
    ends in an operator, two residues or two operators side by side) has the output ``none``.

    A state holds the sum of the finished terms and the term that is being read, or the factor
    that the next residue gets; with the dead state these are 2 m^2 + 1 states, all different.

    Args:
        modulus: The modulus m, from 2 to 100.

    Raises:
        AutomatonError: If the modulus is out of range.

    Source: Delétang et al., Neural networks and the Chomsky hierarchy, arXiv:2207.02098
    (tasks/regular/modular_arithmetic.py of its code).

    >>> modular_arithmetic(5).output("1+2*3"), modular_arithmetic(5).output("1+2*")
    ('2', 'none')
    """
    if not 2 <= modulus <= MAX_MODULUS:
        raise AutomatonError(f"the modulus is {modulus}; it must be from 2 to {MAX_MODULUS}")
    letters = (*(str(residue) for residue in range(modulus)), *OPERATORS)

    def step(state: _State, letter: int) -> _State:
        if letter < modulus:
            return _read_residue(state, letter, modulus)
        return _read_operator(state, letters[letter], modulus)

    def output(state: _State) -> str:
        kind, finished, term = state
        return str((finished + term) % modulus) if kind == "value" else NO_VALUE

    # Before anything is read the machine waits for a first term, as after "0 +".
    return automaton_from_steps(letters, ("wait", 0, 1), step, output)


def _read_residue(state: _State, residue: int, modulus: int) -> _State:
    kind, finished, factor = state
    return ("value", finished, factor * residue % modulus) if kind == "wait" else _DEAD


def _read_operator(state: _State, operator: str, modulus: int) -> _State:
    kind, finished, term = state
    if kind != "value":
        return _DEAD
    if operator == "*":
        return ("wait", finished, term)
    sign = 1 if operator == "+" else -1
    return ("wait", (finished + term) % modulus, sign % modulus)
