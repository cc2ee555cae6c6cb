(* Exact networks whose matrices A and B see the current letter only: whatever      *)
(* delays hand on, a layer reads its own letter and the outputs of layers.          *)
(*                                                                                  *)
(*   same_layers it Hs Gs == the states Hs and Gs of the items it differ in delays  *)
(*                   at most                                                        *)
(*    joins I good f == orbits of f, one for each i : I, from good matrices, that   *)
(*                   stay in a finite set, have met after one step: all they take   *)
(*                   from then on is one matrix                                     *)
(*                                                                                  *)
(* same_layers_answer: states that differ in delays answer alike for ever.          *)
(* letter_joins: if the maps of the letter x join, then for words p i the states    *)
(*   after p i x^n, n > 0, answer alike for ever. One word p (I = unit): x acts as  *)
(*   its square; any two (I = bool): only the last letter counts.                   *)
(* one_layer_maps: a single layer is driven by one map for each letter.             *)
From mathcomp Require Import all_ssreflect.
From Monoscan Require Import arithmetic network well_formed periods windows regions.
From Monoscan Require Import nonnegative_spectrum.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Local Arguments step : simpl never.

Section Narrow.
Variables (K : arith) (N : network K).
Local Notation exact := (Exact K).
Local Notation matrix := (seq (seq K)).
Hypotheses (narrowN : windows_within 1 1 N) (posN : delays_pos N).
Implicit Types (it pre : seq (item K)) (Hs Gs : seq (state K)) (h : seq output).

Definition twin pre h h' : Prop :=
  [/\ size h = size pre, size h' = size pre &
      forall j, is_layer (nth (Delay K 0 0) pre j) ->
        nth (Truth false) h j = nth (Truth false) h' j].

Lemma twin_rcons pre i h h' o o' : twin pre h h' -> (is_layer i -> o = o') ->
  twin (rcons pre i) (rcons h o) (rcons h' o').
Proof.
case=> sh sh' E oo; split; rewrite ?size_rcons ?sh ?sh' // => j.
rewrite !nth_rcons sh sh'; case: ltngtP => // _; exact: E.
Qed.

