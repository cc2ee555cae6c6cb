(* Lemmas about classes of networks in exact arithmetic that reach finitely many    *)
(* states: docs/lemmas/psd-products-aperiodic.md, real-spectrum-two-groups.md,      *)
(* one-reflection-order-two.md.                                                     *)
(*                                                                                  *)
(* psd_aperiodic: products of diagonal matrices and gates in [0, 1] and factors with *)
(*   0 <= b < 2 make no cycle, at any depth.                                                         *)
(* triangular_cycles, triangular_cycles_any: with upper triangular real matrices k  *)
(*   layers make no cycle of a length that does not divide 2^k, and no stack one of *)
(*   a length that is no power of 2.                                                *)
From mathcomp Require Import all_ssreflect all_algebra.
From Monoscan Require Import arithmetic network well_formed shapes list_matrices periods.
From Monoscan Require Import obstructions regions monotone_stack exact_stack psd_products.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Triangular.
Variable R : realFieldType.
Local Notation K := (arith_of R).

Definition upper n (A : 'M[R]_n) : Prop := forall i j : 'I_n, (j < i)%N -> A i j = 0.

Lemma upper1 n : upper (1%:M : 'M[R]_n).
Proof. by move=> i j ji; rewrite mxE -val_eqE gtn_eqF. Qed.

Lemma upper_mul n (A B : 'M[R]_n) : upper A -> upper B -> upper (A *m B).
Proof.
move=> uA uB i j ji; rewrite mxE big1 // => k _.
by case: (ltnP k i) => [/uA ->|ik]; rewrite ?mul0r // uB ?mulr0 // (leq_trans ji).
Qed.

Lemma upper_char_poly n (A : 'M[R]_n) : upper A ->
  char_poly A = \prod_(x <- [seq A i i | i <- enum 'I_n]) ('X - x%:P).
Proof.
move=> uA; rewrite big_map enumT.
have -> : char_poly A = char_poly A^T.
  by rewrite /char_poly -det_tr; congr (\det _); apply/matrixP => i j; rewrite !mxE eq_sym.
rewrite char_poly_trig; last by apply/is_trig_mxP => i j ij; rewrite mxE uA.
by apply: eq_bigr => i _; rewrite mxE.
Qed.

Lemma upper_kills n (A : 'M[R]_n) : upper A -> kills [seq A i i | i <- enum 'I_n] A.
Proof. by move=> /upper_char_poly/char_poly_kills. Qed.

Definition upper_region (g : region) : bool :=
  match g with DiagonalEntries _ | UpperTriangular _ => true | _ => false end.

Lemma upper_products (g : region) (N : network K) l k A : upper_region g ->
  in_region false g N -> List.In l (layers N) -> product_of l k A -> upper A.
Proof.
move=> ug inN lN; elim=> [|k' A' s c cl _ uA]; first exact: upper1.
apply: upper_mul => // i j ji; rewrite mxE.
have [] := inN l s c lN cl; case: g ug {inN} => // e _ E _.
  by have := E i j (ltn_ord i) (ltn_ord j); rewrite gtn_eqF // => /eqP.
by have := E i j (ltn_ord i) (ltn_ord j); rewrite ji => /andP[_ /eqP].
Qed.

Lemma upper_tame (g : region) (N : network K) (long : pred nat) : upper_region g -> ok_network N ->
  in_region false g N -> tame 2 long (size (layers N)) (cells (@Exact K) N) (start N).
Proof.
move=> ug okN inN; apply: exact_tame => // l lN k A _ PA.
by have [] := kills_cycles (upper_kills (upper_products ug inN lN PA)).
Qed.

Theorem triangular_cycles g k : upper_region g ->
  forbids (@Exact K) (fun N => finitely_many (@Exact K) N /\ in_region false g N)
    (leq^~ k) (has_cycle_off k).
Proof.
move=> ug A N minA [u [m [cyc /negP off]]] okN same deep [fin inN] rec; apply: off.
have tm := upper_tame predT ug okN inN.
have dv := repeating_forbids minA same (fun _ => fin) tm rec (fun _ _ => isT) cyc.
by apply: dvdn_trans dv _; apply: dvdn_exp2l.
Qed.

Theorem triangular_cycles_any g deep : upper_region g ->
  forbids (@Exact K) (fun N => finitely_many (@Exact K) N /\ in_region false g N)
    deep has_cycle_off_2_powers.
Proof.
move=> ug A N minA [u [m [cyc off]]] okN same _ [fin inN] rec.
have tm := upper_tame predT ug okN inN.
have dv := repeating_forbids minA same (fun _ => fin) tm rec (fun _ _ => isT) cyc.
by have [j /off] := divides_2_power dv.
Qed.
End Triangular.

Section Products.
Variable R : realFieldType.
Local Notation K := (arith_of R).

Definition in_0_1_numbers (s : numbers) : bool := at_least_0 s && at_most 1 s.
Definition below_2_numbers (s : numbers) : bool := at_least_0 s && less_than 2 s.
Definition psd_region (g : region) : bool :=
  match g with
  | DiagonalEntries s => in_0_1_numbers s
  | FactorHeads _ beta gate => below_2_numbers beta && (if gate is Some s then in_0_1_numbers s else true)
  | FactorTimesDiagonal beta entries => below_2_numbers beta && in_0_1_numbers entries
  | _ => false
  end.

Lemma in_0_1_numbersP s (x : R) : in_0_1_numbers s -> in_numbers s x -> unit_interval x.
Proof. by case/andP=> s0 s1 xs; rewrite /unit_interval (at_least_0P s0 xs) (at_mostP s1 xs). Qed.

Lemma below_2_numbersP s (x : R) : below_2_numbers s -> in_numbers s x -> below_2 x.
Proof. by case/andP=> s0 s2 xs; rewrite /below_2 (at_least_0P s0 xs) (less_thanP s2 xs). Qed.

Lemma factors_below_2 n beta (fs : seq (factor K)) : below_2_numbers beta -> factors_in n beta fs ->
  all (@factor_below_2 R) fs.
Proof.
move=> b01 /andP[_]; elim: fs => //= f fs IH /andP[bf /IH ->]; rewrite andbT.
by case: f bf => v b /(below_2_numbersP b01).
Qed.

Lemma numbers_in_0_1 s (a : seq K) : in_0_1_numbers s -> all (in_numbers s) (a : seq R) ->
  all (@unit_interval R) (a : seq R).
Proof. by move=> s01; elim: a => //= x a IH /andP[/(in_0_1_numbersP s01) -> /IH]. Qed.

Definition by_heads (g : region) : bool := if g is DiagonalEntries _ then false else true.

Lemma region_in_0_1 (g : region) (t : transition K) : psd_region g ->
  by_heads g -> all (head_in g) t -> in_0_1 t.
Proof.
move=> pg ng; elim: t => //= h t IH /andP[hh /IH ->]; rewrite andbT.
case: g pg ng hh {IH} => [||n b gate|b e|||] //; case: h => //.
- by move=> fs /= /andP[b01 _] _ fsb; exact: (factors_below_2 b01 fsb).
- move=> x fs; case: gate => //= s /andP[b01 s01] _ /andP[/(in_0_1_numbersP s01) -> fs01].
  exact: (factors_below_2 b01 fs01).
- by move=> a /= /andP[_ e01] _ ae; exact: (numbers_in_0_1 e01 ae).
- by move=> fs /= /andP[b01 _] _ fsb; exact: (factors_below_2 b01 fsb).
- by move=> v x a /andP[b01 e01] _ /= /andP[/(below_2_numbersP b01) -> /(numbers_in_0_1 e01)].
Qed.

Lemma psd_products_contracting (g : region) (N : network K) l k A : psd_region g -> ok_network N ->
  in_region false g N -> List.In l (layers N) -> product_of l k A -> contracting A.
Proof.
move=> pg okN inN lN; elim=> [|k' A' s c cl _ cA]; first exact: contracting1.
apply: contracting_mul => //; have [_ _ _ okc] := ok_network_parts okN lN.
have [okt _] := okc s c cl; have [tin _] := inN l s c lN cl.
have [[e eg]|ng] : (exists e, g = DiagonalEntries e) \/ by_heads g.
  by case: (g) => *; [left; eexists | right..].
  rewrite eg in pg tin; suff -> : layer_matrix l c =
      diag_mx (\row_j (entry (transition_matrix (case_A c)) j j : R)).
    apply: diag_contracting => j; rewrite mxE; apply: (in_0_1_numbersP pg).
    by have := tin j j (ltn_ord j) (ltn_ord j); rewrite eqxx.
  apply/matrixP => i j; rewrite !mxE; have := tin i j (ltn_ord i) (ltn_ord j).
  by rewrite val_eqE; case: eqP => [-> _|_ /eqP]; rewrite ?mulr1n ?mulr0n.
apply: in_0_1_contracting => //; apply: (region_in_0_1 pg ng).
by case: (g) pg ng tin.
Qed.

Theorem psd_aperiodic g deep : psd_region g ->
  forbids (@Exact K) (fun N => finitely_many (@Exact K) N /\ in_region false g N) deep has_cycle.
Proof.
move=> pg A N minA [u [m cyc]] okN same _ [fin inN] rec.
have tm : tame 1 predT (size (layers N)) (cells (@Exact K) N) (start N).
  apply: exact_tame => // l lN k B _ PB.
  by apply/contracting_cycles/(psd_products_contracting pg okN inN lN PB).
have := repeating_forbids minA same (fun _ => fin) tm rec (fun _ _ => isT) cyc.
by rewrite exp1n dvdn1 => /eqP m1; case: cyc; rewrite m1.
Qed.
End Products.
