"""`ms.train` and `ms.compile`: small runs, what is asked of them, and what is refused."""

from __future__ import annotations

import importlib.util

import pytest
import torch

import monoscan as ms
from monoscan.errors import NotInstalled
from monoscan.face.training import load_run
from monoscan.models.compile import CompileError
from monoscan.models.errors import ConfigError
from monoscan.models.tasks import Expressions
from monoscan.registry import UnknownId
from monoscan.theory.architectures import NamingError
from monoscan.theory.constructions.parity import householder_parity, scalar_parity

SMALL = {"steps": 2, "width": 8, "heads": 2, "batch": 4}


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    return ms.train("parity", "deltanet, extended", folder=folder, **SMALL), folder


def test_a_run_is_measured(run):
    trained, _ = run
    assert trained.layer.range == "[-1,1]"
    (found,) = trained.evaluate([16], words=30)
    assert trained.accuracy(length=16, words=30) == found.token_accuracy.value
    assert trained.validation.length == trained.trained.config.training.max_length


def test_the_spectra_of_letters_and_words(run):
    trained, _ = run
    heads = trained.spectra("1")
    assert [(s.layer, s.head, s.word, len(s.eigenvalues)) for s in heads] == [
        (1, 1, "1", 4),
        (1, 2, "1", 4),
    ]
    assert all(-1.001 < value.real < 1.001 for s in heads for value in s.eigenvalues)
    assert "head" in repr(heads)
    assert "<table>" in heads._repr_html_()
    assert heads[0].word == "1"
    (square,) = {s.word for s in trained.spectra("1 1")}
    assert square == "11"
    with pytest.raises(ConfigError, match="the empty word has no transition"):
        trained.spectra("")
    with pytest.raises(ConfigError, match="'2' is no letter; expected words of 0, 1"):
        trained.spectra(["2"])


def test_a_run_comes_back_from_its_folder(run):
    trained, folder = run
    again = load_run(folder)
    assert repr(again) == repr(trained)
    for name, tensor in trained.model.state_dict().items():
        assert torch.equal(tensor, again.model.state_dict()[name])


def test_other_tasks_and_languages():
    assert "on expressions modulo 3" in repr(ms.train(Expressions(3, "+"), "gru", **SMALL))
    assert "on automaton" in repr(ms.train(ms.regex("(ab)*", "ab"), "mamba", range="0,1", **SMALL))


REFUSED = [
    (lambda: ms.train("parity", "diagonal"), NamingError, "say which range of eigenvalues"),
    (lambda: ms.train("parity", "mamba", range="complex"), NamingError, "say which: 'mamba, as re"),
    (lambda: ms.train("parity", "mamba", law=1.0), ConfigError, r"or with no convolution \("),
    (lambda: ms.train("parity", "deltanett"), NamingError, "nearest: deltanet"),
    (lambda: ms.train("partiy", "gru"), UnknownId, "nearest: parity"),
    (lambda: ms.train("parity", "gru", step=3), ConfigError, "option 'step' of training; nearest"),
    (lambda: ms.train("parity", "gru", steps=0), ConfigError, "steps is 0; expected at least 1"),
    (lambda: ms.train(3, "gru"), TypeError, r"3 \(int\) is no language"),
    (lambda: ms.train(Expressions(3), "gru", targets="last"), ConfigError, "belong to a language"),
    (lambda: ms.compile(3), TypeError, r"3 \(int\) is no network"),
    (lambda: ms.compile(scalar_parity(), layer="gru"), CompileError, "'gru' cannot be compiled to"),
    (lambda: ms.compile(scalar_parity(), layer="xyz"), NamingError, "unknown layer 'xyz'"),
]


@pytest.mark.parametrize("case", range(len(REFUSED)))
def test_what_cannot_be_is_refused(case):
    make, error, message = REFUSED[case]
    with pytest.raises(error, match=message):
        make()


def test_a_compiled_network_is_checked_and_stays_as_it_is(tmp_path):
    compiled = ms.compile(householder_parity())
    assert compiled.check(words=4, length=100)
    assert compiled.check(words=4, length=100, precision="fp64")
    assert repr(compiled.check(words=4, length=50)) == (
        "check: 4 words of 50 letters (fp32, kernels: auto): every answer right"
    )
    assert compiled.write(tmp_path / "parity.model").exists()


def test_a_check_that_finds_wrong_answers_is_false():
    compiled = ms.compile(householder_parity())
    with torch.no_grad():
        for parameter in compiled.model.parameters():
            parameter.zero_()
    found = compiled.check(words=4, length=100)
    assert not found
    assert found.wrong_answers > 0
    assert "wrong answers in" in repr(found)


@pytest.mark.parametrize("name", ["train", "compile"])
def test_without_torch(monkeypatch, name):
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda part, *a: None if part == "torch" else found(part, *a)
    )
    said = f"ms.{name} needs torch; install them with pip install 'monoscan\\[models\\]'"
    with pytest.raises(NotInstalled, match=said):
        getattr(ms, name)("parity", "deltanet") if name == "train" else ms.compile("parity.json")
    assert torch.__version__  # it was there all the time
