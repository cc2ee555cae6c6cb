(* The checker for certificates of the kinds recognizer and counterexample, and     *)
(* what its "valid" means.                                                          *)
(*                                                                                  *)
(*  simulated cs N A P == P, a list of (joint state, state of A), contains the     *)
(*                   initial pair, is closed under all letters, and the outputs     *)
(*                   agree at each of its pairs                                     *)
(*  reachable cs N A p == some word leads to the pair p; cs are the cells of N      *)
(*  check_recognizer hash sem N A P, check_counterexample sem N A ts == the         *)
(*                   programs; `hash` only makes them fast                          *)
(*                                                                                  *)
(* simulated_recognises: a network with such a list answers like the automaton on   *)
(*   every word.                                                                    *)
(* check_recognizer_sound: so does one whose certificate the program accepts, and   *)
(*   every listed pair is reached by a word.                                        *)
(* check_counterexample_sound: a network whose counterexample the program accepts   *)
(*   does not answer like the automaton on every word.                              *)
From mathcomp Require Import all_ssreflect.
From Coq Require Import PArith FMapPositive.
From Monoscan Require Import arithmetic network well_formed.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Section Checker.
Variable K : arith.
Local Notation matrix := (seq (seq K)).
Local Notation pair := (seq (state K) * nat)%type.
(* cs: the cells of N, made once *)
Variables (hash : pair -> positive) (cs : seq (cell (state K))) (N : network K) (A : automaton).

Definition agrees (p : pair) : bool := last_output N p.1 == Some (aut_output A p.2).

Definition successor (p : pair) (x : letter) : option pair :=
  omap (fun Hs => (Hs, aut_next A p.2 x)) (next cs p.1 x).

Definition simulated (P : seq pair) : Prop :=
  [/\ (start N, 0) \in P,
      forall p x, p \in P -> x \in alphabet N ->
        exists2 q, successor p x = Some q & q \in P &
      forall p, p \in P -> agrees p].

Definition reachable (p : pair) : Prop :=
  exists w, [/\ all (mem (alphabet N)) w, run cs (start N) w = Some p.1 & aut_state A w = p.2].

Lemma reachable_start : reachable (start N, 0).
Proof. by exists [::]. Qed.

Lemma reachable_successor p x q :
  reachable p -> x \in alphabet N -> successor p x = Some q -> reachable q.
Proof.
case=> w [inw runw autw] xN; rewrite /successor.
case E: next => [Hs|] //= [<-]; exists (rcons w x); split.
- by rewrite all_rcons inw andbT.
- by rewrite run_rcons runw.
- by rewrite /aut_state foldl_rcons -/(aut_state A w) autw.
Qed.

Lemma simulated_answer P w : simulated P -> all (mem (alphabet N)) w ->
  obind (last_output N) (run cs (start N) w) = Some (aut_answer A w).
Proof.
case=> startP closedP agreeP inw.
suff [Hs runw HsP] : exists2 Hs, run cs (start N) w = Some Hs & (Hs, aut_state A w) \in P.
  by rewrite runw; apply/eqP; apply: agreeP HsP.
