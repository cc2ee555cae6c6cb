(* Which written matrices shorten all that they do not fix: diagonal ones with      *)
(* entries in [0, 1], generalised Householder factors I - b u u^T with u a unit     *)
(* vector and b in [0, 1], their products, gates in [0, 1], and blocks of these.    *)
(* With exact_classes.v this is the lemma psd-products-aperiodic.                   *)
(*                                                                                  *)
(*  in_0_1 t == the transition t is written with such numbers                       *)
(*                                                                                  *)
(* in_0_1_contracting: then its matrix is contracting.                              *)
(* psd_not_empty: such networks exist (a = 1).                                      *)
(* negative_needed: without the hypothesis that is false: a = -1, u = 1.            *)
From mathcomp Require Import all_ssreflect all_algebra.
From Coq Require Import String.
From Monoscan Require Import rigid arithmetic network well_formed shapes list_matrices.
From Monoscan Require Import nonnegative_spectrum periods regions exact_stack grazzi_theorem1.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Matrices.
Variable R : realFieldType.

Lemma energy_ge0 n d (X : 'M[R]_(n, d)) : 0 <= energy X.
Proof. by apply: sumr_ge0 => i _; apply: sumr_ge0 => j _; apply: sqr_ge0. Qed.

Lemma energy_eq0 n d (X : 'M[R]_(n, d)) : energy X = 0 -> X = 0.
Proof.
move=> E; apply/matrixP => i j; rewrite mxE.
have Ei : \sum_j X i j ^+ 2 = 0.
  apply: (psumr_eq0P _ E) => // k _; apply: sumr_ge0 => j' _; exact: sqr_ge0.
by apply/eqP; rewrite -sqrf_eq0; apply/eqP; apply: (psumr_eq0P _ Ei) => // k _; apply: sqr_ge0.
Qed.

Lemma energy_tr n d (X : 'M[R]_(n, d)) : energy X = \tr (X^T *m X).
Proof.
rewrite /energy exchange_big; apply: eq_bigr => j _; rewrite mxE.
by apply: eq_bigr => i _; rewrite mxE expr2.
Qed.

Lemma diag_contracting n (a : 'rV[R]_n) : (forall j, 0 <= a 0 j <= 1) -> contracting (diag_mx a).
Proof.
move=> a01 d X; rewrite mul_diag_mx.
have le i j : (a 0 i * X i j) ^+ 2 <= X i j ^+ 2.
  rewrite exprMn ler_pimull ?sqr_ge0 //; have /andP[a0 a1] := a01 i.
  by rewrite expr_le1.
have E (Y : 'M[R]_(n, d)) : energy Y = \sum_(k : 'I_n * 'I_d) Y k.1 k.2 ^+ 2.
  by rewrite /energy pair_bigA.
split=> [|eq_q].
  by rewrite !E; apply: ler_sum => k _; rewrite mxE.
apply/matrixP => i j; rewrite !mxE.
pose F (k : 'I_n * 'I_d) := X k.1 k.2 ^+ 2 - (a 0 k.1 * X k.1 k.2) ^+ 2.
have F0 k : true -> 0 <= F k by rewrite subr_ge0.
have D : \sum_k F k = 0.
  apply/eqP; rewrite sumrB subr_eq0 -E -eq_q E; apply/eqP; apply: eq_bigr => k _.
  by rewrite mxE.
have FE k : F k = 0 by apply: (psumr_eq0P F0 D).
have := FE (i, j); rewrite /F /=.
rewrite exprMn -{1}[X i j ^+ 2]mul1r -mulrBl => /eqP; rewrite mulf_eq0 [X in _ || X]sqrf_eq0.
case/orP=> [|/eqP ->]; last by rewrite mulr0.
rewrite subr_eq0 eq_sym sqrf_eq1 => /orP[/eqP ->|/eqP a1]; first by rewrite mul1r.
by have := a01 i; rewrite a1 oppr_ge0 ler10.
Qed.

Lemma scalar_contracting n (g : R) : 0 <= g <= 1 -> contracting (g%:M : 'M[R]_n).
Proof.
by move=> g01; rewrite -diag_const_mx; apply: diag_contracting => j; rewrite mxE.
Qed.

(* b v^T v is the strength of the factor I - b v v^T *)
Lemma factor_contracting n (v : 'cV[R]_n) b : 0 <= b * (v^T *m v) 0 0 < 2%:R ->
  contracting (1%:M - b *: (v *m v^T)).
Proof.
move=> b01 d X; pose s := v^T *m X; pose w := (v^T *m v) 0 0.
have -> : (1%:M - b *: (v *m v^T)) *m X = X - b *: (v *m s).
  by rewrite mulmxBl mul1mx -scalemxAl mulmxA.
have vv : v^T *m v = w%:M by rewrite [LHS]mx11_scalar.
have E : energy (X - b *: (v *m s)) = energy X - b * (2%:R - b * w) * energy s.
  rewrite !energy_tr.
  have -> : (X - b *: (v *m s))^T = X^T - b *: (s^T *m v^T).
    by rewrite linearB linearZ /= trmx_mul.
  have Xv : X^T *m v = s^T by rewrite /s trmx_mul trmxK.
  pose e := \tr (s^T *m s).
  have T1 : \tr (X^T *m (v *m s)) = e by rewrite mulmxA Xv.
  have T2 : \tr (s^T *m v^T *m X) = e by rewrite -mulmxA.
  have T3 : \tr (s^T *m v^T *m (v *m s)) = w * e.
    by rewrite mulmxA -[s^T *m v^T *m v]mulmxA vv mul_mx_scalar -scalemxAl linearZ.
  rewrite mulmxBl !mulmxBr -!scalemxAl -!scalemxAr !raddfB /= !linearZ /= T1 T2 T3 -/e.
  have -> : b * (2%:R - b * w) * e = b * e + b * e - b * (b * (w * e)).
    by rewrite mulrBr mulrBl -!mulrA mulr_natl mulr2n mulrDr.
  by rewrite !opprB ?opprD -!addrA opprK; congr (_ + _); rewrite addrA addrC.
have w0 : 0 <= w.
  by rewrite /w mxE; apply: sumr_ge0 => i _; rewrite mxE -expr2 sqr_ge0.
have [v0|vn0] := eqVneq w 0.
  have -> : v = 0.
    by apply: energy_eq0; rewrite energy_tr vv v0 !raddf0.
  by rewrite !mul0mx scaler0 subr0.
have b0 : 0 <= b.
  by case/andP: b01 => b0 _; rewrite -(pmulr_lge0 _ (_ : 0 < w)) // lt_def vn0.
have c0 : 0 < 2%:R - b * w.
  by case/andP: b01 => _; rewrite subr_gt0.
split=> [|/eqP]; first by rewrite E ler_subl_addr ler_addl !mulr_ge0 // ?energy_ge0 // ltW.
rewrite E -[X in _ == X]subr0 (inj_eq (addrI _)) eqr_opp -mulrA mulf_eq0 => /orP[/eqP ->|].
  by rewrite scale0r subr0.
rewrite mulf_eq0 gt_eqF //= => /eqP /energy_eq0 ->.
by rewrite mulmx0 scaler0 subr0.
Qed.
End Matrices.

Section Blocks.
Variable R : realFieldType.

Lemma energy_col_mx m n d (X : 'M[R]_(m, d)) (Y : 'M[R]_(n, d)) :
  energy (col_mx X Y) = energy X + energy Y.
Proof.
rewrite /energy big_split_ord; congr (_ + _); apply: eq_bigr => i _; apply: eq_bigr => j _.
  by rewrite col_mxEu.
by rewrite col_mxEd.
Qed.

Lemma block_contracting m n (A : 'M[R]_m) (D : 'M[R]_n) :
  contracting A -> contracting D -> contracting (block_mx A 0 0 D).
Proof.
move=> cA cD d X; rewrite -[X]vsubmxK mul_block_col !mul0mx addr0 add0r !energy_col_mx.
have [leA eqA] := cA d (usubmx X); have [leD eqD] := cD d (dsubmx X).
split=> [|E]; first exact: ler_add.
have E1 : energy (A *m usubmx X) = energy (usubmx X).
  apply/le_anti; rewrite leA /= -(ler_add2r (energy (dsubmx X))) -E.
  by rewrite ler_add2l.
rewrite eqA // eqD //; apply: (addrI (energy (usubmx X))).
by rewrite -{1}E1.
Qed.
End Blocks.

Section Written.
Variable R : realFieldType.
Local Notation K := (arith_of R).

Definition unit_interval (x : R) : bool := (0 <= x) && (x <= 1).

Definition below_2 (x : R) : bool := 0 <= x < 2%:R.
Definition factor_below_2 (f : factor K) : bool :=
  match f with
  | Householder _ beta => below_2 beta
  | Delta k beta => below_2 (beta * (dot k k : R))
  end.
Definition head_in_0_1 (h : head K) : bool :=
  match h with
  | Diagonal a => all unit_interval a
  | Factors fs => all factor_below_2 fs
  | Gated g fs => unit_interval g && all factor_below_2 fs
  | HouseholderDiagonal _ beta a => below_2 beta && all unit_interval a
  | Dense _ | DiagonalPlusRankOne _ _ _ _ => false
  end.
Definition in_0_1 (t : transition K) : bool := all head_in_0_1 t.

Definition column n (v : seq K) : 'cV[R]_n := \col_i nth 0 v i.

Lemma mx_diagm (v : seq K) n : size v = n ->
  mx n n (@diagm K v) = diag_mx (\row_j nth 0 v j).
Proof.
move=> sv; apply/matrixP => i j; rewrite !mxE /diagm sv nth_mkseq //.
by rewrite nth_unit_row // (eq_sym (j : nat)) val_eqE; case: eqP => [->|_];
  rewrite ?mulr1n ?mulr0n.
Qed.

Lemma mx_updatem (c : R) (v : seq K) n : size v = n ->
  mx n n (@updatem K c v v) = 1%:M - c *: (column n v *m (column n v)^T).
Proof.
move=> sv; have /andP[/eqP sI rI] := @diagm_has_shape K (nseq n 1).
rewrite size_nseq in sI rI; apply/matrixP => i j; rewrite !mxE big_ord1 !mxE.
rewrite /updatem /idm sv (nth_zip_with _ [::] (0 : R)) ?sI ?sv //.
have sr : size (nth [::] (@diagm K (nseq n 1)) i) = n.
  by apply/eqP/(allP rI)/mem_nth; rewrite sI.
rewrite (nth_zip_with _ (0 : R) (0 : R)) ?sr ?sv //= /diagm size_nseq nth_mkseq //.
rewrite nth_unit_row // nth_nseq ltn_ord (eq_sym (j : nat)) val_eqE -mulrA.
by case: eqP.
Qed.

Lemma column_dot (v : seq K) n : size v = n ->
  ((column n v)^T *m column n v) 0 0 = dot v v.
Proof.
by move=> sv; rewrite (dot_shape sv sv) mxE; apply: eq_bigr => j _; rewrite !mxE.
Qed.

Lemma factor_below_2_contracting n (f : factor K) : ok_factor n f -> factor_below_2 f ->
  contracting (mx n n (factor_matrix f)).
Proof.
case: f => v b /andP[/eqP sv okd] b01; rewrite /= (mx_updatem _ sv);
  apply: factor_contracting; rewrite (column_dot sv) //.
by rewrite /= divfK.
Qed.

Lemma diag_in_0_1_contracting n (a : seq K) : size a = n -> all unit_interval a ->
  contracting (mx n n (diagm a)).
Proof.
move=> sa a01; rewrite (mx_diagm sa); apply: diag_contracting => j; rewrite mxE.
by apply: (allP a01); rewrite mem_nth ?sa.
Qed.

Lemma mulm_contracting n (A B : seq (seq K)) : (0 < n)%N -> has_shape n n A -> has_shape n n B ->
  contracting (mx n n A) -> contracting (mx n n B) -> contracting (mx n n (mulm A B)).
Proof.
by move=> n0 sA sB cA cB; have [_ ->] := mulm_shape sA sB n0; apply: contracting_mul.
Qed.

Lemma factors_contracting (fs : seq (factor K)) : (0 < factors_size fs)%N ->
  ok_factors fs -> all factor_below_2 fs ->
  contracting (mx (factors_size fs) (factors_size fs) (factors_matrix fs)).
Proof.
case: fs => // f fs /= n0 /andP[_ /=/andP[okf okfs]] /andP[f01 fs01].
have sf := ok_factor_shape okf; have cf := factor_below_2_contracting okf f01.
elim: fs (factor_matrix f) sf cf okfs fs01 => //= g fs IH A sA cA /andP[okg okfs] /andP[g01 fs01].
have sg := ok_factor_shape okg; apply: IH => //; first exact: mulm_has_shape sA sg n0.
exact: mulm_contracting (factor_below_2_contracting okg g01).
Qed.

Lemma mx_mapm n (g : R) (A : seq (seq K)) : has_shape n n A ->
  mx n n (mapm (times (g : K)) A) = g%:M *m mx n n A.
Proof.
case/has_shapeP=> sA rA; rewrite mul_scalar_mx; apply/matrixP => i j; rewrite !mxE.
by rewrite (nth_map [::]) ?sA // (nth_map (0 : R)) ?rA.
Qed.

Lemma head_in_0_1_contracting (h : head K) : ok_head h -> head_in_0_1 h ->
  contracting (mx (head_size h) (head_size h) (head_matrix h)).
Proof.
case: h => [a|A|fs|g fs|v b a|//] /andP[n0] //=.
- by move=> _; apply: diag_in_0_1_contracting.
- exact: factors_contracting.
- move=> ok /andP[g01 fs01]; rewrite mx_mapm; last exact: ok_factors_shape.
  apply: contracting_mul; first exact: scalar_contracting.
  exact: factors_contracting.
- case/andP=> /eqP sa okd /andP[b01 a01]; have sD := diagm_has_shape a; rewrite sa in sD.
  apply: mulm_contracting => //; first exact: updatem_has_shape.
    by apply: (@factor_below_2_contracting _ (@Householder K v b)); rewrite // /ok_factor /= eqxx.
  exact: diag_in_0_1_contracting.
Qed.

Lemma nth_pad_right r (row : seq R) j :
  nth 0 (@pad_right K r row) j = if (j < size row)%N then nth 0 row j else 0 :> R.
Proof. by rewrite [LHS](@nth_cat R) nth_nseq if_same. Qed.

Lemma nth_pad_left r (row : seq R) j :
  nth 0 (@pad_left K r row) j = if (j < r)%N then 0 else nth 0 row (j - r) :> R.
Proof. by rewrite [LHS](@nth_cat R) size_nseq nth_nseq if_same. Qed.

Lemma mx_blockm m n (A B : seq (seq K)) : has_shape m m A -> has_shape n n B ->
  mx (m + n) (m + n) (map (pad_right n) A ++ map (pad_left m) B) =
    block_mx (mx m m A) 0 0 (mx n n B).
Proof.
case/has_shapeP=> sA rA /has_shapeP[sB rB]; apply/matrixP => i j.
rewrite -[i]splitK -[j]splitK; case: split => i'; case: split => j' /=.
- rewrite block_mxEul !mxE /= nth_cat size_map sA ltn_ord (nth_map [::]) ?sA //.
  by rewrite nth_pad_right rA // ltn_ord.
- rewrite block_mxEur !mxE /= nth_cat size_map sA ltn_ord (nth_map [::]) ?sA //.
  by rewrite nth_pad_right rA // ltnNge leq_addr.
- rewrite block_mxEdl !mxE /= nth_cat size_map sA ltnNge leq_addr /= addKn (nth_map [::]) ?sB //.
  by rewrite nth_pad_left ltn_ord.
- rewrite block_mxEdr !mxE /= nth_cat size_map sA ltnNge leq_addr /= addKn (nth_map [::]) ?sB //.
  by rewrite nth_pad_left ltnNge leq_addr addKn.
Qed.

Theorem in_0_1_contracting n (t : transition K) : ok_transition n t -> in_0_1 t ->
  contracting (mx n n (transition_matrix t)).
Proof.
case/andP=> okt /eqP <-; elim: t okt => [|h t IH] /=.
  move=> _ _ d X; suff -> : mulmx (mx 0 0 (transition_matrix ([::] : transition K))) X = X by split.
  by apply/matrixP => -[].
case/andP=> okh okt /andP[h01 t01].
have /andP[/eqP sA _] := ok_head_shape okh.
have st : has_shape (transition_size t) (transition_size t) (transition_matrix t).
  by apply: ok_transition_shape; rewrite /ok_transition okt eqxx.
have /andP[/eqP sB _] := st.
rewrite /transition_matrix /= -/(transition_matrix t) sA sB.
rewrite -[transition_size (h :: t)]/(head_size h + transition_size t)%N.
rewrite (mx_blockm (ok_head_shape okh) st); apply: block_contracting (IH okt t01).
exact: head_in_0_1_contracting.
Qed.

Theorem psd_not_empty : let N := scalar_network (1 : R) in
  [/\ ok_network N, recognises (Exact K) N (fun _ => Truth true) &
      forall l, List.In l (layers N) -> reads_states l /\
        forall s c, List.In (s, c) (cases l) -> in_0_1 (case_A c)].
Proof.
have [ok _ rec] := not_empty R; split=> // l [<-|//]; split=> // s c.
by case=> [[_ <-]|[[_ <-]|//]]; rewrite /= /unit_interval ler01 lexx.
Qed.

(* the word 1 flips the answer of scalar_network (-1), all else being as above *)
Theorem negative_needed : let N := scalar_network (-1 : R) in
  [/\ ok_network N, recognises (Exact K) N (parity "1"%string),
      forall l, List.In l (layers N) -> reads_states l &
      forall n, parity "1"%string (power [:: "1"%string] n.+1) <>
                parity "1"%string (power [:: "1"%string] n)].
Proof.
have [ok rec] := spectrum_needed R; split=> //; first by move=> l [<-|//].
have E k : power [:: "1"%string] k = nseq k "1"%string by elim: k => //= k <-.
by move=> n; rewrite !E !parity_nseq /= => -[]; case: odd.
Qed.
End Written.
