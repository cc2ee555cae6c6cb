"""AALpy's L* with our exact equivalence as its oracle finds the zoo again."""

from __future__ import annotations

import pytest
from aalpy.automata import Dfa, MooreMachine
from aalpy.base import SUL, Oracle
from aalpy.learning_algs import run_Lstar
from aalpy.utils import save_automaton_to_file

from monoscan.automata import all_languages, distinguishing_word, get_language
from monoscan.automata.sources import (
    automaton_from_dot,
    from_aalpy,
    to_aalpy_state_setup,
)

LISTED = [entry.id for entry in all_languages()]
LARGER = ["random-200-2-1", "cerny-50", "count-mod-200"]


class Teacher(SUL):
    """Answers with the output of an automaton after each letter."""

    def __init__(self, automaton):
        super().__init__()
        self.automaton = automaton
        self.state = 0

    def pre(self):
        self.state = 0

    def post(self):
        pass

    def step(self, letter):
        if letter is not None:
            column = self.automaton.letter_index(letter)
            self.state = int(self.automaton.table[self.state, column])
        return self.automaton.outputs[self.state]


class ExactOracle(Oracle):
    """Compares a hypothesis with the automaton: equivalent, or the shortest word that differs."""

    def find_cex(self, hypothesis):
        automaton = self.sul.automaton
        return distinguishing_word(automaton, from_aalpy(hypothesis, automaton.alphabet))


def learn(automaton):
    teacher = Teacher(automaton)
    letters = list(automaton.alphabet)
    kind = "dfa" if automaton.is_acceptor else "moore"
    # Rivest and Schapire's treatment of counterexamples keeps the table small.
    machine = run_Lstar(letters, teacher, ExactOracle(letters, teacher), kind, print_level=0)
    return from_aalpy(machine, automaton.alphabet)


@pytest.mark.parametrize("id", [*LISTED, *LARGER, pytest.param("dyck-3-4", marks=pytest.mark.slow)])
def test_learning_finds_the_automaton(id):
    automaton = get_language(id).build()
    assert automaton.n_states <= 200
    assert learn(automaton) == automaton


@pytest.mark.parametrize("id", ["parity", "tomita-3", "flip-flop", "s3", "q8"])
def test_machines_of_aalpy(id):
    automaton = get_language(id).build()
    kind = Dfa if automaton.is_acceptor else MooreMachine
    machine = kind.from_state_setup(to_aalpy_state_setup(automaton))
    assert from_aalpy(machine, automaton.alphabet) == automaton


@pytest.mark.parametrize("id", ["parity", "tomita-3", "flip-flop", "s3-swaps", "q8"])
@pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")
def test_drawings_of_aalpy(id):
    automaton = get_language(id).build()
    kind = Dfa if automaton.is_acceptor else MooreMachine
    machine = kind.from_state_setup(to_aalpy_state_setup(automaton))
    drawing = save_automaton_to_file(machine, file_type="string")
    assert automaton_from_dot(drawing, automaton.alphabet) == automaton
