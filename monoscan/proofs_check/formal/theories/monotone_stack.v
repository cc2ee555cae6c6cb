(* Stacks of diagonal layers under a rounding that is non-decreasing and saturates: *)
(* docs/lemmas/monotone-rounding.md and signed-rounding-two-groups.md.              *)
(*                                                                                  *)
(*    rounding r == r is non-decreasing and takes finitely many values              *)
(* acts_by_entry n d P g == on n x d matrices the map g applies to each entry a map *)
(*                   of its own with the property P                                 *)
(*                                                                                  *)
(* monotone_cycle, antitone_cycle: a non-decreasing map of a chain has no cycles    *)
(*   but fixed points, a non-increasing one none longer than 2.                     *)
(* entrywise_short_cycles: so it is for compositions of maps that act by entry.     *)
(* matrices_closed: under such a rounding finitely many states are reached.         *)
From mathcomp Require Import all_ssreflect all_algebra.
From Monoscan Require Import arithmetic network well_formed shapes list_matrices periods regions.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Chain.
Variable R : realDomainType.
Implicit Types (f g : R -> R) (x y : R).

Definition monotone f : Prop := {homo f : x y / x <= y}.
Definition antitone f : Prop := {homo f : x y / x <= y >-> y <= x}.

Theorem monotone_cycle f x p : monotone f -> iter p.+1 f x = x -> f x = x.
Proof.
move=> mono E.
have up y k : y <= f y -> y <= iter k f y.
  move=> yf; elim: k => // k IH; apply: le_trans yf _; exact: mono.
have down y k : f y <= y -> iter k f y <= y.
  move=> yf; elim: k => // k IH; apply: le_trans _ yf; exact: mono.
apply/le_anti; case/orP: (le_total x (f x)) => xf; rewrite xf ?andbT /=.
  by rewrite -{2}E iterSr; apply: up; apply: mono.
by rewrite -{1}E iterSr; apply: down; apply: mono.
Qed.

Theorem antitone_cycle f x p : antitone f -> iter p.+1 f x = x -> f (f x) = x.
Proof.
move=> anti E; have E2 : iter p.+1 (fun y => f (f y)) x = x.
  have twice k y : iter k (fun y => f (f y)) y = iter (k + k)%N f y.
    by elim: k => // k IH; rewrite iterS IH addSn addnS !iterS.
  by rewrite twice iterD !E.
by apply: (monotone_cycle _ E2) => y z yz; exact: (anti _ _ (anti _ _ yz)).
Qed.

Definition signed f : Prop := monotone f \/ antitone f.

Lemma signed_cycle f x p : signed f -> iter p.+1 f x = x -> iter 2 f x = x.
Proof.
case=> [mono|anti] E; last exact: antitone_cycle anti E.
by have fx := monotone_cycle mono E; rewrite /= !fx.
Qed.

Lemma monotone_comp f g : monotone f -> monotone g -> monotone (fun x => f (g x)).
Proof. by move=> mf mg x y xy; apply/mf/mg. Qed.

Lemma signed_comp f g : signed f -> signed g -> signed (fun x => f (g x)).
Proof.
case=> mf [] mg; [left|right|right|left] => x y xy.
- exact/mf/mg.
- exact/mf/mg.
- exact/mf/mg.
- exact/mf/mg.
Qed.

Definition rounding (r : R -> R) : Prop :=
  monotone r /\ exists D : seq R, forall x, r x \in D.
End Chain.

Section Matrices.
Variable R : realFieldType.
Local Notation K := (arith_of R).
Local Notation matrix := (seq (seq K)).

Definition acts_by_entry n d (P : (R -> R) -> Prop) (g : matrix -> matrix) : Prop :=
  exists2 f : nat -> nat -> R -> R, forall i j, P (f i j) &
  forall H, has_shape n d H -> has_shape n d (g H) /\
    forall i j, (i < n)%N -> (j < d)%N -> entry (g H) i j = f i j (entry H i j).

Section Cycles.
Variables (n d q : nat) (P : (R -> R) -> Prop).
Hypotheses (P1 : P id) (PM : forall f g, P f -> P g -> P (fun x => f (g x))).
Hypothesis cycles : forall f x p, P f -> iter p.+1 f x = x -> iter q f x = x.

Theorem entrywise_short_cycles (long : pred nat) (c : cell matrix) :
  (forall g, move_of c g -> acts_by_entry n d P g) ->
  short_cycles q long (has_shape n d) c.
Proof.
move=> acts; split=> [g H mg sH|gs H p _ mgs sH E].
  by have [f _ act] := acts g mg; have [] := act H sH.
