"""Each equation that a person is asked to redo by hand is recomputed from the printed text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
from helpers.naive_network import rounded, rows, transition

from monoscan.proofs_check.verify import ClaimReport, RowReport

Vector = tuple[Fraction, ...]
NUMBER = r"-?\d+(?:/\d+)?"
STATE = re.compile(
    r"h = \(([^)]*)\)(?:, answer (true|false)|: the cycle closes after (\d+) letters)"
)
ROUNDED_STEP = re.compile(r"A h \+ B = \(([^)]*)\), rounded: \(([^)]*)\)")


def vector(text: str) -> Vector:
    return tuple(Fraction(part) for part in text.split(","))


def value(expression: str, form: dict[str, Any], beta: Fraction | None) -> Fraction:
    """The value of an expression of numbers, + - *, brackets, beta and the rounding r."""
    assert re.fullmatch(rf"(?:{NUMBER}|beta|r\(|[()+* -])*", expression), expression
    code = re.sub(NUMBER, lambda match: f"F('{match[0]}')", expression)
    names = {"F": Fraction, "r": lambda x: rounded(x, form), "beta": beta, "__builtins__": {}}
    found = eval(code, names)
    assert isinstance(found, Fraction)
    return found


def false_equations(line: str, form: dict[str, Any], beta: Fraction | None) -> Iterator[str]:
    """The equations of a line whose sides differ; a line has at least one equation."""
    for equation in re.split(r"[;,]", line):
        sides = equation.split(" = ")
        assert len(sides) > 1, line
        if len({value(side.strip(), form, beta) for side in sides}) > 1:
            yield equation


def witness(row: RowReport) -> tuple[dict[str, Any], list[str]]:
    """The certificate of a row, and the lines that explain it."""
    (check,) = row.checks
    body = json.loads(check.path.read_text(encoding="utf-8"))
    return body, [line.strip() for line in row.found.row.trace()]


def header(lines: list[str]) -> tuple[Any, Vector, Fraction | None]:
    """A and B on the letter that is read, and beta of a delta rule, as printed."""
    (line,) = (line for line in lines if re.match(r"A\(.\) = ", line))
    matrix = re.findall(r"\[([^]]*)\]", line)[-1]
    shift = re.search(r"B\(.\) = \(([^)]*)\)", line)
    beta = re.search(rf"beta = ({NUMBER})", line)
    assert shift is not None
    parts = [list(vector(part)) for part in matrix.split(";")]
    return parts, vector(shift[1]), Fraction(beta[1]) if beta else None


def case_on(body: dict[str, Any], letters: tuple[str, ...]) -> dict[str, Any]:
    (case,) = (case for case in body["lrnn"]["layers"][0]["cases"] if case["on"][0] in letters)
    return dict(case)


@pytest.fixture(scope="module")
def traced(report: ClaimReport, searched: ClaimReport) -> list[RowReport]:
    return [row for row in (*report.rows, *searched.rows) if row.found.row.trace()]


@pytest.fixture(scope="module")
def op_round(traced: list[RowReport]) -> list[RowReport]:
    found = [row for row in traced if row.found.row.semantics == "op-round"]
    assert len(found) == 8
    return found


def test_each_refutation_and_each_network_that_was_searched_has_a_trace(
    report: ClaimReport, searched: ClaimReport, traced: list[RowReport]
) -> None:
    networks = [row for row in searched.rows if row.found.row.kind == "recognizer"]
    assert traced == [*(row for row in report.rows if row.status == "refuted"), *networks]


def test_the_printed_network_is_the_certified_one(traced: list[RowReport]) -> None:
    for row in traced:
        body, lines = witness(row)
        matrix, shift, beta = header(lines)
        case = case_on(body, ("1", "a"))
        assert matrix == [list(entries) for entries in transition(case["A"])]
        assert shift == tuple(entry for (entry,) in rows(case["B"]))
        assert beta == (Fraction(case["A"]["beta"]) if case["A"]["kind"] == "delta" else None)
        # "on the other letter the state does not change"
        if "on the other letter" not in " ".join(lines):
            assert body["lrnn"]["alphabet"] == ["a"]
            continue
        zero = case_on(body, ("0",))
        size = range(len(matrix))
        assert [list(r) for r in transition(zero["A"])] == [[i == j for j in size] for i in size]
        assert all(entry == 0 for (entry,) in rows(zero["B"]))


def test_the_states_follow_each_other_and_close_the_cycle(traced: list[RowReport]) -> None:
    for row in traced:
        body, lines = witness(row)
        steps = [match for match in map(STATE.fullmatch, lines) if match]
        *states, last = ([vector(step[1]), step[2], step[3]] for step in steps)
        assert [answer for _, answer, _ in states] == ["true"] + ["false"] * (len(states) - 1)
        assert states[0][0] == tuple(x for (x,) in rows(body["lrnn"]["layers"][0]["initial"]))
        assert last == [states[0][0], None, str(len(states))]
        assert len({state for state, _, _ in states}) == len(states) > 1


def test_each_rounded_operation_is_right(op_round: list[RowReport]) -> None:
    for row in op_round:
        body, lines = witness(row)
        form, beta = body["semantics"]["format"], header(lines)[2]
        results: list[Fraction] = []
        for line in lines:
            state = STATE.fullmatch(line)
            if state:
                entries = vector(state[1])
                assert results[-len(entries) :] in ([], list(entries))
            elif line.startswith("r("):
                assert list(false_equations(line, form, beta)) == []
                results.append(value(line.split(" = ")[-1], form, beta))
        assert len(results) >= 2


def test_each_rounded_step_is_right(traced: list[RowReport]) -> None:
    checked = 0
    for row in traced:
        body, lines = witness(row)
        if body["semantics"]["name"] != "seq-round":
            continue
        form = body["semantics"]["format"]
        matrix, shift, _ = header(lines)
        state: Vector = ()
        for line in lines:
            shown, step = STATE.fullmatch(line), ROUNDED_STEP.fullmatch(line)
            if shown:
                assert state in ((), vector(shown[1]))
                state = vector(shown[1])
            elif step:
                sums = [
                    sum(a * h for a, h in zip(entries, state, strict=True)) + b
                    for entries, b in zip(matrix, shift, strict=True)
                ]
                assert vector(step[1]) == tuple(sums)
                state = tuple(rounded(x, form) for x in sums)
                assert vector(step[2]) == state
                checked += 1
    assert checked == 4 + 10


def test_a_wrong_equation_is_noticed(op_round: list[RowReport]) -> None:
    for row in op_round:
        body, lines = witness(row)
        form, beta = body["semantics"]["format"], header(lines)[2]
        for line in lines:
            for match in re.finditer(f"(?<= = )({NUMBER})", line) if line[:2] == "r(" else ():
                other = str(Fraction(match[0]) + Fraction(form["step"]))
                wrong = line[: match.start()] + other + line[match.end() :]
                assert list(false_equations(wrong, form, beta)) != [], wrong
