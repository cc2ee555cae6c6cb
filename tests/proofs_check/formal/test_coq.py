"""Which Coq is wanted, in which order files compile, and what counts as a gap."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from monoscan.proofs_check.formal.coq import (
    THEORIES,
    Assumptions,
    CoqMissing,
    ProofError,
    assumptions,
    compile_theories,
    require_coq,
    theorems,
    theories,
)

MODULE = [sys.executable, "-m", "monoscan.proofs_check.formal"]


def fake_coqc(folder: Path, script: str) -> None:
    folder.mkdir(exist_ok=True)
    program = folder / "coqc"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


class TestRequireCoq:
    def test_says_what_to_install_and_ends_with_4(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        ended = subprocess.run(MODULE, capture_output=True, text=True, check=False)
        assert ended.returncode == 4
        assert "coqc was not found" in ended.stderr
        assert "apt-get install coq libcoq-mathcomp-ssreflect" in ended.stderr

    def test_another_version_names_the_one_needed(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fake_coqc(tmp_path / "bin", "echo 8.20.1 5.1.0")
        monkeypatch.setenv("PATH", str(tmp_path / "bin"))
        with pytest.raises(CoqMissing, match=r"version 8\.20\.1; .* need Coq 8\.16 with mathcomp"):
            require_coq()

    def test_missing_mathcomp_is_named(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fake_coqc(
            tmp_path / "bin",
            f'if [ "$1" = -where ]; then echo {tmp_path}; else echo 8.16.1 4.13.1; fi',
        )
        monkeypatch.setenv("PATH", str(tmp_path / "bin"))
        with pytest.raises(CoqMissing, match="mathcomp lacks algebra, field, real_closed"):
            require_coq()


class TestFiles:
    def test_a_file_comes_after_what_it_imports(self, tmp_path: Path) -> None:
        (tmp_path / "a.v").write_text("From Monoscan Require Import b.\n")
        (tmp_path / "b.v").write_text("Lemma x : True.\n")
        assert [path.stem for path in theories(tmp_path)] == ["b", "a"]

    def test_an_import_of_nothing_is_an_error(self, tmp_path: Path) -> None:
        (tmp_path / "a.v").write_text("From Monoscan Require Import b.\n")
        with pytest.raises(ProofError, match=r"a\.v: imports a file that is not there"):
            theories(tmp_path)

    @pytest.mark.parametrize("word", ["Admitted", "admit", "Axiom", "Parameter"])
    def test_a_gap_in_a_proof_is_an_error(self, word: str, tmp_path: Path) -> None:
        (tmp_path / "a.v").write_text(f"Theorem x : False.\nProof. {word}.\n")
        with pytest.raises(ProofError, match=f"a.v: has '{word}'"):
            list(compile_theories(tmp_path / "build", tmp_path))

    def test_words_in_comments_are_no_statements(self, tmp_path: Path) -> None:
        (tmp_path / "a.v").write_text("(* Axiom\nTheorem y : False. *)\nTheorem x : True.\n")
        assert theorems(tmp_path / "a.v") == ["x"]

    def test_every_file_says_what_it_is(self) -> None:
        for path in theories():
            assert path.read_text().startswith("(* "), path


@pytest.mark.formal
class TestCompile:
    def test_a_theorem_that_assumes_something_is_not_closed(self, tmp_path: Path) -> None:
        (tmp_path / "a.v").write_text(
            "Variable gap : False.\n"
            "Theorem x : False.\nProof. exact gap. Qed.\nTheorem y : True.\nProof. exact I. Qed.\n"
        )
        build = tmp_path / "build"
        assert list(compile_theories(build, tmp_path)) == ["a"]
        found = assumptions(build, tmp_path)
        assert [item.closed for item in found] == [False, True]
        assert "gap : False" in found[0].text
        assert found[1] == Assumptions("a.y", "Closed under the global context")

    def test_a_wrong_proof_is_an_error_and_what_is_unchanged_is_not_compiled_again(
        self, tmp_path: Path
    ) -> None:
        good, bad, build = tmp_path / "a.v", tmp_path / "b.v", tmp_path / "build"
        head, proof = "From Monoscan Require Import a.\n", "Proof. exact x. Qed.\n"
        good.write_text("Lemma x : True.\nProof. exact I. Qed.\n")
        bad.write_text(f"{head}Theorem y : False.\n{proof}")
        with pytest.raises(ProofError, match=r"b\.v: Coq says"):
            list(compile_theories(build, tmp_path))
        bad.write_text(f"{head}Theorem y : True.\n{proof}")
        assert list(compile_theories(build, tmp_path)) == ["b"]
        assert list(compile_theories(build, tmp_path)) == []
        good.write_text("Lemma x : True.\nProof. exact I. Qed. (* changed *)\n")
        assert list(compile_theories(build, tmp_path)) == ["a", "b"]


def test_the_theories_are_part_of_the_package() -> None:
    assert THEORIES.parent.name == "formal"
    assert any(THEORIES.glob("*.v"))
