(* docs/lemmas/one-layer-diagonal.md: one layer of diagonal matrices with entries   *)
(* >= 0, whose matrices see the current letter only.                                *)
(*                                                                                  *)
(* overwrites_or_keeps: of the values that an entry takes, a letter makes one, or   *)
(*   keeps each.                                                                    *)
(* overwritten_words: so u z and v z lead to one state if every letter of u and v   *)
(*   occurs in z: a right regular band.                                             *)
From mathcomp Require Import all_ssreflect all_algebra.
From Monoscan Require Import arithmetic network well_formed shapes list_matrices periods windows.
From Monoscan Require Import obstructions regions monotone_stack narrow letters letter_classes.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Local Arguments step : simpl never.

Section Entry.
Variables (R : realFieldType) (xs : seq letter) (value : seq letter -> R) (V : seq R).
Local Notation word := (all (mem xs)).
Hypothesis inV : forall w, word w -> value w \in V.
Hypothesis affine : forall x, x \in xs -> exists a b, 0 <= a /\
  forall w, word w -> value (rcons w x) = a * value w + b.

Definition overwrites (x : letter) : Prop := forall w w', word w -> word w' ->
  value (rcons w x) = value (rcons w' x).
Definition keeps (x : letter) : Prop := forall w, word w -> value (rcons w x) = value w.

Lemma overwrites_or_keeps x : x \in xs -> overwrites x \/ keeps x.
Proof.
move=> xN; have [a [b [a0 run]]] := affine xN; have [az|an0] := eqVneq a 0.
  by left=> w w' wN wN'; rewrite !run // az !mul0r.
right=> w wN; rewrite run //; pose f (h : R) := a * h + b.
have wk k : word (w ++ nseq k x) by rewrite all_cat wN all_nseq /= xN orbT.
have it k : value (w ++ nseq k x) = iter k f (value w).
  elim: k => [|k IH]; first by rewrite cats0.
  by rewrite -addn1 nseqD catA cats1 run // IH addn1.
have [i [k E]] := pigeonhole (fun k => inV (wk k)).
have inj : injective f by move=> s t /addIr /(mulfI an0).
have back : iter k.+1 f (value w) = value w.
  move: E; rewrite !it iterD; elim: i => //= i IH /inj; apply: IH.
by apply: (monotone_cycle (f := f)) back => s t st; rewrite ler_add2r ler_wpmul2l.
Qed.

Lemma word_overwrites_or_keeps z : word z ->
  (forall s s', word s -> word s' -> value (s ++ z) = value (s' ++ z)) \/
  (forall x, x \in z -> keeps x).
Proof.
elim/last_ind: z => [_|z x IH]; first by right.
rewrite all_rcons => /andP[xN zN]; have [over|keep] := overwrites_or_keeps xN.
  left=> s s' sN sN'; rewrite -!rcons_cat; apply: over; rewrite all_cat ?sN ?sN'; exact: zN.
have [over|keepz] := IH zN; [left | right].
  move=> s s' sN sN'; rewrite -!rcons_cat !keep ?all_cat ?sN ?sN' //; exact: over.
by move=> y; rewrite mem_rcons inE => /predU1P[->|/keepz].
Qed.

Lemma kept_word p u : word p -> word u -> (forall x, x \in u -> keeps x) -> value (p ++ u) = value p.
Proof.
move=> pN; elim/last_ind: u => [|u x IH]; first by rewrite cats0.
rewrite all_rcons => /andP[xN uN] keep; rewrite -rcons_cat keep ?mem_rcons ?inE ?eqxx //.
  by apply: IH => // y yu; apply: keep; rewrite mem_rcons inE yu orbT.
by rewrite all_cat pN.
Qed.

Theorem overwritten_words p u v z : word p -> word u -> word v -> word z -> {subset u ++ v <= z} ->
  value (p ++ u ++ z) = value (p ++ v ++ z).
Proof.
move=> pN uN vN zN sub; rewrite !catA; have [over|keep] := word_overwrites_or_keeps zN.
  by apply: over; rewrite all_cat pN.
have kept t : {subset t <= u ++ v} -> word t -> value ((p ++ t) ++ z) = value p.
  move=> le tN; rewrite -catA kept_word // ?all_cat ?tN // => x.
  by rewrite mem_cat => /orP[/le/sub|]; apply: keep.
by rewrite !kept // => x xt; rewrite mem_cat xt ?orbT.
Qed.
End Entry.

Section Network.
Variable R : realFieldType.
Local Notation K := (arith_of R).

Definition nonnegative_diagonal (g : region) : bool :=
  if g is DiagonalEntries s then at_least_0 s else false.

Theorem right_regular_band g : nonnegative_diagonal g ->
  forbids (@Exact K)
    (fun N => finitely_many (@Exact K) N /\ windows_within 1 1 N /\ in_region false g N)
    (pred1 1%N) has_overwritten.
Proof.
case: g => // s s0 A N minA [p [u [v [z [sub ap]]]]] okN same /eqP one [fin [nar inN]] rec.
case ll: (layers N) one => [|l [|//]] // _; have lN : List.In l (layers N) by rewrite ll; left.
have [M [shM mapM finM sameM]] :=
  one_layer_maps nar (ok_delays_pos okN) okN rec (shaped_start okN) (shaped_step1 okN) ll.
have [y yN] := apart_answers minA ap; apply.
have [puzN pvzN _ _ _] := ap; rewrite -same in yN puzN pvzN.
have [pN uN vN zN] : [/\ all (mem (alphabet N)) p, all (mem (alphabet N)) u,
    all (mem (alphabet N)) v & all (mem (alphabet N)) z].
  by move: puzN pvzN; rewrite !all_cat => /and3P[-> -> ->] /and3P[_ ->].
apply: sameM => //; set n := size (initial l); set d := width (initial l).
have [V HV] := finM fin; have sM w (wN : all (mem (alphabet N)) w) : has_shape n d (M w) := shM w wN.
apply: (mx_inj (sM _ puzN) (sM _ pvzN)); apply/matrixP => i j.
pose value w := mx n d (M w) i j.
apply: (@overwritten_words R (alphabet N) value [seq mx n d B i j | B <- V]) => // [w wN|x xN].
  by apply: map_f (HV w wN).
have [y' [c [cl _ run]]] := mapM x xN.
have [a aE ae] := diagonal_matrix (erefl (DiagonalEntries s)) inN lN cl.
exists (a 0 i), (mx n d (case_B c) i j); split; first exact: at_least_0P s0 (ae i).
move=> w wN; rewrite /value run //; have [_ ->] := shaped_step okN lN cl (sM w wN).
by rewrite aE mul_diag_mx !mxE.
Qed.
End Network.
