(* What an obstruction says: an automaton shows some behaviour, and so no network   *)
(* of a class recognises its language. The behaviours are those of FORMAT.md.       *)
(*                                                                                  *)
(*    minimal A == every state of A is reached, and different ones are told apart   *)
(*    delta A q w == the state to which the word w leads from q                     *)
(*  cycle A u m == the word u moves m different states of A in a cycle              *)
(*       apart A u v == the words u and v lead to different states                  *)
(*  unsettled A p x == the answers to p x^n are not constant from any n on          *)
(* forbids sem within deep shows == no network in `within`, of a number of layers   *)
(*                   that is `deep`, recognises the language of an automaton that   *)
(*                   `shows` something                                              *)
(* forbids_by ans == the same of networks that answer as ans says                   *)
(* exactly_finite == the same in exact arithmetic, of networks that reach finitely  *)
(*                   many joint states                                              *)
(*                                                                                  *)
(* repeating_forbids: networks whose joint states repeat with period q^depth make   *)
(*   no cycle of a length that does not divide q^depth.                             *)
From mathcomp Require Import all_ssreflect.
From Monoscan Require Import arithmetic network well_formed periods.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Section Behaviours.
Variable A : automaton.
Local Notation word := (all (mem (aut_alphabet A))).
Local Notation n_states := (size (aut_table A)).

Definition delta (q : nat) (w : seq letter) : nat := foldl (aut_next A) q w.

Definition minimal : Prop :=
  (forall q, q < n_states -> exists2 w, word w & aut_state A w = q) /\
  (forall q r, q < n_states -> r < n_states -> q <> r ->
     exists2 y, word y & aut_output A (delta q y) <> aut_output A (delta r y)).

Definition cycle (u : seq letter) (m : nat) : Prop :=
  [/\ word u, 1 < m & exists2 qs : seq nat, [/\ uniq qs, size qs = m & all (gtn n_states) qs] &
    forall i, i < m -> delta (nth 0 qs i) u = nth 0 qs (i.+1 %% m)].

Definition unsettled (p : seq letter) (x : letter) : Prop :=
  [/\ word p, x \in aut_alphabet A & forall n0, exists2 n, n0 <= n &
    aut_answer A (p ++ nseq n x) <> aut_answer A (p ++ nseq n0 x)].

Lemma aut_answer_cat w y : aut_answer A (w ++ y) = aut_output A (delta (aut_state A w) y).
Proof. by rewrite /aut_answer /aut_state foldl_cat. Qed.

Lemma delta_power qs m u i k : (forall i, i < m -> delta (nth 0 qs i) u = nth 0 qs (i.+1 %% m)) ->
  i < m -> delta (nth 0 qs i) (power u k) = nth 0 qs ((i + k) %% m).
Proof.
move=> step; elim: k i => [|k IH] i lt_i; first by rewrite addn0 modn_small.
rewrite /power /= /delta foldl_cat -/(delta _ _) -/(delta _ _) step // IH ?ltn_pmod //.
  by rewrite modnDml addSnnS.
exact: leq_ltn_trans lt_i.
Qed.

Lemma cycle_divides u m Q : minimal -> cycle u m ->
  (forall p, word p -> exists n0, forall n, n0 <= n -> forall y, word y ->
     aut_answer A (p ++ power u (n + Q) ++ y) = aut_answer A (p ++ power u n ++ y)) -> m %| Q.
Proof.
move=> [reached apart] [uN m1 [qs [uqs sqs inqs] step]] rep.
have m0 : 0 < m by apply: ltnW.
have lt_q i : i < m -> nth 0 qs i < n_states by move=> lt_i; apply: (allP inqs); rewrite mem_nth ?sqs.
have [p pN stp] := reached _ (lt_q 0 m0); have [n0 H] := rep p pN.
have stE k : aut_state A (p ++ power u k) = nth 0 qs (k %% m).
  by rewrite /aut_state foldl_cat -/(aut_state A p) stp -/(delta _ _) (delta_power _ step).
have E : nth 0 qs (Q %% m) = nth 0 qs 0.
  apply/eqP/negPn/negP => /eqP ne.
  have [y yN] := apart _ _ (lt_q _ (ltn_pmod Q m0)) (lt_q 0 m0) ne; apply.
  have := H (n0 * m) (leq_pmulr _ m0) y yN; rewrite !catA !aut_answer_cat !stE.
  by rewrite modnMDl modnMl.
by move/eqP: E; rewrite nth_uniq ?sqs ?ltn_pmod.
Qed.

(* two words lead to different states *)
Definition apart (u v : seq letter) : Prop :=
  [/\ word u, word v, aut_state A u < n_states, aut_state A v < n_states &
      aut_state A u <> aut_state A v].

