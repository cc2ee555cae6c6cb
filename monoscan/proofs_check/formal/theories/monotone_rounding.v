(* docs/lemmas/monotone-rounding.md and signed-rounding-two-groups.md, for every    *)
(* rounding that is non-decreasing and saturates.                                   *)
(*                                                                                  *)
(* nonnegative_settles, nonnegative_aperiodic: stacks of diagonal layers, entries   *)
(*   >= 0 (under op-round written as diagonal), have answers that settle along the  *)
(*   powers of a letter, and recognise no language whose automaton has a cycle.     *)
(* signed_cycles, signed_cycles_any: with entries of any sign k layers make no      *)
(*   cycle of a length that does not divide 2^k, and no stack makes one of a length *)
(*   that is no power of 2.                                                         *)
From mathcomp Require Import all_ssreflect all_algebra.
From Monoscan Require Import arithmetic network well_formed shapes list_matrices periods.
From Monoscan Require Import obstructions regions monotone_stack.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Steps.
Variable R : realFieldType.
Local Notation K := (arith_of R).
Local Notation matrix := (seq (seq K)).
Variable r : R -> R.

Lemma trm_shape p q (A : matrix) : has_shape p q A -> (0 < p)%N ->
  has_shape q p (trm A) /\ forall i j, (i < q)%N -> (j < p)%N -> entry (trm A) i j = entry A j i.
Proof.
move=> sA p0; have wA := width_shape sA p0; case/has_shapeP: (sA) => sizeA rA.
rewrite /trm wA; split.
  apply/has_shapeP; rewrite size_mkseq; split=> // i lt_i.
  by rewrite nth_mkseq // size_map.
by move=> i j lt_i lt_j; rewrite /entry nth_mkseq // (nth_map [::]) ?sizeA.
Qed.

Lemma round_written_diagonal (t : transition K) (x : seq K) : written_diagonal t ->
  round_transition (r : K -> K) t x =
    zip_with (fun e y : R => r (e * y)) (diagonal_of t : seq R) (x : seq R).
Proof.
elim: t x => //= h t IH x /andP[]; case: h => //= a _ wt; rewrite (IH _ wt).
elim: a x => [|e a IHa] x /=; first by rewrite drop0; case: (x).
case: x => [|y x] /=; last by rewrite IHa.
by case: (diagonal_of t).
Qed.

Lemma op_round_entries n d (c : case K) (H : matrix) : (0 < n)%N -> (0 < d)%N ->
  written_diagonal (case_A c) -> size (diagonal_of (case_A c)) = n ->
  has_shape n d (case_B c) -> has_shape n d H ->
  has_shape n d (step (@OpRound K r) c H) /\
  forall i j, (i < n)%N -> (j < d)%N -> entry (step (@OpRound K r) c H) i j =
    r (r (nth (0 : R) (diagonal_of (case_A c)) i * entry H i j) + entry (case_B c) i j).
Proof.
move=> n0 d0 wt st sB sH; have [sHt HtE] := trm_shape sH n0; have [sBt BtE] := trm_shape sB n0.
pose F (x b : seq K) : seq K :=
  zip_with (fun y e => r (plus (y : K) e)) (round_transition (r : K -> K) (case_A c) x) b.
have sF x b : size x = n -> size b = n -> size (F x b) = n.
  by move=> sx sb; rewrite /F round_written_diagonal // !size_zip_with st sx sb !minnn.
case/has_shapeP: (sHt) => sizeHt rHt; case/has_shapeP: (sBt) => sizeBt rBt.
have sZ : has_shape d n (zip_with F (trm H) (trm (case_B c))).
  apply/has_shapeP; rewrite size_zip_with sizeHt sizeBt minnn; split=> // j lt_j.
  by rewrite (nth_zip_with _ [::] [::]) ?sizeHt ?sizeBt // sF ?rHt ?rBt.
have [sT TE] := trm_shape sZ d0; split=> // i j lt_i lt_j; rewrite [LHS]TE // /entry.
rewrite (nth_zip_with _ [::] [::]) ?sizeHt ?sizeBt // /F round_written_diagonal //.
rewrite (nth_zip_with _ (0 : R) (0 : R)) ?size_zip_with ?st ?rHt ?rBt ?minnn //.
rewrite (nth_zip_with _ (0 : R) (0 : R)) ?st ?rHt //.
by rewrite -!/(entry _ _ _) HtE // BtE.
Qed.

Lemma seq_round_entries n d (c : case K) (H : matrix) : (0 < n)%N ->
  has_shape n n (transition_matrix (case_A c)) ->
  (forall i j, (i < n)%N -> (j < n)%N -> i != j -> entry (transition_matrix (case_A c)) i j = 0) ->
  has_shape n d (case_B c) -> has_shape n d H ->
  has_shape n d (step (@SeqRound K r) c H) /\
  forall i j, (i < n)%N -> (j < d)%N -> entry (step (@SeqRound K r) c H) i j =
    r (entry (transition_matrix (case_A c)) i i * entry H i j + entry (case_B c) i j).