elim/last_ind: w inw => [|w x IH]; first by exists (start N).
rewrite all_rcons => /andP[xN inw]; have [Hs runw HsP] := IH inw.
have [q] := closedP _ x HsP xN; rewrite /successor /=; case E: next => [Hs'|] //= [<-] HqP.
by exists Hs'; rewrite ?run_rcons ?runw // /aut_state foldl_rcons.
Qed.

(* ------------------------------------------------------------- sets of pairs *)

Definition bucket (t : PositiveMap.t (seq pair)) (p : pair) : seq pair :=
  odflt [::] (PositiveMap.find (hash p) t).
Definition member (t : PositiveMap.t (seq pair)) (p : pair) : bool := p \in bucket t p.
Definition insert (p : pair) (t : PositiveMap.t (seq pair)) : PositiveMap.t (seq pair) :=
  PositiveMap.add (hash p) (p :: bucket t p) t.
Definition set_of (P : seq pair) : PositiveMap.t (seq pair) :=
  foldr insert (PositiveMap.empty _) P.

Lemma member_insert p q t : member (insert q t) p -> p = q \/ member t p.
Proof.
rewrite /member /insert {1}/bucket; case: (Pos.eq_dec (hash p) (hash q)) => E.
  rewrite E PositiveMap.gss /= inE => /predU1P[->|]; first by left.
  by rewrite /bucket E; right.
by rewrite PositiveMap.gso //; right.
Qed.

Lemma member_empty p : ~~ member (PositiveMap.empty _) p.
Proof. by rewrite /member /bucket PositiveMap.gempty. Qed.

Lemma member_set_of P p : member (set_of P) p -> p \in P.
Proof.
elim: P => [|q P IH]; first by move/negP: (member_empty p).
by rewrite inE => /member_insert[->|/IH ->]; rewrite ?eqxx ?orbT.
Qed.

(* --------------------------------------------------------------- recognizer *)

Definition closed (t : PositiveMap.t (seq pair)) (P : seq pair) : bool :=
  all (fun p => all (fun x =>
    if successor p x is Some q then member t q else false) (alphabet N)) P.

(* adds successors that are new to the stack and to the set *)
Fixpoint extend (p : pair) (xs : seq letter) (stack : seq pair) (seen : PositiveMap.t (seq pair)) :
    seq pair * PositiveMap.t (seq pair) :=
  if xs is x :: xs' then
    if successor p x is Some q then
      if member seen q then extend p xs' stack seen
      else extend p xs' (q :: stack) (insert q seen)
    else extend p xs' stack seen
  else (stack, seen).

Fixpoint search (fuel : nat) (stack : seq pair) (seen : PositiveMap.t (seq pair)) :
    PositiveMap.t (seq pair) :=
  match fuel, stack with
  | n.+1, p :: rest =>
      let: (stack', seen') := extend p (alphabet N) rest seen in search n stack' seen'
  | _, _ => seen
  end.

Definition found (fuel : nat) : PositiveMap.t (seq pair) :=
  let p := (start N, 0) in search fuel [:: p] (insert p (PositiveMap.empty _)).

Fixpoint distinct (P : seq pair) (t : PositiveMap.t (seq pair)) : bool :=
  if P is p :: P' then ~~ member t p && distinct P' (insert p t) else true.

Definition ok_pairs (P : seq pair) : bool :=
  let t := set_of P in
  [&& distinct P (PositiveMap.empty _), member t (start N, 0), all agrees P, closed t P &
      let reached := found (size P) in all (member reached) P].

Lemma extend_reachable p xs stack seen : reachable p -> {subset xs <= alphabet N} ->
  (forall q, q \in stack -> reachable q) -> (forall q, member seen q -> reachable q) ->
  let: (stack', seen') := extend p xs stack seen in
  (forall q, q \in stack' -> reachable q) /\ (forall q, member seen' q -> reachable q).
Proof.
move=> rp; elim: xs stack seen => //= x xs IH stack seen sub rstack rseen.
have xN : x \in alphabet N by apply: sub; rewrite mem_head.
have sub' : {subset xs <= alphabet N} by move=> y yxs; apply: sub; rewrite inE yxs orbT.
case E: successor => [q|]; last exact: IH.
case: ifP => _; first exact: IH.
have rq : reachable q by exact: reachable_successor rp xN E.
by apply: IH => // q'; [rewrite inE => /predU1P[->|/rstack] | case/member_insert=> [->|/rseen]].
Qed.

Lemma search_reachable fuel stack seen : (forall q, q \in stack -> reachable q) ->
  (forall q, member seen q -> reachable q) -> forall q, member (search fuel stack seen) q ->
  reachable q.
Proof.
elim: fuel stack seen => [|n IH] [|p rest] seen rstack rseen //=.
have rp : reachable p by apply: rstack; rewrite mem_head.
have rrest q : q \in rest -> reachable q by move=> qr; apply: rstack; rewrite inE qr orbT.
have := extend_reachable rp (fun _ => id) rrest rseen.
by case: extend => stack' seen' [rs' rn']; apply: IH.
Qed.

Lemma found_reachable fuel q : member (found fuel) q -> reachable q.
Proof.
apply: search_reachable => p; first by rewrite inE => /eqP->; exact: reachable_start.
case/member_insert=> [->|]; first exact: reachable_start.
by move/negP: (member_empty p).
Qed.

Lemma ok_pairs_sound P : ok_pairs P -> simulated P /\ forall p, p \in P -> reachable p.
Proof.
case/and5P=> _ startP agreeP closedP foundP; split; last first.
  by move=> p pP; apply: found_reachable (allP foundP _ pP).
split; first exact: member_set_of startP.
  move=> p x pP xN; have /allP/(_ x xN) := allP closedP _ pP.
  by case: successor => // q qt; exists q => //; apply: member_set_of.
by move=> p pP; apply: (allP agreeP).
Qed.

(* ----------------------------------------------------------- counterexample *)

(* what the last layer's read-out sees: a state, or one bit a functional *)
Inductive observation := Seen of seq (seq K) | Bits of seq bool.
Definition eq_observation (a b : observation) : bool :=
  match a, b with Seen x, Seen y => x == y | Bits x, Bits y => x == y | _, _ => false end.

Definition observe (r : readout K) (H : matrix) : observation :=
  match r with
  | States _ => Seen H
  | Thresholds fs _ => Bits (map (fun f => holds f H) fs)
  end.
Definition observed (w : seq letter) : option observation :=
  if (items N, run cs (start N) w) is (i :: it, Some Hs) then
    if (last i it, last (inr [::]) Hs) is (Recurrent l, inl H)
    then Some (observe (layer_readout l) H) else None
  else None.

(* a word with what the certificate says of it *)
Record trial := Trial {
  word : seq letter; said_observation : observation; said_output : output; expected : output
}.

Definition ok_trial (t : trial) : bool :=
  [&& all (fun x => x \in alphabet N) (word t),
      (if observed (word t) is Some o then eq_observation o (said_observation t) else false),
      obind (last_output N) (run cs (start N) (word t)) == Some (said_output t) &
      aut_answer A (word t) == expected t].

Definition fails (ts : seq trial) : bool :=
  match ts with
  | [:: t] => said_output t != expected t
  | [:: t; u] => eq_observation (said_observation t) (said_observation u) &&
                 (expected t != expected u)
  | _ => false
  end.

Definition ok_trials (ts : seq trial) : bool := all ok_trial ts && fails ts.

Lemma eq_observationP (a b : observation) : eq_observation a b -> a = b.
Proof. by case: a b => [x|x] [y|y] //= /eqP->. Qed.

Lemma read_out_observe (r : readout K) H H' :
  observe r H = observe r H' -> read_out r H = read_out r H'.
Proof. by case: r => [t|fs t] /= [->]. Qed.

Lemma answer_observed u v o : observed u = Some o -> observed v = Some o ->
  obind (last_output N) (run cs (start N) u) = obind (last_output N) (run cs (start N) v).
Proof.
rewrite /observed /last_output; case: (items N) => // i it.
case: run => // Hs; case: (last i it) => //= l; case: (last _ Hs) => //= H [<-].
case: run => // Hs' /=; case: (last _ Hs') => //= H' [E].
exact/esym/read_out_observe.
Qed.

Lemma ok_trials_wrong ts : ok_trials ts -> exists2 w, all (mem (alphabet N)) w &
  obind (last_output N) (run cs (start N) w) <> Some (aut_answer A w).
Proof.
case/andP; case: ts => [|t [|u []]] //=.
  rewrite andbT => /and4P[tN _ /eqP at_ /eqP et] /eqP neq.
  by exists (word t) => //; rewrite at_ et => -[].
case/and3P=> /and4P[tN ot _ /eqP et] /and4P[uN ou _ /eqP eu] _.
case/andP=> /eq_observationP oo /eqP neq.
case Et: observed ot => [o|] // /eq_observationP oE.
case Eu: observed ou => [o'|] // /eq_observationP oE'.
have E := @answer_observed (word u) (word t) o.
rewrite Et Eu oE oE' oo in E; have {}E := E erefl erefl.
have [at_|at_] := eqVneq (obind (last_output N) (run cs (start N) (word t))) (Some (expected t)).
  by exists (word u) => //; rewrite E at_ eu => -[].
by exists (word t) => //; rewrite et; apply/eqP.
Qed.
End Checker.

Section Verdicts.
Variable K : arith.
Variables (hash : seq (state K) * nat -> positive).
Variables (sem : semantics K) (N : network K) (A : automaton).

Definition check_network : bool :=
  [&& ok_network N, ok_automaton A, alphabet N == aut_alphabet A & admissible sem N].

Definition check_recognizer (P : seq (seq (state K) * nat)) : bool :=
  check_network && let cs := cells sem N in ok_pairs hash cs N A P.

Definition check_counterexample (ts : seq (trial K)) : bool :=
  check_network && let cs := cells sem N in ok_trials cs N A ts.

Theorem simulated_recognises P :
  simulated (cells sem N) N A P -> recognises sem N (aut_answer A).
Proof. by move=> simP w; apply: simulated_answer simP. Qed.

Theorem check_recognizer_sound P : check_recognizer P -> recognises sem N (aut_answer A) /\
  forall p, p \in P -> reachable (cells sem N) N A p.
Proof. by case/andP=> _ /ok_pairs_sound[/simulated_recognises]. Qed.

Theorem check_counterexample_sound ts : check_counterexample ts ->
  ~ recognises sem N (aut_answer A).
Proof. by case/andP=> _ /ok_trials_wrong[w inw wrong] rec; apply: wrong; apply: rec. Qed.
End Verdicts.
