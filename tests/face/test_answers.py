"""Predictions, constructions, decisions, certificates and claims on the face."""

from __future__ import annotations

import json

import pytest

import monoscan as ms
from monoscan.errors import BadInput
from monoscan.face.checking import Check
from monoscan.face.constructing import NoNetworkError
from monoscan.face.decisions import NotInClassError
from monoscan.registry import UnknownId
from monoscan.theory.architectures import NamingError
from monoscan.theory.constructions.parity import (
    delta_rule_parity,
    householder_parity,
    scalar_parity,
)
from monoscan.theory.model_classes import get_model_class
from monoscan.theory.semantics import SemanticsError

PARITY = ms.language("parity")


def test_a_row_for_each_variant_with_the_reason_in_words():
    answer = ms.predict(PARITY, "mamba")
    assert [row.verdict for row in answer] == [
        *("not-expressible", "expressible", "not-expressible")
    ]
    assert "the word 1 moves 2 states in a cycle" in answer.rows[0].reason
    assert answer["mamba, extended"].network.run("0110")
    assert answer["mamba, as released"].network is None
    text = repr(answer)
    assert "mamba, as released" in text
    assert "ms.certify" in text
    assert "<table>" in answer._repr_html_()
    found = answer.to_json()["predictions"]
    assert [row["semantics"] for row in found] == 3 * semantics()
    assert [row["windows"] for row in found if row["semantics"] == "exact"] == [
        *([4, 4], [4, 4], [1, 1])
    ]


def semantics():
    return [cell.semantics for cell in ms.predict(PARITY, "dense").rows[0].cells]


def test_arithmetics_stand_side_by_side():
    (row,) = ms.predict("ends-with-ab", "diagonal-nonnegative")
    assert (row["exact"].verdict, row["rounded"].verdict) == ("not-expressible", "expressible")
    assert (row.verdict, row.prediction.question.semantics) == ("not-expressible", "exact")
    assert row["op-round"].network is not None
    assert row["op-round"].certificate.body["kind"] == "recognizer"
    assert "rounded: expressible; leaky-cascade" in repr(row)
    with pytest.raises(KeyError, match="no answer in 'bf16'; there are 'exact'"):
        row["bf16"]
    (one,) = ms.predict("ends-with-ab", "diagonal-nonnegative", semantics="rounded")
    assert [cell.semantics for cell in one.cells] == ["op-round"]
    with pytest.raises(ValueError, match="no semantics was given"):
        ms.predict(PARITY, "dense", semantics=())


def test_one_row_answers_for_itself_and_several_do_not():
    one = ms.predict(PARITY, "deltanet, extended")
    assert (one.verdict, len(one)) == ("expressible", 1)
    assert one.reason == one.rows[0].reason
    with pytest.raises(ValueError, match=r"there are 3 rows; choose one .*'mamba, as released'"):
        _ = ms.predict(PARITY, "mamba").verdict
    with pytest.raises(KeyError, match="there is no row 'mamba'"):
        ms.predict(PARITY, "mamba")["mamba"]


def test_architectures_are_names_ids_classes_or_several():
    by_class = ms.predict(PARITY, get_model_class("householder"))
    assert by_class.verdict == ms.predict("parity", "householder").verdict
    several = ms.predict(PARITY, ["householder", "deltanet", "householder"])
    assert [str(row.asked) for row in several] == [
        "householder",
        "deltanet, as released",
        "deltanet, extended",
        "deltanet, no convolution",
    ]


def test_certified_answers_say_what_the_checker_says(tmp_path):
    answer = ms.certify(ms.predict(PARITY, "mamba", semantics="exact"), tmp_path)
    assert [row.verdict for row in answer] == [
        *("not-expressible", "expressible", "not-expressible")
    ]
    assert [row.checked.checks[0].verdict.value for row in answer] == [
        *("incomplete", "valid", "incomplete")
    ]
    assert "ms.certify" not in repr(answer)
    assert len(list(tmp_path.glob("*.json"))) == 3
    unknown = ms.certify(ms.predict(PARITY, "transformer"))
    assert unknown.certificate is None
    assert ms.certify(answer.rows[1]).verdict == "expressible"


def test_constructions_and_why_there_is_none():
    made = ms.construct(PARITY, "deltanet, extended")
    assert made.network.run("0110")
    assert "householder" in made.classes
    assert ms.certify(made).checked.status == "expressible"
    assert ms.check(made.certificate)
    with pytest.raises(NoNetworkError, match=r"no network recognises .* the word 1") as none:
        ms.construct(PARITY, "deltanet, released")
    assert none.value.verdict == "not-expressible"
    with pytest.raises(NamingError, match="deltanet has more than one variant"):
        ms.construct(PARITY, "deltanet")