Proof.
move=> n0 sA diag sB sH; have [sAH mAH] := mulm_shape sA sH n0.
have [sS mS] := addm_shape sAH sB; have [sR RE] := mapm_shape r sS.
split=> // i j lt_i lt_j; rewrite [LHS]RE //; congr r.
rewrite (entryE _ lt_i lt_j) mS mAH !mxE (bigD1 (Ordinal lt_i)) //= big1 ?addr0 ?mxE //.
by move=> k ki; rewrite !mxE -/(entry _ _ _) diag ?mul0r // eq_sym.
Qed.
End Steps.

Section Theorems.
Variables (R : realFieldType) (r : R -> R).
Hypothesis rr : rounding r.
Local Notation K := (arith_of R).

Lemma affine_signed (a b : R) : signed (fun x => r (a * x + b)) /\ signed (fun x => r (r (a * x) + b)).
Proof.
case: rr => incr _; have [a0|/ltW a0] := leP 0 a.
  split; left => x y xy.
    by apply/incr; rewrite ler_add2r ler_wpmul2l.
  by apply/incr; rewrite ler_add2r; apply/incr; rewrite ler_wpmul2l.
split; right => x y xy.
  by apply/incr; rewrite ler_add2r ler_wnmul2l.
by apply/incr; rewrite ler_add2r; apply/incr; rewrite ler_wnmul2l.
Qed.

Lemma affine_monotone (a b : R) : 0 <= a ->
  monotone (fun x => r (a * x + b)) /\ monotone (fun x => r (r (a * x) + b)).
Proof.
case: rr => incr _ a0; split=> x y xy.
  by apply/incr; rewrite ler_add2r ler_wpmul2l.
by apply/incr; rewrite ler_add2r; apply/incr; rewrite ler_wpmul2l.
Qed.

(* one rounding a step, or one an operation *)
Definition rounds (sem : semantics K) : bool * Prop :=
  match sem with
  | Exact => (false, False)
  | SeqRound f => (false, f = r)
  | OpRound f => (true, f = r)
  end.

Variables (P : (R -> R) -> Prop) (good : R -> Prop) (s : numbers).
Hypothesis goodP : forall a b, good a ->
  P (fun x => r (a * x + b)) /\ P (fun x => r (r (a * x) + b)).
Hypothesis good_s : forall a, in_numbers s a -> good a.

Lemma step_acts (sem : semantics K) (N : network K) l x c :
  (rounds sem).2 -> ok_network N -> in_region (rounds sem).1 (DiagonalEntries s) N ->
  List.In l (layers N) -> List.In (x, c) (cases l) ->
  let: (n, d) := (size (initial l), width (initial l)) in
  acts_by_entry n d P (step sem c) /\ rounded r n d (step sem c).
Proof.
move=> rs okN inN lN cl /=; have [n0 d0 _ okc] := ok_network_parts okN lN.
have [okt sB] := okc x c cl; have [diag wr] := inN l x c lN cl.
set n := size (initial l) in n0 okt sB diag *; set d := width (initial l) in d0 sB *.
have sA := ok_transition_shape okt; pose A := transition_matrix (case_A c).
have goodA i : (i < n)%N -> good (entry A i i).
  by move=> lt_i; apply: good_s; move: (diag i i lt_i lt_i); rewrite eqxx.
