(* docs/lemmas/strictly-stable-letters.md: classes of matrices that bring           *)
(* everything to nothing.                                                           *)
(*                                                                                  *)
(* self_adjoint_stable: if A is self-adjoint for a positive form, and both I - A    *)
(*   and I + A are positive for it, A is of index one and vanishing.                *)
(* released_stable: so is diag(w) - c k (k o a)^T / (k^T k), 0 < w < 1, 0 < a <= 1, *)
(*   0 <= c <= 1: the matrices of RWKV-7 as released.                               *)
(* strictly_stable_letters: with such matrices, or diagonal entries in (-1, 1),     *)
(*   only the last letter counts, at any depth.                                     *)
From mathcomp Require Import all_ssreflect all_algebra.
From Monoscan Require Import arithmetic network well_formed shapes list_matrices periods windows.
From Monoscan Require Import obstructions regions exact_stack psd_products one_factor psd_rounding.
From Monoscan Require Import narrow letters letter_classes.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Lemma diag_vanishing (F : numFieldType) n (a : 'rV[F]_n) : (forall i, `|a 0 i| < 1) ->
  vanishing (diag_mx a).
Proof.
move=> a1 d X p E; apply/matrixP => i j; rewrite mxE.
have it k : iter k (mulmx (diag_mx a)) X i j = a 0 i ^+ k * X i j.
  by elim: k => [|k IH]; rewrite ?mul1r // iterS mul_diag_mx mxE IH mulrA exprS.
have := it p.+1; rewrite E => /eqP; rewrite -{1}[X i j]mul1r -subr_eq0 -mulrBl mulf_eq0.
case/orP=> [|/eqP] //; rewrite subr_eq0 => /eqP a1E.
have : `|a 0 i| ^+ p.+1 < 1 by rewrite exprn_ilt1.
by rewrite -normrX -a1E normr1 ltxx.
Qed.

Section Form.
Variables (R : realFieldType) (n : nat) (S A : 'M[R]_n).
Hypotheses (symS : S^T = S) (symSA : (S *m A)^T = S *m A).
Let form d (X Y : 'M[R]_(n, d)) : R := inner X (S *m Y).
Hypotheses (pos : forall d (X : 'M[R]_(n, d)), X != 0 -> 0 < form X X)
  (less : forall d (X : 'M[R]_(n, d)), X != 0 -> 0 < form X (X - A *m X))
  (more : forall d (X : 'M[R]_(n, d)), X != 0 -> 0 < form X (X + A *m X)).

Lemma formC d (X Y : 'M[R]_(n, d)) : form X Y = form Y X.
Proof. by rewrite /form -(inner_sym symS) innerC. Qed.

Lemma form_adjoint d (X Y : 'M[R]_(n, d)) : form (A *m X) Y = form X (A *m Y).
Proof. by rewrite formC /form !mulmxA -(inner_sym symSA) innerC. Qed.

Lemma formB d (X Y Z : 'M[R]_(n, d)) : form X (Y - Z) = form X Y - form X Z.
Proof. by rewrite /form mulmxBr innerBr. Qed.
Lemma formD d (X Y Z : 'M[R]_(n, d)) : form X (Y + Z) = form X Y + form X Z.
Proof. by rewrite /form mulmxDr innerDr. Qed.
Lemma formBl d (X Y Z : 'M[R]_(n, d)) : form (Y - Z) X = form Y X - form Z X.
Proof. by rewrite !(formC _ X) formB. Qed.
Lemma formDl d (X Y Z : 'M[R]_(n, d)) : form (Y + Z) X = form Y X + form Z X.
Proof. by rewrite !(formC _ X) formD. Qed.

Lemma form_eq0 d (X : 'M[R]_(n, d)) : form X X = 0 -> X = 0.
Proof. by move=> E; apply/eqP/negPn/negP => /pos; rewrite E ltxx. Qed.

Lemma form0 d (X : 'M[R]_(n, d)) : form X 0 = 0.
Proof. by rewrite /form mulmx0 /inner mulmx0 linear0. Qed.

(* X + A X and X - A X are not both 0 *)
Lemma form_shrinks d (X : 'M[R]_(n, d)) : X != 0 -> form (A *m X) (A *m X) < form X X.
Proof.
move=> X0; pose Y := X + A *m X; pose Z := X - A *m X.
have E : (form X X - form (A *m X) (A *m X)) *+ 2 = form Y (Y - A *m Y) + form Z (Z + A *m Z).
  have -> : Y - A *m Y = X - A *m (A *m X).
    by rewrite /Y mulmxDr opprD addrA addrK.
  have -> : Z + A *m Z = X - A *m (A *m X).
    by rewrite /Z mulmxBr addrA subrK.
  rewrite -formDl (_ : Y + Z = X + X); last by rewrite /Y /Z addrACA subrr addr0.
  by rewrite formDl -mulr2n formB form_adjoint.
have ge0 (W : 'M[R]_(n, d)) : 0 <= form W (W - A *m W) /\ 0 <= form W (W + A *m W).
  have [->|W0] := eqVneq W 0; first by rewrite mulmx0 addr0 subr0 form0.
  by rewrite !ltW ?less ?more.
rewrite -subr_gt0 -(pmulrn_lgt0 _ (isT : (0 < 2)%N)) E.
have [Y0|Yn0] := eqVneq Y 0; last by apply: ltr_paddr; [apply: (ge0 Z).2 | apply: less].
apply: ltr_paddl; first by apply: (ge0 Y).1.
apply: more; apply: contraNneq X0 => Z0.
have : X + X == 0.
  have -> : X + X = Y + Z by rewrite /Y /Z addrACA subrr addr0.
  by rewrite Y0 Z0 addr0.
by rewrite -mulr2n -scaler_nat scaler_eq0 pnatr_eq0.
Qed.

Theorem self_adjoint_stable : index_one A /\ vanishing A.
Proof.
split=> [d X E|d X p E]; first by apply: form_eq0; rewrite form_adjoint E form0.
apply/eqP/negPn/negP => X0.
have le k : form (iter k.+1 (mulmx A) X) (iter k.+1 (mulmx A) X) < form X X.
  elim: k => [|k IH]; first exact: form_shrinks.
  rewrite iterS; have [->|Y0] := eqVneq (iter k.+1 (mulmx A) X) 0.
    by rewrite mulmx0 form0 pos.
  exact: lt_trans (form_shrinks Y0) IH.
by have := le p; rewrite E ltxx.
Qed.
End Form.

Section Released.
Variable R : realFieldType.
Local Notation K := (arith_of R).

Lemma inner_diag n d (a : 'rV[R]_n) (X : 'M[R]_(n, d)) :
  inner X (diag_mx a *m X) = \sum_j \sum_i a 0 i * X i j ^+ 2.
Proof.
rewrite innerE; apply: eq_bigr => j _; apply: eq_bigr => i _.
by rewrite mul_diag_mx mxE mulrCA -expr2.
Qed.

Lemma inner_diag_gt0 n d (a : 'rV[R]_n) (X : 'M[R]_(n, d)) : (forall i, 0 < a 0 i) -> X != 0 ->
  0 < inner X (diag_mx a *m X).
Proof.
move=> a0 X0; have [_ zero] : positive (diag_mx a) by apply: diag_positive => i; apply: ltW.
have [ge eq0] := zero d X; rewrite lt_def ge andbT; apply: contraNneq X0 => /eq0 E.
apply/eqP/matrixP => i j; have /matrixP/(_ i j)/eqP := E; rewrite mul_diag_mx !mxE mulf_eq0.
by rewrite gt_eqF //= => /eqP.
Qed.

Lemma inner_rank n d (k : 'cV[R]_n) (Z : 'M[R]_(n, d)) :
  inner Z (k *m k^T *m Z) = inner (k^T *m Z) (k^T *m Z).
Proof. by rewrite /inner trmx_mul trmxK !mulmxA. Qed.

(* |k|^2 |Z|^2 >= |k^T Z|^2 *)
Lemma cauchy n d (k : 'cV[R]_n) (Z : 'M[R]_(n, d)) : (k^T *m k) 0 0 != 0 ->
  ((k^T *m k) 0 0)^-1 * inner (k^T *m Z) (k^T *m Z) <= inner Z Z.
Proof.
set w := (k^T *m k) 0 0 => w0; pose P := 1%:M - w^-1 *: (k *m k^T).
have : positive P.
  apply: (@kills_positive _ _ _ [:: 1; 0]); rewrite ?update_sym //= ?ler01 ?lexx //.
  by have := rank_one_kills k 1 w^-1; rewrite -/w mulVf // subrr.
case=> _ /(_ d Z)[+ _]; rewrite mulmxBl mul1mx innerBr -scalemxAl innerZr subr_ge0.
by rewrite inner_rank.
Qed.

Lemma released_stable n (w a : 'rV[R]_n) (k : 'cV[R]_n) (c : R) : (k^T *m k) 0 0 != 0 ->
  (forall i, 0 < w 0 i < 1) -> (forall i, 0 < a 0 i <= 1) -> 0 <= c <= 1 ->
  let A := diag_mx w - (c / (k^T *m k) 0 0) *: (k *m (diag_mx a *m k)^T) in index_one A /\ vanishing A.
Proof.
set q := (k^T *m k) 0 0 => q0 w01 a01 /andP[c0 c1] A; pose S := diag_mx a; pose u := S *m k.
have symS : S^T = S by rewrite tr_diag_mx.
have SA : S *m A = diag_mx (\row_i (a 0 i * w 0 i)) - (c / q) *: (u *m u^T).
  rewrite mulmxBr -scalemxAr mulmxA -/u; congr (_ - _).
  by apply/matrixP => i j; rewrite mul_diag_mx !mxE mulrnAr.
have symSA : (S *m A)^T = S *m A.
  by rewrite SA linearB linearZ /= tr_diag_mx trmx_mul trmxK.
have e0 : 0 <= c / q.
  by rewrite divr_ge0 // /q mxE; apply: sumr_ge0 => i _; rewrite mxE -expr2 sqr_ge0.
have formA d (X : 'M[R]_(n, d)) : inner X (S *m (A *m X)) =
    inner X (diag_mx (\row_i (a 0 i * w 0 i)) *m X) - c / q * inner (u^T *m X) (u^T *m X).
  rewrite mulmxA SA mulmxBl innerBr -scalemxAl innerZr inner_rank.
  by [].
have a0 i : 0 < a 0 i by have /andP[] := a01 i.
have sq d (Y : 'M[R]_(n, d)) : 0 <= c / q * inner (u^T *m Y) (u^T *m Y).
  by rewrite mulr_ge0 // inner_ge0.
apply: (self_adjoint_stable symS symSA) => d X X0; first exact: inner_diag_gt0.
- rewrite mulmxBr innerBr formA opprB addrCA ltr_paddl // -innerBr -mulmxBl -linearB /=.
  apply: inner_diag_gt0 => // i; rewrite !mxE -{1}[a 0 i]mulr1 -mulrBr mulr_gt0 // subr_gt0.
  by have /andP[] := w01 i.
- rewrite mulmxDr innerDr formA addrA addrAC; apply: ltr_paddl; last first.
    apply: inner_diag_gt0 => // i; rewrite mxE mulr_gt0 //.
    by have /andP[] := w01 i.
  rewrite subr_ge0 -mulrA; apply: le_trans (_ : inner (S *m X) (S *m X) <= _).
    have := cauchy (S *m X) q0; rewrite -/q => le.
    have -> : u^T *m X = k^T *m (S *m X) by rewrite /u trmx_mul symS mulmxA.
    apply: le_trans le; rewrite ler_pimull // mulr_ge0 ?inner_ge0 // invr_ge0.
    by rewrite /q mxE; apply: sumr_ge0 => i _; rewrite mxE -expr2 sqr_ge0.
  rewrite !innerE; apply: ler_sum => j _; apply: ler_sum => i _.
  rewrite /S !mul_diag_mx !mxE.
  have -> : X i j * (a 0 i * X i j) = a 0 i * X i j ^+ 2 by rewrite mulrCA -expr2.
  have -> : a 0 i * X i j * (a 0 i * X i j) = a 0 i * (a 0 i * X i j ^+ 2).
    by rewrite expr2 -!mulrA; congr (_ * _); rewrite mulrCA.
  by rewrite ler_wpmul2l ?(ltW (a0 i)) // ler_pimull ?sqr_ge0 //; have /andP[] := a01 i.
Qed.

Lemma mx_released (w k a : seq K) (c : K) n : size w = n -> size k = n -> size a = n ->
  mx n n (head_matrix (DiagonalPlusRankOne w k a c)) =
  diag_mx (\row_i nth 0 w i) - ((c : R) / ((column n k)^T *m column n k) 0 0) *:
    (column n k *m (diag_mx (\row_i nth 0 a i) *m column n k)^T).
Proof.
move=> sw sk sa; rewrite (column_dot sk) -(mx_diagm sw); apply/matrixP => i j.
have sD := diagm_has_shape w; rewrite sw in sD; case/has_shapeP: sD => sD rD.
rewrite !mxE /= (nth_zip_with _ [::] [::]) ?sD ?size_map ?sk //.
rewrite (nth_map [::]) ?size_map ?sk // (nth_map (0 : R)) ?sk //.
have sz : size (zip_with (times (a:=K)) k a) = n by rewrite size_zip_with sk sa minnn.
rewrite (nth_zip_with _ (0 : R) (0 : R)) ?rD ?size_map ?sz //.
rewrite (nth_map (0 : R)) ?size_map ?sz // (nth_map (0 : R)) ?sz //.
rewrite (nth_zip_with _ (0 : R) (0 : R)) ?sk ?sa //= sub0r big_ord1 !mxE.
congr (_ - _ * (_ * _)); rewrite (bigD1 j) //= !mxE eqxx mulr1n big1 ?addr0; first exact: mulrC.
by move=> i' ne; rewrite !mxE eq_sym (negbTE ne) mulr0n mul0r.
Qed.

(* what strictly-stable-letters asks of a region *)
Definition stable_region (g : region) : bool :=
  match g with
  | DiagonalEntries (RationalIn ivs) => all (fun i => [&& (0 < (low i).2)%N, (0 < (high i).2)%N,
      (if low_in i then - (low i).2%:Z < (low i).1 else - (low i).2%:Z <= (low i).1) &
      (if high_in i then (high i).1 < (high i).2%:Z else (high i).1 <= (high i).2%:Z)]) ivs
  | RankOneUpdate w a c _ _ => [&& more_than_0 w, less_than 1 w, more_than_0 a, at_most 1 a,
      at_least_0 c & at_most 1 c]
  | _ => false
  end.

Lemma stable_numbers ivs (x : R) : stable_region (DiagonalEntries (RationalIn ivs)) ->
  in_numbers (RationalIn ivs) x -> `|x| < 1.
Proof.
rewrite /=; elim: ivs => //= i ivs IH /andP[/and4P[l0 h0 lo hi] st] /orP[/andP[lx xh]|/(IH st) //].
have dl : 0 < (low i).2%:R :> R by rewrite ltr0n.
have dh : 0 < (high i).2%:R :> R by rewrite ltr0n.
rewrite ltr_norml; apply/andP; split.
  have E : -1 = (- (low i).2%:Z)%:~R / (low i).2%:R :> R by rewrite mulrNz mulNr divff ?gt_eqF.
  rewrite E; case: (low_in i) lo lx => lo lx.
    by apply: lt_le_trans lx; rewrite ltr_pmul2r ?invr_gt0 // ltr_int.
  by apply: le_lt_trans lx; rewrite ler_pmul2r ?invr_gt0 // ler_int.
have E : 1 = ((high i).2%:Z)%:~R / (high i).2%:R :> R by rewrite divff ?gt_eqF.
rewrite E; case: (high_in i) hi xh => hi xh.
  by apply: le_lt_trans xh _; rewrite ltr_pmul2r ?invr_gt0 // ltr_int.
by apply: lt_le_trans xh _; rewrite ler_pmul2r ?invr_gt0 // ler_int.
Qed.

Lemma nth_in_numbers s (v : seq R) i : all (in_numbers s) v -> (i < size v)%N ->
  in_numbers s (nth 0 v i).
Proof. by move=> av lt_i; apply: (allP av); rewrite mem_nth. Qed.

Lemma head_stable (g : region) (h : head K) : stable_region g -> ok_head h -> head_in g h ->
  let A := mx (head_size h) (head_size h) (head_matrix h) in index_one A /\ vanishing A.
Proof.
case: g => // w a c er sy /and5P[w0 w1 a0 a1 /andP[c0 c1]]; case: h => // w' k a' c'.
case/andP=> _ /and3P[/eqP sk /eqP sa okd] /and5P[win ain cin _ _]; rewrite /head_size.
rewrite (mx_released c' (erefl (size w')) sk sa); apply: released_stable.
- by rewrite (column_dot sk).
- by move=> i; rewrite mxE; have I := nth_in_numbers win (ltn_ord i); rewrite (more_than_0P w0 I) (less_thanP w1 I).
- move=> i; rewrite mxE; have lt_i : (i < size (a' : seq R))%N by rewrite sa.
  by have I := nth_in_numbers ain lt_i; rewrite (more_than_0P a0 I) (at_mostP a1 I).
- by rewrite (at_least_0P c0 cin) (at_mostP c1 cin).
Qed.

Lemma stable_matrices (g : region) (N : network K) : stable_region g -> ok_network N ->
  in_region false g N -> matrices_of (@index_one R) N /\ matrices_of (@vanishing R) N.
Proof.
move=> sg okN inN; suff both l s c : List.In l (layers N) -> List.In (s, c) (cases l) ->
    index_one (letters.case_matrix l c) /\ vanishing (letters.case_matrix l c).
  by split=> l s c lN cl; have [] := both l s c lN cl.
move=> lN cl; have [_ _ _ okc] := ok_network_parts okN lN; have [okt _] := okc s c cl.
case: (g) sg inN => // [e|w a c' er sy] sg inN.
  have [a -> ae] := diagonal_matrix erefl inN lN cl; split; first exact: diag_index.
  apply: diag_vanishing => i; case: e sg ae {inN} => // ivs sg ae.
  exact: stable_numbers sg (ae i).
have [tin _] := inN l s c lN cl.
apply: (heads_matrix (P := fun n A => index_one A /\ vanishing A)) okt _ => [A|m k A D [iA vA] [iD vD]|h ht okh].
- by split=> d X *; apply/matrixP => -[].
- by split; [apply: block_index | apply: block_vanishing].
by apply: (head_stable sg okh); apply: all_heads ht.
Qed.

Theorem strictly_stable_letters g deep : stable_region g ->
  forbids (@Exact K)
    (fun N => finitely_many (@Exact K) N /\ windows_within 1 1 N /\ in_region false g N)
    deep has_last_letter_apart.
Proof.
move=> sg A N minA shows okN same _ [fin [nar inN]] rec.
have [ind van] := stable_matrices sg okN inN.
exact: (last_letters_forbidden minA okN same nar fin rec ind van shows).
Qed.
End Released.