have [f Pf act] : acts_by_entry n d P (along gs).
  elim: gs mgs {E} => [|g gs IH] mgs; first by exists (fun _ _ => id).
  have [f Pf actf] := acts g (mgs g (or_introl erefl)).
  have [f' Pf' actf'] := IH (fun g' in_gs => mgs g' (or_intror in_gs)).
  exists (fun i j x => f' i j (f i j x)) => [i j|G sG]; first exact: PM.
  have [sg Eg] := actf G sG; have [sg' Eg'] := actf' _ sg.
  by split=> // i j lt_i lt_j; rewrite -Eg //; apply: Eg'.
have iterE k : has_shape n d (iter k (along gs) H) /\ forall i j, (i < n)%N -> (j < d)%N ->
    entry (iter k (along gs) H) i j = iter k (f i j) (entry H i j).
  elim: k => [|k [sk Ek]]; first by split.
  have [sS ES] := act _ sk; split=> // i j lt_i lt_j.
  by rewrite !iterS ES // Ek.
apply: (entry_ext (iterE q).1 sH) => i j lt_i lt_j; rewrite (iterE q).2 //.
by apply: (cycles (p := p)) => //; rewrite -(iterE p.+1).2 // E.
Qed.
End Cycles.

(* ------------------------------------------------------------ finitely many *)

Definition matrices (D : seq R) n d : seq matrix := words (words (D : seq K) d) n.

Lemma mem_matrices (D : seq R) n d (H : matrix) : has_shape n d H ->
  (forall i j, (i < n)%N -> (j < d)%N -> entry H i j \in D) -> H \in matrices D n d.
Proof.
case/has_shapeP=> sH rH HD; apply: mem_words => //; apply/(all_nthP [::]) => i; rewrite sH => lt_i.
apply: mem_words; first exact: rH.
by apply/(all_nthP (0 : R)) => j; rewrite rH // => lt_j; apply: HD.
Qed.

Lemma mapm_shape n d (r : R -> R) (A : matrix) : has_shape n d A ->
  has_shape n d (mapm (r : K -> K) A) /\
  forall i j, (i < n)%N -> (j < d)%N -> entry (mapm (r : K -> K) A) i j = r (entry A i j).
Proof.
case/has_shapeP=> sA rA; split.
  apply/has_shapeP; rewrite size_map; split=> // i lt_i.
  by rewrite (nth_map [::]) ?sA // size_map rA.
move=> i j lt_i lt_j; rewrite /entry (nth_map [::]) ?sA //.
by rewrite (nth_map (0 : R)) ?rA.
Qed.

(* -------------------------------------------------- one step, entry by entry *)

(* each step ends with a rounding *)
Definition rounded (r : R -> R) n d (g : matrix -> matrix) : Prop :=
  forall H, has_shape n d H -> has_shape n d (g H) /\
    forall i j, (i < n)%N -> (j < d)%N -> exists x, entry (g H) i j = r x.

Lemma rounded_closed (r : R -> R) D n d g H : (forall x, r x \in D) -> rounded r n d g ->
  has_shape n d H -> g H \in matrices D n d.
Proof.
move=> rD rg sH; have [sg Eg] := rg H sH; apply: (mem_matrices sg) => i j lt_i lt_j.
by have [x ->] := Eg i j lt_i lt_j.
Qed.

Lemma matrices_shape D n d H : H \in matrices D n d -> has_shape n d H.
Proof.
move=> HD; rewrite /has_shape (words_size HD) eqxx; apply/allP => row inH.
by rewrite (words_size (allP (words_all HD) row inH)).
Qed.
End Matrices.

Section Stack.
Variable R : realFieldType.
Local Notation K := (arith_of R).
Variables (sem : semantics K) (N : network K) (r : R -> R).
Hypothesis rr : rounding r.
Hypothesis shN : forall l, List.In l (layers N) ->
  has_shape (size (initial l)) (width (initial l)) (initial l).
Hypothesis steps : forall l s c, List.In l (layers N) -> List.In (s, c) (cases l) ->
  rounded r (size (initial l)) (width (initial l)) (step sem c).

Theorem rounded_finite : delays_pos N -> answers sem N -> finitely_many sem N.
Proof.
have [_ [D rD]] := rr; move=> pos ans.
pose V (l : layer K) := initial l :: matrices D (size (initial l)) (width (initial l)).
apply: (@layers_finite K sem N V) => // [l _|l s c H lN E HV _].
  by rewrite inE eqxx.
have cl := assoc_In E.
have sH : has_shape (size (initial l)) (width (initial l)) H.
  by move: HV; rewrite inE => /predU1P[->|/matrices_shape //]; apply: shN.
by rewrite inE (rounded_closed rD (steps lN cl) sH) orbT.
Qed.

Lemma tame_cells q (long : pred nat) : delays_pos N ->
  (forall l, List.In l (layers N) ->
     short_cycles q long (has_shape (size (initial l)) (width (initial l))) (matrix_cell sem l)) ->
  tame q long (size (layers N)) (cells sem N) (start N).
Proof.
move=> pos sc; pose good (l : layer K) (H : state K) := if H is inl A
  then is_true (has_shape (size (initial l)) (width (initial l)) A) else False.
apply: (@tame_items K sem N q long good) => // l lN.
exact/layer_short_cycles/sc.
Qed.
End Stack.
