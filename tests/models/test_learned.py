"""The automaton that a network computes: learned exactly where there is one, refused where not."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import numpy as np
import pytest
import torch
from helpers.command_line import fails, run_here
from helpers.drift import drifting, first_failure
from helpers.small_runs import small_run
from helpers.table_network import TableNetwork, run_of
from hypothesis import given

import monoscan as ms
from monoscan.automata import Automaton, are_equivalent, canonical, get_language, minimize
from monoscan.errors import BadValue
from monoscan.face.learned import LearnedAutomaton
from monoscan.models.errors import ModelError
from monoscan.models.learned import LearnedEnd, learn_run, output_quotients
from monoscan.models.tasks import Task
from monoscan.models.train import train
from monoscan.models.worst import SearchPlan
from monoscan.strategies import automata

S3 = get_language("s3").build()
S3_OUTPUTS = Task(S3).outputs
PLAN = SearchPlan(length=80, letters=200_000)


@given(automata(alphabet="01", max_states=5))
def test_an_automaton_is_learned_exactly(automaton: Automaton) -> None:
    given_ = minimize(automaton)
    found = learn_run(run_of(TableNetwork(given_, (False, True)), "parity"), 12, plan=PLAN)
    assert found.end is LearnedEnd.LEARNED
    assert found.automaton is not None
    assert found.automaton.n_states <= given_.n_states
    # The network has no answer to the empty word, so that only the others count.
    for letter in "01":
        ends = [a.state_after([letter]) for a in (found.automaton, given_)]
        after = [
            minimize(_from(a, end)) for a, end in zip((found.automaton, given_), ends, strict=True)
        ]
        assert are_equivalent(*after)
    assert found.beyond is not None
    assert found.beyond.word is None
    parity = get_language("parity").build()
    if found.difference is None:
        assert found.is_target
    else:
        assert given_.output(found.difference) != parity.output(found.difference)


def _from(automaton: Automaton, state: int) -> Automaton:
    return canonical(automaton.alphabet, automaton.table, automaton.outputs, state)


def test_a_drift_ends_what_the_automaton_describes() -> None:
    found = learn_run(run_of(drifting(0.04), "count-mod-3"), 12, plan=PLAN)
    assert found.is_target
    assert found.beyond is not None
    assert found.beyond.word == ("1",) * first_failure(0.04)
    said = LearnedAutomaton(found, "count-mod-3").lines()
    assert said[0].endswith("automaton of 3 states, the minimal automaton of the task count-mod-3")
    assert said[1] == "its syntactic monoid: 3 elements, its groups: Z3"
    assert said[2].startswith(f"from {first_failure(0.04)} letters on that automaton does not")


def test_a_network_that_knows_the_sign_only() -> None:
    sign = next(q for q in output_quotients(minimize(S3), S3_OUTPUTS) if len(set(q.classes)) == 2)
    first_of = {str(number): sign.classes.index(number) for number in (0, 1)}
    answers = [S3_OUTPUTS[first_of[str(output)]] for output in sign.automaton.outputs]
    only_sign = Automaton(sign.automaton.alphabet, sign.automaton.table, answers)
    found = learn_run(run_of(TableNetwork(only_sign, S3_OUTPUTS), "s3"), 8, plan=PLAN)
    assert not found.is_target
    assert found.states == 2
    assert found.part is not None
    assert found.part.right == 1.0
    assert found.part.worst.word is None
    value = LearnedAutomaton(found, "s3")
    assert value.monoid is not None
    assert value.monoid.groups == ("Z2",)
    assert (
        "of the task it has learned the sign of the permutation (Z2) and no more: 100.0%"
        in (value.lines()[-1])
    )
    assert value.difference is not None
    assert value.language is not None
    assert value.language.minimal == only_sign


def test_a_network_that_learned_nothing_is_said_first() -> None:
    constant = Automaton("01", [[0, 0]], [True])
    found = learn_run(run_of(TableNetwork(constant, (False, True)), "parity"), 8, plan=PLAN)
    assert (found.learned_nothing, found.states, found.part) == (True, 1, None)
    said = LearnedAutomaton(found).lines()
    assert said[0].startswith("this network has learned next to nothing: on random words of 16")
    assert "1 element, no group, so that it is star-free" in said[3]


def test_too_many_states_and_too_few_letters_are_outcomes() -> None:
    counter = minimize(ms.regex("(" + "0*1" * 15 + ")*0*", "01").automaton)
    network = TableNetwork(counter, (False, True))
    found = learn_run(run_of(network, "parity"), 16, max_states=10, plan=PLAN)
    assert (found.end, found.automaton) == (LearnedEnd.TOO_MANY_STATES, None)
    assert found.states > 10
    assert "no small automaton describes its answers to words of up to 16 letters" in (
        LearnedAutomaton(found).lines()[0] + LearnedAutomaton(found).lines()[-1]
    )
    found = learn_run(run_of(network, "parity"), 16, plan=SearchPlan(letters=50))
    assert (found.end, found.automaton) == (LearnedEnd.BUDGET_REACHED, None)
    assert "the budget of letters was reached" in LearnedAutomaton(found).lines()[-1]


@pytest.mark.parametrize("language", ["s3", "z60", "s4"])
def test_quotients_are_told_by_the_outputs(language: str) -> None:
    automaton = minimize(get_language(language).build())
    outputs = Task(automaton).outputs
    rng = np.random.default_rng(0)
    found = output_quotients(automaton, outputs)
    assert found
    for quotient in found:
        assert 1 < quotient.automaton.n_states < automaton.n_states
        for _ in range(20):
            word = [automaton.alphabet[i] for i in rng.integers(0, len(automaton.alphabet), 9)]
            number = outputs.index(automaton.output(word))
            assert quotient.automaton.output(word) == str(quotient.classes[number])


@pytest.mark.parametrize(("language", "names"), [("parity", []), ("flip-flop", [])])
def test_what_has_no_quotient(language: str, names: list[str]) -> None:
    automaton = minimize(get_language(language).build())
    assert [q.name for q in output_quotients(automaton, Task(automaton).outputs)] == names


def test_the_sign_is_named_for_permutations_only() -> None:
    z4 = minimize(get_language("z60").build())
    assert all("sign" not in q.name for q in output_quotients(z4, Task(z4).outputs))


# ------------------------------------------------------------------ bad input


def test_bad_input() -> None:
    run = train(small_run(steps=1))
    with pytest.raises(BadValue, match="length is 0; expected a whole number from 1 to 1,000"):
        learn_run(run, 0)
    with pytest.raises(BadValue, match="max_states is 0; expected a whole number from 1"):
        learn_run(run, max_states=0)
    with torch.no_grad():
        run.model.head.bias[0] = torch.inf
    with pytest.raises(ModelError, match=r"the parameter head\.bias of the network holds"):
        learn_run(run)


# ------------------------------------------------------------------ the command


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("runs")
    train(small_run(steps=2), path / "RUN")
    return path


def test_the_command(folder: Path) -> None:
    short = ("learned", "RUN", "--length", "6", "--worst-length", "20", "--worst-letters", "60000")
    answer = run_here(folder, "monoscan", *short, "--figure", "A.svg")
    assert answer.exit_code == 0, answer.stderr
    assert "letters that were read are those of an automaton of" in answer.stdout
    assert (folder / "A.svg").read_text(encoding="utf-8").startswith("<?xml")
    value = json.loads(run_here(folder, "monoscan", *short, "--json").stdout)
    assert value["end"] == "learned"
    assert value["automaton"]["alphabet"] == ["0", "1"]
    assert value["lines"] == [line for line in value["lines"] if line]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("absent",), "there is no checkpoint absent"),
        (("RUN", "--length", "0"), "--length 0: expected a whole number from 1 to 1,000"),
        (("RUN", "--worst-letters", "0"), "the number of letters of the search is 0; expected 1"),
        (("RUN", "--figure", "A.txt"), "--figure A.txt: expected a name that ends in one of .svg"),
        (
            ("RUN", "--length", "9", "--worst-letters", "20", "--figure", "A.svg"),
            "there is no automaton to draw: no automaton was learned",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_the_command_with_bad_input(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    assert said in fails(folder, "monoscan", "learned", *arguments)


def test_without_aalpy(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *a: None if name == "aalpy" else found(name, *a)
    )
    said = fails(folder, "monoscan", "learned", "RUN")
    assert "run.learned needs aalpy; install them with pip install 'monoscan[models]'" in said