Lemma apart_answers u v : minimal -> apart u v ->
  exists2 y, word y & aut_answer A (u ++ y) <> aut_answer A (v ++ y).
Proof.
case=> _ told [_ _ un vn ne]; have [y yN E] := told _ _ un vn ne.
by exists y; rewrite // !aut_answer_cat.
Qed.
End Behaviours.

Definition forbids_by (K : arith) (ans : network K -> seq letter -> option output)
    (within : network K -> Prop) (deep : pred nat) (shows : automaton -> Prop) : Prop :=
  forall (A : automaton) (N : network K), minimal A -> shows A ->
    ok_network N -> alphabet N = aut_alphabet A -> deep (size (layers N)) -> within N ->
    ~ (forall w, all (mem (alphabet N)) w -> ans N w = Some (aut_answer A w)).

Definition forbids (K : arith) (sem : semantics K) := forbids_by (answer sem).

(* lengths of cycles, as they depend on what is known of the number of layers *)
Definition has_cycle (A : automaton) : Prop := exists u m, cycle A u m.
Definition has_cycle_off_2_powers (A : automaton) : Prop :=
  exists u m, cycle A u m /\ forall k, m <> 2 ^ k.
Definition has_cycle_off (k : nat) (A : automaton) : Prop :=
  exists u m, cycle A u m /\ ~~ (m %| 2 ^ k).
Definition has_letter_cycle (A : automaton) : Prop := exists x m, cycle A [:: x] m /\ 2 < m.
Definition has_repeat (A : automaton) : Prop := exists p x, apart A (rcons p x) (p ++ [:: x; x]).
Definition has_last_letter_apart (A : automaton) : Prop :=
  exists u v x, apart A (rcons u x) (rcons v x).
Definition has_overwritten (A : automaton) : Prop := exists p u v z,
  {subset u ++ v <= z} /\ apart A (p ++ u ++ z) (p ++ v ++ z).
Definition has_overwritten_counted (A : automaton) : Prop := exists p u v z,
  [/\ {subset u ++ v <= z}, apart A (p ++ u ++ z) (p ++ v ++ z) &
      perm_eq u v \/ v = [::] /\ aut_state A (p ++ u) = aut_state A (p ++ u ++ u)].
Definition has_letter_transient (A : automaton) : Prop := exists p x t,
  0 < t /\ forall k, apart A (p ++ nseq t x) (p ++ nseq (t + k.+1) x).
Definition is_unsettled (A : automaton) : Prop := exists p x, unsettled A p x.

Lemma divides_2_power m k : m %| 2 ^ k -> exists j, m = 2 ^ j.
Proof. by case/(dvdn_pfactor _ _ (isT : prime 2)) => j _ ->; exists j. Qed.

Section Repeating.
Variables (K : arith) (sem : semantics K) (N : network K) (A : automaton).
Hypotheses (minA : minimal A) (sameN : alphabet N = aut_alphabet A).
Hypothesis finN : answers sem N -> finitely_many sem N.

Theorem repeating_forbids q (long : pred nat) u m :
  tame q long (size (layers N)) (cells sem N) (start N) -> recognises sem N (aut_answer A) ->
  (forall i, i < size (layers N) -> long (q ^ i * size u)) -> cycle A u m -> m %| q ^ size (layers N).
Proof.
move=> tm rec lu cyc; apply: (cycle_divides minA cyc) => p pN.
have [uN _ _] := cyc; rewrite -sameN in uN pN *.
exact: (answers_repeat rec (finN (recognises_answers rec)) tm pN uN lu).
Qed.

Theorem repeating_unsettled (long : pred nat) p x :
  long 1 -> tame 1 long (size (layers N)) (cells sem N) (start N) ->
  recognises sem N (aut_answer A) -> ~ unsettled A p x.
Proof.
move=> l1 tm rec [pN xN H].
have nseqE n : power [:: x] n = nseq n x by elim: n => //= n; rewrite /power /= => ->.
have xN' : all (mem (alphabet N)) [:: x] by rewrite /= andbT sameN.
rewrite -sameN in pN.
have l1' i : long (1 ^ i * 1) by rewrite exp1n.
have [n0 E] := answers_repeat rec (finN (recognises_answers rec)) tm pN xN' (fun i _ => l1' i).
have [n le_n []] := H n0; rewrite -(subnKC le_n); elim: (n - n0) => [|k IH]; first by rewrite addn0.
have := E (n0 + k) (leq_addr _ _) [::] isT.
by rewrite !cats0 exp1n addn1 !nseqE -IH addnS.
Qed.
End Repeating.
