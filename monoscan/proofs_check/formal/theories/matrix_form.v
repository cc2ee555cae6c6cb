(* The eventual-sign lemma for matrices (docs/lemmas/sign-lemma.md, section 3).     *)
(*                                                                                  *)
(* Throughout H n.+1 = A *m H n + B and char_poly A = prod_(l <- ls) ('X - l%:P).   *)
(* affine_annihilates: phi (H n) - theta is annihilated by the roots ls and 1, for  *)
(*   every linear functional phi.                                                   *)
(* threshold_settles: if ls >= 0, the sign of phi (H n) - theta is constant from    *)
(*   some n on.                                                                     *)
(* finite_orbit_settles: if ls >= 0 and all H n lie in a finite set, then H n is    *)
(*   constant from some n on. _archi: constructively over an Archimedean field;     *)
(*   _em: over every real field, with excluded middle as a hypothesis.              *)
From mathcomp Require Import all_ssreflect all_algebra.
From Monoscan Require Import sign_lemma.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Recurrence.
Variables (R : comRingType) (k d : nat) (A : 'M[R]_k.+1).
Variable phi : 'M[R]_(k.+1, d) -> R.
Hypothesis phi_linear : forall a u v, phi (a *: u + v) = a * phi u + phi v.

Lemma linear_phiB u v a : phi u - a * phi v = phi (u - a *: v).
Proof. by rewrite addrC -mulNr -phi_linear scaleNr addrC. Qed.

Lemma foldr_shiftB_mx ls V n :
  foldr shiftB (fun n => phi (A ^+ n *m V)) ls n =
  phi (A ^+ n *m ((\prod_(l <- ls) (A - l%:M)) *m V)).
Proof.
elim: ls n => [|l ls IH] n /=; first by rewrite big_nil mul1mx.
rewrite /shiftB !IH linear_phiB big_cons; congr (phi _).
rewrite exprSr -!mulmxE -!mulmxA scalemxAr -mulmxBr; congr (_ *m _).
by rewrite mulmxBl mul_scalar_mx.
Qed.

Lemma horner_mx_prod_XsubC ls :
  horner_mx A (\prod_(l <- ls) ('X - l%:P)) = \prod_(l <- ls) (A - l%:M).
Proof.
by rewrite rmorph_prod; apply: eq_bigr => l _; rewrite rmorphB /= horner_mx_X horner_mx_C.
Qed.

Lemma expmx_annihilates ls V : char_poly A = \prod_(l <- ls) ('X - l%:P) ->
  annihilates ls (fun n => phi (A ^+ n *m V)).
Proof.
move=> chi n; rewrite foldr_shiftB_mx -horner_mx_prod_XsubC -chi Cayley_Hamilton mul0mx mulmx0.
by have := phi_linear (-1) 0 0; rewrite scaler0 addr0 mulN1r => /eqP; rewrite addNr => /eqP.
Qed.

Variables (B : 'M[R]_(k.+1, d)) (H : nat -> 'M[R]_(k.+1, d)).
Hypothesis HS : forall n, H n.+1 = A *m H n + B.

Lemma affine_increment n : H n.+1 - H n = A ^+ n *m (H 1%N - H 0%N).
Proof.
elim: n => [|n IH]; first by rewrite expr0 mul1mx.
by rewrite exprS -mulmxE -mulmxA -IH mulmxBr {1}HS {2}HS opprD addrACA subrr addr0.
Qed.

Lemma affine_annihilates ls theta : char_poly A = \prod_(l <- ls) ('X - l%:P) ->
  annihilates (rcons ls 1) (fun n => phi (H n) - theta).
Proof.
move=> chi; apply/annihilates_rcons => n.
have E : shiftB 1 (fun n => phi (H n) - theta) =1 (fun n => phi (A ^+ n *m (H 1%N - H 0%N))).
  move=> m; rewrite /shiftB mul1r opprB addrA subrK -affine_increment.
  by rewrite -[phi (H m)]mul1r linear_phiB scale1r.
by rewrite (eq_foldr_shiftB _ E); apply: expmx_annihilates.
Qed.
End Recurrence.

Section Eventually.
(* P holds from some n on *)
Definition eventually (P : nat -> Prop) := exists N, forall n, (N <= n)%N -> P n.

Lemma eventually_all (T : eqType) (xs : seq T) (P : T -> nat -> Prop) :
  (forall x, eventually (P x)) -> eventually (fun n => forall x, x \in xs -> P x n).
Proof.
move=> ev; elim: xs => [|x xs [N IH]]; first by exists 0%N.
case: (ev x) => M HM; exists (maxn M N) => n; rewrite geq_max => /andP[Mn Nn] y.
by rewrite inE => /predU1P[->|]; [exact: HM | exact: IH].
Qed.
End Eventually.

Section States.
Variables (R : realFieldType).
(* both forms of the sign lemma enter here *)
Hypothesis sign : forall ls (s : nat -> R),
  all (fun l => 0 <= l) ls -> annihilates ls s -> ev_sign s.

Variables (k d : nat) (A : 'M[R]_k.+1) (B : 'M[R]_(k.+1, d)) (H : nat -> 'M[R]_(k.+1, d)).
Hypothesis HS : forall n, H n.+1 = A *m H n + B.
Variable ls : seq R.
Hypothesis ls0 : all (fun l => 0 <= l) ls.
Hypothesis chi : char_poly A = \prod_(l <- ls) ('X - l%:P).

(* every threshold test of every linear functional is eventually constant *)
Theorem threshold_settles (phi : 'M[R]_(k.+1, d) -> R) theta :
  (forall a u v, phi (a *: u + v) = a * phi u + phi v) ->
  ev_sign (fun n => phi (H n) - theta).
Proof.
move=> lin; apply: (@sign (rcons ls 1)); first by rewrite all_rcons ler01 ls0.
exact: affine_annihilates.
Qed.

(* if the orbit stays in a finite set, it is eventually constant *)
Theorem finite_orbit_settles (V : seq 'M[R]_(k.+1, d)) :
  (forall n, H n \in V) -> exists N, forall n, (N <= n)%N -> H n = H N.
Proof.
move=> HV.
have entry (ij : 'I_k.+1 * 'I_d) :
    eventually (fun n => forall m, (n <= m)%N -> H m ij.1 ij.2 = H n ij.1 ij.2).
  pose h n := H n ij.1 ij.2.
  have ev theta : eventually (fun n => forall m, (n <= m)%N ->
      Num.sg (h m - theta) = Num.sg (h n - theta)).
    have [|N HN] := @threshold_settles (fun M => M ij.1 ij.2) theta.
      by move=> a u v; rewrite !mxE.
    by exists N => n Nn m nm; apply: HN => //; apply: leq_trans nm.
  have [N HN] := eventually_all [seq M ij.1 ij.2 | M : 'M_(_, _) <- V] ev.
  exists N => n Nn m nm; apply/eqP; rewrite -subr_eq0 -sgr_eq0.
  have hV : h n \in [seq M ij.1 ij.2 | M : 'M_(_, _) <- V].
    exact: (map_f (fun M : 'M[R]_(k.+1, d) => M ij.1 ij.2) (HV n)).
  by have := HN n Nn (h n) hV m nm; rewrite subrr sgr0 => ->.
have [N HN] := eventually_all (enum [finType of 'I_k.+1 * 'I_d]) entry.
exists N => n Nn; apply/matrixP => i j.
by apply: (HN N (leqnn N) (i, j)); rewrite ?mem_enum.
Qed.
End States.

(* the two instances *)
Corollary finite_orbit_settles_archi (R : archiFieldType) (k d : nat) (A : 'M[R]_k.+1)
    (B : 'M[R]_(k.+1, d)) (H : nat -> 'M[R]_(k.+1, d)) (ls : seq R) (V : seq 'M[R]_(k.+1, d)) :
  (forall n, H n.+1 = A *m H n + B) -> all (fun l => 0 <= l) ls ->
  char_poly A = \prod_(l <- ls) ('X - l%:P) -> (forall n, H n \in V) ->
  exists N, forall n, (N <= n)%N -> H n = H N.
Proof. by move=> HS ls0 chi; apply: (finite_orbit_settles (@sign_lemma R) HS ls0 chi). Qed.

Corollary finite_orbit_settles_em (em : forall P : Prop, P \/ ~ P) (R : realFieldType)
    (k d : nat) (A : 'M[R]_k.+1)
    (B : 'M[R]_(k.+1, d)) (H : nat -> 'M[R]_(k.+1, d)) (ls : seq R) (V : seq 'M[R]_(k.+1, d)) :
  (forall n, H n.+1 = A *m H n + B) -> all (fun l => 0 <= l) ls ->
  char_poly A = \prod_(l <- ls) ('X - l%:P) -> (forall n, H n \in V) ->
  exists N, forall n, (N <= n)%N -> H n = H N.
Proof.
by move=> HS ls0 chi; apply: (finite_orbit_settles (@sign_lemma_classical em R) HS ls0 chi).
Qed.