def test_a_construction_by_its_id():
    made = ms.construct("s3", construction="group-one-layer")
    assert made.proved.construction.id == "group-one-layer"
    assert ms.certify(made).checked.status == "expressible"
    with pytest.raises(NoNetworkError, match="gives no network for this language") as none:
        ms.construct("ends-with-1", construction="group-one-layer")
    assert none.value.verdict == "unknown"
    with pytest.raises(NoNetworkError, match="joint states") as none:
        ms.construct("s3", construction="group-one-layer", max_states=3)
    assert none.value.verdict == "over-budget"
    with pytest.raises(TypeError, match="and not both"):
        ms.construct("s3")


def test_decisions_prove_or_show_the_word():
    proved = ms.decide(scalar_parity(), PARITY)
    assert (proved.verdict, proved.word) == ("proved", None)
    assert proved.network == ms.network(scalar_parity())
    refuted = ms.decide(scalar_parity(), ms.regex("0*", "01"))
    assert (refuted.verdict, refuted.word) == ("refuted", "11")
    assert next(iter(refuted.certificates)) == "failing-word"
    assert "\n" not in repr(refuted)
    for answer in (proved, refuted):
        assert "Not checked" in repr(answer)
        checked = ms.certify(answer)
        assert checked.verdict == answer.verdict
        assert "Not checked" not in repr(checked)
        assert checked.to_json()["certificates"]


def test_a_budget_is_no_verdict():
    doubling = {"on": ["a"], "A": {"kind": "diagonal", "entries": ["2"]}, "B": [["0"]]}
    readout = {
        "kind": "threshold",
        "functionals": [{"weights": ["1"], "relation": ">", "bound": "0"}],
        "table": [{"bits": "0", "output": False}, {"bits": "1", "output": True}],
    }
    layer = {"initial": [["1"]], "cases": [doubling], "readout": readout}
    net = ms.network({"alphabet": ["a"], "layers": [layer]})
    answer = ms.decide(net, ms.regex("a*", "a"), max_states=5)
    assert (answer.verdict, answer.certificate, answer.word) == ("undecided", None, None)
    assert ms.certify(answer).verdict == "undecided"


def test_rounding_reads_unit_householders_as_delta_rules_and_says_so():
    net = ms.predict(PARITY, "deltanet, extended").network
    rounded = ms.decide(net, PARITY, semantics="op-round", number_format="e4m3")
    assert rounded.verdict == "proved"
    assert "computed as delta rules" in repr(rounded)
    assert ms.certify(rounded).verdict == "proved"
    plain = ms.decide(delta_rule_parity(), PARITY, semantics="op-round", number_format="e4m3")
    assert "delta rules" not in repr(plain)
    with pytest.raises(SemanticsError, match="divides by v"):
        ms.decide(householder_parity(), PARITY, semantics="op-round", number_format="e4m3")


def test_the_class_that_was_asked_for_is_part_of_the_answer():
    found = ms.decide(householder_parity(), PARITY, architecture="deltanet, extended")
    assert "It lies in the class householder" in repr(found)
    assert found.certificate.body["properties"] == ["householder"]
    with pytest.raises(NotInClassError, match="does not lie in the class householder-nonnegative"):
        ms.decide(householder_parity(), PARITY, architecture="deltanet, released")


def test_a_network_that_looks_back_is_in_no_variant_without_a_window():
    net = ms.construct("ends-with-ab", "mamba-2, released").network
    assert ms.decide(net, "ends-with-ab", architecture="mamba-2, released").verdict == "proved"
    assert ms.decide(net, "ends-with-ab", architecture="diagonal-nonnegative").verdict == "proved"
    with pytest.raises(NotInClassError, match="looks further back than mamba-2, no convolution"):
        ms.decide(net, "ends-with-ab", architecture="mamba-2, no convolution")


def test_certificates_are_written_and_checked_by_path_and_by_value(tmp_path):
    proof = ms.decide(scalar_parity(), PARITY)
    path = tmp_path / "parity.json"
    proof.certificate.write(str(path))
    for source in (path, str(path), proof.certificate):
        found = ms.check(source)
        assert (found.verdict, found.kind, found.reason) == ("valid", "recognizer", "")
        assert found
    assert repr(ms.check(path)) == "valid: recognizer parity.json"
    assert repr(proof.certificate) == "certificate (recognizer)"
    changed = json.loads(path.read_text())
    changed["states"] = changed["states"][:1]
    path.write_text(json.dumps(changed))
    assert isinstance(ms.check(path), Check)
    assert not ms.check(path)


