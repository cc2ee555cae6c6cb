(* The core of docs/lemmas/psd-products-aperiodic.md and open-range-no-groups.md.   *)
(*                                                                                  *)
(* rigid q A == A never increases q, and keeps q only of what it fixes              *)
(*                                                                                  *)
(* rigid_comp: rigid maps are closed under composition, so that it is enough to     *)
(*   look at single factors.                                                        *)
(* rigid_no_cycle: x |-> A x + b with A linear and rigid has no cycle but fixed     *)
(*   points.                                                                        *)
From mathcomp Require Import all_ssreflect all_algebra.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Rigid.
Variables (R : numFieldType) (U : lmodType R) (q : U -> R).

Definition rigid (A : U -> U) := forall x, q (A x) <= q x /\ (q (A x) = q x -> A x = x).

Lemma rigid_comp A1 A2 : rigid A1 -> rigid A2 -> rigid (fun x => A1 (A2 x)).
Proof.
move=> r1 r2 x; have [le1 eq1] := r1 (A2 x); have [le2 eq2] := r2 x.
split=> [|E]; first exact: le_trans le1 le2.
have E2 : q (A2 x) = q x by apply: le_anti; rewrite le2 /= -E.
by rewrite eq1 ?E ?E2 // eq2.
Qed.

Theorem rigid_no_cycle (A : {linear U -> U}) b (s : nat -> U) p : rigid A ->
  (forall n, s n.+1 = A (s n) + b) -> s p.+1 = s 0%N -> forall n, s n = s 0%N.
Proof.
move=> rA sS sp; pose d n := s n.+1 - s n.
have dS n : d n.+1 = A (d n).
  rewrite /d linearB (sS n.+1); have -> : s n.+1 = A (s n) + b := sS n.
  by rewrite opprD addrACA subrr addr0.
have dp : d p.+1 = d 0%N by rewrite /d (sS p.+1) sp -(sS 0%N).
have anti n : q (d n.+1) <= q (d 1%N).
  by elim: n => // n IH; rewrite dS; apply: le_trans (proj1 (rA _)) IH.
have q0 : q (A (d 0%N)) = q (d 0%N).
  apply: le_anti; rewrite (proj1 (rA _)) /=; have := anti p; by rewrite dp (dS 0%N).
have fixd := proj2 (rA _) q0.
have dn n : d n = d 0%N by elim: n => // n IH; rewrite dS IH.
have sum n : s n = s 0%N + d 0%N *+ n.
  elim: n => [|n IH]; first by rewrite mulr0n addr0.
  have -> : s n.+1 = s n + d n by rewrite /d addrC subrK.
  by rewrite dn mulrSr addrA -IH.
have d0 : d 0%N = 0.
  have d0p : d 0%N *+ p.+1 = 0 by apply: (addrI (s 0%N)); rewrite -sum sp addr0.
  by move/eqP: d0p; rewrite -scaler_nat scaler_eq0 pnatr_eq0 => /eqP.
by move=> n; rewrite sum d0 mul0rn addr0.
Qed.
End Rigid.
