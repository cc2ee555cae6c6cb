(* Theorems 1 and 2 of Grazzi et al. (2411.12537v5) as printed: finitely many       *)
(* layers, unrolled sums whose terms are cast to a finite datatype (unrolled.v).    *)
(* The rounding r : R -> R is any non-decreasing map with finitely many values, so  *)
(* also casting to the nearest point of a finite set. Read-outs are tables of the   *)
(* cast states, which are finitely many: any functions of them. The paper's read-   *)
(* out also sees the symbol of its layer; here a layer above reads that symbol too. *)
(*                                                                                  *)
(*    counts m x w == whether m divides the number of times that x occurs in w      *)
(* grazzi_theorem1_cast: a network recognises parity only if some A(s) of some      *)
(*   layer has an eigenvalue outside [0, inf).                                      *)
(* grazzi_theorem2_cast: if m does not divide 2^L, a network of L layers counts     *)
(*   modulo m only if, for some i < L, a product of 2^i matrices of layer i (layers *)
(*   are numbered from 0) has an eigenvalue that is not real.                       *)
(* triangular_cast: so with real upper triangular matrices m divides 2^L.           *)
(* cast_not_empty, cast_spectrum_needed, cast_needed: with a = 1 and a cast to      *)
(*   -1, 0, 1 the hypotheses of cast_settles hold; with a = -1 parity is recognised,*)
(*   and so it is with a = 3 and integers of two bits that wrap around.             *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import complex.
From Coq Require Import String.
From Monoscan Require Import sign_lemma matrix_form eigenvalues.
From Monoscan Require Import arithmetic network well_formed shapes list_matrices periods.
From Monoscan Require Import obstructions regions monotone_stack exact_stack exact_classes.
From Monoscan Require Import nonnegative_spectrum grazzi_theorem1 rounding_examples.
From Monoscan Require Import unrolled casts unrolled_stack.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Definition recognises_cast (R : realFieldType) (r : R -> R) (N : network (arith_of R))
    (L : seq letter -> output) : Prop :=
  forall w, all (mem (alphabet N)) w -> @unrolled_answer (arith_of R) r N w = Some (L w).

Definition counts (m : nat) (x : letter) (w : seq letter) : output :=
  Truth (m %| count_mem x w)%N.

(* a matrix of a layer over the algebraic closure *)
Definition complex_matrix (R : rcfType) n (A : 'M[R]_n) : 'M[R[i]]_n := map_mx (real_complex R) A.

Lemma counts_divides (R : realFieldType) (r : R -> R) (s : settling r) (N : network (arith_of R))
    (x : letter) m : (0 < m)%N -> x \in alphabet N ->
  ok_network N -> recognises_cast r N (counts m x) ->
  (forall j l A, List.nth_error (layers N) j = Some l -> product_of l (2 ^ j) A -> splits_real A) ->
  (m %| 2 ^ size (layers N))%N.
Proof.
move=> m0 xN okN rec real; have xN' : all (mem (alphabet N)) [:: x] by rewrite /= xN.
have ok w : all (mem (alphabet N)) w -> @unrolled_answer (arith_of R) r N w <> None by move=> /rec ->.
have [|M HM] := unrolled_powers_repeat (q := 2) (p := [::]) s isT okN _ ok isT xN'.
  by move=> j l A El; rewrite muln1 => PA; apply: real_cast_repeats => //; apply: real El PA.
have inw n : all (mem (alphabet N)) (nseq n x) by rewrite all_nseq /= xN orbT.
have E n : @unrolled_answer (arith_of R) r N (power [:: x] n) = Some (Truth (m %| n)%N).
  by rewrite power1 rec // /counts count_nseq /= eqxx mul1n.
have := HM (M * m)%N (leq_pmulr M m0).
by rewrite !cat0s !E dvdn_mull // => -[]; rewrite dvdn_addr ?dvdn_mull // => ->.
Qed.

Section Paper.
Hypothesis em : forall P : Prop, P \/ ~ P.
Variables (R : rcfType) (r : R -> R).
Hypothesis rr : rounding r.
Local Notation K := (arith_of R).

Theorem grazzi_theorem1_cast (N : network K) (x : letter) :
  x \in alphabet N -> ok_network N -> recognises_cast r N (parity x) ->
  exists l s c, [/\ List.In l (layers N), List.In (s, c) (cases l) &
    exists z : R[i], eigenvalue (complex_matrix (layer_matrix l c)) z /\ ~ 0 <= z].
Proof.
move=> xN okN rec; set goal := exists l, _.
case: (em goal) => // no; have ok w : all (mem (alphabet N)) w -> @unrolled_answer K r N w <> None.
  by move=> /rec ->.
have nn l s c : List.In l (layers N) -> List.In (s, c) (cases l) -> splits_nonneg (layer_matrix l c).
  move=> lN cl; have [n0 _ _ _] := ok_network_parts okN lN.
  have nonneg z : eigenvalue (complex_matrix (layer_matrix l c)) z -> 0 <= z.
    move=> ez; case: (em (0 <= z)) => // nz; case: no.
    by exists l, s, c; split=> //; exists z.
  move: nonneg; rewrite /splits_nonneg /complex_matrix; move: (layer_matrix l c).
  by case: (size (initial l)) n0 => // n _ A; apply: nonneg_spectrum_splits.
have [M HM] := unrolled_settles (rounding_settling em rr) (p := [::]) okN nn ok isT xN.
have inw n : all (mem (alphabet N)) (nseq n x) by rewrite all_nseq /= xN orbT.
have := HM M.+1 (leqnSn M).
by rewrite -[[::] ++ nseq M x]/(nseq M x) -[[::] ++ nseq M.+1 x]/(nseq M.+1 x) !rec ?inw //
  !parity_nseq /= => -[]; case: odd.
Qed.

Lemma real_spectrum_splits k (A : 'M[R]_k.+1) :
  (forall z : R[i], eigenvalue (complex_matrix A) z -> z \is Num.real) -> splits_real A.
Proof.
move=> spec; have [s ps] := closed_field_poly_normal (char_poly (complex_matrix A)).
rewrite (monicP (char_poly_monic _)) scale1r in ps.
have real z : z \in s -> (real_complex R (complex.Re z)) = z.
  move=> zs; have : z \is Num.real by apply: spec; rewrite eigenvalue_root_char ps root_prod_XsubC.
  by case: z {zs} => a b; rewrite realE !lecE /= => /orP[] /andP[/eqP E _]; rewrite ?E // -E.
exists [seq complex.Re z | z <- s]; apply: (map_poly_inj [rmorphism of real_complex R]).
rewrite map_char_poly -/(complex_matrix A) ps rmorph_prod big_map /= big_seq [RHS]big_seq.
by apply: eq_bigr => z /real Ez; rewrite rmorphB /= map_polyX map_polyC /= Ez.
Qed.

Theorem grazzi_theorem2_cast (N : network K) (x : letter) m : (0 < m)%N -> x \in alphabet N ->
  ok_network N -> recognises_cast r N (counts m x) -> ~~ (m %| 2 ^ size (layers N))%N ->
  exists i l A, [/\ List.nth_error (layers N) i = Some l, product_of l (2 ^ i) A &
    exists z : R[i], eigenvalue (complex_matrix A) z /\ z \isn't Num.real].
Proof.
move=> m0 xN okN rec /negP off; set goal := exists i, _.
case: (em goal) => // no; case: off.
apply: (counts_divides (rounding_settling em rr) m0 xN okN rec) => j l A El PA.
have [n0 _ _ _] := ok_network_parts okN (List.nth_error_In _ _ El).
have real z : eigenvalue (complex_matrix A) z -> z \is Num.real.
  move=> ez; case E: (z \is Num.real) => //; case: no.
  by exists j, l, A; split=> //; exists z; rewrite E.
move: real {PA}; move: A; case: (size (initial l)) n0 => // n _ A.
exact: real_spectrum_splits.
Qed.
End Paper.

Section Triangular.
Variables (R : realFieldType) (r : R -> R).
Hypothesis sr : settling r.
Local Notation K := (arith_of R).

Theorem triangular_cast (g : region) (N : network K) (x : letter) m : (0 < m)%N ->
  x \in alphabet N -> ok_network N -> upper_region g -> in_region false g N ->
  recognises_cast r N (counts m x) -> (m %| 2 ^ size (layers N))%N.
Proof.
move=> m0 xN okN ug inN rec; apply: (counts_divides sr m0 xN okN rec) => j l A El PA.
exists [seq A i i | i <- enum 'I_(size (initial l))]; apply: upper_char_poly.
exact: upper_products ug inN (List.nth_error_In _ _ El) PA.
Qed.
End Triangular.

Section Examples.
Variable R : realFieldType.
Local Notation K := (arith_of R).
Variables (r : R -> R) (a : R) (u : nat -> R).
Hypotheses (r0 : r 0 = 0) (ru : forall k, r (a ^+ k) = u k) (rru : forall k, r (u k) = u k).
Hypothesis u1 : forall k, unit_values (u k).

Definition scalar_terms (w : seq letter) : seq (seq (seq K)) :=
  [:: [:: a ^+ count_mem "1"%string w : R]] :: nseq (size w) [:: [:: 0 : R]].

Lemma scalar_unroll (b h : R) n :
  unroll (@Case K [:: @Diagonal K [:: b]] [:: [:: 0 : R]])
    ([:: [:: h]] :: nseq n [:: [:: 0 : R]]) = [:: [:: b * h : R]] :: nseq n.+1 [:: [:: 0 : R]].
Proof.
rewrite /unroll; set A := transition_matrix _.
have AE : A = [:: [:: b]] by [].
have mE (y : R) : mulm A [:: [:: y]] = [:: [:: b * y : R]].
  by rewrite AE /mulm /combine /addv /scalev /= addr0.
rewrite map_cons mE map_nseq mE mulr0 rcons_cons; congr cons.
by elim: n => //= n ->.
Qed.

Lemma scalar_cast_sum w : @cast_sum K r (scalar_terms w) = [:: [:: u (count_mem "1"%string w)]].
Proof.
rewrite /cast_sum /scalar_terms map_cons /total map_nseq /mapm /= r0 ru.
set n := count_mem _ w; have -> : foldl (@addm K) [:: [:: u n]] (nseq (size w) [:: [:: 0 : R]]) = [:: [:: u n]].
  elim: (size w) => // k IH; rewrite /= [addm _ _](_ : _ = [:: [:: u n]]) ?IH //.
  by rewrite /addm /addv /= addr0.
by rewrite /= rru.
Qed.

Lemma scalar_unrolled_run w : all (mem (alphabet (scalar_network a))) w ->
  @unrolled_run K r (scalar_network a) w = Some [:: inl (scalar_terms w)].
Proof.
elim/last_ind: w => [|w x IH]; first by [].
rewrite all_rcons => /andP[xN /IH]; rewrite /unrolled_run run_rcons => ->.
pose cs := quiet_last (map (@unrolled_cell K r) (items (scalar_network a))).
pose c (b : R) := @Case K [:: @Diagonal K [:: b]] [:: [:: 0 : R]].
have on0 T : next cs [:: inl T] "0"%string = Some [:: inl (unroll (c 1) T)] by [].
have on1 T : next cs [:: inl T] "1"%string = Some [:: inl (unroll (c a) T)] by [].
have E b : unroll (c b) (scalar_terms w) =
    [:: [:: b * a ^+ count_mem "1"%string w : R]] :: nseq (size w).+1 [:: [:: 0 : R]].
  exact: scalar_unroll.
move: xN; rewrite !inE => /orP[] /eqP ->.
  apply: (etrans (on0 _)); rewrite E /scalar_terms size_rcons -[in RHS]cats1 count_cat.
  by rewrite mul1r addn0.
apply: (etrans (on1 _)); rewrite E /scalar_terms size_rcons -[in RHS]cats1 count_cat.
by rewrite -exprS addn1.
Qed.

Lemma scalar_unrolled_answer w : all (mem (alphabet (scalar_network a))) w ->
  @unrolled_answer K r (scalar_network a) w = Some (Truth (u (count_mem "1"%string w) == 1)).
Proof.
move=> wN; rewrite /unrolled_answer scalar_unrolled_run // /unrolled_last /= scalar_cast_sum.
rewrite /read_out /=; case: (u1 (count_mem "1"%string w)) => ->; rewrite !eqxx //.
rewrite [-1 == 1]eq_sym one_neq_opp.
by case: eqP => // -[] /eqP; rewrite one_neq_opp.
Qed.
End Examples.

Section NotEmpty.
Variable R : realFieldType.
Local Notation K := (arith_of R).

Lemma ternary0 : ternary (0 : R) = 0.
Proof. by rewrite /ternary oppr_ge0 leNgt ltr01. Qed.

Lemma ternary_unit (e : R) : unit_values e -> ternary e = e.
Proof. by case=> ->; rewrite ?ternary1 ?ternaryN1. Qed.

Lemma ternary_steps : @steps R (@ternary R).
Proof.
exists [:: -1; 1], (fun s => if nth 0 s 0 <= 0 then -1 else if nth 0 s 1 < 0 then 0 else 1) => x.
by rewrite /ternary /= sgr_le0 sgr_lt0 subr_le0 subr_lt0.
Qed.

Lemma scalar_ternary (a : R) w : unit_values a -> all (mem (alphabet (scalar_network a))) w ->
  @unrolled_answer K (@ternary R) (scalar_network a) w =
    Some (Truth (a ^+ count_mem "1"%string w == 1)).
Proof.
move=> a1; have u k : unit_values (a ^+ k).
  case: a1 => ->; first by left; rewrite expr1n.
  by rewrite -signr_odd; case: odd; rewrite ?expr1 ?expr0; [right | left].
have tu k : ternary (a ^+ k) = a ^+ k by apply: ternary_unit.
exact: (scalar_unrolled_answer (u := fun k => a ^+ k) ternary0 tu tu u).
Qed.

Theorem cast_not_empty : let N := scalar_network (1 : R) in
  [/\ steps (@ternary R), rounding (@ternary R), ok_network N, in_region false SpectrumNonnegative N &
      recognises_cast (@ternary R) N (fun _ => Truth true)].
Proof.
split; [exact: ternary_steps | exact: ternary_rounding | exact: scalar_network_ok | |].
  move=> l s c [<-|//] cl; split=> //; exists [:: 1]; split; first by rewrite /= ler01.
  rewrite big_seq1 /char_poly det_mx11 !mxE /=.
  by case: cl => [[_ <-]|[[_ <-]|//]].
by move=> w wN; rewrite scalar_ternary ?expr1n ?eqxx //; left.
Qed.

Theorem cast_spectrum_needed : [/\ steps (@ternary R), rounding (@ternary R),
  ok_network (scalar_network (-1 : R)) &
  recognises_cast (@ternary R) (scalar_network (-1)) (parity "1"%string)].
Proof.
split; [exact: ternary_steps | exact: ternary_rounding | exact: scalar_network_ok |].
move=> w wN; rewrite scalar_ternary //; last by right.
rewrite /parity -signr_odd.
by case: odd; rewrite ?expr0 ?eqxx // expr1 eq_sym one_neq_opp.
Qed.
End NotEmpty.

(* integers of two bits, -2, -1, 0, 1, that wrap around *)
Definition two_bits (x : rat) : rat :=
  let n := (numq x %% 4)%Z in if n == 1 then 1 else if n == 2 then -2%:R else if n == 3 then -1 else 0.

Theorem cast_needed :
  [/\ exists D : seq rat, forall x, two_bits x \in D, ok_network (scalar_network (3%:R : rat)),
      in_region false SpectrumNonnegative (scalar_network (3%:R : rat)) &
      recognises_cast two_bits (scalar_network 3%:R) (parity "1"%string)].
Proof.
split; [|exact: scalar_network_ok| |].
- exists [:: 1; -2%:R; -1; 0] => x; rewrite /two_bits !inE.
  by do 3!(case: ifP => _; first by rewrite eqxx ?orbT); rewrite eqxx ?orbT.
- move=> l s c [<-|//] cl; split=> //.
  case: cl => [[_ <-]|[[_ <-]|//]]; [exists [:: 1] | exists [:: 3%:R]]; split=> //;
    by rewrite big_seq1 /char_poly det_mx11 !mxE.
have numqE (z : int) : numq z%:~R = z by rewrite numq_int.
have u k : two_bits (3%:R ^+ k) = (-1) ^+ k.
  have -> : (3%:R ^+ k : rat) = (3%:Z ^+ k)%:~R by rewrite rmorphX.
  have E : (3%:Z ^+ k %% 4)%Z = (if odd k then 3 else 1).
    elim: k => //= k IH; rewrite exprS -modzMmr IH; by case: odd.
  rewrite /two_bits numqE E -signr_odd; by case: odd.
have uu k : two_bits ((-1) ^+ k) = (-1) ^+ k by rewrite -signr_odd; case: odd.
have unit k : @unit_values rat_realFieldType ((-1) ^+ k).
  by rewrite -signr_odd; case: odd; [right | left].
move=> w wN; rewrite (@scalar_unrolled_answer rat_realFieldType two_bits _ (fun k => (-1) ^+ k) _ u uu unit) //.
rewrite /parity -signr_odd; by case: odd.
Qed.
