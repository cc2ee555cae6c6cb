"""Languages by rules: against their definitions, as they are written, and bad input."""

from __future__ import annotations

import pytest
from helpers.effort import examples
from helpers.rule_strategies import LETTERS, PARAMETERS
from hypothesis import given
from hypothesis import strategies as st
from oracles.rules import DEFINITIONS

from monoscan.automata import RULES, AutomatonError, BudgetExceeded, get_language, is_minimal
from monoscan.automata.zoo import rules
from monoscan.automata.zoo.rules import rule_family
from monoscan.registry import UnknownId
from monoscan.theory.lrnn import words_up_to

WORDS = list(words_up_to(tuple(LETTERS), 5))


def test_every_family_has_a_definition_and_a_strategy():
    assert set(DEFINITIONS) == set(PARAMETERS) == set(RULES.ids())


@pytest.mark.parametrize("id", sorted(DEFINITIONS))
@examples(25)
@given(data=st.data())
def test_members_are_what_they_say(id, data):
    texts = data.draw(PARAMETERS[id])
    entry = get_language(":".join([id, LETTERS, *texts]))
    automaton = entry.build()
    assert is_minimal(automaton)
    for word in WORDS:
        assert automaton.accepts(word) == DEFINITIONS[id](word, *texts)
    for word, output in entry.examples:
        assert automaton.output(word) == output


@pytest.mark.parametrize("family", RULES.all(), ids=lambda family: family.id)
def test_examples(family):
    for text, accepted, rejected in family.examples:
        entry = family.member(text)
        assert entry.id == f"{family.id}:{text}"
        assert entry.build().accepts(accepted)
        assert not entry.build().accepts(rejected)
        assert [output for _, output in entry.examples] == [True, False]
        texts = dict(zip(("alphabet", *family.parameters), text.split(":"), strict=True))
        assert get_language(family.id, **texts).id == entry.id


@pytest.mark.parametrize(
    ("id", "word", "other"),
    [
        ("forbidden-factors:swap,rot:swap swap,^rot", ["swap", "rot", "rot"], ["swap", "swap"]),
        (r"forbidden-factors:a,\,:\,a", "a,", ",a"),
        (r"forbidden-factors:$\::\$$", "$:", ":$"),
        (r"forbidden-factors:!\::!\:", ":!", "!:"),
        (r"required-factors:!a:\!a,!aa", "!a", "!aa"),
        (r"required-subsequences:a|:\|a", "|a", "a|"),
        ("factor-counts:<a:<>=2", "a<<", "a<"),
        (r"forbidden-factors:\\ab:\\a", "a\\", "\\a"),
        ("forbidden-factors-on-tier:abc:a,b:aa,b$", "acbca", "aca"),
        ("Forbidden Factors:AB:AA", "ABA", "AA"),
    ],
)
def test_letters_of_every_kind(id, word, other):
    automaton = get_language(id).build()
    assert automaton.accepts(word)
    assert not automaton.accepts(other)


def test_parameters_by_name():
    entry = get_language("forbidden-factors", alphabet=["swap", "rot"], factors=["swap swap"])
    assert entry.id == "forbidden-factors:swap,rot:swap swap"
    entry = get_language("forbidden-factors-on-tier", factors="aa", tier="ab", alphabet="abc")
    assert entry.id == "forbidden-factors-on-tier:abc:ab:aa"


@pytest.mark.parametrize(
    ("id", "says"),
    [
        ("forbidden-factors", "write forbidden-factors:ALPHABET:FACTORS, as in forbidden-factors:"),
        ("forbidden-factors:ab", "has 1 parameters; expected forbidden-factors:ALPHABET:FACTORS"),
        ("forbidden-factors:ab:aa:b", "has 3 parameters"),
        ("forbidden-factors::aa", "the alphabet is empty"),
        ("forbidden-factors:ab:", "'': factor number 1 is empty"),
        ("forbidden-factors:ab:aa,,b", "'aa,,b': factor number 2 is empty"),
        ("forbidden-factors:ab:^", "factor '^' has no letter"),
        ("forbidden-factors:ab:ac", "letter 'c' is not in the alphabet {a, b}"),
        ("forbidden-factors:ab:a\\", "ends in a backslash"),
        (f"forbidden-factors:ab:{'a' * 1001}", "1001 letters together; at most 1000"),
        ("forbidden-factors-on-tier:ab::a", "the tier has no letter"),
        ("forbidden-factors-on-tier:abc:ab:ac", "letter 'c' is not in the alphabet {a, b}"),
        ("forbidden-factors-on-tier:ab:ac:a", "letter 'c' is not in the alphabet {a, b}"),
        ("required-factors:ab:!", "factor number 1 is empty"),
        ("required-factors:ab:a|", "alternative number 2 is empty"),
        ("required-subsequences:ab:ε", "subsequence 'ε' has no letter"),
        ("factor-counts:ab:aa", "count 'aa' cannot be read; expected a factor, one of"),
        ("factor-counts:ab:!aa>1", "count 'aa>1' cannot be read"),
        ("factor-counts:ab:aa>=1000", "a number below 1,000"),
        ("factor-counts:ab:>=1", "letter '>' is not in the alphabet {a, b}"),
    ],
)
def test_bad_parameters(id, says):
    with pytest.raises(AutomatonError) as caught:
        get_language(id)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("id", "parameters", "says"),
    [
        ("forbidden-factors", {"alphabet": "ab"}, "was given alphabet; expected alphabet, factors"),
        ("forbidden-factors", {"alphabet": "ab", "factors": 3}, "factors is 3; expected a string"),
        ("forbidden-factors", {"alphabet": "ab", "factors": [3]}, "factors is [3]; expected"),
        ("forbidden-factors:ab:aa", {"alphabet": "ab"}, "give them in one way"),
    ],
)
def test_bad_parameters_by_name(id, parameters, says):
    with pytest.raises(AutomatonError) as caught:
        get_language(id, **parameters)
    assert says in str(caught.value)


def test_unknown_families():
    for unknown in ("forbiden-factors:ab:aa", "parity:ab:aa"):
        with pytest.raises(UnknownId, match="there is no language by rules"):
            get_language(unknown)
    with pytest.raises(UnknownId, match="nearest: forbidden-factors"):
        get_language("forbiden-factors", alphabet="ab", factors="a")
    with pytest.raises(ValueError, match="two languages have the id 'forbidden-factors'"):
        rule_family("forbidden-factors", definition="d", examples=[], source="s")(
            RULES.get("forbidden-factors").read
        )


def test_too_many_states_reach_the_budget(monkeypatch):
    from monoscan.automata.zoo import factor_rules, subsequence_rules

    monkeypatch.setattr(factor_rules, "MAX_STATES", 20)
    monkeypatch.setattr(subsequence_rules, "MAX_STATES", 20)
    for id in (
        "factor-counts:ab:ab>=9,ba>=9",
        "required-subsequences:abc:aaaaaa,bbbbbb",
    ):
        with pytest.raises(BudgetExceeded, match="at most 20 allowed"):
            get_language(id)


def test_trivial_languages_have_the_examples_that_there_are():
    assert get_language("required-factors:ab:a,!a").examples == (((), False),)
    assert get_language("factor-counts:ab:a>=0").examples == (((), True),)
    assert rules.MAX_LETTERS == 1_000