def test_claims_are_verified_row_by_row(tmp_path):
    found = ms.verify("gh-norm-le-one", tmp_path)
    assert found.is_as_documented
    assert set(found.statuses.values()) <= {"proved", "refuted", "conditional"}
    assert "as documented" in repr(found)
    table = found.table()
    assert len(table.rows) == len(found.report.rows)
    assert "<table>" in found._repr_html_()
    assert list(tmp_path.glob("*.json"))
    assert str(tmp_path) in " ".join(table.notes)
    gone = ms.verify("gh-norm-le-one").table()
    assert "certificates in" not in " ".join(gone.notes)


def test_the_catalogue_as_a_table():
    assert len(ms.architectures().rows) > 20
    assert repr(ms.architectures("gru")).splitlines()[0].split()[:2] == ["name", "variant"]
    assert {row[0] for row in ms.architectures("Mamba 2").rows} == {"mamba-2"}


REFUSED = [
    (lambda: ms.predict(PARITY, "mambo"), NamingError, "nearest: mamba"),
    (lambda: ms.predict(PARITY, 3), TypeError, r"3 \(int\) is no architecture"),
    (lambda: ms.predict(PARITY, [3]), TypeError, r"3 \(int\) is no architecture"),
    (lambda: ms.predict(3, "mamba"), TypeError, r"3 \(int\) is no language"),
    (lambda: ms.predict(PARITY, "mamba", depth=0), ValueError, "depth"),
    (lambda: ms.predict(PARITY, "mamba", semantics="seq-round"), ValueError, "one of exact, "),
    (lambda: ms.predict(PARITY, "mamba", max_states=0), ValueError, "max_states is 0"),
    (lambda: ms.decide(3, PARITY), TypeError, r"3 \(int\) is no network"),
    (lambda: ms.decide(scalar_parity(), ms.regex("a", "a")), ValueError, "the same letters"),
    (lambda: ms.decide(scalar_parity(), PARITY, "op-round"), SemanticsError, "needs a number"),
    (lambda: ms.decide(scalar_parity(), PARITY, max_states=0), ValueError, "states is 0"),
    (lambda: ms.check("absent.json"), BadInput, "absent.json: there is no such file"),
    (lambda: ms.check("."), BadInput, "a folder"),
    (lambda: ms.check("net.json", time_limit=0), BadInput, "net.json: there is no such file"),
    (lambda: ms.check(3), TypeError, r"3 \(int\) is no certificate"),
    (lambda: ms.certify(3), TypeError, r"3 \(int\) is no answer"),
    (lambda: ms.verify("parity-needs"), UnknownId, "parity-needs-negative-eigs"),
    (lambda: ms.verify(3), TypeError, r"3 \(int\) is no claim"),
    (lambda: ms.architectures("mambo"), NamingError, "nearest: mamba"),
    (lambda: ms.architectures("householder"), TypeError, "is a model class"),
]


@pytest.mark.parametrize("case", range(len(REFUSED)))
def test_what_cannot_be_is_refused(case):
    make, error, message = REFUSED[case]
    with pytest.raises(error, match=message):
        make()


def test_a_certified_answer_says_what_the_checker_said():
    answer = ms.certify(ms.predict("parity", ["mamba", "gru"], semantics="exact"))
    assert "3 certificates: 2 incomplete, 1 valid." in repr(answer)
    assert "Not checked" not in repr(answer)


def test_statuses_are_plain_text():
    statuses = ms.verify("gh-norm-le-one").statuses
    assert {type(status) for status in statuses.values()} == {str}


@pytest.mark.parametrize(
    ("call", "error", "said"),
    [
        (lambda: ms.predict("parity", []), ValueError, "no architecture was given"),
        (lambda: ms.predict("parity", "mamba", budget="x"), ValueError, "budget is 'x'"),
        (lambda: ms.architectures(3), TypeError, "3 (int) is no text"),
        (lambda: ms.regex("0", 5), TypeError, "5 (int) is no alphabet"),
        (lambda: ms.language("parity").words(-1), ValueError, "n is -1"),
        (lambda: ms.language("parity").output(3), TypeError, "3 (int) is no word"),
        (lambda: ms.network("docs/examples/reflection.json").run(3), TypeError, "is no word"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_value(call, error, said):
    with pytest.raises(error) as raised:
        call()
    assert said in str(raised.value)
