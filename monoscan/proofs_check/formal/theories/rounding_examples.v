(* That the theorems about rounding speak of something, and that each hypothesis is *)
(* needed. The networks are scalar_network a of grazzi_theorem1.v.                  *)
(*                                                                                  *)
(*       ternary x == -1, 0 or 1 as x <= -1, -1 < x < 1 or x >= 1                   *)
(*                                                                                  *)
(* rounding_not_empty: ternary is non-decreasing with finitely many values, and     *)
(*   scalar_network 1 lies in the class and answers every word.                     *)
(* sign_needed: with a = -1, all else being as there, parity is recognised.         *)
(* psd_rounding_not_empty, psd_rounding_sign_needed: the same of symmetric matrices,*)
(*   rounded once a step.                                                           *)
(* monotone_needed: with a = 1 and x |-> - ternary x, finitely many values but      *)
(*   decreasing, the length is counted modulo 2.                                    *)
From mathcomp Require Import all_ssreflect all_algebra.
From Coq Require Import String.
From Monoscan Require Import arithmetic network well_formed regions monotone_stack.
From Monoscan Require Import nonnegative_spectrum grazzi_theorem1.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Examples.
Variable R : realFieldType.
Local Notation K := (arith_of R).

Definition ternary (x : R) : R := if x <= -1 then -1 else if x < 1 then 0 else 1.

Lemma lt_opp1 : (-1 : R) < 1.
Proof. by rewrite (@lt_trans _ _ 0) ?oppr_lt0 ?ltr01. Qed.

Lemma ternary1 : ternary 1 = 1.
Proof. by rewrite /ternary leNgt lt_opp1 ltxx. Qed.

Lemma ternaryN1 : ternary (-1) = -1.
Proof. by rewrite /ternary lexx. Qed.

Lemma ternary_rounding : rounding ternary.
Proof.
split=> [x y xy|].
  rewrite /ternary; have [x1|x1] := leP x (-1).
    by case: ifP => // _; case: ifP => _; rewrite ?lerN10 // ltW // lt_opp1.
  have /negbTE -> : ~~ (y <= -1) by rewrite -ltNge (lt_le_trans x1 xy).
  have [xl|xl] := ltP x 1; first by case: ifP => _; rewrite ?ler01.
  by have /negbTE -> : ~~ (y < 1) by rewrite -leNgt (le_trans xl xy).
exists [:: -1; 0; 1] => x; rewrite /ternary !inE.
by case: ifP => _; [|case: ifP => _]; rewrite eqxx ?orbT.
Qed.

Definition unit_values (h : R) : Prop := h = 1 \/ h = -1.

Section Run.
Variables (sem : semantics K) (a : R) (g : R -> R -> R).
Hypothesis stepE : forall b h, step sem (@Case K [:: @Diagonal K [:: b]] [:: [:: 0 : R]])
  [:: [:: h]] = [:: [:: g b h : R]].
Hypothesis stays : forall b h, b = 1 \/ b = a -> unit_values h -> unit_values (g b h).

Definition value (w : seq letter) : R :=
  foldl (fun h x => g (if x == "1"%string then a else 1) h) 1 w.

Lemma value_unit w : unit_values (value w).
Proof.
rewrite /value; elim/last_ind: w => [|w x IH]; first by left.
by rewrite foldl_rcons; apply: stays => //; case: eqP; [right | left].
Qed.

Lemma scalar_run w : all (mem (alphabet (scalar_network a))) w ->
  run (cells sem (scalar_network a)) (start (scalar_network a)) w = Some [:: inl [:: [:: value w]]].
Proof.
elim/last_ind: w => [|w x IH] //; rewrite all_rcons => /andP[xN /IH].
rewrite run_rcons => ->; rewrite /value foldl_rcons -/(value w) /=.
by move: xN; rewrite !inE => /orP[] /eqP -> /=; rewrite /next /= stepE.
Qed.

Lemma scalar_answer w : all (mem (alphabet (scalar_network a))) w ->
  answer sem (scalar_network a) w = Some (Truth (value w == 1)).
Proof.
move=> wN; rewrite /answer scalar_run //= /last_output /=.
case: (value_unit w) => ->; rewrite ?eqxx // [-1 == 1]eq_sym one_neq_opp.
by case: eqP => // -[] /eqP; rewrite one_neq_opp.
Qed.
End Run.

