"""`monoscan list` and `monoscan show` know the same ids."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from helpers.command_line import fails, printed_json, run, run_here
from helpers.effort import part_of

from monoscan.automata import PROPERTIES, RULES, all_languages
from monoscan.models.layers import all_layer_kinds
from monoscan.models.tasks import all_task_kinds
from monoscan.proofs_check.claim import claim_ids, get_claim
from monoscan.theory.architectures import ARCHITECTURES
from monoscan.theory.constructions.registry import all_constructions
from monoscan.theory.formats import NAMED_FORMATS
from monoscan.theory.lemmas import THEOREMS
from monoscan.theory.model_classes import all_model_classes, families

IDS = {
    "claims": list(claim_ids()),
    "languages": [*(entry.id for entry in all_languages()), *RULES.ids()],
    "properties": list(PROPERTIES.ids()),
    "architectures": [entry.name for entry in ARCHITECTURES],
    "classes": [
        *(entry.id for entry in all_model_classes()),
        *(family.pattern for family in families()),
    ],
    "constructions": [entry.id for entry in all_constructions()],
    "theorems": [entry.id for entry in THEOREMS.all()],
    "formats": list(NAMED_FORMATS),
}
SHOWN = [id_ for ids in IDS.values() for id_ in ids if id_ != "s4"] + ["s4"]


def test_list_names_the_layers_and_the_tasks(tmp_path: Path) -> None:
    for kind, ids in (("layers", [k.id for k in all_layer_kinds()]), ("tasks", all_task_kinds())):
        answer = run_here(tmp_path, "monoscan", "list", kind, "--json")
        (entries,) = json.loads(answer.stdout).values()
        assert [entry["id"] for entry in entries] == [*ids]
        assert all(entry["text"] for entry in entries)


@pytest.mark.parametrize("kind", IDS)
def test_list_names_each_id_with_its_words(tmp_path: Path, kind: str) -> None:
    text = run_here(tmp_path, "monoscan", "list", kind)
    assert (text.exit_code, text.stderr) == (0, "")
    assert re.findall(r"^  (\S+)", text.stdout, flags=re.MULTILINE) == ["id", *IDS[kind]]
    found = json.loads(run_here(tmp_path, "monoscan", "list", kind, "--json").stdout)
    assert list(found) == [kind]
    assert [entry["id"] for entry in found[kind]] == IDS[kind]
    for entry in found[kind]:
        assert set(entry) == {"id", "text"}
        assert entry["text"][:20] in text.stdout


def test_list_of_tags(tmp_path: Path) -> None:
    found = json.loads(run_here(tmp_path, "monoscan", "list", "tags", "--json").stdout)["tags"]
    texts = {entry["id"]: entry["text"] for entry in found}
    assert texts["parity"].startswith("8 claims: common-phase, gate-order, ")
    assert texts["parity"].endswith(", ...")
    assert max(map(len, texts.values())) < 120
    for tag in texts:
        shown = json.loads(run_here(tmp_path, "monoscan", "show", tag, "--json").stdout)
        if "claims" in shown:  # some tags are also the ids of languages
            claims = {id_ for id_ in claim_ids() if tag in get_claim(id_).tags}
            assert set(shown["claims"]) == claims


def test_list_without_a_kind_lists_claims(tmp_path: Path) -> None:
    assert (
        run_here(tmp_path, "monoscan", "list")
        .stdout.split("\n")[1]
        .startswith(f"  {IDS['claims'][0]} ")
    )


@pytest.mark.parametrize("id_", part_of(SHOWN, 60))
def test_show_tells_each_id_in_full(tmp_path: Path, id_: str) -> None:
    text = run_here(tmp_path, "monoscan", "show", id_)
    assert (text.exit_code, text.stderr) == (0, "")
    assert text.stdout.splitlines()[0] == id_
    found = json.loads(run_here(tmp_path, "monoscan", "show", id_, "--json").stdout)
    assert found["id"] == id_
    words = "".join(text.stdout.split())
    for value in found.values():
        for line in value if isinstance(value, list) else [value]:
            assert isinstance(line, dict) or "".join(line.split()) in words


def test_show_a_language(tmp_path: Path) -> None:
    found = json.loads(run_here(tmp_path, "monoscan", "show", "parity", "--json").stdout)
    assert set(found) == {
        "id",
        "definition",
        "alphabet",
        "examples",
        "source",
        "states of the minimal automaton",
    }
    assert (found["alphabet"], found["states of the minimal automaton"]) == ("0 1", "2")
    assert len(found["examples"]) >= 2


def test_a_language_comes_before_an_architecture(tmp_path: Path) -> None:
    shown = run_here(tmp_path, "monoscan", "show", "s4").stdout
    assert shown.startswith("s4\n")
    assert "time-invariant-diagonal" in run_here(tmp_path, "monoscan", "show", "s4d").stdout


def test_show_a_member_of_a_family(tmp_path: Path) -> None:
    shown = run_here(tmp_path, "monoscan", "show", "deltaproduct-3").stdout
    assert shown.startswith("deltaproduct-3\n")
    assert "at most 3 factors I - b k k^T, b in [0, 2] (householder-product-3)" in shown
    shown = run_here(tmp_path, "monoscan", "show", "householder-product-3").stdout
    assert "architectures: deltaproduct-3, as released\n" in shown


def test_show_a_language_in_any_spelling(tmp_path: Path) -> None:
    assert run_here(tmp_path, "monoscan", "show", "PARITY ").stdout.startswith("parity\n")


def test_show_a_member_of_a_family_by_rules(tmp_path: Path) -> None:
    shown = run_here(tmp_path, "monoscan", "show", "forbidden-factors:ab:aa,b$").stdout
    assert shown.startswith("forbidden-factors:ab:aa,b$\n")
    assert "in which none of the factors aa, b$ occurs" in shown
    assert "forbidden-factors:ALPHABET:FACTORS" in fails(
        tmp_path, "monoscan", "show", "forbidden-factors:ab"
    )


def test_show_an_architecture_in_any_spelling(tmp_path: Path) -> None:
    shown = run_here(tmp_path, "monoscan", "show", "RWKV7").stdout
    assert shown.startswith("rwkv-7\n")
    assert "extended: rwkv7 [-1,1]" in shown
    assert "'deltaproduct-99': N is 99" in fails(tmp_path, "monoscan", "show", "deltaproduct-99")


def test_show_a_claim(tmp_path: Path) -> None:
    id_ = "parity-needs-negative-eigs"
    found = json.loads(run_here(tmp_path, "monoscan", "show", id_, "--json").stdout)
    known = {"id", "statement", "sources", "provenance", "tags", "found wrong in print", "rows"}
    assert set(found) == known
    claim = get_claim(id_)
    assert [row["key"] for row in found["rows"]] == [row.key for row in claim.rows]
    assert [row["documented"] for row in found["rows"]] == [row.documented for row in claim.rows]
    assert [row["rests on"] for row in found["rows"]] == [row.lemma for row in claim.rows]


@pytest.mark.parametrize(
    ("id_", "near"),
    [
        ("../parity", ["parity"]),
        ("e4m33", ["e4m3", "e4m3fnuz"]),
        ("sign lema", ["sign-lemma"]),
        ("", []),
        ("[red]", []),
    ],
)
def test_an_unknown_id_names_those_that_are_like_it(
    tmp_path: Path, id_: str, near: list[str]
) -> None:
    message = fails(tmp_path, "monoscan", "show", id_)
    assert message.startswith(f"error: nothing is called {id_!r}")
    found = message.partition("nearest: ")[2].split(" (")[0].split(", ")
    assert len(found) <= 3
    assert set(near) <= set(found)
    assert "(all ids: monoscan list claims|tags|" in message


def test_json_stands_alone_on_standard_output(tmp_path: Path) -> None:
    assert printed_json(run(tmp_path, "monoscan", "list", "--json"))["claims"]


@pytest.mark.parametrize("arguments", [(), ("verify",), ("check",), ("list",), ("show",)])
def test_help(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    answer = run_here(tmp_path, "monoscan", *arguments, "--help")
    assert answer.exit_code == 0
    assert "Usage: monoscan" in answer.stdout
    if arguments in (("verify",), ("check",)):
        assert "Exit codes" in answer.stdout