pose a i := if (i < n)%N then entry A i i else entry A 0 0.
have ga i : good (a i) by rewrite /a; case: ifP => [/goodA //|_]; apply: goodA.
case: sem rs {inN} wr => [|f|f] //= -> wr.
- have off i j : (i < n)%N -> (j < n)%N -> i != j -> entry A i j = 0.
    by move=> lt_i lt_j ne; apply/eqP; have := diag i j lt_i lt_j; rewrite (negbTE ne).
  have E H : has_shape n d H -> has_shape n d (step (@SeqRound K r) c H) /\
      forall i j, (i < n)%N -> (j < d)%N -> entry (step (@SeqRound K r) c H) i j =
      r (entry A i i * entry H i j + entry (case_B c) i j).
    by move=> sH; apply: seq_round_entries.
  split.
    exists (fun i j x => r (a i * x + entry (case_B c) i j)).
      by move=> i j; have [] := goodP (entry (case_B c) i j) (ga i).
    move=> H sH; have [sS ES] := E H sH; split=> // i j lt_i lt_j.
    by rewrite ES // /a lt_i.
  move=> H sH; have [sS ES] := E H sH; split=> // i j lt_i lt_j.
  by rewrite ES //; eexists.
- have st : size (diagonal_of (case_A c)) = n.
    by rewrite -transition_size_diagonal //; case/andP: okt => _ /eqP.
  have E H : has_shape n d H -> has_shape n d (step (@OpRound K r) c H) /\
      forall i j, (i < n)%N -> (j < d)%N -> entry (step (@OpRound K r) c H) i j =
      r (r (entry A i i * entry H i j) + entry (case_B c) i j).
    move=> sH; have [sS ES] := @op_round_entries R r n d c H n0 d0 wr st sB sH.
    split=> // i j lt_i lt_j; rewrite ES // /A written_diagonal_matrix // entry_diagm ?st //.
    by rewrite eqxx.
  split.
    exists (fun i j x => r (r (a i * x) + entry (case_B c) i j)).
      by move=> i j; have [] := goodP (entry (case_B c) i j) (ga i).
    move=> H sH; have [sS ES] := E H sH; split=> // i j lt_i lt_j.
    by rewrite ES // /a lt_i.
  move=> H sH; have [sS ES] := E H sH; split=> // i j lt_i lt_j.
  by rewrite ES //; eexists.
Qed.

Hypotheses (P1 : P id) (PM : forall f g, P f -> P g -> P (fun x => f (g x))).

Lemma diagonal_tame (sem : semantics K) (N : network K) q (long : pred nat) :
  (forall f x p, P f -> iter p.+1 f x = x -> iter q f x = x) ->
  (rounds sem).2 -> ok_network N -> in_region (rounds sem).1 (DiagonalEntries s) N ->
  tame q long (size (layers N)) (cells sem N) (start N) /\ (answers sem N -> finitely_many sem N).
Proof.
move=> cyc rs okN inN; split.
  apply: tame_cells => [l lN||l lN]; [|exact: ok_delays_pos|]; first by have [] := ok_network_parts okN lN.
  apply: (entrywise_short_cycles P1 PM cyc) => g /matrix_move[x [c [cl ->]]].
  by have [] := step_acts rs okN inN lN cl.
apply: rounded_finite rr _ _ (ok_delays_pos okN) => [l lN|l x c lN cl].
  by have [] := ok_network_parts okN lN.
by have [] := step_acts rs okN inN lN cl.
Qed.
End Theorems.

Section Statements.
Variables (R : realFieldType) (r : R -> R) (sem : semantics (arith_of R)) (s : numbers).
Hypotheses (rr : rounding r) (rs : (rounds r sem).2).
Local Notation within := (in_region (rounds r sem).1 (DiagonalEntries s)).

Lemma nonnegative_tame N (long : pred nat) : at_least_0 s -> ok_network N -> within N ->
  tame 1 long (size (layers N)) (cells sem N) (start N) /\ (answers sem N -> finitely_many sem N).
Proof.
move=> s0; apply: (diagonal_tame rr (P := @monotone R) (good := fun a => 0 <= a)) => //.
- by move=> a b; apply: affine_monotone.
- by move=> a; apply: at_least_0P.
- exact: monotone_comp.
- by move=> f x p; apply: monotone_cycle.
Qed.

Lemma real_tame N (long : pred nat) : ok_network N -> within N ->
  tame 2 long (size (layers N)) (cells sem N) (start N) /\ (answers sem N -> finitely_many sem N).
Proof.
apply: (diagonal_tame rr (P := @signed R) (good := fun _ => True)) => //.
- by move=> a b _; apply: affine_signed.
- by left=> x y.
- exact: signed_comp.
- by move=> f x p; apply: signed_cycle.
Qed.

Theorem nonnegative_aperiodic deep : at_least_0 s -> forbids sem within deep has_cycle.
Proof.
move=> s0 A N minA [u [m cyc]] okN same _ inN rec.
have [tm fin] := nonnegative_tame predT s0 okN inN.
have := repeating_forbids minA same fin tm rec (fun _ _ => isT) cyc.
by rewrite exp1n dvdn1 => /eqP m1; case: cyc; rewrite m1.
Qed.

Theorem nonnegative_settles deep : at_least_0 s -> forbids sem within deep is_unsettled.
Proof.
move=> s0 A N minA [p [x un]] okN same _ inN rec.
have [tm fin] := nonnegative_tame predT s0 okN inN.
exact: (repeating_unsettled same fin isT tm rec un).
Qed.

Theorem signed_cycles k : forbids sem within (leq^~ k) (has_cycle_off k).
Proof.
move=> A N minA [u [m [cyc /negP off]]] okN same deep inN rec; apply: off.
have [tm fin] := real_tame predT okN inN.
apply: dvdn_trans (repeating_forbids minA same fin tm rec (fun _ _ => isT) cyc) _.
exact: dvdn_exp2l.
Qed.

Theorem signed_cycles_any deep : forbids sem within deep has_cycle_off_2_powers.
Proof.
move=> A N minA [u [m [cyc off]]] okN same _ inN rec; have [tm fin] := real_tame predT okN inN.
by have [j /off] := divides_2_power (repeating_forbids minA same fin tm rec (fun _ _ => isT) cyc).
Qed.
End Statements.
