(* docs/lemmas/psd-lemma.md: symmetric matrices with spectrum in [0, 1] and one     *)
(* rounding a step. Of the spectrum only that it is >= 0 is used.                   *)
(*                                                                                  *)
(*     inner X Y == the sum of the products of the entries of X and Y               *)
(*                                                                                  *)
(* nonneg_form: if A is symmetric and (A - r1) (A - r2) ... = 0 with all ri >= 0,   *)
(*   then inner X (A X) >= 0, and A X = 0 where it is 0.                            *)
(* cyclic_monotone: around a cycle y the sum of r(y k) (y k - y (k + 1)) is >= 0,   *)
(*   for a non-decreasing r.                                                        *)
(* rounded_cycle: so X -> r (A X + B) has no cycles but fixed points.               *)
(* psd_settles: stacks of such layers, of any depth, have answers that settle along *)
(*   the powers of a letter.                                                        *)
From mathcomp Require Import all_ssreflect all_algebra.
From Monoscan Require Import sign_lemma matrix_form arithmetic network well_formed shapes.
From Monoscan Require Import list_matrices periods obstructions regions monotone_stack exact_stack.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Local Arguments step : simpl never.

Section Forms.
Variables (R : realFieldType) (n d : nat).
Implicit Types (A : 'M[R]_n) (X Y : 'M[R]_(n, d)) (rs : seq R).

Definition inner X Y : R := \tr (X^T *m Y).

Lemma innerE X Y : inner X Y = \sum_j \sum_i X i j * Y i j.
Proof. by apply: eq_bigr => j _; rewrite mxE; apply: eq_bigr => i _; rewrite mxE. Qed.

Lemma innerC X Y : inner X Y = inner Y X.
Proof. by rewrite !innerE; apply: eq_bigr => j _; apply: eq_bigr => i _; rewrite mulrC. Qed.

Lemma innerBr X Y Z : inner X (Y - Z) = inner X Y - inner X Z.
Proof. by rewrite /inner mulmxBr linearB. Qed.
Lemma innerBl X Y Z : inner (Y - Z) X = inner Y X - inner Z X.
Proof. by rewrite !(innerC _ X) innerBr. Qed.
Lemma innerDr X Y Z : inner X (Y + Z) = inner X Y + inner X Z.
Proof. by rewrite /inner mulmxDr linearD. Qed.
Lemma innerDl X Y Z : inner (Y + Z) X = inner Y X + inner Z X.
Proof. by rewrite !(innerC _ X) innerDr. Qed.
Lemma innerZr a X Y : inner X (a *: Y) = a * inner X Y.
Proof. by rewrite /inner -scalemxAr linearZ. Qed.
Lemma innerZl a X Y : inner (a *: X) Y = a * inner X Y.
Proof. by rewrite !(innerC _ Y) innerZr. Qed.

Lemma inner_ge0 X : 0 <= inner X X.
Proof. by rewrite innerE; apply: sumr_ge0 => j _; apply: sumr_ge0 => i _; rewrite -expr2 sqr_ge0. Qed.

Lemma inner_eq0 X : inner X X = 0 -> X = 0.
Proof.
rewrite innerE => E; apply/matrixP => i j; rewrite mxE.
have Ej : \sum_i X i j * X i j = 0.
  by apply: (psumr_eq0P _ E) => // k _; apply: sumr_ge0 => i' _; rewrite -expr2 sqr_ge0.
apply/eqP; rewrite -sqrf_eq0 expr2; apply/eqP; apply: (psumr_eq0P _ Ej) => // k _.
by rewrite -expr2 sqr_ge0.
Qed.

Variable A : 'M[R]_n.
Hypothesis symA : A^T = A.

Lemma inner_sym X Y : inner (A *m X) Y = inner X (A *m Y).
Proof. by rewrite /inner trmx_mul symA mulmxA. Qed.

Definition shift r X := A *m X - r *: X.
Definition peel rs X := foldr shift X rs.

Lemma shiftC q r X : shift q (shift r X) = shift r (shift q X).
Proof.
rewrite /shift !mulmxBr !scalerBr -!scalemxAr !scalerA [r * q]mulrC.
by rewrite !opprB !addrA [LHS]addrAC [RHS]addrAC; congr (_ + _); apply: addrAC.
Qed.

