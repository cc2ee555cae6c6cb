(* docs/lemmas/sign-lemma.md for exact networks: read-outs by thresholds or by      *)
(* tables of states, any depth, matrices whose eigenvalues are real and >= 0.       *)
(*                                                                                  *)
(* spectrum_settles: the answers along the powers of a letter settle. R is a real   *)
(*   closed Archimedean field, as the real algebraic numbers are; no excluded       *)
(*   middle.                                                                        *)
From mathcomp Require Import all_ssreflect all_algebra.
From Monoscan Require Import sign_lemma arithmetic network well_formed periods obstructions.
From Monoscan Require Import regions nonnegative_spectrum.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Archimedean.
Variables (R : rcfType) (arch : Num.archimedean_axiom R).

Lemma archimedean_sign rs (s : nat -> R) :
  all (fun r => 0 <= r) rs -> annihilates rs s -> ev_sign s.
Proof. exact: (@sign_lemma (ArchiFieldType R arch)). Qed.

Theorem spectrum_settles deep :
  forbids (Exact (arith_of R)) (in_region false SpectrumNonnegative) deep is_unsettled.
Proof.
move=> A N minA [p [x [pN xN un]]] okN same _ inN rec.
have inw n : all (mem (alphabet N)) (p ++ nseq n x).
  by rewrite all_cat same pN all_nseq /= xN orbT.
have [||M HM] := @answers_settle R archimedean_sign N p x okN.
- by move=> l lN s c cl _; have [] := inN l s c lN cl.
- by move=> n; rewrite rec.
by have [n le_n []] := un M; have := HM n le_n; rewrite !rec // => -[].
Qed.
End Archimedean.