Lemma op_step (r : R -> R) b h : step (@OpRound K r) (@Case K [:: @Diagonal K [:: b]] [:: [:: 0 : R]])
  [:: [:: h]] = [:: [:: r (r (b * h) + 0) : R]].
Proof. by []. Qed.

Lemma op_unit (e : R) h : unit_values e -> unit_values h ->
  ternary (ternary (e * h) + 0) = e * h.
Proof.
rewrite addr0; case=> -> [] ->; rewrite ?mul1r ?mulN1r ?opprK;
  by rewrite ?(ternary1, ternaryN1) ?(ternary1, ternaryN1).
Qed.

Theorem rounding_not_empty : let N := scalar_network (1 : R) in
  [/\ rounding ternary, ok_network N,
      in_region true (DiagonalEntries (RationalIn [:: Interval (Posz 0, 1%N) (Posz 1, 1%N) true true])) N &
      recognises (@OpRound K ternary) N (fun _ => Truth true)].
Proof.
split; [exact: ternary_rounding | exact: scalar_network_ok | |].
  have one i j : (i < 1)%N -> (j < 1)%N -> i = 0%N /\ j = 0%N by case: i j => [|i] [|j].
  move=> l s c [<-|//] cl; split; last by case: cl => [[_ <-]|[[_ <-]|//]].
  move=> i j lt_i lt_j; have [-> ->] := one i j lt_i lt_j.
  by case: cl => [[_ <-]|[[_ <-]|//]];
    rewrite /= /in_interval /of_fraction /entry /= mul0r divr1 ler01 lexx.
have stays b (h : R) : b = 1 \/ b = 1 -> unit_values h -> unit_values (ternary (ternary (b * h) + 0)).
  move=> b1 hu; have -> : b = 1 by case: b1.
  by rewrite op_unit //; [rewrite mul1r | left].
move=> w wN; rewrite (scalar_answer (op_step ternary) stays wN); congr (Some (Truth _)).
apply/eqP; rewrite /value; elim/last_ind: w {wN} => // w x IH.
by rewrite foldl_rcons IH if_same mulr1 addr0 !ternary1.
Qed.

Theorem sign_needed : rounding ternary /\
  recognises (@OpRound K ternary) (scalar_network (-1)) (parity "1"%string).
Proof.
split; first exact: ternary_rounding.
have stays b (h : R) : b = 1 \/ b = -1 -> unit_values h -> unit_values (ternary (ternary (b * h) + 0)).
  move=> b1 hu; rewrite op_unit //; case: b1 => ->; rewrite ?mul1r ?mulN1r //.
  by case: hu => ->; [right | left; rewrite opprK].
move=> w wN; rewrite (scalar_answer (op_step ternary) stays wN) /parity; congr (Some (Truth _)).
suff -> : value (-1) (fun b h => ternary (ternary (b * h) + 0)) w = (-1) ^+ count_mem "1"%string w.
  rewrite -signr_odd; case: odd; rewrite ?expr0 ?eqxx // expr1 eq_sym.
  by rewrite one_neq_opp.
rewrite /value; elim/last_ind: w {wN} => // w x IH; rewrite foldl_rcons IH -cats1 count_cat /=.
have u n : unit_values ((-1 : R) ^+ n).
  by rewrite -signr_odd; case: odd; rewrite ?expr1 ?expr0; [right | left].
rewrite op_unit //; last by case: ifP => _; [right | left].
by case: (x == _); rewrite ?addn0 ?addn1 ?mul1r // exprS.
Qed.

Lemma seq_step (r : R -> R) b h : step (@SeqRound K r) (@Case K [:: @Diagonal K [:: b]] [:: [:: 0 : R]])
  [:: [:: h]] = [:: [:: r (b * h) : R]].
Proof.
rewrite /step /transition_matrix /mulm /addm /mapm /addv /combine /pad_right /unit_row /scalev /=.
by rewrite !addr0.
Qed.

Lemma seq_unit (e : R) h : unit_values e -> unit_values h -> ternary (e * h) = e * h.
Proof.
by case=> -> [] ->; rewrite ?mul1r ?mulN1r ?opprK ?ternary1 ?ternaryN1.
Qed.

Theorem psd_rounding_not_empty : let N := scalar_network (1 : R) in
  [/\ rounding ternary, ok_network N, in_region false SymmetricSpectrumIn01 N &
      recognises (@SeqRound K ternary) N (fun _ => Truth true)].
Proof.
split; [exact: ternary_rounding | exact: scalar_network_ok | |].
  move=> l s c [<-|//] cl; split=> //; split; first by apply/matrixP => i j; rewrite !ord1 !mxE.
  exists [:: 1]; split; first by rewrite /= ler01 lexx.
  rewrite big_seq1 /char_poly det_mx11 !mxE /=.
  by case: cl => [[_ <-]|[[_ <-]|//]].
have stays b (h : R) : b = 1 \/ b = 1 -> unit_values h -> unit_values (ternary (b * h)).
  move=> b1 hu; have -> : b = 1 by case: b1.
  by rewrite seq_unit //; [rewrite mul1r | left].
move=> w wN; rewrite (scalar_answer (seq_step ternary) stays wN); congr (Some (Truth _)).
apply/eqP; rewrite /value; elim/last_ind: w {wN} => // w x IH.
by rewrite foldl_rcons IH if_same mulr1 ternary1.
Qed.

Theorem psd_rounding_sign_needed : rounding ternary /\
  recognises (@SeqRound K ternary) (scalar_network (-1)) (parity "1"%string).
Proof.
split; first exact: ternary_rounding.
have stays b (h : R) : b = 1 \/ b = -1 -> unit_values h -> unit_values (ternary (b * h)).
  move=> b1 hu; rewrite seq_unit //; case: b1 => ->; rewrite ?mul1r ?mulN1r //.
  by case: hu => ->; [right | left; rewrite opprK].
move=> w wN; rewrite (scalar_answer (seq_step ternary) stays wN) /parity; congr (Some (Truth _)).
suff -> : value (-1) (fun b h => ternary (b * h)) w = (-1) ^+ count_mem "1"%string w.
  rewrite -signr_odd; case: odd; rewrite ?expr0 ?eqxx // expr1 eq_sym.
  by rewrite one_neq_opp.
rewrite /value; elim/last_ind: w {wN} => // w x IH; rewrite foldl_rcons IH -cats1 count_cat /=.
have u n : unit_values ((-1 : R) ^+ n).
  by rewrite -signr_odd; case: odd; rewrite ?expr1 ?expr0; [right | left].
rewrite seq_unit //; last by case: ifP => _; [right | left].
by case: (x == _); rewrite ?addn0 ?addn1 ?mul1r // exprS.
Qed.

Theorem monotone_needed : let r := fun x => - ternary x in
  [/\ exists D : seq R, forall x, r x \in D, antitone r &
      recognises (@SeqRound K r) (scalar_network 1) (fun w => Truth (~~ odd (size w)))].
Proof.
move=> r; have [mono _] := ternary_rounding; split.
- exists [:: -1; 0; 1] => x; rewrite /r /ternary !inE.
  by case: ifP => _; [|case: ifP => _]; rewrite ?opprK ?oppr0 eqxx ?orbT.
- by move=> x y xy; rewrite ler_opp2; apply/mono.
have rE (h : R) : unit_values h -> r (1 * h) = - h.
  by rewrite mul1r; case=> ->; rewrite /r ?ternary1 ?ternaryN1.
have stays b (h : R) : b = 1 \/ b = 1 -> unit_values h -> unit_values (r (b * h)).
  move=> b1 hu; have -> : b = 1 by case: b1.
  by rewrite rE //; case: hu => ->; [right | left; rewrite opprK].
move=> w wN; rewrite (scalar_answer (seq_step r) stays wN); congr (Some (Truth _)).
suff -> : value 1 (fun b h => r (b * h)) w = (-1) ^+ size w.
  rewrite -signr_odd; case: odd; rewrite ?expr0 ?eqxx // expr1 eq_sym.
  by rewrite one_neq_opp.
rewrite /value; elim/last_ind: w {wN} => // w x IH; rewrite foldl_rcons IH if_same size_rcons.
rewrite rE ?exprS ?mulN1r //.
by rewrite -signr_odd; case: odd; rewrite ?expr1 ?expr0; [right | left].
Qed.
End Examples.