Lemma peel_shift r rs X : peel rs (shift r X) = shift r (peel rs X).
Proof. by elim: rs => //= q rs ->; rewrite shiftC. Qed.

Lemma shift_sym r X Y : inner (shift r X) Y = inner X (shift r Y).
Proof. by rewrite innerBl innerBr inner_sym innerZl innerZr. Qed.

Lemma peel_sym rs X Y : inner (peel rs X) Y = inner X (peel rs Y).
Proof. by elim: rs X Y => //= r rs IH X Y; rewrite shift_sym IH peel_shift. Qed.

Lemma shiftB r X Y : shift r (X - Y) = shift r X - shift r Y.
Proof. by rewrite /shift mulmxBr scalerBr !opprD !opprK addrACA. Qed.

Lemma peelB rs X Y : peel rs (X - Y) = peel rs X - peel rs Y.
Proof. by elim: rs => //= r rs ->; rewrite shiftB. Qed.

Lemma peel_eigen rs r X : A *m X = r *: X -> peel rs X = (\prod_(q <- rs) (r - q)) *: X.
Proof.
move=> E; elim: rs => [|q rs IH]; first by rewrite big_nil scale1r.
rewrite /= IH /shift -scalemxAr E !scalerA -scalerBl big_cons; congr (_ *: _).
by rewrite mulrBl [X in X - _]mulrC.
Qed.

Lemma peel_member rs r X : r \in rs -> exists Z, peel rs X = shift r Z.
Proof.
elim: rs => //= q rs IH; rewrite inE => /predU1P[->|/IH[Z ->]]; first by exists (peel rs X).
by exists (shift q Z); rewrite shiftC.
Qed.

Lemma split_form U W r : A *m W = r *: W -> inner U W = 0 ->
  inner (U + W) (A *m (U + W)) = inner U (A *m U) + r * inner W W.
Proof.
move=> AW UW; rewrite mulmxDr AW innerDl !innerDr !innerZr UW [inner W (A *m U)]innerC inner_sym AW.
by rewrite innerZr UW mulr0 addr0 add0r.
Qed.

Theorem nonneg_form rs X : all (fun r => 0 <= r) rs -> peel rs X = 0 ->
  0 <= inner X (A *m X) /\ (inner X (A *m X) = 0 -> A *m X = 0).
Proof.
elim: rs X => [|r rs IH] X /=; first by move=> _ ->; rewrite mulmx0 /inner mulmx0 linear0.
case/andP=> r0 rs0 E; pose Y := peel rs X.
have AY : A *m Y = r *: Y by apply/eqP; rewrite -subr_eq0; apply/eqP.
have [inr|notin] := boolP (r \in rs).
  have [Z EZ] := peel_member X inr; apply: IH rs0 _; apply: inner_eq0.
  by rewrite {1}EZ shift_sym -/Y /shift AY subrr /inner mulmx0 linear0.
pose c := \prod_(q <- rs) (r - q).
have c0 : c != 0.
  by rewrite prodf_seq_neq0; apply/allP => q qrs; rewrite subr_eq0; apply: contraNneq notin => ->.
pose W := c^-1 *: Y; pose U := X - W.
have AW : A *m W = r *: W by rewrite -scalemxAr AY !scalerA mulrC.
have pW : peel rs W = Y by rewrite (peel_eigen rs AW) -/c scalerA mulfV // scale1r.
have pU : peel rs U = 0 by rewrite peelB pW subrr.
have [U0 UE] := IH U rs0 pU.
have UW : inner U W = 0.
  have := peel_sym rs U W; rewrite pU pW /inner linear0 mul0mx linear0 => /esym.
  by rewrite -/(inner U Y) /W -/(inner U _) innerZr => ->; rewrite mulr0.
have XUW : X = U + W by rewrite /U subrK.
have XE : inner X (A *m X) = inner U (A *m U) + r * inner W W.
  by rewrite {1 2}XUW; apply: split_form.
rewrite XE; split; first by rewrite addr_ge0 // mulr_ge0 // inner_ge0.
move=> /eqP; rewrite paddr_eq0 ?mulr_ge0 ?inner_ge0 // mulf_eq0 => /andP[/eqP /UE AU rW].
rewrite XUW mulmxDr AU AW add0r; case/orP: rW => [/eqP ->|/eqP /inner_eq0 ->]; first exact: scale0r.
exact: scaler0.
Qed.
End Forms.


