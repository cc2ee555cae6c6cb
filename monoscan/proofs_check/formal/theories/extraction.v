(* The checker of checker.v over the rationals, as an OCaml program. What OCaml is  *)
(* trusted with: the maps below (integers by Zarith, small numbers and strings by   *)
(* OCaml's own), the compiler, and the reader of JSON in ../ocaml.                  *)
(*                                                                                  *)
(* recognizer_valid, counterexample_valid == the programs                           *)
(* recognizer_valid_sound, counterexample_valid_sound: what their `true` means      *)
From mathcomp Require Import all_ssreflect.
From Coq Require Import QArith Qcanon.
From Coq Require Import ExtrOcamlBasic ExtrOcamlNatInt ExtrOcamlZBigInt ExtrOcamlNativeString.
From Monoscan Require Import arithmetic network well_formed windows checker rational unrolled.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Inductive arithmetic_name := ExactName | SeqRoundName of format | OpRoundName of format.

Definition meaning (s : arithmetic_name) : semantics rationals :=
  match s with
  | ExactName => Exact _
  | SeqRoundName f => @SeqRound rationals (round f)
  | OpRoundName f => @OpRound rationals (round f)
  end.
Definition ok_name (s : arithmetic_name) : bool :=
  match s with ExactName => true | SeqRoundName f | OpRoundName f => ok_format f end.

Definition windows_as (s : arithmetic_name) (a b : nat) (N : network rationals) : bool :=
  if s is OpRoundName _ then written_within a b N else windows_within a b N.

(* a, b: the windows that the certificate states *)
Definition recognizer_valid (s : arithmetic_name) (a b : nat) (N : network rationals)
    (A : automaton) (P : seq (seq (state rationals) * nat)) : bool :=
  [&& ok_name s, windows_as s a b N & @check_recognizer rationals hash (meaning s) N A P].

Definition counterexample_valid (s : arithmetic_name) (a b : nat) (N : network rationals)
    (A : automaton) (ts : seq (trial rationals)) : bool :=
  [&& ok_name s, windows_as s a b N & check_counterexample (meaning s) N A ts].

Definition answer_of (s : arithmetic_name) (N : network rationals) (w : seq letter) :
    option output := answer (meaning s) N w.

Definition cast_answer_of (f : format) (N : network rationals) (w : seq letter) : option output :=
  @unrolled_answer rationals (round f) N w.

(* a rational number from two integers *)
Definition make_rational (n : Z) (d : positive) : Qc := Q2Qc (Qmake n d).

Theorem recognizer_valid_sound s a b N A P : recognizer_valid s a b N A P ->
  recognises (meaning s) N (aut_answer A) /\ windows_as s a b N.
Proof. by case/and3P=> _ win /check_recognizer_sound[]. Qed.

Theorem counterexample_valid_sound s a b N A ts : counterexample_valid s a b N A ts ->
  ~ recognises (meaning s) N (aut_answer A) /\ windows_as s a b N.
Proof. by case/and3P=> _ win /check_counterexample_sound. Qed.

Extract Constant BinPos.Pos.ggcd => "(fun a b -> let g = Big_int_Z.gcd_big_int a b in
  (g, (Big_int_Z.div_big_int a g, Big_int_Z.div_big_int b g)))".
Set Warnings "-extraction".
Extraction "core.ml" recognizer_valid counterexample_valid answer_of cast_answer_of make_rational
  ok_network rationals.
