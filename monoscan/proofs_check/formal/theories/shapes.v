(* Well-formed transitions have square matrices of their size.                      *)
(*                                                                                  *)
(* ok_transition_shape: if ok_transition n t, then transition_matrix t has n rows   *)
(*   of n entries.                                                                  *)
From mathcomp Require Import all_ssreflect.
From Monoscan Require Import arithmetic network well_formed.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Lemma size_zip_with (S T U : Type) (f : S -> T -> U) s t :
  size (zip_with f s t) = minn (size s) (size t).
Proof. by elim: s t => [|a s IH] [|b t] //=; rewrite ?minn0 // IH minnSS. Qed.

Lemma nth_zip_with (S T U : Type) (f : S -> T -> U) a b c s t i :
  i < size s -> i < size t -> nth c (zip_with f s t) i = f (nth a s i) (nth b t i).
Proof. by elim: s t i => [|x s IH] [|y t] [|i] //=; apply: IH. Qed.

Lemma all_mkseq (T : Type) (p : pred T) (f : nat -> T) n :
  (forall i, i < n -> p (f i)) -> all p (mkseq f n).
Proof.
move=> pf; rewrite all_map; apply/allP => i; rewrite mem_iota => /andP[_].
exact: pf.
Qed.

Lemma all_zip_with (S T U : Type) (p : pred U) (q : pred S) (r : pred T) (f : S -> T -> U) s t :
  (forall a b, q a -> r b -> p (f a b)) -> all q s -> all r t -> all p (zip_with f s t).
Proof.
move=> pf; elim: s t => [|a s IH] [|b t] //= /andP[qa qs] /andP[rb rt].
by rewrite pf // IH.
Qed.

Section Shapes.
Variable K : arith.
Implicit Types (A B : seq (seq K)) (v : seq K).

Lemma has_shapeP n d A :
  reflect (size A = n /\ forall i, i < n -> size (nth [::] A i) = d) (has_shape n d A).
Proof.
apply: (iffP andP) => [[/eqP sA /allP rA]|[sA rA]]; split=> //.
- by move=> i lt_in; apply/eqP/rA/mem_nth; rewrite sA.
- exact/eqP.
- by apply/(all_nthP [::]) => i; rewrite sA => lt_in; rewrite rA.
Qed.

Lemma width_shape n d A : has_shape n d A -> 0 < n -> width A = d.
Proof. by case: A => [|r A] /andP[/eqP <- //=] /andP[/eqP]. Qed.

Lemma size_addv u v d : size u = d -> size v = d -> size (addv u v) = d.
Proof. by move=> su sv; rewrite size_zip_with su sv minnn. Qed.

Lemma size_combine d row A : all (fun r => size r == d) A -> size (combine d row A) = d.
Proof.
rewrite /combine; elim: A row => [|h A IH] [|x row] //=; rewrite ?size_nseq //.
by case/andP=> /eqP sh sA; apply: size_addv; rewrite ?size_map // IH.
Qed.

Lemma mulm_has_shape n m d A B : has_shape n m A -> has_shape m d B -> 0 < m ->
  has_shape n d (mulm A B).
Proof.
move=> /andP[sA _] sB m0; have wB := width_shape sB m0; case/andP: sB => _ rB.
rewrite /has_shape size_map sA /= all_map.
by apply/allP => row _ /=; rewrite size_combine ?wB // eqxx.
Qed.

Lemma mapm_has_shape (f : K -> K) n d A : has_shape n d A -> @has_shape K n d (mapm f A).
Proof.
case/andP=> sA rA; rewrite /has_shape size_map sA /= all_map.
by apply: sub_all rA => r /=; rewrite size_map.
Qed.

Lemma diagm_has_shape v : has_shape (size v) (size v) (diagm v).
Proof.
rewrite /has_shape size_mkseq eqxx; apply: all_mkseq => i lt_i.
by rewrite size_cat /= !size_nseq subnSK // subnKC // ltnW.
Qed.

Lemma updatem_has_shape (c : K) u w n : size u = n -> size w = n ->
  @has_shape K n n (updatem c u w).
Proof.
move=> su sw; have := diagm_has_shape (nseq (size u) (one K)).
rewrite size_nseq su => /andP[/eqP sI rI].
rewrite /has_shape size_zip_with /idm su sI minnn eqxx /=.
pose p (r : seq K) := size r == n.
apply: (@all_zip_with _ _ _ _ p predT) => [row x /eqP sr _||]; last exact: all_predT.
  by rewrite size_zip_with sr sw minnn.
by rewrite su.
Qed.

Lemma ok_factor_shape n (f : factor K) : ok_factor n f -> has_shape n n (factor_matrix f).
Proof. by case: f => v b /andP[/eqP sv _]; apply: updatem_has_shape. Qed.

Lemma ok_factors_shape (fs : seq (factor K)) : 0 < factors_size fs -> ok_factors fs ->
  has_shape (factors_size fs) (factors_size fs) (factors_matrix fs).
Proof.
case: fs => // f fs /= n0 /andP[_ /= /andP[/ok_factor_shape sf]].
elim: fs (factor_matrix f) sf => //= g fs IH A sA /andP[/ok_factor_shape sg okfs].
by apply: IH => //; apply: mulm_has_shape sA sg n0.
Qed.

Lemma ok_head_shape (h : head K) : ok_head h ->
  has_shape (head_size h) (head_size h) (head_matrix h).
Proof.
case: h => [v|A|fs|g fs|v b a|w k a c] /andP[n0] //=.
- by move=> _; apply: diagm_has_shape.
- exact: ok_factors_shape.
- by move=> ok; apply/mapm_has_shape/ok_factors_shape.
- case/andP=> /eqP sa _; have := diagm_has_shape a; rewrite sa => sD.
  by apply: mulm_has_shape sD n0; apply: updatem_has_shape.
- case/and3P=> /eqP sk /eqP sa _; have /andP[/eqP sD rD] := diagm_has_shape w.
  rewrite /has_shape size_zip_with sD !size_map sk minnn eqxx /=.
  pose p (r : seq K) := size r == size w.
  apply: (@all_zip_with _ _ _ _ p p) => [r r' /eqP sr /eqP sr'||].
  - by rewrite size_zip_with sr sr' minnn.
  - exact: rD.
  - by rewrite !all_map; apply/allP => x _; rewrite /p /= !size_map size_zip_with sk sa minnn.
Qed.

Lemma ok_transition_shape n (t : transition K) : ok_transition n t ->
  has_shape n n (transition_matrix t).
Proof.
case/andP=> okt /eqP <-; elim: t okt => //= h t IH /andP[/ok_head_shape sh /IH].
rewrite /transition_size /transition_matrix /=; set N := sumn _; set B := blockm _.
case/andP: sh => /eqP sA rA /andP[/eqP sB rB].
rewrite /has_shape size_cat !size_map sA sB eqxx /= all_cat !all_map; apply/andP; split.
  by apply: sub_all rA => r /= /eqP sr; rewrite size_cat size_nseq sr.
by apply: sub_all rB => r /= /eqP sr; rewrite size_cat size_nseq sr.
Qed.
End Shapes.