Section Cyclic.
Variables (R : realFieldType) (r : R -> R).
Hypothesis mono : monotone r.

(* a convex function with these slopes *)
Lemma potential (s : seq R) : sorted (fun x y => y <= x) s ->
  exists phi, forall a b, a \in s -> b \in s -> r a * (b - a) <= phi b - phi a.
Proof.
elim: s => [_|c s IH cs]; first by exists id.
have [phi P] := IH (path_sorted cs); have le_c : all (fun x => x <= c) s.
  by apply: order_path_min cs => y x z xy /le_trans; apply.
case: s cs P le_c {IH} => [|b s] cs P le_c.
  by exists (fun _ => 0) => a b; rewrite !inE => /eqP -> /eqP ->; rewrite !subrr mulr0.
have bc : b <= c by case/andP: le_c.
have le_b a : a \in b :: s -> a <= b.
  rewrite inE => /predU1P[-> //|]; move: a; apply/allP; apply: order_path_min (path_sorted cs).
  by move=> y x z xy /le_trans; apply.
pose psi x := if x == c then phi b + r b * (c - b) else phi x.
have psiE x : x \in b :: s -> psi x = phi x.
  move=> xs; rewrite /psi; case: eqP => // xc.
  have cb : c = b by apply/eqP; rewrite eq_le bc -xc le_b.
  by rewrite xc cb subrr mulr0 addr0.
have psic : psi c = phi b + r b * (c - b) by rewrite /psi eqxx.
have bs : b \in b :: s by rewrite inE eqxx.
exists psi => x y; rewrite inE => /predU1P[->|xs]; rewrite inE => /predU1P[->|ys].
- by rewrite !subrr mulr0.
- rewrite psic (psiE y ys); have := P b y bs ys; set q := phi b; set q' := phi y => le1.
  have rbc : r b <= r c := mono bc.
  have yc : y <= c := le_trans (le_b y ys) bc.
  have : (r c - r b) * (y - c) <= 0 by rewrite mulr_ge0_le0 ?subr_ge0 ?subr_le0.
  rewrite mulrBl subr_le0 => le2; apply: le_trans le2 _.
  by rewrite opprD addrA ler_subr_addr -mulrDr subrKA.
- rewrite psic (psiE x xs); have := P x b xs bs; set q := phi b; set q' := phi x => le1.
  have rxb : r x <= r b := mono (le_b x xs).
  have : (r x - r b) * (c - b) <= 0 by rewrite mulr_le0_ge0 ?subr_ge0 ?subr_le0.
  rewrite mulrBl subr_le0 => le2; rewrite addrAC; apply: le_trans (ler_add le1 le2).
  by rewrite -mulrDr [X in _ <= _ * X]addrC subrKA.
- by rewrite !psiE //; apply: P.
Qed.

Theorem cyclic_monotone (y : nat -> R) p : y p = y 0%N ->
  0 <= \sum_(k < p) r (y k) * (y k - y k.+1).
Proof.
move=> yp; pose s := sort (fun a b => b <= a) (mkseq y p.+1).
have [|phi P] := potential (s := s).
  by apply: sort_sorted => a b; rewrite orbC; apply: le_total.
have ys k : (k <= p)%N -> y k \in s.
  by move=> kp; rewrite mem_sort; apply/mapP; exists k; rewrite // mem_iota.
have le k : (k < p)%N -> phi (y k) - phi (y k.+1) <= r (y k) * (y k - y k.+1).
  move=> kp; rewrite -[y k - _]opprB mulrN -[phi _ - _]opprB ler_opp2.
  by apply: P; apply: ys => //; apply: ltnW.
have E : \sum_(k < p) (phi (y k) - phi (y k.+1)) = 0.
  rewrite -(big_mkord xpredT (fun k => phi (y k) - phi (y k.+1))).
  rewrite (eq_bigr (fun k => - (phi (y k.+1) - phi (y k)))) => [|k _]; last by rewrite opprB.
  by rewrite sumrN telescope_sumr // yp subrr oppr0.
suff : \sum_(k < p) (phi (y k) - phi (y k.+1)) <= \sum_(k < p) r (y k) * (y k - y k.+1) by rewrite E.
by apply: ler_sum => -[k kp] _; apply: le.
Qed.
End Cyclic.

(* X -> r (A X + B), entry by entry *)
Section Rounded.
Variables (R : realFieldType) (r : R -> R) (n d : nat).
Variables (A : 'M[R]_n) (B : 'M[R]_(n, d)) (rs : seq R).
Hypotheses (mono : monotone r) (symA : A^T = A).
Hypotheses (rs0 : all (fun r => 0 <= r) rs) (killA : kills rs A).

Definition rounded_map (X : 'M[R]_(n, d)) : 'M[R]_(n, d) := map_mx r (A *m X + B).

Let form (X : 'M[R]_(n, d)) : 0 <= inner X (A *m X) /\ (inner X (A *m X) = 0 -> A *m X = 0).
Proof. exact: (nonneg_form symA rs0 (killA X)). Qed.

Lemma form_step (X Y : 'M[R]_(n, d)) : inner Y (A *m (X - Y)) *+ 2 =
  inner X (A *m X) - inner Y (A *m Y) - inner (Y - X) (A *m (Y - X)).
Proof.
have key (a b c : R) : (c - b) *+ 2 = a - b - ((b - c) - (c - a)).
  rewrite mulr2n [- (b - c - (c - a))]opprB [- (b - c)]opprB.
  by rewrite [RHS]addrCA [RHS]addrA subrKA.
have C : inner X (A *m Y) = inner Y (A *m X) by rewrite -inner_sym // innerC.
by rewrite !mulmxBr !innerBr !innerBl C; apply: key.
Qed.

Theorem rounded_cycle (X : nat -> 'M[R]_(n, d)) p :
  (forall k, X k.+1 = rounded_map (X k)) -> X p.+1 = X 0%N -> X 1%N = X 0%N.
Proof.
move=> XS per; pose Y k := A *m X k + B; pose D k := X k.+1 - X k.
have YE k : Y k - Y k.+1 = A *m (X k - X k.+1) by rewrite /Y mulmxBr opprD addrACA subrr addr0.
have S0 : 0 <= \sum_(k < p.+1) inner (X k.+1) (A *m (X k - X k.+1)).
  have E (k : 'I_p.+1) : inner (X k.+1) (A *m (X k - X k.+1)) =
      \sum_j \sum_i r (Y k i j) * (Y k i j - Y k.+1 i j).
    rewrite -YE innerE; apply: eq_bigr => j _; apply: eq_bigr => i _.
    have -> : X k.+1 i j = r (Y k i j) by rewrite XS mxE.
    by rewrite [(Y k - Y k.+1) i j]mxE [(- Y k.+1) i j]mxE.
  rewrite (eq_bigr _ (fun k _ => E k)) exchange_big; apply: sumr_ge0 => j _.
  rewrite exchange_big; apply: sumr_ge0 => i _.
  by apply: (cyclic_monotone mono (y := fun k => Y k i j)); rewrite /Y per.
have D0 k : 0 <= inner (D k) (A *m D k) by have [] := form (D k).
have T : \sum_(k < p.+1) (inner (X k) (A *m X k) - inner (X k.+1) (A *m X k.+1)) = 0.
  rewrite -(big_mkord xpredT (fun k => inner (X k) (A *m X k) - inner (X k.+1) (A *m X k.+1))).
  rewrite (eq_bigr (fun k => - (inner (X k.+1) (A *m X k.+1) - inner (X k) (A *m X k)))).
    by rewrite sumrN (telescope_sumr (fun k => inner (X k) (A *m X k))) // per subrr oppr0.
  by move=> k _; rewrite opprB.
have SD : \sum_(k < p.+1) inner (D k) (A *m D k) = 0.
  apply/eqP; rewrite eq_le sumr_ge0 ?andbT; last by move=> k _; apply: D0.
  have : 0 <= (\sum_(k < p.+1) inner (X k.+1) (A *m (X k - X k.+1))) *+ 2 by rewrite mulrn_wge0.
  rewrite -sumrMnl (eq_bigr _ (fun (k : 'I_p.+1) _ => form_step (X k) (X k.+1))) big_split /= T add0r.
  by rewrite sumrN oppr_ge0.
have Dp : A *m D p = 0.
  have [_ AD] := form (D p); apply: AD.
  by have /(_ ord_max isT) := psumr_eq0P (fun (k : 'I_p.+1) _ => D0 k) SD.
have Yp : Y p.+1 = Y p.
  by apply/eqP; rewrite -subr_eq0 /Y opprD addrACA subrr addr0 -mulmxBr -/(D p) Dp.
have e1 : X 1%N = map_mx r (Y p.+1) by rewrite /Y per XS.
have e0 : X 0%N = map_mx r (Y p) by rewrite -per XS.
by rewrite e1 e0 Yp.
Qed.
End Rounded.

Section Stack.
Variables (R : realFieldType) (r : R -> R).
Hypothesis rr : rounding r.
Local Notation K := (arith_of R).
Local Notation sem := (@SeqRound K r).

Lemma seq_round_mx n d (c : case K) (H : seq (seq K)) : (0 < n)%N ->
  has_shape n n (transition_matrix (case_A c)) -> has_shape n d (case_B c) -> has_shape n d H ->
  [/\ has_shape n d (step sem c H),
      mx n d (step sem c H) = rounded_map r (mx n n (transition_matrix (case_A c))) (mx n d (case_B c)) (mx n d H) &
      forall i j, (i < n)%N -> (j < d)%N -> exists x, entry (step sem c H) i j = r x].
Proof.
move=> n0 sA sB sH; have [sAH mAH] := mulm_shape sA sH n0.
have [sS mS] := addm_shape sAH sB; have [sR RE] := mapm_shape r sS.
split=> //; last by move=> i j lt_i lt_j; rewrite /step RE //; eexists.
apply/matrixP => i j; rewrite [RHS]mxE -mAH -mS !mxE.
exact: (RE i j (ltn_ord i) (ltn_ord j)).
Qed.

Theorem psd_settles deep :
  forbids sem (in_region false SymmetricSpectrumIn01) deep is_unsettled.
Proof.
move=> A N minA [p [x un]] okN same _ inN rec; have pos := ok_delays_pos okN.
have fin : answers sem N -> finitely_many sem N.
  apply: (rounded_finite rr _ _ pos) => [l lN|l s c lN cl H sH]; first by have [] := ok_network_parts okN lN.
  have [n0 _ _ okc] := ok_network_parts okN lN; have [okt sB] := okc s c cl.
  by have [] := seq_round_mx n0 (ok_transition_shape okt) sB sH.
have tm : tame 1 (pred1 1%N) (size (layers N)) (cells sem N) (start N).
  apply: tame_cells => [l lN||l lN]; [|exact: pos|]; first by have [] := ok_network_parts okN lN.
  have [n0 _ _ okc] := ok_network_parts okN lN; set n := size (initial l) in n0 okc *.
  set d := width (initial l) in okc *; split=> [g H /matrix_move[s [c [cl ->]]] sH|gs H q].
    by have [okt sB] := okc s c cl; have [] := seq_round_mx n0 (ok_transition_shape okt) sB sH.
  case: gs => [|g [|g' gs]] // _ mg sH E.
  have mvg : move_of (matrix_cell sem l) g by apply: mg; left.
  have [s [c [cl gE]]] := matrix_move mvg.
  have [okt sB] := okc s c cl; have [[sym [rs [rs01 chi]]] _] := inN l s c lN cl.
  pose X k := mx n d (iter k g H); have sX k : has_shape n d (iter k g H).
    elim: k => //= k IH; rewrite {1}gE.
    by have [] := seq_round_mx n0 (ok_transition_shape okt) sB IH.
  have XS k : X k.+1 = rounded_map r (mx n n (transition_matrix (case_A c))) (mx n d (case_B c)) (X k).
    rewrite /X iterS {1}gE.
    by have [] := seq_round_mx n0 (ok_transition_shape okt) sB (sX k).
  have rs0 : all (fun e => 0 <= e) rs by apply: sub_all rs01 => e /andP[].
  apply: (mx_inj (sX 1%N) sH).
  apply: (rounded_cycle (proj1 rr) sym rs0 (char_poly_kills chi) XS (p := q)).
  by congr (mx n d _); apply: E.
exact: (repeating_unsettled same fin isT tm rec un).
Qed.
End Stack.
