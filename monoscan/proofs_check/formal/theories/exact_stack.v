(* Stacks in exact arithmetic that reach finitely many states: what the matrices    *)
(* along a word must be like so that the joint state comes back.                    *)
(*                                                                                  *)
(*     affine A B == the map X |-> A *m X + B                                       *)
(* affine_cycles q A == all maps X |-> A *m X + B make cycles only of lengths that  *)
(*                   divide q                                                       *)
(* product_of l k A == A is a product of k transition matrices of the layer l       *)
(*                                                                                  *)
(* exact_tame: if so do all products of `long` many matrices, the cells have short  *)
(*   cycles (periods.v).                                                            *)
(* real_roots_cycles, nonnegative_roots_cycles: so it is with q = 2, or 1, if       *)
(*   prod_(r <- rs) (A - r) = 0 for some real, or some nonnegative, rs.             *)
(* contracting_cycles: and with q = 1 if A shortens all that it does not fix.       *)
From mathcomp Require Import all_ssreflect all_algebra.
From Monoscan Require Import rigid sign_lemma matrix_form arithmetic network well_formed shapes.
From Monoscan Require Import list_matrices periods obstructions regions monotone_stack.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Local Arguments step : simpl never.

Section Affine.
Variable R : realFieldType.

Definition affine n d (A : 'M[R]_n) (B X : 'M[R]_(n, d)) : 'M[R]_(n, d) := A *m X + B.
Definition affine_cycles (q n : nat) (A : 'M[R]_n) : Prop := forall d (B X : 'M[R]_(n, d)) p,
  iter p.+1 (affine A B) X = X -> iter q (affine A B) X = X.

