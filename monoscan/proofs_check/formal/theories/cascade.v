(* The induction over layers that five lemma pages share (psd-products-aperiodic,   *)
(* open-range-no-groups, real-spectrum-two-groups, monotone-rounding,               *)
(* signed-rounding-two-groups). The upper layer reads the letter and the NEW lower  *)
(* state, as in monoscan.                                                           *)
(*                                                                                  *)
(*  run_word d w y == the state after the word w from y, the letters moving it by d *)
(* cascade_step z a == the lower layer moves by a, then the upper one by a and the  *)
(*                   new lower state                                                *)
(*      along gs t == the upper state after the symbols gs from t                   *)
(* ev_period f y r == iter (n + r) f y = iter n f y for all large n                 *)
(*                                                                                  *)
(* cascade_period: if every composition of the maps of the upper layer has eventual *)
(*   period c on its finite orbits, and the lower stack has eventual period r along *)
(*   the powers of a word, then the cascade has eventual period r * c along them.   *)
From mathcomp Require Import all_ssreflect.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Section Cascade.
Variables (A X : Type) (S : eqType) (lower : X -> A -> X) (upper_step : A -> X -> S -> S).

Definition run_word (Y : Type) (d : Y -> A -> Y) (w : seq A) (y : Y) := foldl d y w.
Definition cascade_step (z : X * S) (a : A) := let x := lower z.1 a in (x, upper_step a x z.2).

Definition along (gs : seq (A * X)) (t : S) := foldl (fun t ax => upper_step ax.1 ax.2 t) t gs.
Definition ev_period (Y : Type) (f : Y -> Y) (y : Y) (r : nat) :=
  exists N, forall n, N <= n -> iter (n + r) f y = iter n f y.

Variables (c r : nat).
(* every composition of the layer's maps has eventual period c on its finite orbits *)
Hypothesis upper_period : forall gs t (V : seq S), (forall n, iter n (along gs) t \in V) ->
  ev_period (along gs) t c.

Lemma run_word_fst w z : (run_word cascade_step w z).1 = run_word lower w z.1.
Proof. by elim: w z => //= a w IH z; rewrite IH. Qed.

Lemma run_word_snd w x : exists gs, forall t, (run_word cascade_step w (x, t)).2 = along gs t.
Proof.
elim: w x => [|a w IH] x; first by exists [::].
have [gs H] := IH (lower x a); exists ((a, lower x a) :: gs) => t; exact: H.
Qed.

Lemma iter_run_word (Y : Type) (d : Y -> A -> Y) w n y :
  iter n (run_word d w) y = run_word d (flatten (nseq n w)) y.
Proof.
elim: n y => // n IH y; rewrite iterSr IH /= /run_word foldl_cat //.
Qed.

Lemma ev_period_from (Y : Type) (f : Y -> Y) y r' N : iter (N + r') f y = iter N f y ->
  ev_period f y r'.
Proof.
move=> H; exists N => n /subnK <-.
by rewrite -addnA (iterD (n - N)) H -iterD.
Qed.

Theorem cascade_period w x s (V : seq S) :
  (forall u, (run_word cascade_step u (x, s)).2 \in V) ->
  ev_period (run_word lower w) x r -> ev_period (run_word cascade_step w) (x, s) (r * c).
Proof.
move=> fin [N HN]; pose g := run_word cascade_step w; pose y := iter N g (x, s).
have fst_iter n z : (iter n g z).1 = iter n (run_word lower w) z.1.
  by elim: n => //= n IH; rewrite run_word_fst IH.
have yE : y.1 = iter N (run_word lower w) x by rewrite /y fst_iter.
have y1 : (iter r g y).1 = y.1 by rewrite fst_iter yE -iterD addnC HN.
have [gs Hgs] := run_word_snd (flatten (nseq r w)) y.1.
have F t : iter r g (y.1, t) = (y.1, along gs t).
  rewrite [LHS]surjective_pairing; congr (_, _); first by rewrite fst_iter /= -(fst_iter r y) y1.
  by rewrite /g iter_run_word Hgs.
have Fk k : iter (r * k) g y = (y.1, iter k (along gs) y.2).
  elim: k => [|k IH]; first by rewrite muln0 /= -surjective_pairing.
  by rewrite mulnS iterD IH F.
have [|K HK] := upper_period (t := y.2) (gs := gs) (V := V).
  move=> n; have := fin (flatten (nseq (r * n + N) w)).
  by rewrite -iter_run_word iterD -/g -/y Fk.
apply: (@ev_period_from _ _ _ _ (r * K + N)).
by rewrite addnAC -mulnDr !(iterD _ N) -/y !Fk HK.
Qed.
End Cascade.
