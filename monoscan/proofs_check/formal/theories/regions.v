(* The regions of model classes as data, as certificates state them (FORMAT.md),    *)
(* and what it means that a network lies in one.                                    *)
(*                                                                                  *)
(*    in_numbers s x == the number x is one of s                                    *)
(* in_region written g N == every transition of the network N lies in the region g; *)
(*                   `written`: diagonal matrices are moreover written as such      *)
(*   diagonal_of t == the numbers of a transition that is written as diagonal       *)
(*                                                                                  *)
(* The condition that the heads are the same for every input of a layer is left     *)
(* out: the theorems do not need it.                                                *)
From mathcomp Require Import all_ssreflect all_algebra.
From Monoscan Require Import arithmetic network well_formed shapes list_matrices periods.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(* p / q as a pair *)
Definition fraction := (int * nat)%type.
Record interval := Interval { low : fraction; high : fraction; low_in : bool; high_in : bool }.

Inductive numbers :=
  | AnyNumber
  | RealNumber
  | RationalIn of seq interval
  | ModulusIn of seq interval.

Inductive region :=
  | DiagonalEntries of numbers
  | UpperTriangular of numbers
  | FactorHeads of nat & numbers & option numbers (* at most so many; beta; gate *)
  | FactorTimesDiagonal of numbers & numbers (* beta; the entries of a *)
  | RankOneUpdate of numbers & numbers & numbers & option numbers & bool
      (* w; a; c; c a where w and a have equal entries; symmetric *)
  | SpectrumNonnegative
  | SymmetricSpectrumIn01.

Section Numbers.
Variable R : realFieldType.

Definition of_fraction (p : fraction) : R := p.1%:~R / p.2%:R.
Definition in_interval (i : interval) (x : R) : bool :=
  (if low_in i then of_fraction (low i) <= x else of_fraction (low i) < x) &&
  (if high_in i then x <= of_fraction (high i) else x < of_fraction (high i)).
