"""Names of architectures: each leads to the classes it should, in any spelling."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from random import Random

import pytest
from helpers.effort import EXAMPLES, drawn

from monoscan.registry import compact
from monoscan.theory.architectures import (
    ARCHITECTURES,
    NamingError,
    Variant,
    asked_by,
    find_architecture,
    known_names,
    names_of,
    the_one_asked_by,
)
from monoscan.theory.model_classes import all_model_classes, get_model_class, is_inside

ANSWERED = [entry for entry in ARCHITECTURES if not entry.refused]
REFUSED = [entry for entry in ARCHITECTURES if entry.refused]

RANGES = [
    ("mamba", ["diagonal-nonnegative", "diagonal-real"], (4, 4)),
    ("mamba-2", ["diagonal-nonnegative", "diagonal-real"], (1, 4)),
    ("mamba-3", ["diagonal-complex-open", "diagonal-complex"], (1, 2)),
    ("gla", ["diagonal-nonnegative", "diagonal-real"], (1, 1)),
    ("mlstm", ["diagonal-nonnegative", "diagonal-real"], (4, 4)),
    ("rg-lru", ["diagonal-nonnegative", "diagonal-real"], (4, 4)),
    ("rwkv-4", ["time-invariant-nonnegative"], (1, 2)),
    ("rwkv-5", ["time-invariant-nonnegative"], (1, 2)),
    ("rwkv-6", ["diagonal-nonnegative", "diagonal-real"], (2, 2)),
    ("retnet", ["time-invariant-diagonal"], (1, 1)),
    ("s4", ["time-invariant-diagonal"], (1, 1)),
    ("hgrn", ["diagonal-common-phase", "diagonal-nonnegative"], (1, 1)),
    ("rwkv-7", ["rwkv-7-released", "diagonal-plus-rank-one-transposed"], (2, 2)),
    ("deltanet", ["householder-nonnegative", "householder"], (4, 4)),
    ("gated-deltanet", ["gated-householder-nonnegative", "gated-householder"], (4, 4)),
    ("deltaproduct-3", ["householder-product-3", "householder-product-3-nonnegative"], (4, 4)),
    (
        "gated-deltaproduct-2",
        ["gated-householder-product-2", "gated-householder-product-2-nonnegative"],
        (4, 4),
    ),
    ("kda", ["diagonal-householder-nonnegative", "diagonal-householder"], (4, 4)),
    ("comba", ["scalar-plus-rank-one"], (4, 4)),
    ("pd-ssm", ["permutation-diagonal"], (1, 1)),
]


@pytest.mark.parametrize(("name", "classes", "windows"), RANGES)
def test_a_name_asks_about_each_of_its_ranges_and_about_no_window(
    name: str, classes: list[str], windows: tuple[int, int]
) -> None:
    asked = asked_by(name)
    assert {entry.name for entry in asked} == {name}
    seeing = [entry for entry in asked if entry.windows == windows]
    assert [entry.model_class.id for entry in seeing] == classes
    rest = [entry for entry in asked if entry not in seeing]
    if windows == (1, 1):
        assert not rest
        return
    (without,) = rest
    assert (without.windows, without.tool) == ((1, 1), "")
    assert without.model_class == seeing[0].model_class
    assert without.variant == f"no {seeing[0].tool}"


def test_every_variant_has_a_twin_without_its_window() -> None:
    for entry in ANSWERED:
        seeing = [v for v in entry.variants if v.tool]
        for variant in seeing:
            words = f"{variant.words}, no {variant.tool}"
            asked = the_one_asked_by(f"{entry.name.replace('N', '2')}, {words}")
            assert asked.model_class.id == variant.model_class.replace("N", "2")
            assert asked.windows == (1, 1)
        assert len(seeing) in (0, len(entry.variants) // 2)


@pytest.mark.parametrize(
    ("variant", "said"),
    [
        (Variant("x", "diagonal-real"), "A and B see 1 letter"),
        (Variant("x", "transformer"), ""),
        (Variant("x", "dense", window_b=2, tool="shift"), "A sees 1 letter, B the last 2 (shift)"),
        (
            Variant("x", "dense", window_a=3, window_b=3, tool="convolution"),
            "A and B see the last 3 letters (convolution)",
        ),
        (
            Variant("x", "dense", window_a=2, window_b=3, tool="convolution"),
            "A sees the last 2, B the last 3 (convolution)",
        ),
    ],
)
def test_what_a_variant_sees_in_words(variant: Variant, said: str) -> None:
    assert variant.sees == said


@pytest.mark.parametrize("facts", [{"window_a": 2}, {"tool": "shift"}, {"window_b": 0}])
def test_a_window_has_a_tool_and_a_tool_a_window(facts: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="expected at least 1, and a tool exactly if one is more"):
        Variant("x", "dense", **facts)


@pytest.mark.parametrize("name", [name for name in known_names() if "N" not in name])
def test_spelling_is_free(name: str) -> None:
    random = Random(name)
    for _ in range(drawn(EXAMPLES)):
        spelled = "".join(part + random.choice(["-", "_", " ", ""]) for part in name.split("-"))
        spelled = "".join(random.choice([c.lower(), c.upper()]) for c in spelled)
        assert find_architecture(spelled) == find_architecture(name), spelled


@pytest.mark.parametrize(
    ("text", "class_id"),
    [
        ("deltanet[-1,1]", "householder"),
        ("DeltaNet [0, 1]", "householder-nonnegative"),
        ("deltanet, allow_neg_eigval=True", "householder"),
        ("deltanet, allow-neg-eigval", "householder"),
        ("deltanet, extended, open", "householder-open"),
        ("mamba, released", "diagonal-nonnegative"),
        ("mamba (extended)", "diagonal-real"),
        ("MAMBA, open gates", "diagonal-open"),
        ("mamba, as released, open", "diagonal-open"),
        ("mamba, extended, open", "diagonal-real-open"),
        ("mamba extended", "diagonal-real"),
        ("Gated DeltaNet as released", "gated-householder-nonnegative"),
        ("mingru extended", "diagonal-real"),
        ("rwkv 7 released", "rwkv-7-released"),
        ("DeltaProduct n_h=2 extended", "householder-product-2"),
        ("kimi delta attention released", "diagonal-householder-nonnegative"),
        ("eagle released", "time-invariant-nonnegative"),
        ("mamba without its convolution", "diagonal-nonnegative"),
        ("mamba, extended, no convolution", "diagonal-real"),
        ("RWKV-6 no token shift", "diagonal-nonnegative"),
        ("kda released, without convolution", "diagonal-householder-nonnegative"),
        ("finch, released", "diagonal-nonnegative"),
        ("RWKV7, c=2", "diagonal-plus-rank-one-transposed"),
        ("deltaproduct_4, allow_neg_eigval=False", "householder-product-4-nonnegative"),
        ("deltaproduct-4, extended", "householder-product-4"),
        ("KDA, as released", "diagonal-householder-nonnegative"),
        ("hgrn, fla", "diagonal-nonnegative"),
        ("ckda", "diagonal-householder"),
        ("Householder Product 3", "householder-product-3"),
    ],
)
def test_a_variant_chooses_one_class(text: str, class_id: str) -> None:
    assert the_one_asked_by(text).model_class.id == class_id


@pytest.mark.parametrize("model_class", all_model_classes(), ids=str)
def test_the_id_of_a_class_asks_about_that_class(model_class) -> None:
    (asked,) = asked_by(model_class.id)
    assert (asked.model_class, str(asked)) == (model_class, model_class.id)


@pytest.mark.parametrize(
    "asked",
    [asked for entry in ANSWERED for asked in asked_by(entry.name.replace("N", "3"))],
    ids=str,
)
def test_what_is_printed_can_be_asked_again(asked) -> None:
    assert asked_by(str(asked)) == (asked,)
    assert asked in names_of(asked.model_class)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("mambo", "there is no architecture or model class 'mambo'; nearest: mamba"),
        ("", "there is no architecture or model class ''"),
        ("aussm", "modulus exactly 1"),
        ("deltaproduct", "needs its number of factors, such as deltaproduct-2"),
        ("deltaproduct-0", "'deltaproduct-0': N is 0; expected a number from 2 to 64"),
        ("deltaproduct-65", "N is 65"),
        ("householder-product-65", "N is 65"),
        ("deltaproduct-02", "there is no architecture or model class 'deltaproduct-02'"),
        ("gla, no convolution", "gla has no variant 'no convolution'"),
        ("mamba bananas", "mamba has no variant 'bananas'"),
        ("rwkv", "say which: rwkv-4, rwkv-5 .eagle., rwkv-6 .finch. or rwkv-7"),
        ("xLSTM", "ask about mlstm or slstm"),
        ("linear attention", "say which: retnet .*, gla or mamba-2 .*, deltanet"),
        ("deltaproduct-1", "deltaproduct-1 is deltanet"),
        ("Gated DeltaProduct n_h=1", "gated-deltaproduct-1 is gated-deltanet"),
        ("mamba, bananas", "mamba has no variant 'bananas'; expected one of\n  'mamba, as rel"),
        ("householder, released", "there is no architecture or model class 'householder, rel"),
    ],
)
def test_a_wrong_name_is_refused(text: str, said: str) -> None:
    with pytest.raises(NamingError, match=said):
        asked_by(text)


def test_one_of_two_ranges_is_never_taken_in_silence() -> None:
    for entry in ANSWERED:
        name = entry.name.replace("N", "2")
        if not get_model_class(entry.variants[0].model_class.replace("N", "2")).has_exact_networks:
            with pytest.raises(NamingError, match=f"{name} is no linear RNN"):
                the_one_asked_by(name)
            continue
        if len(entry.shown) == 1:
            assert the_one_asked_by(name) == asked_by(name)[0]
            continue
        with pytest.raises(
            NamingError, match=re.escape(f"{name} has more than one variant")
        ) as told:
            the_one_asked_by(name)
        for variant in find_architecture(name).variants:
            (asked,) = asked_by(f"{name}, {variant.words}")
            assert f"\n  '{asked}'" in str(told.value)
            assert asked.model_class.symbols in str(told.value)


def test_as_released_is_said_to_be_open_where_it_is() -> None:
    released = [
        (variant.words, get_model_class(variant.model_class.replace("N", "2")).is_open)
        for entry in ANSWERED
        for variant in entry.variants
        if variant.is_called("as released")
    ]
    assert sum(is_open for _, is_open in released) == 3
    assert all(("open" in words) == is_open for words, is_open in released)


@pytest.mark.parametrize("model_class", all_model_classes(), ids=str)
def test_a_range_is_open_or_has_its_ends(model_class) -> None:
    assert not (model_class.is_open and model_class.has_ends)
    assert model_class.is_open == (
        model_class.id.endswith("-open") or model_class.id == "rwkv-7-released"
    )


def test_a_name_stands_in_one_place() -> None:
    names = Counter(map(compact, known_names()))
    assert [name for name, number in names.items() if number > 1] == []
    assert not set(names) & {compact(c.id) for c in all_model_classes()}
    words = [
        (entry.name, compact(word))
        for entry in ANSWERED
        for variant in entry.variants
        for word in dict.fromkeys(map(compact, (variant.words, *variant.also)))
    ]
    assert len(words) == len(set(words))


def test_an_extended_range_contains_the_released_one() -> None:
    for entry in ANSWERED:
        asked = asked_by(entry.name.replace("N", "2"))
        found = [one.model_class for one in asked if one.windows == asked[0].windows]
        for inner, outer in pairwise(found):
            assert is_inside(inner, outer) or is_inside(outer, inner), entry.name


def test_a_stack_names_layers_that_are_answered() -> None:
    stacks = [entry for entry in ARCHITECTURES if entry.recurrent]
    assert len(stacks) == 7
    for entry in stacks:
        assert asked_by(entry.recurrent)
        assert not asked_by(entry.name)[0].model_class.has_exact_networks
        with pytest.raises(NamingError, match=f"its recurrent .* ask about {entry.recurrent}"):
            the_one_asked_by(entry.name)


def test_every_class_id_of_the_catalogue_exists() -> None:
    for entry in ANSWERED:
        for variant in entry.variants:
            class_id = variant.model_class.replace("N", "2")
            assert get_model_class(class_id).id == class_id
            assert variant.symbols