Lemma twin_agree pre it h h' js : items N = pre ++ it -> twin pre h h' ->
  agree 1 (map (age N) js) (map (fun i => nth (Truth false) h i.-1) js)
    (map (fun i => nth (Truth false) h' i.-1) js).
Proof.
move=> itE [sh sh' E]; elim: js => //= j js ->; rewrite andbT; apply/implyP; rewrite /age itE.
have [lt_j|le_j] := ltnP j.-1 (size pre); last first.
  by move=> _; rewrite !nth_default ?sh ?sh'.
rewrite nth_cat lt_j; have := E j.-1; case F: (nth _ pre j.-1) => [l|i n] /= Ej.
  by rewrite Ej.
move=> n0; suff : 0 < n by case: (n) n0.
apply: (posN (i := i)); rewrite itE; elim: (pre) (j.-1) lt_j F => //= k ks IH [|t] lt_t F.
  by left; exact: F.
by right; apply: (IH t).
Qed.

Lemma assoc_mem (A B : eqType) (t : seq (A * B)) a b : assoc t a = Some b -> (a, b) \in t.
Proof.
by elim: t => //= -[k v] t IH; rewrite inE; case: eqP => [->[->]|_ /IH ->]; rewrite ?eqxx ?orbT.
Qed.

Lemma sees_pick (T : eqType) (pick : case K -> T) l s s' c c' :
  sees 1 pick N -> List.In l (layers N) -> assoc (cases l) s = Some c ->
  assoc (cases l) s' = Some c' -> s.1 = s'.1 -> agree 1 (map (age N) (reads l)) s.2 s'.2 ->
  pick c = pick c'.
Proof.
move=> see lN Ec Ec' E ag; have {see} := all_In see lN; rewrite /layer_sees.
have at_ u d : assoc (cases l) u = Some d ->
    (u, pick d) \in map (fun e => (e.1, pick e.2)) (cases l).
  by move=> Ed; apply: assoc_mem; rewrite assoc_map Ed.
move=> /allP/(_ _ (at_ _ _ Ec))/allP/(_ _ (at_ _ _ Ec'))/=.
by rewrite E eqxx ag /= => /eqP.
Qed.

Lemma narrow_step l s s' c c' : List.In l (layers N) -> assoc (cases l) s = Some c ->
  assoc (cases l) s' = Some c' -> s.1 = s'.1 -> agree 1 (map (age N) (reads l)) s.2 s'.2 ->
  step exact c = step exact c'.
Proof.
move=> lN Ec Ec' E ag; case/andP: narrowN => seeA seeB.
rewrite /step (sees_pick seeA lN Ec Ec' E ag) (sees_pick seeB lN Ec Ec' E ag).
by [].
Qed.

Fixpoint same_layers it Hs Gs : Prop :=
  match it, Hs, Gs with
  | i :: it', H :: Hs', G :: Gs' => (is_layer i -> H = G) /\ same_layers it' Hs' Gs'
  | [::], [::], [::] => True
  | _, _, _ => False
  end.

Lemma In_suffix pre it i : items N = pre ++ i :: it -> List.In i (items N).
Proof. by move=> ->; elim: pre => [|j pre IH] /=; [left | right]. Qed.

Lemma layer_moves l (s : symbol) f : moves (layer_cell exact l) s = Some f ->
  exists2 c, assoc (cases l) s = Some c & f = on_matrix (step exact c).
Proof.
rewrite /= (assoc_map (fun c => on_matrix (step exact c))).
by case: assoc => [c|] //= -[<-]; exists c.
Qed.

Lemma same_advance pre it x Hs Gs h h' Hs' Gs' a b : items N = pre ++ it -> twin pre h h' ->
  same_layers it Hs Gs -> advance (map (cell_of exact) it) x Hs h = Some (Hs', a) ->
  advance (map (cell_of exact) it) x Gs h' = Some (Gs', b) -> same_layers it Hs' Gs'.
Proof.
elim: it pre Hs Gs h h' Hs' Gs' a b => [|i it IH] pre Hs Gs h h' Hs' Gs' a b itE tw.
  by case: Hs => // _; case=> <- _; case: Gs => // -[<-].
move=> sm /advance_consP[H [T [f [o [V [HE Ef Eo A ->]]]]]].
move=> /advance_consP[G [U [g [q [W [GE Eg Eq B ->]]]]]].
rewrite HE GE in sm; case: sm => HG TU.
suff [fg oq] : (is_layer i -> f H = g G) /\ (is_layer i -> o = q).
  split=> //; apply: (IH (rcons pre i)) A B => //; first by rewrite cat_rcons.
  exact: twin_rcons.
case: i itE Ef Eo Eg Eq HG => [l|j n] itE Ef Eo Eg Eq HG; last by [].
have lN : List.In l (layers N) by apply/In_layers/(In_suffix itE).
have [c Ec fE] := layer_moves Ef; have [c' Ec' gE] := layer_moves Eg.
have st := narrow_step lN Ec Ec' (erefl x) (twin_agree (reads l) itE tw).
have E : f H = g G by rewrite fE gE st HG.
by split=> // _; move: Eo Eq; rewrite /= E => -> -[].
Qed.

Lemma same_last it Hs Gs i : same_layers (i :: it) Hs Gs -> is_layer (last i it) ->
  last (inr [::]) Hs = last (inr [::]) Gs.
Proof.
elim: it i Hs Gs => [|j it IH] i [|H Hs] [|G Gs] //=.
  by case: Hs Gs => [|? ?] [|? ?] [] // HG _ /HG.
case=> _ sm il; have := IH j Hs Gs sm il.
by case: Hs Gs sm => [|H' Hs] [|G' Gs].
Qed.

Section Answers.
Variable L : seq letter -> output.
Hypotheses (okN : ok_network N) (recN : recognises exact N L).
Local Notation word := (all (mem (alphabet N))).

Definition joint (w : seq letter) : seq (state K) := odflt [::] (run (cells exact N) (start N) w).

Lemma joint_run w : word w -> run (cells exact N) (start N) w = Some (joint w).
Proof. by move=> /recN; rewrite /answer /joint; case: run. Qed.

Lemma joint_last w : word w -> last_output N (joint w) = Some (L w).
Proof. by move=> wN; have := recN wN; rewrite /answer joint_run. Qed.

Definition outputs (w : seq letter) (x : letter) : seq output :=
  odflt [::] (omap snd (advance (loud exact N) x (joint w) [::])).

Lemma joint_advance w x : word (rcons w x) ->
  advance (loud exact N) x (joint w) [::] = Some (joint (rcons w x), outputs w x).
Proof.
move=> wxN; have wN : word w by move: wxN; rewrite all_rcons => /andP[].
apply: next_loud; last by rewrite joint_last.
by have := joint_run wxN; rewrite run_rcons joint_run.
Qed.

Lemma twin_nil : twin [::] [::] [::].
Proof. by split. Qed.

Theorem same_layers_answer u v y : word u -> word v -> word y ->
  same_layers (items N) (joint u) (joint v) -> L (u ++ y) = L (v ++ y).
Proof.
move=> uN vN yN sm; have {}sm : same_layers (items N) (joint (u ++ y)) (joint (v ++ y)).
  elim/last_ind: y yN => [|y x IH]; first by rewrite !cats0.
  rewrite all_rcons -!rcons_cat => /andP[xN yN].
  apply: (@same_advance [::] (items N) x _ _ _ _ _ _ _ _ erefl twin_nil (IH yN)).
    by apply: joint_advance; rewrite all_rcons all_cat uN yN; apply/andP.
  by apply: joint_advance; rewrite all_rcons all_cat vN yN; apply/andP.
apply: Some_inj; rewrite -!joint_last ?all_cat ?uN ?vN //; rewrite /last_output.
case/and3P: okN => _; case: (items N) sm => // i it sm; rewrite -/(map _ _) /=.
by rewrite (last_map (@is_layer K)) => il _; rewrite (same_last sm il).
Qed.

(* states that the maps of the layers keep *)
Variable good : layer K -> matrix -> Prop.
Hypotheses (good_start : forall l, List.In l (layers N) -> good l (initial l))
  (good_step : forall l s c H, List.In l (layers N) -> List.In (s, c) (cases l) ->
     good l H -> good l (step exact c H)).

Fixpoint good_states it Hs : Prop :=
  match it, Hs with
  | i :: it', H :: Hs' =>
      (if i is Recurrent l then if H is inl A then good l A else False else True) /\
      good_states it' Hs'
  | [::], [::] => True
  | _, _ => False
  end.

Lemma good_advance pre it x Hs h Hs' a : items N = pre ++ it -> good_states it Hs ->
  advance (map (cell_of exact) it) x Hs h = Some (Hs', a) -> good_states it Hs'.
Proof.
elim: it pre Hs h Hs' a => [|i it IH] pre Hs h Hs' a itE; first by case: Hs => // _ [<-].
move=> gs /advance_consP[H [T [f [o [V [HE Ef Eo A ->]]]]]]; rewrite HE in gs; case: gs => gH gT.
split; last by apply: (IH (rcons pre i)) A; rewrite ?cat_rcons.
case: i itE Ef gH {Eo} => [l|//] itE Ef.
have lN : List.In l (layers N) by apply/In_layers/(In_suffix itE).
by have [c Ec ->] := layer_moves Ef; case: H {HE} => //= B; apply: good_step (assoc_In Ec).
Qed.

Lemma good_joint w : word w -> good_states (items N) (joint w).
Proof.
elim/last_ind: w => [_|w x IH wxN].
  rewrite /joint /= /start; have gs l : List.In (Recurrent l) (items N) -> good l (initial l).
    by move=> lN; apply/good_start/In_layers.
  elim: (items N) gs => //= i it IHi gs; split; last by apply: IHi => l lit; apply: gs; right.
  by case: i gs => [l|//] gs; apply: gs; left.
have wN : word w by move: wxN; rewrite all_rcons => /andP[].
exact: (@good_advance [::] _ _ _ _ _ _ erefl (IH wN) (joint_advance wxN)).
Qed.

Definition joins (I : Type) (goodX : matrix -> Prop) (f : matrix -> matrix) : Prop :=
  forall (X : I -> matrix) (V : seq matrix), (forall i, goodX (X i)) ->
    (forall i k, iter k f (X i) \in V) ->
    forall i j k m, iter k.+1 f (X i) = iter m.+1 f (X j).

Section Join.
Variables (I : Type) (x : letter).
Hypothesis maps_join : forall l s c, List.In l (layers N) -> List.In (s, c) (cases l) ->
  s.1 = x -> joins I (good l) (step exact c).

Lemma joins_advance pre it (Hs : I -> nat -> seq (state K)) (heard all_heard : I -> nat -> seq output)
    (V : seq (seq (state K))) :
  items N = pre ++ it ->
  (forall i n, advance (map (cell_of exact) it) x (Hs i n) (heard i n) =
     Some (Hs i n.+1, all_heard i n)) ->
  (forall i n, Hs i n \in V) -> (forall i n j m, twin pre (heard i n) (heard j m)) ->
  (forall i, good_states it (Hs i 0)) ->
  forall i n j m, same_layers it (Hs i n.+1) (Hs j m.+1).
Proof.
elim: it pre Hs heard all_heard V => [|k it IH] pre Hs heard all_heard V itE adv inV tw gd.
  move=> i n j m; have nil a b : Hs a b.+1 = [::] by have := adv a b; case: (Hs a b) => // -[].
  by rewrite !nil.
pose c := cell_of exact k.
pose H i n := seq.head (inr [::]) (Hs i n); pose T i n := behead (Hs i n).
pose o i n := odflt (Truth false) (report c (H i n) (H i n.+1)).
have now i n : exists f, [/\ moves c (symbol_of c x (heard i n)) = Some f, H i n.+1 = f (H i n),
    report c (H i n) (H i n.+1) = Some (o i n), Hs i n = H i n :: T i n &
    advance (map (cell_of exact) it) x (T i n) (rcons (heard i n) (o i n)) =
      Some (T i n.+1, all_heard i n)].
  have [G [U [f [q [W [HsE Ef E A HsSE]]]]]] := advance_consP (adv i n).
  by exists f; rewrite /o /H /T HsE HsSE /= E.
have HsE i n : Hs i n = H i n :: T i n by have [f []] := now i n.
have joinH : is_layer k -> forall i n j m, H i n.+1 = H j m.+1.
  case: (k) @c @o now itE gd => [l|//] c o now itE gd _.
  have lN : List.In l (layers N) by apply/In_layers/(In_suffix itE).
  pose M i n := if H i n is inl A then A else [::].
  have gM0 i : H i 0 = inl (M i 0) /\ good l (M i 0).
    by have := gd i; rewrite HsE /M /= => -[]; case: (H i 0).
  have mv i n : exists2 e, assoc (cases l) (symbol_of c x (heard i n)) = Some e &
      H i n.+1 = on_matrix (step exact e) (H i n).
    have [f [Ef HE _ _ _]] := now i n; have [e Ee fE] := layer_moves Ef.
    by exists e => //; rewrite HE fE.
  move=> i n j m; have [e Ee _] := mv i 0.
  have HS a b : H a b.+1 = on_matrix (step exact e) (H a b).
    have [e' Ee' ->] := mv a b; congr on_matrix.
    exact: narrow_step lN Ee' Ee (erefl x) (twin_agree (reads l) itE (tw _ _ _ _)).
  have HM a b : H a b = inl (iter b (step exact e) (M a 0)).
    by elim: b => [|b IHb]; [have [] := gM0 a | rewrite HS IHb].
  rewrite !HM; congr inl.
  pose V' := [seq (if seq.head (inr [::]) Hs is inl A then A else [::]) | Hs <- V].
  apply: (@maps_join l _ _ lN (assoc_In Ee) erefl (fun a => M a 0) V') => [a|a b].
    by have [] := gM0 a.
  by apply/mapP; exists (Hs a b); rewrite // HsE /= HM.
move=> i n j m; rewrite !HsE; split=> [/joinH|]; first by apply.
apply: (IH (rcons pre k) T (fun a b => rcons (heard a b) (o a b)) all_heard (map behead V)).
- by rewrite cat_rcons.
- by move=> a b; have [f []] := now a b.
- by move=> a b; apply: map_f.
- move=> a b a' b'; apply: twin_rcons; first exact: tw.
  move=> kl; have [f [_ _ E _ _]] := now a b; have [f' [_ _ E' _ _]] := now a' b'.
  move: E E'; rewrite (joinH kl a b a' b') /c; case: (k) kl => [l|//] _ /= -> -[<-].
  by [].
- by move=> a; have := gd a; rewrite HsE => -[].
Qed.

Theorem letter_joins (p : I -> seq letter) y : finitely_many exact N -> (forall i, word (p i)) ->
  x \in alphabet N -> word y ->
  forall i n j m, L (p i ++ nseq n.+1 x ++ y) = L (p j ++ nseq m.+1 x ++ y).
Proof.
move=> [V HV] pN xN yN i n j m.
have wN a b : word (p a ++ nseq b x) by rewrite all_cat pN all_nseq /= xN orbT.
have wS a b : p a ++ nseq b.+1 x = rcons (p a ++ nseq b x) x.
  by rewrite -addn1 nseqD catA cats1.
rewrite !catA; apply: same_layers_answer => //.
apply: (@joins_advance [::] (items N) (fun a b => joint (p a ++ nseq b x)) (fun _ _ => [::])
  (fun a b => outputs (p a ++ nseq b x) x) V erefl) => [a b|a b|a b a' b'|a].
- by rewrite wS; apply: joint_advance; rewrite -wS.
- exact: HV (wN a b) (joint_run (wN a b)).
- exact: twin_nil.
- exact: good_joint.
Qed.
End Join.

(* ------------------------------------------------------------------- one layer *)

Fixpoint matrices it Hs : seq matrix :=
  match it, Hs with
  | Recurrent _ :: it', H :: Hs' => (if H is inl A then A else [::]) :: matrices it' Hs'
  | Delay _ _ :: it', _ :: Hs' => matrices it' Hs'
  | _, _ => [::]
  end.

Lemma matrices_same it Hs Gs : good_states it Hs -> good_states it Gs ->
  matrices it Hs = matrices it Gs -> same_layers it Hs Gs.
Proof.
elim: it Hs Gs => [|[l|j n] it IH] [|H Hs] [|G Gs] //=.
  by case: H G => [A|q] [B|r] [gA gH] [gB gG] // [-> E]; split=> //; apply: IH.
by move=> [_ gH] [_ gG] E; split=> //; apply: IH.
Qed.

Lemma size_matrices it Hs : good_states it Hs -> size (matrices it Hs) = size (pmap (@layer_of K) it).
Proof. by elim: it Hs => [|[l|j n] it IH] [|H Hs] //= [_ /IH ->]. Qed.

Lemma one_layer_advance pre it l x Hs h Hs' a : items N = pre ++ it -> pmap (@layer_of K) it = [:: l] ->
  advance (map (cell_of exact) it) x Hs h = Some (Hs', a) ->
  exists s c, [/\ assoc (cases l) s = Some c, s.1 = x & forall Gs h' Gs' b, twin pre h h' ->
    good_states it Gs -> advance (map (cell_of exact) it) x Gs h' = Some (Gs', b) ->
    seq.head [::] (matrices it Gs') = step exact c (seq.head [::] (matrices it Gs))].
Proof.
elim: it pre Hs h Hs' a => [|i it IH] pre Hs h Hs' a itE //.
case: i itE => [l'|j n] itE; last first.
  move=> ll /advance_consP[H [T [f [o [V [_ _ _ A _]]]]]].
  have [|s [c [Ec sx run]]] := IH (rcons pre (Delay K j n)) T _ V a _ ll A.
    by rewrite cat_rcons.
  exists s, c; split=> // Gs h' Gs' b tw gd /advance_consP[G [U [g [q [W [GE _ _ B ->]]]]]].
  rewrite GE in gd *; case: gd => _ gd; apply: run B => //.
  exact: twin_rcons.
move=> ll; have {}ll : l' = l by case: ll.
rewrite ll in itE *; have lN : List.In l (layers N) by apply/In_layers/(In_suffix itE).
move=> /advance_consP[H [T [f [o [V [_ Ef _ _ _]]]]]].
have [c Ec fE] := layer_moves Ef; exists (symbol_of (layer_cell exact l) x h), c.
split=> // Gs h' Gs' b tw gd /advance_consP[G [U [g [q [W [GE Eg _ _ ->]]]]]].
have [c' Ec' ->] := layer_moves Eg; rewrite GE in gd *.
case: gd => /=; case: G {GE} => //= B _ _.
by rewrite (narrow_step lN Ec Ec' (erefl x) (twin_agree (reads l) itE tw)).
Qed.

Theorem one_layer_maps l : layers N = [:: l] -> exists M : seq letter -> matrix,
  [/\ forall w, word w -> good l (M w),
      forall x, x \in alphabet N -> exists s c, [/\ List.In (s, c) (cases l), s.1 = x &
        forall w, word w -> M (rcons w x) = step exact c (M w)],
      finitely_many exact N -> exists V : seq matrix, forall w, word w -> M w \in V &
      forall u v y, word u -> word v -> word y -> M u = M v -> L (u ++ y) = L (v ++ y)].
Proof.
move=> ll; pose M w := seq.head [::] (matrices (items N) (joint w)); exists M.
have gN w (wN : word w) := good_joint wN.
have lone w : word w -> matrices (items N) (joint w) = [:: M w].
  by move=> /gN/size_matrices; rewrite /M -/(layers N) ll; case: matrices => // A [].
split=> [w wN|x xN|[V HV]|u v y uN vN yN E].
- have := gN w wN; move: (lone w wN); rewrite /M.
  have : forall l', List.In (Recurrent l') (items N) -> l' = l.
    by move=> l' /In_layers; rewrite ll => -[].
  elim: (items N) (joint w) => [|[l'|j n] it IH] [|H Hs] // one /=.
    by case: H => [A|q] _ [gA _] //; rewrite -(one l') //; left.
  by move=> E [_ g]; apply: IH E g => l' l'it; apply: one; right.
- have xN' : word (rcons [::] x) by rewrite /= xN.
  have [s [c [Ec sx run]]] := @one_layer_advance [::] _ l x _ _ _ _ erefl ll (joint_advance xN').
  exists s, c; split=> // [|w wN]; first exact: assoc_In Ec.
  apply: run twin_nil (gN w wN) (joint_advance _).
  by rewrite all_rcons wN; apply/andP.
- exists [seq seq.head [::] (matrices (items N) Hs) | Hs <- V] => w wN.
  by apply: map_f; apply: HV (joint_run wN).
- by apply: same_layers_answer => //; apply: matrices_same; rewrite ?lone ?E //; apply: gN.
Qed.
End Answers.
End Narrow.