(* over the reals; a rational number is a real one *)
Definition in_numbers (s : numbers) (x : R) : bool :=
  match s with
  | AnyNumber | RealNumber => true
  | RationalIn ivs => has (fun i => in_interval i x) ivs
  | ModulusIn ivs => has (fun i => in_interval i `|x|) ivs
  end.
End Numbers.

(* what can be read off the data *)
Definition at_least_0 (s : numbers) : bool :=
  if s is RationalIn ivs then all (fun i => 0 <= (low i).1) ivs else false.
Definition at_most (n : nat) (s : numbers) : bool :=
  if s is RationalIn ivs
  then all (fun i => (0 < (high i).2)%N && ((high i).1 <= (n * (high i).2)%:Z)) ivs
  else false.
Definition less_than (n : nat) (s : numbers) : bool :=
  if s is RationalIn ivs
  then all (fun i => (0 < (high i).2)%N &&
    (if high_in i then (high i).1 < (n * (high i).2)%:Z else (high i).1 <= (n * (high i).2)%:Z)) ivs
  else false.
Definition more_than_0 (s : numbers) : bool :=
  if s is RationalIn ivs
  then all (fun i => (0 < (low i).2)%N && (if low_in i then 0 < (low i).1 else 0 <= (low i).1)) ivs
  else false.

Section ReadOff.
Variable R : realFieldType.

Lemma at_least_0P s (x : R) : at_least_0 s -> in_numbers s x -> 0 <= x.
Proof.
case: s => // ivs; elim: ivs => //= i ivs IH /andP[i0 ivs0] /orP[/andP[lo _]|/(IH ivs0) //].
have f0 : 0 <= of_fraction R (low i) by rewrite divr_ge0 ?ler0n ?ler0z.
by move: lo; case: (low_in i) => [|/ltW]; apply: le_trans.
Qed.

Lemma at_mostP n s (x : R) : at_most n s -> in_numbers s x -> x <= n%:R.
Proof.
case: s => // ivs; elim: ivs => //= i ivs IH /andP[/andP[d0 hi] ivs1] /orP[/andP[_ up]|/(IH ivs1) //].
have f1 : of_fraction R (high i) <= n%:R.
  rewrite ler_pdivr_mulr ?ltr0n // -natrM -[X in _ <= X]/((n * (high i).2)%:Z%:~R : R).
  by rewrite ler_int.
by move: up; case: (high_in i) => [|/ltW] up; apply: le_trans up f1.
Qed.

Lemma less_thanP n s (x : R) : less_than n s -> in_numbers s x -> x < n%:R.
Proof.
case: s => // ivs; elim: ivs => //= i ivs IH /andP[/andP[d0 hi] ivs1] /orP[/andP[_ up]|/(IH ivs1) //].
have nE : (n%:R * (high i).2%:R : R) = (n * (high i).2)%:Z%:~R by rewrite -natrM.
case: (high_in i) hi up => hi up.
  by apply: le_lt_trans up _; rewrite ltr_pdivr_mulr ?ltr0n // nE ltr_int.
by apply: lt_le_trans up _; rewrite ler_pdivr_mulr ?ltr0n // nE ler_int.
Qed.

Lemma more_than_0P s (x : R) : more_than_0 s -> in_numbers s x -> 0 < x.
Proof.
case: s => // ivs; elim: ivs => //= i ivs IH /andP[/andP[d0 lo] ivs0] /orP[/andP[low_x _]|/(IH ivs0) //].
case: (low_in i) lo low_x => lo low_x.
  by apply: lt_le_trans _ low_x; rewrite divr_gt0 ?ltr0n ?ltr0z.
by apply: le_lt_trans _ low_x; rewrite divr_ge0 ?ler0n ?ler0z.
Qed.
End ReadOff.

Section Matrices.
Variable K : arith.
Implicit Types (a b : seq K) (t : transition K).

Definition written_diagonal t : bool := all (fun h => if h is Diagonal _ then true else false) t.
Definition diagonal_of t : seq K := flatten (map (fun h => if h is Diagonal a then a else [::]) t).

Lemma diagm_cat a b :
  diagm (a ++ b) = map (pad_right (size b)) (diagm a) ++ map (pad_left (size a)) (diagm b).
Proof.
rewrite /diagm size_cat /mkseq iotaD map_cat -!map_comp; congr (_ ++ _).
  apply/eq_in_map => i; rewrite mem_iota => /andP[_ lt_i] /=.
  by rewrite nth_cat lt_i /unit_row /pad_right -catA /= -nseqD addnBAC.
rewrite add0n -[X in iota X]addn0 iotaDl -map_comp; apply: eq_map => j /=.
by rewrite nth_cat ltnNge leq_addr /= addKn /unit_row /pad_left nseqD -catA -addnS subnDl.
Qed.

Lemma size_diagm a : size (diagm a) = size a.
Proof. by rewrite size_map size_iota. Qed.

Lemma written_diagonal_matrix t : written_diagonal t -> transition_matrix t = diagm (diagonal_of t).
Proof.
rewrite /transition_matrix; elim: t => //= h t IH /andP[]; case: h => //= a _ /IH E.
by rewrite E !size_diagm -diagm_cat.
Qed.

Lemma transition_size_diagonal t : written_diagonal t -> transition_size t = size (diagonal_of t).
Proof. by elim: t => //= h t IH /andP[]; case: h => //= a _ /IH E; rewrite size_cat -E. Qed.
End Matrices.

Section Entries.
Variable R : realFieldType.
Local Notation K := (arith_of R).
Local Notation matrix := (seq (seq K)).

Definition entry (H : matrix) i j : R := nth (0 : R) (nth [::] H i) j.

Lemma entryE n d (H : matrix) i j (lt_i : (i < n)%N) (lt_j : (j < d)%N) :
  entry H i j = mx n d H (Ordinal lt_i) (Ordinal lt_j).
Proof. by rewrite mxE. Qed.

Lemma entry_ext n d (G H : matrix) : has_shape n d G -> has_shape n d H ->
  (forall i j, (i < n)%N -> (j < d)%N -> entry G i j = entry H i j) -> G = H.
Proof.
move=> sG sH E; apply: (mx_inj sG sH); apply/matrixP => i j; rewrite !mxE.
exact: E.
Qed.

Lemma nth_unit_row n i (c : R) j : (i < n)%N ->
  nth 0 (@unit_row K n i c) j = if j == i then c else 0.
Proof.
move=> lt_i; rewrite /unit_row nth_cat size_nseq nth_nseq; case: ltnP => [lt_j|].
  by rewrite ltn_eqF // if_same.
rewrite leq_eqVlt => /predU1P[->|lt_ij]; first by rewrite subnn eqxx.
by rewrite gtn_eqF // -(subnSK lt_ij) /= nth_nseq if_same.
Qed.

Lemma entry_diagm (a : seq K) i j : (i < size a)%N ->
  entry (diagm a) i j = if i == j then nth (0 : R) a i else 0.
Proof. by move=> lt_i; rewrite /entry /diagm nth_mkseq // nth_unit_row // eq_sym. Qed.
End Entries.

Section Regions.
Variable R : realFieldType.
Local Notation K := (arith_of R).

Definition splits_nonneg n (A : 'M[R]_n) : Prop :=
  exists rs, all (fun r => 0 <= r) rs /\ char_poly A = \prod_(r <- rs) ('X - r%:P).

Definition splits_in_0_1 n (A : 'M[R]_n) : Prop :=
  exists rs, all (fun r => 0 <= r <= 1) rs /\ char_poly A = \prod_(r <- rs) ('X - r%:P).

(* beta for a unit key *)
Definition strength (f : factor K) : R :=
  match f with Householder _ b => b | Delta k b => b * (dot k k : R) end.
Definition factors_in (n : nat) (beta : numbers) (fs : seq (factor K)) : bool :=
  (size fs <= n)%N && all (fun f => in_numbers beta (strength f)) fs.

Definition head_in (g : region) (h : head K) : bool :=
  match g, h with
  | FactorHeads n beta _, Factors fs => factors_in n beta fs
  | FactorHeads n beta gate, Gated g fs =>
      (if gate is Some s then in_numbers s g else false) && factors_in n beta fs
  | FactorTimesDiagonal beta entries, HouseholderDiagonal _ b a =>
      in_numbers beta b && all (in_numbers entries) a
  | FactorTimesDiagonal beta entries, Factors fs => factors_in 1 beta fs
  | FactorTimesDiagonal beta entries, Diagonal a => all (in_numbers entries) a
  | RankOneUpdate w a c erased symmetric, DiagonalPlusRankOne w' k a' c' =>
      [&& all (in_numbers w) w', all (in_numbers a) a', in_numbers c c',
          (if erased is Some b then
            [&& constant w', constant a' & all (fun x : R => in_numbers b ((c' : R) * x)) a']
           else true) &
          symmetric ==> (trm (head_matrix h) == head_matrix h)]
  | _, _ => false
  end.

Definition transition_in (g : region) (n : nat) (t : transition K) : Prop :=
  let A := transition_matrix t in
  match g with
  | DiagonalEntries s => forall i j, (i < n)%N -> (j < n)%N ->
      if i == j then in_numbers s (entry A i i) else entry A i j == 0
  | UpperTriangular s => forall i j, (i < n)%N -> (j < n)%N ->
      in_numbers s (entry A i j) && ((j < i)%N ==> (entry A i j == 0))
  | SpectrumNonnegative => splits_nonneg (mx n n A)
  | SymmetricSpectrumIn01 => (mx n n A)^T = mx n n A /\ splits_in_0_1 (mx n n A)
  | _ => all (head_in g) t
  end.

Definition in_region (written : bool) (g : region) (N : network K) : Prop :=
  forall l s c, List.In l (layers N) -> List.In (s, c) (cases l) ->
    transition_in g (size (initial l)) (case_A c) /\
    (if g is DiagonalEntries _ then written ==> written_diagonal (case_A c) else true).
End Regions.

(* what well-formed layers are like *)
Lemma ok_network_parts (K : arith) (N : network K) l : ok_network N -> List.In l (layers N) ->
  [/\ (0 < size (initial l))%N, (0 < width (initial l))%N,
      has_shape (size (initial l)) (width (initial l)) (initial l) &
      forall s c, List.In (s, c) (cases l) ->
        ok_transition (size (initial l)) (case_A c) /\
        has_shape (size (initial l)) (width (initial l)) (case_B c)].
Proof.
move=> okN /In_layers lN; have [lower okl] := ok_network_item okN lN.
case/and5P: okl => n0 d0 si _ /and5P[_ okc _ _ _]; split=> // s c cl.
have : ok_case (alphabet N) l (s, c).
  by elim: (cases l) okc cl => // e t IHt /andP[oke okt] [<- //|]; apply: IHt.
by case/and4P=> _ _ ? ?.
Qed.

Lemma ok_delays_pos (K : arith) (N : network K) : ok_network N -> delays_pos N.
Proof. by move=> okN i n iN; have [below /= /andP[_ /andP[]]] := ok_network_item okN iN. Qed.
