(* The sign lemma with the hypothesis of the paper: all complex eigenvalues of the  *)
(* real matrix A are real and >= 0. R is a real closed field, R[i] its algebraic    *)
(* closure.                                                                         *)
(*                                                                                  *)
(* nonneg_spectrum_splits: then char_poly A is a product of 'X - l%:P, all l >= 0.  *)
(* finite_orbit_settles_spectrum: one layer, one letter repeated, finitely many     *)
(*   states: the state is constant from some step on.                               *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import complex.
From Monoscan Require Import sign_lemma matrix_form.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.
Local Open Scope complex_scope.

Lemma ge0_complex_real (R : rcfType) (z : R[i]) :
  0 <= z -> 0 <= complex.Re z /\ (complex.Re z)%:C = z.
Proof. by case: z => a b; rewrite lecE /= => /andP[/eqP -> ->]. Qed.

Lemma nonneg_spectrum_splits (R : rcfType) (k : nat) (A : 'M[R]_k.+1) :
  (forall z : R[i], eigenvalue (map_mx (real_complex R) A) z -> 0 <= z) ->
  exists ls, all (fun l => 0 <= l) ls /\ char_poly A = \prod_(l <- ls) ('X - l%:P).
Proof.
move=> spec; pose Ac := map_mx (real_complex R) A.
have [r pr] := closed_field_poly_normal (char_poly Ac).
rewrite (monicP (char_poly_monic _)) scale1r in pr.
have rge0 z : z \in r -> 0 <= z.
  by move=> zr; apply: spec; rewrite eigenvalue_root_char pr root_prod_XsubC.
exists [seq complex.Re z | z <- r]; split.
  by apply/allP=> _ /mapP[z zr ->]; have [] := ge0_complex_real (rge0 z zr).
apply: (map_poly_inj [rmorphism of real_complex R]).
rewrite map_char_poly -/Ac pr rmorph_prod big_map /= big_seq [RHS]big_seq.
apply: eq_bigr => z zr; have [_ Ez] := ge0_complex_real (rge0 z zr).
by rewrite rmorphB /= map_polyX map_polyC /= Ez.
Qed.

(* one layer, one letter repeated, finitely many states: the state is eventually constant *)
Theorem finite_orbit_settles_spectrum (em : forall P : Prop, P \/ ~ P) (R : rcfType) (k d : nat)
    (A : 'M[R]_k.+1) (B : 'M[R]_(k.+1, d)) (H : nat -> 'M[R]_(k.+1, d)) (V : seq 'M[R]_(k.+1, d)) :
  (forall z : R[i], eigenvalue (map_mx (real_complex R) A) z -> 0 <= z) ->
  (forall n, H n.+1 = A *m H n + B) -> (forall n, H n \in V) ->
  exists N, forall n, (N <= n)%N -> H n = H N.
Proof.
by move=> /nonneg_spectrum_splits[ls [ls0 chi]] HS; apply: finite_orbit_settles_em HS ls0 chi.
Qed.
