(* What the letters of exact networks do whose matrices see the current letter      *)
(* only: docs/lemmas/idempotent-letters.md, strictly-stable-letters.md,             *)
(* one-layer-letter-index.md; over any field.                                       *)
(*                                                                                  *)
(*    index_one A == A X = 0 where A (A X) = 0                                      *)
(*    vanishing A == no power A^p with p > 0 fixes a matrix other than 0            *)
(*    matrices_of x P N == all matrices A of the network N, of all sizes, for       *)
(*                   symbols with the letter x, have the property P                 *)
(*                                                                                  *)
(* repeats_forbidden: if the matrices have index one and X |-> A X + B makes no     *)
(*   cycles but fixed points, a letter acts as its square.                          *)
(* last_letters_forbidden: if they have index one and are vanishing, only the last  *)
(*   letter counts.                                                                 *)
(* transients_forbidden: if they have index one, a letter leads at once into its    *)
(*   cycle, where there is a single layer.                                          *)
From mathcomp Require Import all_ssreflect all_algebra.
From Monoscan Require Import arithmetic network well_formed shapes list_matrices periods windows.
From Monoscan Require Import obstructions regions narrow.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

Local Arguments step : simpl never.

Section Maps.
Variable F : fieldType.

Definition index_one n (A : 'M[F]_n) : Prop :=
  forall d (X : 'M[F]_(n, d)), A *m (A *m X) = 0 -> A *m X = 0.
Definition vanishing n (A : 'M[F]_n) : Prop :=
  forall d (X : 'M[F]_(n, d)) p, iter p.+1 (mulmx A) X = X -> X = 0.
Definition no_cycles n (A : 'M[F]_n) : Prop := forall d (B X : 'M[F]_(n, d)) p,
  iter p.+1 (fun Y => A *m Y + B) X = X -> A *m X + B = X.

Section Orbits.
Variables (n d : nat) (A : 'M[F]_n) (B : 'M[F]_(n, d)).
Local Notation f := (fun X : 'M[F]_(n, d) => A *m X + B).
Implicit Types X Y : 'M[F]_(n, d).

Lemma iter_difference k X Y : iter k f X - iter k f Y = iter k (mulmx A) (X - Y).
Proof. by elim: k => //= k <-; rewrite opprD addrACA subrr addr0 -mulmxBr. Qed.

Lemma index_one_iter k X : index_one A -> iter k (mulmx A) X = 0 -> A *m X = 0.
Proof.
move=> ind; case: k => [|k] /=; first by move=> ->; rewrite mulmx0.
elim: k X => // k IH X; rewrite -[A *m iter _ _ _]/(iter k.+2 (mulmx A) X) !iterSr.
by rewrite -iterSr => /IH/ind.
Qed.

Lemma meet_at_once k X Y : index_one A -> iter k f X = iter k f Y -> f X = f Y.
Proof.
move=> ind E; apply/eqP; rewrite -subr_eq0; apply/eqP.
rewrite -[LHS]/(iter 1 f X - iter 1 f Y) iter_difference.
apply: (index_one_iter (k := k)) => //.
by rewrite -iter_difference E subrr.
Qed.

Variable V : seq 'M[F]_(n, d).

Lemma orbit_returns X : index_one A -> (forall k, iter k f X \in V) ->
  exists m, iter m.+1 f (f X) = f X.
Proof.
move=> ind inV; have [i [k E]] := pigeonhole inV; exists k.
rewrite -[f X in LHS]/(iter 1 f X) -iterD addn1.
by apply: (@meet_at_once i (iter k.+1 f X) X ind); rewrite -iterD.
Qed.

Lemma orbit_rests X k : index_one A -> no_cycles A -> (forall k, iter k f X \in V) ->
  iter k.+1 f X = f X.
Proof.
move=> ind no inV; have [m E] := orbit_returns ind inV.
by elim: k => // k /= ->; apply: (no d B (f X) m).
Qed.

Lemma orbits_meet X Y : index_one A -> vanishing A -> (forall k, iter k f X \in V) ->
  (forall k, iter k f Y \in V) -> f X = f Y.
Proof.
move=> ind van inX inY; pose D k := iter k f X - iter k f Y.
have inD k : D k \in [seq U - W | U <- V, W <- V].
  by apply/allpairsP; exists (iter k f X, iter k f Y); split=> /=; [apply: inX | apply: inY |].
have [i [k E]] := pigeonhole inD; have DE a : D a = iter a (mulmx A) (X - Y) := iter_difference a X Y.
have Di0 : D i = 0 by apply: (van d _ k); rewrite -[RHS]E !DE -iterD addnC.
by apply: (@meet_at_once i X Y ind); apply/eqP; rewrite -subr_eq0; apply/eqP.
Qed.
End Orbits.
End Maps.

Section Networks.
Variables (F : fieldType) (lt : F -> F -> bool).
Local Notation K := (field_arith lt).
Local Notation exact := (Exact K).

Definition case_matrix (l : layer K) (c : case K) : 'M[F]_(size (initial l)) :=
  mx (size (initial l)) (size (initial l)) (transition_matrix (case_A c)).
Definition matrices_of (P : forall n, 'M[F]_n -> Prop) (N : network K) : Prop :=
  forall l s c, List.In l (layers N) -> List.In (s, c) (cases l) -> P _ (case_matrix l c).

Definition shaped (l : layer K) (H : seq (seq K)) : Prop :=
  has_shape (size (initial l)) (width (initial l)) H.
Local Notation mat l := (mx (size (initial l)) (width (initial l))).

Variables (N : network K) (A : automaton).
Hypotheses (minA : minimal A) (okN : ok_network N) (sameN : alphabet N = aut_alphabet A).
Hypotheses (narrowN : windows_within 1 1 N) (finN : finitely_many exact N).
Hypothesis recN : recognises exact N (aut_answer A).

Lemma shaped_start l : List.In l (layers N) -> shaped l (initial l).
Proof. by move=> lN; have [] := ok_network_parts okN lN. Qed.

Lemma shaped_step l s c H : List.In l (layers N) -> List.In (s, c) (cases l) -> shaped l H ->
  shaped l (step exact c H) /\ mat l (step exact c H) = case_matrix l c *m mat l H + mat l (case_B c).
Proof.
move=> lN cl sH; have [n0 _ _ okc] := ok_network_parts okN lN; have [okt sB] := okc s c cl.
by apply: exact_step => //; apply: ok_transition_shape.
Qed.

Lemma shaped_step1 l s c H : List.In l (layers N) -> List.In (s, c) (cases l) -> shaped l H ->
  shaped l (step exact c H).
Proof. by move=> lN cl /(shaped_step lN cl)[]. Qed.

Lemma shaped_iter l s c H k : List.In l (layers N) -> List.In (s, c) (cases l) -> shaped l H ->
  shaped l (iter k (step exact c) H) /\
  mat l (iter k (step exact c) H) = iter k (fun X => case_matrix l c *m X + mat l (case_B c)) (mat l H).
Proof.
move=> lN cl sH; elim: k => //= k [sk Ek].
by have [sS ->] := shaped_step lN cl sk; rewrite Ek.
Qed.

Let posN := ok_delays_pos okN.
Let start_ := shaped_start.
Let step_ := shaped_step1.

Lemma in_alphabet p x : all (mem (aut_alphabet A)) (rcons p x) ->
  all (mem (alphabet N)) p /\ x \in alphabet N.
Proof. by rewrite all_rcons sameN => /andP[]. Qed.

Theorem repeats_forbidden : matrices_of (@index_one F) N -> matrices_of (@no_cycles F) N -> ~ has_repeat A.
Proof.
move=> ind no [p [x ap]]; have [y yN] := apart_answers minA ap; apply.
have [pxN _ _ _ _] := ap; have [pN xN] := in_alphabet pxN; rewrite -sameN in yN.
have J l s c : List.In l (layers N) -> List.In (s, c) (cases l) -> s.1 = x ->
    joins unit (shaped l) (step exact c).
  move=> lN cl _ X V sX inV i j k m.
  have inV' a b : iter b (fun Y => case_matrix l c *m Y + mat l (case_B c)) (mat l (X a)) \in map (mat l) V.
    by have [_ <-] := shaped_iter b lN cl (sX a); apply: map_f.
  have [sk Ek] := shaped_iter k.+1 lN cl (sX i); have [sm Em] := shaped_iter m.+1 lN cl (sX j).
  case: i j sk Ek sm Em => -[] sk Ek sm Em; apply: (mx_inj sk sm); rewrite Ek Em.
  rewrite (orbit_rests k (ind l s c lN cl) (no l s c lN cl) (inV' tt)).
  by rewrite (orbit_rests m (ind l s c lN cl) (no l s c lN cl) (inV' tt)).
have := letter_joins narrowN posN okN recN start_ step_ J finN (fun _ : unit => pN) xN yN tt 0 tt 1.
by rewrite -cats1 -!catA.
Qed.

Theorem last_letters_forbidden : matrices_of (@index_one F) N -> matrices_of (@vanishing F) N ->
  ~ has_last_letter_apart A.
Proof.
move=> ind van [u [v [x ap]]]; have [y yN] := apart_answers minA ap; apply.
have [uxN vxN _ _ _] := ap; have [uN xN] := in_alphabet uxN; have [vN _] := in_alphabet vxN.
rewrite -sameN in yN.
have J l s c : List.In l (layers N) -> List.In (s, c) (cases l) -> s.1 = x ->
    joins bool (shaped l) (step exact c).
  move=> lN cl _ X V sX inV i j k m.
  pose f := fun Y => case_matrix l c *m Y + mat l (case_B c).
  have inV' a b : iter b f (mat l (X a)) \in map (mat l) V.
    by have [_ <-] := shaped_iter b lN cl (sX a); apply: map_f.
  have [sk Ek] := shaped_iter k.+1 lN cl (sX i); have [sm Em] := shaped_iter m.+1 lN cl (sX j).
  apply: (mx_inj sk sm); rewrite Ek Em -/f /=.
  apply: (orbits_meet (V := map (mat l) V) (ind l s c lN cl) (van l s c lN cl)) => b.
    by rewrite -iterD.
  by rewrite -iterD.
have wN (i : bool) : all (mem (alphabet N)) (if i then u else v) by case: i.
have := letter_joins narrowN posN okN recN start_ step_ J finN wN xN yN true 0 false 0.
by rewrite -!cats1 -!catA.
Qed.

Theorem transients_forbidden : size (layers N) = 1%N -> matrices_of (@index_one F) N ->
  ~ has_letter_transient A.
Proof.
case ll: (layers N) => [|l [|//]] // _ ind [p [x [t [t0 ap]]]].
have lN : List.In l (layers N) by rewrite ll; left.
have [M [shM mapM finM sameM]] := one_layer_maps narrowN posN okN recN start_ step_ ll.
have [V HV] := finM finN; have [ptN ptN' _ _ _] := ap 0%N.
have [pN xN] : all (mem (alphabet N)) p /\ x \in alphabet N.
  by move: ptN; rewrite sameN all_cat all_nseq /=; case: t t0 {ap ptN'} => //= t _ /andP[-> ->].
have wN k : all (mem (alphabet N)) (p ++ nseq k x) by rewrite all_cat pN all_nseq /= xN orbT.
have [s [c [cl _ run]]] := mapM x xN.
have ME k : M (p ++ nseq k x) = iter k (step exact c) (M p).
  elim: k => [|k IH]; first by rewrite cats0.
  by rewrite -addn1 nseqD catA cats1 run // IH addn1.
pose f := fun Y => case_matrix l c *m Y + mat l (case_B c).
have inV b : iter b f (mat l (M p)) \in map (mat l) V.
  have [_ <-] := shaped_iter b lN cl (shM p pN); rewrite -ME.
  by apply/map_f/HV.
have [m E] := orbit_returns (ind l s c lN cl) inV.
have [y yN] := apart_answers minA (ap m); apply; rewrite -sameN in yN.
apply: sameM => //; rewrite !ME.
have [sk Ek] := shaped_iter t lN cl (shM p pN).
have [sm Em] := shaped_iter (t + m.+1) lN cl (shM p pN).
apply: (mx_inj sk sm); rewrite Ek Em -/f -(prednK t0) iterSr addSn iterSr iterD.
by rewrite E.
Qed.
End Networks.
