(* The classes of networks that docs/lemmas/idempotent-letters.md and               *)
(* docs/lemmas/one-layer-letter-index.md speak of.                                  *)
(*                                                                                  *)
(*      positive P == P is symmetric and X^T P X >= 0, and P X = 0 where it is 0    *)
(*                                                                                  *)
(* idempotent_letters: heads that are products of two such matrices, with spectrum  *)
(*   in [0, 1], or one factor with 0 < b < 2: a letter acts as its square.          *)
(* letter_index: in one layer of diagonal matrices, or of one factor a head, a      *)
(*   letter leads at once into its cycle.                                           *)
From mathcomp Require Import all_ssreflect all_algebra.
From Monoscan Require Import arithmetic network well_formed shapes list_matrices periods windows.
From Monoscan Require Import obstructions regions exact_stack psd_products one_factor exact_classes.
From Monoscan Require Import psd_rounding narrow letters.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Index.
Variable R : realFieldType.

Definition positive n (P : 'M[R]_n) : Prop := P^T = P /\ forall d (X : 'M[R]_(n, d)),
  0 <= inner X (P *m X) /\ (inner X (P *m X) = 0 -> P *m X = 0).

Lemma positive_product n (P Q : 'M[R]_n) : positive P -> positive Q -> index_one (P *m Q).
Proof.
move=> [symP formP] [symQ formQ] d X; rewrite -!mulmxA => E; pose v := P *m (Q *m X).
have Qv : Q *m v = 0.
  apply: (formQ d v).2; rewrite /v (inner_sym symP) -/v E.
  by rewrite /inner mulmx0 linear0.
apply: (formP d (Q *m X)).2; rewrite (inner_sym symQ) -/v Qv.
by rewrite /inner mulmx0 linear0.
Qed.

Lemma positive1 n : positive (1%:M : 'M[R]_n).
Proof.
split; first exact: trmx1.
by move=> d X; rewrite mul1mx; split; [apply: inner_ge0 | apply: inner_eq0].
Qed.

Lemma symmetric_index n (P : 'M[R]_n) : P^T = P -> index_one P.
Proof.
move=> symP d X E; apply: inner_eq0; rewrite (inner_sym symP) E.
by rewrite /inner mulmx0 linear0.
Qed.

Lemma positive_scale n (g : R) (P : 'M[R]_n) : 0 <= g -> positive P -> positive (g *: P).
Proof.
move=> g0 [symP formP]; split; first by rewrite linearZ /= symP.
move=> d X; have [p0 pE] := formP d X; rewrite -scalemxAl innerZr; split; first exact: mulr_ge0.
by move/eqP; rewrite mulf_eq0 => /orP[/eqP ->|/eqP/pE ->]; rewrite ?scale0r ?scaler0.
Qed.

Lemma kills_positive n (P : 'M[R]_n) rs : P^T = P -> all (fun r => 0 <= r) rs -> kills rs P -> positive P.
Proof. by move=> symP rs0 ks; split=> // d X; apply: (nonneg_form symP rs0 (ks d X)). Qed.

Lemma diag_index (F : fieldType) n (a : 'rV[F]_n) : index_one (diag_mx a).
Proof.
move=> d X; rewrite !mul_diag_mx => /matrixP E; apply/matrixP => i j.
have := E i j; rewrite !mxE => /eqP; rewrite !mulf_eq0 orbA orbb => /orP[]/eqP ->.
  by rewrite mul0r.
by rewrite mulr0.
Qed.

Lemma diag_positive n (a : 'rV[R]_n) : (forall i, 0 <= a 0 i) -> positive (diag_mx a).
Proof.
move=> a0; split; first exact: tr_diag_mx.
move=> d X; have E : inner X (diag_mx a *m X) = \sum_j \sum_i a 0 i * X i j ^+ 2.
  rewrite innerE; apply: eq_bigr => j _; apply: eq_bigr => i _.
  by rewrite mul_diag_mx mxE mulrCA -expr2.
have p0 i j : 0 <= a 0 i * X i j ^+ 2 by rewrite mulr_ge0 ?sqr_ge0.
rewrite E; split; first by apply: sumr_ge0 => j _; apply: sumr_ge0.
move=> S0; rewrite mul_diag_mx; apply/matrixP => i j; rewrite !mxE.
have Sj : \sum_i a 0 i * X i j ^+ 2 = 0.
  by apply: (psumr_eq0P _ S0) => // k _; apply: sumr_ge0.
have /eqP : a 0 i * X i j ^+ 2 = 0 by apply: (psumr_eq0P _ Sj) => // k _.
by rewrite mulf_eq0 sqrf_eq0 => /orP[]/eqP ->; rewrite ?mul0r ?mulr0.
Qed.

Lemma block_index (F : fieldType) m n (A : 'M[F]_m) (D : 'M[F]_n) :
  index_one A -> index_one D -> index_one (block_mx A 0 0 D).
Proof.
move=> iA iD d X; rewrite -[X]vsubmxK !mul_block_col !mul0mx !addr0 !add0r -(col_mx0 F m n d).
by case/eq_col_mx=> /iA -> /iD ->.
Qed.

Lemma block_vanishing (F : fieldType) m n (A : 'M[F]_m) (D : 'M[F]_n) :
  vanishing A -> vanishing D -> vanishing (block_mx A 0 0 D).
Proof.
move=> vA vD d X p.
suff E k (Y : 'M[F]_(m, d)) (Z : 'M[F]_(n, d)) : iter k (mulmx (block_mx A 0 0 D)) (col_mx Y Z) =
    col_mx (iter k (mulmx A) Y) (iter k (mulmx D) Z).
  by rewrite -[X]vsubmxK E => /eq_col_mx[/vA -> /vD ->]; rewrite col_mx0.
by elim: k => // k IH; rewrite !iterS IH mul_block_col !mul0mx addr0 add0r.
Qed.
End Index.

Section Idempotent.
Variable R : realFieldType.
Local Notation K := (arith_of R).

Lemma update_sym n (v : 'cV[R]_n) (c : R) : (1%:M - c *: (v *m v^T))^T = 1%:M - c *: (v *m v^T).
Proof. by rewrite linearB linearZ /= trmx1 trmx_mul trmxK. Qed.

Lemma factor_sym n (f : factor K) : ok_factor n f ->
  (mx n n (factor_matrix f))^T = mx n n (factor_matrix f).
Proof. by case: f => v b /andP[/eqP sv _]; rewrite /= (mx_updatem _ sv) update_sym. Qed.

Lemma factor_positive n beta (f : factor K) : in_0_1_numbers beta -> ok_factor n f ->
  in_numbers beta (strength f) -> positive (mx n n (factor_matrix f)).
Proof.
move=> b01 okf /(in_0_1_numbersP b01)/andP[_ b1].
apply: (@kills_positive _ _ _ [:: 1; 1 - strength f]); first exact: factor_sym.
  by rewrite /= ler01 subr_ge0 b1.
case: f okf {b1} => v b /andP[/eqP sv okd]; rewrite /= (mx_updatem _ sv).
  have := rank_one_kills (column n v) 1 (b / (dot v v : R)); rewrite (column_dot sv) divfK //.
have := rank_one_kills (column n v) 1 b; rewrite (column_dot sv).
by [].
Qed.

(* one or two factors with 0 <= b <= 1, a gate >= 0; or one factor; a factor times a diagonal *)
Definition idempotent_region (g : region) : bool :=
  match g with
  | DiagonalEntries _ => psd_region g
  | FactorHeads n beta gate => psd_region g && ((n <= 1)%N || (n <= 2)%N && in_0_1_numbers beta)
  | FactorTimesDiagonal beta entries => in_0_1_numbers beta && in_0_1_numbers entries
  | _ => false
  end.

Lemma factors_index n beta (fs : seq (factor K)) (x : R) : 0 <= x -> ok_factors fs ->
  (0 < factors_size fs)%N -> (n <= 1)%N || (n <= 2)%N && in_0_1_numbers beta ->
  factors_in n beta fs ->
  index_one (x%:M *m mx (factors_size fs) (factors_size fs) (factors_matrix fs)).
Proof.
move=> x0; rewrite /factors_in; case: fs => [//|f [|f' [|? ?]]] /andP[_ okf] n0 few /andP[sz inb].
- case/andP: okf => okf _; apply: symmetric_index.
  by rewrite mul_scalar_mx linearZ /= (factor_sym okf).
- case/orP: few => [n1|/andP[_ b01]]; first by have := leq_trans sz n1.
  case/and3P: okf => okf okf' _; case/and3P: inb => inf inf' _.
  rewrite /= in n0 *; have [_ ->] := mulm_shape (ok_factor_shape okf) (ok_factor_shape okf') n0.
  rewrite mulmxA mul_scalar_mx; apply: positive_product.
    by apply: positive_scale => //; apply: factor_positive b01 okf inf.
  exact: factor_positive b01 okf' inf'.
- by case/orP: few => [n1|/andP[n2 _]]; [have := leq_trans sz n1 | have := leq_trans sz n2].
Qed.

Lemma numbers_positive s (a : seq K) n : size a = n -> in_0_1_numbers s ->
  all (in_numbers s) (a : seq R) -> positive (mx n n (diagm a)).
Proof.
move=> sa s01 /(numbers_in_0_1 s01) a01; rewrite (mx_diagm sa); apply: diag_positive => j.
rewrite mxE; have /andP[] : unit_interval (nth (0 : R) (a : seq R) j) by apply: (allP a01); rewrite mem_nth ?sa.
by [].
Qed.

Lemma head_index (g : region) (h : head K) : idempotent_region g -> ok_head h -> head_in g h ->
  index_one (mx (head_size h) (head_size h) (head_matrix h)).
Proof.
case: g => // [n beta gate|beta entries]; case: h => //.
- move=> fs /andP[_ few] /andP[n0 ok] fin; have := factors_index (x := 1) ler01 ok n0 few fin.
  by rewrite mul1mx.
- move=> x fs /andP[/andP[_ g01] few] /andP[n0 ok] /andP[gin fin].
  rewrite /= (mx_mapm _ (ok_factors_shape n0 ok)); apply: factors_index ok n0 few fin.
  by case: gate g01 gin => // s s01 /(in_0_1_numbersP s01)/andP[].
- by move=> a _ _ _; rewrite /= (mx_diagm (erefl (size a))); apply: diag_index.
- move=> fs /andP[b01 _] /andP[n0 ok] fin; have := factors_index (n := 1) (x := 1) ler01 ok n0 isT fin.
  by rewrite mul1mx.
- move=> v b a /andP[b01 e01] /andP[n0 /andP[/eqP sa okd]] /andP[bin ain].
  have okf : ok_factor (size v) (@Householder K v b) by rewrite /ok_factor /= eqxx.
  have sD := diagm_has_shape a; rewrite sa in sD.
  have [_ ->] := mulm_shape (ok_factor_shape okf) sD n0.
  apply: positive_product; first exact: factor_positive b01 okf bin.
  exact: numbers_positive sa e01 ain.
Qed.

(* what holds of the heads holds of the matrix *)
Lemma heads_matrix (P : forall n, 'M[R]_n -> Prop) n (t : transition K) :
  (forall A : 'M[R]_0, P 0%N A) ->
  (forall m k (A : 'M[R]_m) (D : 'M[R]_k), P m A -> P k D -> P (m + k)%N (block_mx A 0 0 D)) ->
  ok_transition n t ->
  (forall h, List.In h t -> ok_head h -> P _ (mx (head_size h) (head_size h) (head_matrix h))) ->
  P n (mx n n (transition_matrix t)).
Proof.
move=> P0 PB /andP[okt /eqP <-]; elim: t okt => [|h t IH] okt Ph; first exact: P0.
case/andP: okt => okh okt; have sA := ok_head_shape okh; have /andP[/eqP szA _] := sA.
have st : has_shape (transition_size t) (transition_size t) (transition_matrix t).
  by apply: ok_transition_shape; apply/andP; split.
have /andP[/eqP sB _] := st.
rewrite /transition_matrix /= -/(transition_matrix t) szA sB.
rewrite -[transition_size (h :: t)]/(head_size h + transition_size t)%N (mx_blockm sA st).
by apply: PB; [apply: Ph; [left|] | apply: IH => // h' h't; apply: Ph; right].
Qed.

Lemma all_heads (g : region) (t : transition K) h : all (head_in g) t -> List.In h t -> head_in g h.
Proof. by elim: t => //= k t IH /andP[kin tin] [<-|/IH]; [|apply]. Qed.

Lemma diagonal_matrix (g : region) s (N : network K) l y c : g = DiagonalEntries s ->
  in_region false g N -> List.In l (layers N) -> List.In (y, c) (cases l) ->
  exists2 a : 'rV[R]_(size (initial l)), letters.case_matrix l c = diag_mx a &
    forall i, in_numbers s (a 0 i).
Proof.
move=> -> inN lN cl; have [tin _] := inN l y c lN cl.
exists (\row_i entry (transition_matrix (case_A c)) i i) => [|i].
  apply/matrixP => i j; rewrite !mxE; have := tin i j (ltn_ord i) (ltn_ord j).
  by rewrite val_eqE; case: eqP => [-> _|_ /eqP]; rewrite ?mulr1n ?mulr0n.
by rewrite mxE; have := tin i i (ltn_ord i) (ltn_ord i); rewrite eqxx.
Qed.

Lemma idempotent_index (g : region) (N : network K) : idempotent_region g -> ok_network N ->
  in_region false g N -> matrices_of (@index_one R) N.
Proof.
move=> ig okN inN l s c lN cl; have [_ _ _ okc] := ok_network_parts okN lN.
have [okt _] := okc s c cl; case E: g ig => [e|//|n beta gate|beta entries|//|//|//] ig.
- by have [a -> _] := diagonal_matrix E inN lN cl; apply: diag_index.
- rewrite -E in ig; apply: (heads_matrix (P := @index_one R)) okt _ => [A d X _|*|h ht okh].
  + by apply/matrixP => -[].
  + exact: block_index.
  have [tin _] := inN l s c lN cl; apply: (head_index ig okh).
  by apply: all_heads ht; move: tin; rewrite E.
- rewrite -E in ig; apply: (heads_matrix (P := @index_one R)) okt _ => [A d X _|*|h ht okh].
  + by apply/matrixP => -[].
  + exact: block_index.
  have [tin _] := inN l s c lN cl; apply: (head_index ig okh).
  by apply: all_heads ht; move: tin; rewrite E.
Qed.

Lemma in_0_1_below_2 s : in_0_1_numbers s -> below_2_numbers s.
Proof.
case/andP=> s0 s1; rewrite /below_2_numbers s0; case: s s0 s1 => // ivs _.
elim: ivs => //= i ivs IH /andP[/andP[d0 h1] /IH ->]; rewrite d0 andbT /=.
have lt : (high i).1 < (2 * (high i).2)%:Z.
  by apply: le_lt_trans h1 _; rewrite mul1n ltz_nat ltn_Pmull.
by rewrite lt ltW // if_same.
Qed.

Lemma idempotent_psd g : idempotent_region g -> psd_region g.
Proof.
case: g => //= [n beta gate /andP[] //|beta entries /andP[b01 ->]].
by rewrite in_0_1_below_2.
Qed.

Theorem idempotent_letters g deep : idempotent_region g ->
  forbids (@Exact K)
    (fun N => finitely_many (@Exact K) N /\ windows_within 1 1 N /\ in_region false g N)
    deep has_repeat.
Proof.
move=> ig A N minA rep okN same _ [fin [nar inN]] rec.
apply: (repeats_forbidden minA okN same nar fin rec (idempotent_index ig okN inN) _ rep).
move=> l s c lN cl d B X p E.
have cM : contracting (letters.case_matrix l c).
  have := psd_products_contracting (idempotent_psd ig) okN inN lN (OneMore cl (NoFactor l)).
  by rewrite mul1mx.
exact: (contracting_cycles cM E).
Qed.

(* docs/lemmas/one-layer-letter-index.md: diagonal matrices, or one factor a head *)
Definition index_region (g : region) : bool :=
  match g with
  | DiagonalEntries _ => true
  | FactorHeads n _ gate => (n <= 1)%N && (if gate is Some s then at_least_0 s else true)
  | _ => false
  end.

Lemma one_factor_index (g : region) (N : network K) : index_region g -> ok_network N ->
  in_region false g N -> matrices_of (@index_one R) N.
Proof.
move=> ig okN inN l s c lN cl; have [_ _ _ okc] := ok_network_parts okN lN.
have [okt _] := okc s c cl; case: g ig inN => // [e|n beta gate] ig inN.
  by have [a -> _] := diagonal_matrix erefl inN lN cl; apply: diag_index.
apply: (heads_matrix (P := @index_one R)) okt _ => [A d X _|*|h ht okh].
- by apply/matrixP => -[].
- exact: block_index.
have [tin _] := inN l s c lN cl; case/andP: ig => n1 g0.
have few : (n <= 1)%N || (n <= 2)%N && in_0_1_numbers beta by rewrite n1.
have := all_heads tin ht; case: h okh {ht} => // [fs|x fs] /andP[n0 ok].
  by move=> fin; have := factors_index (x := 1) ler01 ok n0 few fin; rewrite mul1mx.
case/andP=> gin fin; rewrite /= (mx_mapm _ (ok_factors_shape n0 ok)).
by apply: factors_index ok n0 few fin; case: gate g0 gin {tin inN} => // u u0 /(at_least_0P u0).
Qed.

Theorem letter_index g : index_region g ->
  forbids (@Exact K)
    (fun N => finitely_many (@Exact K) N /\ windows_within 1 1 N /\ in_region false g N)
    (pred1 1%N) has_letter_transient.
Proof.
move=> ig A N minA shows okN same /eqP one [fin [nar inN]] rec.
exact: (transients_forbidden minA okN same nar fin rec one (one_factor_index ig okN inN) shows).
Qed.
End Idempotent.