Definition energy n d (X : 'M[R]_(n, d)) : R := \sum_i \sum_j X i j ^+ 2.
Definition contracting n (A : 'M[R]_n) : Prop := forall d, rigid (@energy n d) (mulmx A).

Lemma contracting_mul n (A B : 'M[R]_n) : contracting A -> contracting B ->
  contracting (A *m B).
Proof.
move=> cA cB d X; have := rigid_comp (cA d) (cB d) X.
by rewrite mulmxA.
Qed.

Lemma contracting1 n : contracting (1%:M : 'M[R]_n).
Proof. by move=> d X; rewrite mul1mx. Qed.

Theorem contracting_cycles n (A : 'M[R]_n) : contracting A -> affine_cycles 1 A.
Proof.
move=> cA d B X p E.
exact: (@rigid_no_cycle _ _ _ [linear of mulmx A] B (fun k => iter k (affine A B) X) p (cA d)
  (fun k => erefl) E 1%N).
Qed.

(* a sequence of period p.+1 whose increments are all the same is constant *)
Lemma periodic_increment (s : nat -> R) p k : (forall n, s (n + p.+1)%N = s n) ->
  (forall n, s n.+1 - s n = k) -> k = 0.
Proof.
move=> per inc; have sum i : s i = s 0%N + k *+ i.
  elim: i => [|i IH]; first by rewrite mulr0n addr0.
  by rewrite mulrS addrCA -IH -[LHS](subrK (s i)) inc.
have := per 0%N; rewrite add0n sum => /eqP; rewrite -subr_eq0 addrAC subrr add0r.
by rewrite -mulr_natr mulf_eq0 pnatr_eq0 orbF => /eqP.
Qed.

Lemma geometric_periodic (s : nat -> R) p a : (forall n, s (n + p.+1)%N = s n) ->
  (forall n, s n.+1 = a * s n) -> (forall n, s n = 0) \/ a ^+ p.+1 = 1.
Proof.
move=> per geo; have E i n : s (n + i)%N = a ^+ i * s n.
  by elim: i => [|i IH]; rewrite ?addn0 ?mul1r // addnS geo IH mulrA -exprS.
have [a1|a1] := eqVneq (a ^+ p.+1) 1; [by right | left => n].
have := per n; rewrite E => /eqP; rewrite -{2}[s n]mul1r -subr_eq0 -mulrBl mulf_eq0.
by rewrite subr_eq0 (negbTE a1) => /eqP.
Qed.

Lemma norm_root_of_unity (a : R) p : a ^+ p.+1 = 1 -> `|a| = 1.
Proof.
move=> a1; have : `|a| ^+ p.+1 == 1 by rewrite -normrX a1 normr1.
by rewrite pexpr_eq1 ?normr_ge0 // => /eqP.
Qed.

Lemma difference (x a b : R) : x - a + b - x = b - a.
Proof. by rewrite -[x - a + b]addrA [x + _]addrC addrK addrC. Qed.

Lemma annihilated_periodic rs (s : nat -> R) p : annihilates rs s ->
  (forall n, s (n + p.+1)%N = s n) ->
  (forall n, s n.+2 = s n) /\ (all (fun r => 0 <= r) rs -> forall n, s n.+1 = s n).
Proof.
elim: rs s => [|r rs IH] s.
  move=> H _; have s0 n : s n = 0 by apply: (H n).
  by split=> [n|_ n]; rewrite !s0.
move=> /annihilates_cons H per.
have [|two one] := IH _ H; first by move=> n; rewrite /shiftB -addSn !per.
split=> [n|/andP[r0 /one {}one] n]; apply/eqP; rewrite -subr_eq0; apply/eqP.
  pose e m := s m.+2 - s m.
  have perE m : e (m + p.+1)%N = e m by rewrite /e -!addSn !per.
  have geo m : e m.+1 = r * e m.
    move/eqP: (two m); rewrite /shiftB subr_eq => /eqP E.
    by rewrite /e E difference -mulrBr.
  have [e0|/norm_root_of_unity r1] := geometric_periodic perE geo; first exact: e0.
  have e2 m : e m.+2 = e m by rewrite !geo mulrA -expr2 -real_normK ?num_real // r1 expr1n mul1r.
  apply: (@periodic_increment (fun i => s (n + i.*2)%N) p) => [m|m].
    by rewrite doubleD -[(p.+1).*2]addnn !addnA !per.
  rewrite doubleS !addnS -/(e _); elim: m => [|m IHm]; first by rewrite addn0.
  by rewrite doubleS !addnS e2.
pose e m := s m.+1 - s m.
have perE m : e (m + p.+1)%N = e m by rewrite /e -!addSn !per.
have geo m : e m.+1 = r * e m.
  move/eqP: (one m); rewrite /shiftB subr_eq => /eqP E.
  by rewrite /e E difference -mulrBr.
have [e0|/norm_root_of_unity] := geometric_periodic perE geo; first exact: e0.
rewrite ger0_norm // => r1; apply: (@periodic_increment (fun i => s (n + i)%N) p) => [m|m].
  by rewrite addnA per.
by rewrite addnS -/(e _); elim: m => [|m IHm]; rewrite ?addn0 // addnS geo r1 mul1r.
Qed.

Lemma annihilated_cycles (rs : seq R) n (A : 'M[R]_n) :
  (forall d (V : 'M[R]_(n, d)) (phi : 'M[R]_(n, d) -> R),
     (forall a u v, phi (a *: u + v) = a * phi u + phi v) ->
     forall X B, (forall k, X k.+1 = A *m X k + B) -> annihilates (rcons rs 1) (fun k => phi (X k))) ->
  affine_cycles 2 A /\ (all (fun r => 0 <= r) rs -> affine_cycles 1 A).
Proof.
move=> ann; have key d (B X : 'M[R]_(n, d)) p i j : iter p.+1 (affine A B) X = X ->
    let s k := iter k (affine A B) X i j in
    (forall k, s k.+2 = s k) /\ (all (fun r => 0 <= r) rs -> forall k, s k.+1 = s k).
  move=> E s; have [||two one] := @annihilated_periodic (rcons rs 1) s p.
  - apply: (ann d X (fun M : 'M[R]_(n, d) => M i j) _ (fun k => iter k (affine A B) X) B) => //.
    by move=> a u v; rewrite !mxE.
  - by move=> k; rewrite /s iterD E.
  by split=> // rs0; apply: one; rewrite all_rcons ler01.
split=> [|rs0] d B X p E; apply/matrixP => i j; have [two one] := key d B X p i j E.
  exact: (two 0%N).
exact: (one rs0 0%N).
Qed.

Lemma foldr_shiftB_mx' n d (A : 'M[R]_n) (phi : 'M[R]_(n, d) -> R) :
  (forall a u v, phi (a *: u + v) = a * phi u + phi v) ->
  forall rs (V : nat -> 'M[R]_(n, d)), (forall k, V k.+1 = A *m V k) ->
  forall k, foldr shiftB (fun k => phi (V k)) rs k =
    phi (foldr (fun r M => A *m M - r *: M) (V k) rs).
Proof.
move=> lin; have linB u v a : phi u - a * phi v = phi (u - a *: v).
  by rewrite addrC -mulNr -lin scaleNr addrC.
elim=> [|r rs IH] V VS k //=; rewrite /shiftB !IH // linB VS; congr (phi (_ - _)).
elim: rs {IH} => //= q rs ->.
by rewrite mulmxBr -scalemxAr.
Qed.

(* the factors A - r applied one after the other *)
Definition kills (rs : seq R) n (A : 'M[R]_n) : Prop :=
  forall d (M : 'M[R]_(n, d)), foldr (fun r M => A *m M - r *: M) M rs = 0.

Theorem kills_cycles (rs : seq R) n (A : 'M[R]_n) : kills rs A ->
  affine_cycles 2 A /\ (all (fun r => 0 <= r) rs -> affine_cycles 1 A).
Proof.
move=> ks; apply: annihilated_cycles => d _ phi lin X B XS; apply/annihilates_rcons => k.
have linB u v : phi u - phi v = phi (u - v).
  by rewrite addrC -[- phi v]mulN1r -lin scaleN1r addrC.
rewrite (@eq_foldr_shiftB _ _ (fun k => phi (X k.+1 - X k))); last first.
  by move=> m; rewrite /shiftB mul1r linB.
rewrite (@foldr_shiftB_mx' _ _ A phi lin rs (fun k => X k.+1 - X k)) ?ks.
  by have := linB 0 0; rewrite !subrr => <-.
by move=> m; rewrite !XS mulmxBr opprD addrACA subrr addr0.
Qed.

Lemma char_poly_kills rs n (A : 'M[R]_n) : char_poly A = \prod_(r <- rs) ('X - r%:P) -> kills rs A.
Proof.
case: n A => [|n] A chi d M; first by apply/matrixP => -[].
have E : foldr (fun r M => A *m M - r *: M) M rs = (\prod_(r <- rs) (A - r%:M)) *m M.
  elim: rs {chi} => [|r rs IH]; first by rewrite big_nil mul1mx.
  by rewrite big_cons /= IH -mulmxE -mulmxA mulmxBl mul_scalar_mx.
by rewrite E -horner_mx_prod_XsubC -chi Cayley_Hamilton mul0mx.
Qed.
End Affine.

Section Stack.
Variable R : realFieldType.
Local Notation K := (arith_of R).

Definition layer_matrix (l : layer K) (c : case K) : 'M[R]_(size (initial l)) :=
  mx (size (initial l)) (size (initial l)) (transition_matrix (case_A c)).

Inductive product_of (l : layer K) : nat -> 'M[R]_(size (initial l)) -> Prop :=
  | NoFactor : @product_of l 0%N 1%:M
  | OneMore k A s c : List.In (s, c) (cases l) -> @product_of l k A ->
      @product_of l k.+1 (A *m layer_matrix l c).
Arguments product_of : clear implicits.

Theorem exact_short_cycles q (long : pred nat) (N : network K) l :
  ok_network N -> List.In l (layers N) ->
  (forall k A, long k -> product_of l k A -> affine_cycles q A) ->
  short_cycles q long (has_shape (size (initial l)) (width (initial l))) (matrix_cell (@Exact K) l).
Proof.
move=> okN lN cyc; have [n0 d0 _ okc] := ok_network_parts okN lN.
set n := size (initial l) in n0 okc cyc *; set d := width (initial l) in d0 okc *.
have one g : move_of (matrix_cell (@Exact K) l) g -> exists s c, List.In (s, c) (cases l) /\
    exists B, forall H, has_shape n d H -> has_shape n d (g H) /\
      mx n d (g H) = layer_matrix l c *m mx n d H + B.
  move=> /matrix_move[s [c [cl ->]]]; exists s, c; split=> //; exists (mx n d (case_B c)) => H sH.
  by have [okt sB] := okc s c cl; apply: exact_step => //; apply: ok_transition_shape.
split=> [g H /one[s [c [_ [B E]]]] /E[] //|gs H p lg mgs sH E].
have [A [B [PA E']]] : exists A B, product_of l (size gs) A /\ forall H, has_shape n d H ->
    has_shape n d (along gs H) /\ mx n d (along gs H) = A *m mx n d H + B.
  elim: gs mgs {lg E} => [|g gs IH] mgs.
    by exists 1%:M, 0; split=> [|G sG]; [constructor | rewrite mul1mx addr0].
  have [s [c [cl [B Eg]]]] := one g (mgs g (or_introl erefl)).
  have [A [B' [PA EA]]] := IH (fun g' in_gs => mgs g' (or_intror in_gs)).
  exists (A *m layer_matrix l c), (A *m B + B'); split=> [|G sG]; first exact: OneMore cl PA.
  have [sg eg] := Eg G sG; have [sa ea] := EA _ sg; split=> //.
  by rewrite [LHS]ea eg mulmxDr mulmxA addrA.
have iterE k : has_shape n d (iter k (along gs) H) /\
    mx n d (iter k (along gs) H) = iter k (affine A B) (mx n d H).
  by elim: k => [|k [sk Ek]] //; have [sS ES] := E' _ sk; split=> //; rewrite !iterS ES Ek.
apply: (mx_inj (iterE q).1 sH); rewrite (iterE q).2.
by apply: (cyc _ A lg PA _ _ _ p); rewrite -(iterE p.+1).2 E.
Qed.

Theorem exact_tame q (long : pred nat) (N : network K) : ok_network N ->
  (forall l, List.In l (layers N) -> forall k A, long k -> product_of l k A -> affine_cycles q A) ->
  tame q long (size (layers N)) (cells (@Exact K) N) (start N).
Proof.
move=> okN cyc; apply: tame_cells => [l lN||l lN]; [|exact: ok_delays_pos|]; first by have [] := ok_network_parts okN lN.
exact: exact_short_cycles okN lN (cyc l lN).
Qed.
End Stack.
Arguments product_of {R} l _ _.
