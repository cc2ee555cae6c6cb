(* docs/lemmas/one-reflection-order-two.md: layers with one Householder factor a    *)
(* head, gated or not.                                                              *)
(*                                                                                  *)
(* real_rooted A == a product of factors A - r with real r is 0                     *)
(*                                                                                  *)
(* one_factor_letters: a single such layer that reaches finitely many states makes  *)
(*   no cycle of three or more states along the powers of a letter.                 *)
From mathcomp Require Import all_ssreflect all_algebra.
From Monoscan Require Import arithmetic network well_formed shapes list_matrices periods.
From Monoscan Require Import obstructions regions monotone_stack exact_stack psd_products.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section OneFactor.
Variable R : realFieldType.
Local Notation K := (arith_of R).

Lemma kills_catl rs rs' n (A : 'M[R]_n) : kills rs A -> kills (rs' ++ rs) A.
Proof.
move=> ks d M; rewrite foldr_cat ks; elim: rs' => //= r rs' ->.
by rewrite mulmx0 scaler0 subr0.
Qed.

Lemma foldr_zero n d (A : 'M[R]_n) rs :
  foldr (fun r M => A *m M - r *: M) (0 : 'M[R]_(n, d)) rs = 0.
Proof. by elim: rs => //= r rs ->; rewrite mulmx0 scaler0 subr0. Qed.

Lemma kills_catr rs rs' n (A : 'M[R]_n) : kills rs A -> kills (rs ++ rs') A.
Proof. by move=> ks d M; rewrite foldr_cat ks. Qed.

Lemma block_kills rs m n (A : 'M[R]_m) (D : 'M[R]_n) : kills rs A -> kills rs D ->
  kills rs (block_mx A 0 0 D).
Proof.
move=> kA kD d M; rewrite -[M]vsubmxK.
suff -> (X : 'M[R]_(m, d)) (Y : 'M[R]_(n, d)) :
    foldr (fun r M => block_mx A 0 0 D *m M - r *: M) (col_mx X Y) rs =
    col_mx (foldr (fun r M => A *m M - r *: M) X rs) (foldr (fun r M => D *m M - r *: M) Y rs).
  by rewrite kA kD col_mx0.
elim: rs {kA kD} => //= r rs ->.
by rewrite mul_block_col !mul0mx addr0 add0r scale_col_mx opp_col_mx add_col_mx.
Qed.

(* g I - b v v^T has the eigenvalues g and g - b (v . v) *)
Lemma rank_one_kills n (v : 'cV[R]_n) (g b : R) :
  kills [:: g; g - b * (v^T *m v) 0 0] (g%:M - b *: (v *m v^T)).
Proof.
move=> d M; rewrite /=; set A := g%:M - _; set w := (v^T *m v) 0 0.
have AE X : A *m X - g *: X = - b *: (v *m (v^T *m X)).
  by rewrite mulmxBl mul_scalar_mx addrAC subrr add0r -scalemxAl mulmxA scaleNr.
have E : A *m M - (g - b * w) *: M = b *: (w *: M - v *m (v^T *m M)).
  have -> : A *m M = g *: M - b *: (v *m (v^T *m M)).
    by rewrite mulmxBl mul_scalar_mx -scalemxAl mulmxA.
  by rewrite scalerBl opprB addrC addrA subrK scalerBr scalerA.
rewrite AE E; rewrite -scalemxAr; suff -> : v^T *m (w *: M - v *m (v^T *m M)) = 0 by rewrite scaler0 mulmx0 scaler0.
by rewrite mulmxBr -scalemxAr mulmxA [v^T *m v]mx11_scalar mul_scalar_mx subrr.
Qed.

Definition one_factor_region (g : region) : bool :=
  match g with
  | FactorHeads n _ _ => (n <= 1)%N
  | _ => false
  end.

Definition real_rooted n (A : 'M[R]_n) : Prop := exists rs, kills rs A.

Lemma scaled_update (v : seq K) (x c : R) n : size v = n ->
  real_rooted (x%:M *m mx n n (updatem (c : K) v v)).
Proof.
move=> sv; rewrite (mx_updatem _ sv) mulmxBr mulmx1 -scalemxAr mul_scalar_mx scalerA mulrC.
by eexists; rewrite mulrC; apply: rank_one_kills.
Qed.

Lemma factor_rooted' n (f : factor K) (x : R) : ok_factor n f ->
  real_rooted (x%:M *m mx n n (factor_matrix f)).
Proof. by case: f => v b /andP[/eqP sv _]; apply: scaled_update. Qed.

Lemma small_factors n beta (fs : seq (factor K)) : (n <= 1)%N -> ok_factors fs ->
  factors_in n beta fs -> exists f, fs = [:: f].
Proof.
case: fs => // f [|f' fs] n1 ok; first by exists f.
by case/andP=> /leq_trans/(_ n1).
Qed.

Lemma head_rooted (g : region) (h : head K) : one_factor_region g -> ok_head h -> head_in g h ->
  real_rooted (mx (head_size h) (head_size h) (head_matrix h)).
Proof.
case: g => // n b gate n1; case: h => // [fs|x fs] /andP[n0 ok]; rewrite /head_in.
  move=> fin; have [f E] := small_factors n1 ok fin; rewrite E in ok *.
  case/andP: ok => _ /= /andP[okf _].
  by have := factor_rooted' 1 okf; rewrite mul1mx.
case/andP=> _ fin; have [f E] := small_factors n1 ok fin; rewrite {}E in n0 ok *.
rewrite /= (mx_mapm _ (ok_factors_shape n0 ok)).
by case/andP: ok => _ /= /andP[okf _]; apply: factor_rooted'.
Qed.

Lemma transition_rooted (g : region) n (t : transition K) : one_factor_region g ->
  ok_transition n t -> all (head_in g) t -> real_rooted (mx n n (transition_matrix t)).
Proof.
move=> og /andP[okt /eqP <-]; elim: t okt => [|h t IH] okt.
  by exists [::] => d M; apply/matrixP => -[].
case/andP: okt => okh okt /andP[hin tin].
have sA := ok_head_shape okh; have /andP[/eqP szA _] := sA.
have st : has_shape (transition_size t) (transition_size t) (transition_matrix t).
  by apply: ok_transition_shape; apply/andP; split.
have /andP[/eqP sB _] := st.
rewrite /transition_matrix /= -/(transition_matrix t) szA sB.
rewrite -[transition_size (h :: t)]/(head_size h + transition_size t)%N.
rewrite (mx_blockm sA st); have [rs krs] := head_rooted og okh hin; have [rs' krs'] := IH okt tin.
by exists (rs ++ rs'); apply: block_kills; [apply: kills_catr | apply: kills_catl].
Qed.

Lemma no_factor (l : layer K) k A : product_of l k A -> k = 0%N -> A = 1%:M.
Proof. by case. Qed.

Lemma single_factor (l : layer K) k A : product_of l k A -> k = 1%N ->
  exists s c, List.In (s, c) (cases l) /\ A = layer_matrix l c.
Proof.
case=> // k' A' s c cl P' [/(no_factor P') ->].
by exists s, c; rewrite mul1mx.
Qed.

Theorem one_factor_letters g : one_factor_region g ->
  forbids (@Exact K) (fun N => finitely_many (@Exact K) N /\ in_region false g N)
    (pred1 1%N) has_letter_cycle.
Proof.
move=> og A N minA [x [m [cyc m2]]] okN same /eqP one [fin inN] rec.
have tm : tame 2 (pred1 1%N) (size (layers N)) (cells (@Exact K) N) (start N).
  apply: exact_tame => // l lN k B /eqP k1 PB; have [s [c [cl ->]]] := single_factor PB k1.
  have [_ _ _ okc] := ok_network_parts okN lN; have [okt _] := okc s c cl.
  have tin : all (head_in g) (case_A c).
    by have [] := inN l s c lN cl; case: (g) og.
  by have [rs /kills_cycles[]] := transition_rooted og okt tin.
have := repeating_forbids minA same (fun _ => fin) tm rec _ cyc.
rewrite one => dv; have {}dv : (m %| 2 ^ 1)%N by apply: dv => -[].
by have := dvdn_leq (isT : (0 < 2 ^ 1)%N) dv; rewrite leqNgt m2.
Qed.
End OneFactor.
