(* The matrices of arithmetic.v over a field are those of mathcomp.                  *)
(*                                                                                  *)
(*    mx n d A == the n x d matrix with the entries of the list of rows A           *)
(*    rows_of M == the list of rows of a matrix                                     *)
(*                                                                                  *)
(* mx_mulm, mx_addm: mx turns mulm and addm into the product and the sum.           *)
(* exact_step: a step is X |-> A *m X + B.                                          *)
(* mx_inj: lists of rows of one shape are equal if their matrices are.              *)
From mathcomp Require Import all_ssreflect all_algebra.
From Monoscan Require Import arithmetic network shapes.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

Section Matrices.
Variables (R : fieldType) (lt : R -> R -> bool).
Local Notation K := (field_arith lt).
Implicit Types (u v : seq K) (A B H : seq (seq K)).

Definition mx n d (A : seq (seq R)) : 'M[R]_(n, d) := \matrix_(i, j) nth 0 (nth [::] A i) j.

Lemma nth_addv u v d j : size u = d -> size v = d -> nth 0 (addv u v) j = nth 0 u j + nth 0 v j.
Proof.
move=> su sv; have [lt_j|le_j] := ltnP j d.
  by rewrite (nth_zip_with _ 0 0) ?su ?sv.
by rewrite !nth_default ?size_zip_with ?su ?sv ?minnn ?addr0.
Qed.

Lemma nth_scalev c v j : nth 0 (scalev c v : seq R) j = (c : R) * nth 0 (v : seq R) j.
Proof.
have [lt_j|le_j] := ltnP j (size v); first by rewrite (nth_map 0).
by rewrite !nth_default ?size_map ?mulr0.
Qed.

Lemma combine_shape d row H : all (fun r => size r == d) H ->
  size (combine d row H) = d /\
  forall j, nth 0 (combine d row H) j =
            \sum_(k < size H) nth 0 row k * nth 0 (nth [::] H k) j.
Proof.
rewrite /combine; elim: H row => [|h H IH] row /= sH.
  by case: row => [|x row]; split=> [|j]; rewrite ?size_nseq //= big_ord0 nth_nseq if_same.
case/andP: sH => /eqP sh sH; case: row => [|x row] /=.
  split=> [|j]; first by rewrite size_nseq.
  by rewrite nth_nseq if_same big1 // => k _; rewrite nth_nil mul0r.
have [sr nr] := IH row sH; split=> [|j].
  by apply: size_addv => //; rewrite size_map.
by rewrite (nth_addv _ (d := d)) ?size_map // nth_scalev nr big_ord_recl.
Qed.

Lemma mulm_shape n m d A H : has_shape n m A -> has_shape m d H -> (0 < m)%N ->
  has_shape n d (mulm A H) /\ mx n d (mulm A H) = mx n m A *m mx m d H.
Proof.
move=> sA sH m0; have wH := width_shape sH m0.
case/has_shapeP: (sA) => sizeA rA; case/andP: (sH) => /eqP sizeH rH; split.
  apply/has_shapeP; rewrite size_map; split=> // i lt_in.
  by rewrite (nth_map [::]) ?sizeA // wH; have [] := combine_shape (nth [::] A i) rH.
apply/matrixP => i j; rewrite !mxE (nth_map [::]) ?sizeA // wH.
have [_ ->] := combine_shape (nth [::] A i) rH; rewrite sizeH.
by apply: eq_bigr => k _; rewrite !mxE.
Qed.

Lemma addm_shape n d A B : has_shape n d A -> has_shape n d B ->
  has_shape n d (addm A B) /\ mx n d (addm A B) = mx n d A + mx n d B.
Proof.
case/has_shapeP=> sA rA /has_shapeP[sB rB]; split.
  apply/has_shapeP; rewrite size_zip_with sA sB minnn; split=> // i lt_in.
  by rewrite (nth_zip_with _ [::] [::]) ?sA ?sB //; apply: size_addv; auto.
apply/matrixP => i j; rewrite !mxE (nth_zip_with _ [::] [::]) ?sA ?sB //.
by rewrite (nth_addv _ (d := d)) ?rA ?rB.
Qed.

Lemma mx_inj n d A B : has_shape n d A -> has_shape n d B -> mx n d A = mx n d B -> A = B.
Proof.
case/has_shapeP=> sA rA /has_shapeP[sB rB] /matrixP E.
apply: (@eq_from_nth _ [::]) => [|i]; first by rewrite sA sB.
rewrite sA => lt_in; apply: (@eq_from_nth _ 0) => [|j]; first by rewrite rA ?rB.
by rewrite rA // => lt_jd; have := E (Ordinal lt_in) (Ordinal lt_jd); rewrite !mxE.
Qed.

(* the values of linear functionals *)
Lemma dot_shape u v d : size u = d -> size v = d ->
  dot u v = \sum_(j < d) nth 0 u j * nth 0 v j.
Proof.
rewrite /dot; elim: u v d => [|x u IH] [|y v] [|d] //=; first by rewrite big_ord0.
by case=> su [sv]; rewrite big_ord_recl /= (IH v d).
Qed.

Lemma sum_dot_shape n d A H : has_shape n d A -> has_shape n d H ->
  foldr +%R 0 (zip_with (@dot K) A H) = \sum_(i < n) \sum_(j < d) mx n d A i j * mx n d H i j.
Proof.
elim: A H n => [|a A IH] [|h H] [|n] //=; first by rewrite big_ord0.
case/andP=> sA /=/andP[/eqP sa rA] /andP[sH /andP[/eqP sh rH]].
rewrite big_ord_recl /= (dot_shape sa sh); congr (_ + _).
  by apply: eq_bigr => j _; rewrite !mxE.
rewrite (IH H n); [|exact/andP|exact/andP].
by apply: eq_bigr => i _; apply: eq_bigr => j _; rewrite !mxE.
Qed.
Lemma exact_step n d (c : case K) (H : seq (seq K)) : (0 < n)%N ->
  has_shape n n (transition_matrix (case_A c)) -> has_shape n d (case_B c) -> has_shape n d H ->
  has_shape n d (step (@Exact K) c H) /\
  mx n d (step (@Exact K) c H) = mx n n (transition_matrix (case_A c)) *m mx n d H + mx n d (case_B c).
Proof.
move=> n0 sA sB sH; have [sAH mAH] := mulm_shape sA sH n0.
by have [sS mS] := addm_shape sAH sB; split=> //; rewrite mS mAH.
Qed.
End Matrices.
