(* Networks with complex numbers whose matrices see the current letter only.        *)
(*                                                                                  *)
(*    complex_diagonal s N == every matrix A of N is diagonal with entries in s     *)
(*                                                                                  *)
(* complex_forbids_narrow: what is forbidden to the real networks of a region with  *)
(*   such windows is forbidden to the complex ones whose matrices A are real.       *)
(* complex_letter_index: one layer of complex diagonal matrices: a letter leads at  *)
(*   once into its cycle (docs/lemmas/one-layer-letter-index.md).                   *)
(* complex_stable_letters: complex diagonal entries of modulus below 1: only the    *)
(*   last letter counts (docs/lemmas/strictly-stable-letters.md).                   *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import complex.
From Monoscan Require Import arithmetic network well_formed shapes embedding periods windows.
From Monoscan Require Import obstructions regions nonnegative_spectrum complex_networks.
From Monoscan Require Import narrow letters letter_classes stable_classes.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Lemma In_all (A : Type) (p : pred A) s : (forall x, List.In x s -> p x) -> all p s.
Proof.
by elim: s => //= x s IH H; rewrite H ?IH //; [move=> y ys; apply: H; right | left].
Qed.

Section Transfer.
Variables (K K' : arith) (T T' : eqType) (pick : case K -> T) (pick' : case K' -> T').
Variables (N : network K) (N' : network K') (f : layer K -> layer K') (g : case K -> case K').
Hypotheses (layersE : layers N' = map f (layers N)) (readsE : forall l, reads (f l) = reads l)
  (casesE : forall l, cases (f l) = map (fun e => (e.1, g e.2)) (cases l))
  (ageE : age N' =1 age N).
Hypothesis pickE : forall l s c s' c', List.In l (layers N) -> List.In (s, c) (cases l) ->
  List.In (s', c') (cases l) -> pick c = pick c' -> pick' (g c) = pick' (g c').

Lemma sees_map w : sees w pick N -> sees w pick' N'.
Proof.
move=> see; rewrite /sees layersE all_map; apply: In_all => l lN /=.
have {see} := all_In see lN; rewrite readsE casesE (eq_map ageE) /layer_sees -map_comp => see.
rewrite !all_map; apply: In_all => -[s c] cl; rewrite /= all_map.
apply: In_all => -[s' c'] cl' /=; apply/implyP => same.
move: see; rewrite all_map => see; have := all_In see cl; rewrite /= all_map => {}see.
by have := all_In see cl'; rewrite /= same => /eqP/(pickE lN cl cl') ->.
Qed.
End Transfer.

Lemma age_dense (K : arith) (N : network K) : age (dense_network N) =1 age N.
Proof.
move=> i; rewrite /age /=; have [lt_i|le_i] := ltnP i.-1 (size (items N)); last first.
  by rewrite !nth_default ?size_map.
by rewrite (nth_map (Delay K 0 0)) //; case: nth.
Qed.

Lemma dense_matrix (K : arith) (c : case K) :
  transition_matrix (case_A (dense_case c)) = transition_matrix (case_A c).
Proof.
rewrite /transition_matrix /= cats0 (_ : map _ _ = transition_matrix (case_A c)) //.
by rewrite -[RHS]map_id; apply: eq_map => row; rewrite /pad_right cats0.
Qed.

Lemma windows_dense (K : arith) (N : network K) a b :
  windows_within a b N -> windows_within a b (dense_network N).
Proof.
have aN := age_dense N; case/andP=> seeA seeB; apply/andP; split.
  apply: (sees_map (dense_layers N) _ _ aN _ seeA) => // l s c s' c' _ _ _.
  by rewrite !dense_matrix.
by apply: (sees_map (dense_layers N) _ _ aN _ seeB).
Qed.

Section Complex.
Variable R : rcfType.
Local Notation KC := (complex_arith R).
Local Notation KR := (arith_of R).

Lemma age_real (N : network KC) : age (real_part N) =1 age N.
Proof.
move=> i; rewrite /age /=; have [lt_i|le_i] := ltnP i.-1 (size (items N)); last first.
  by rewrite !nth_default ?size_map.
by rewrite (nth_map (Delay KC 0 0)) //; case: nth.
Qed.

Lemma windows_real (N : network KC) a b :
  (forall l s c, List.In l (layers N) -> List.In (s, c) (cases l) -> is_real (case_A c)) ->
  windows_within a b N -> windows_within a b (real_part N).
Proof.
move=> realN; have aN := age_real N; case/andP=> seeA seeB; apply/andP; split.
  apply: (sees_map (real_part_layers N) _ _ aN _ seeA) => // l s c s' c' lN cl cl'.
  have E u d (du : List.In (u, d) (cases l)) : transition_matrix (case_A d) =
      map (map (real_complex R)) (transition_matrix (real_heads (case_A d))).
    by rewrite (map_transition_matrix (@real_complex_morphism R)) (realN l u d lN du).
  rewrite (E s c cl) (E s' c' cl') => /(inj_map (inj_map (@complexI R))).
  by [].
apply: (sees_map (real_part_layers N) _ _ aN _ seeB) => // l s c s' c' _ _ _ E.
by rewrite /= E.
Qed.

Theorem complex_forbids_narrow (g : region) (deep : pred nat) (shows : automaton -> Prop) a b :
  (forall R' : realFieldType, forbids (Exact (arith_of R')) (fun N =>
     finitely_many (Exact _) N /\ windows_within a b N /\ in_region false g N) deep shows) ->
  forbids (Exact KC) (fun N =>
    finitely_many (Exact _) N /\ windows_within a b N /\ in_complex_region g N) deep shows.
Proof.
move=> no A N minA showA okN same deepN [fin [nar]]; rewrite /in_complex_region => inN rec.
pose M := if by_matrix g then dense_network N else N.
have okM : ok_network M by rewrite /M; case: by_matrix => //; apply: dense_ok.
have [rM inM] : in_region_written g M := inN.
have [V HV] : finitely_many (Exact _) M by rewrite /M; case: by_matrix => //; apply: dense_finite.
have aN : alphabet M = alphabet N by rewrite /M; case: by_matrix.
have narM : windows_within a b M by rewrite /M; case: by_matrix => //; apply: windows_dense.
apply: (no R A (real_part M) minA showA (real_part_ok rM okM)) => //.
- by rewrite aN.
- by rewrite real_part_layers size_map /M; case: by_matrix; rewrite ?dense_layers ?size_map.
- split; last by split=> //; apply: windows_real.
  exists (map (map (@re_im_state R)) V) => w Hs wN.
  by rewrite real_part_run //; case E: run => [J|] //= [<-]; apply: map_f; exact: HV E.
move=> w wN; rewrite real_part_answer // -(rec w); last by rewrite -aN.
by rewrite /M; case: by_matrix => //; apply: dense_answer.
Qed.

(* ------------------------------------------------- diagonal with complex entries *)

Definition in_complex_numbers (s : numbers) (z : R[i]) : bool :=
  match s with
  | AnyNumber => true
  | RealNumber => complex.Im z == 0
  | RationalIn _ => (complex.Im z == 0) && in_numbers s (complex.Re z)
  | ModulusIn ivs => has (fun i => in_interval i (complex.Re `|z|)) ivs
  end.

Definition complex_diagonal (s : numbers) (N : network KC) : Prop :=
  forall l y c, List.In l (layers N) -> List.In (y, c) (cases l) ->
    forall i j, (i < size (initial l))%N -> (j < size (initial l))%N ->
    let e : R[i] := nth 0 (nth [::] (transition_matrix (case_A c)) i) j in
    if i == j then in_complex_numbers s e else e == 0.

Definition below_1 (s : numbers) : bool :=
  if s is ModulusIn ivs then less_than 1 (RationalIn ivs) else false.

Lemma below_1P s (z : R[i]) : below_1 s -> in_complex_numbers s z -> `|z| < 1.
Proof.
case: s => // ivs b1 zs; have := less_thanP (x := complex.Re `|z|) b1 zs.
by rewrite normc_def /= -[1 in X in _ -> X]/((1%:R)%:C)%C ltcR.
Qed.

Lemma complex_diagonal_matrix s (N : network KC) l y c : complex_diagonal s N ->
  List.In l (layers N) -> List.In (y, c) (cases l) ->
  exists2 a : 'rV[R[i]]_(size (initial l)), letters.case_matrix l c = diag_mx a &
    forall i, in_complex_numbers s (a 0 i).
Proof.
move=> inN lN cl; have dg := inN l y c lN cl.
exists (\row_i nth 0 (nth [::] (transition_matrix (case_A c)) i) i) => [|i].
  apply/matrixP => i j; rewrite !mxE; have := dg i j (ltn_ord i) (ltn_ord j).
  by rewrite val_eqE; case: eqP => [-> _|_ /eqP]; rewrite ?mulr1n ?mulr0n.
by rewrite mxE; have := dg i i (ltn_ord i) (ltn_ord i); rewrite eqxx.
Qed.

Theorem complex_letter_index s :
  forbids (Exact KC) (fun N =>
    finitely_many (Exact _) N /\ windows_within 1 1 N /\ complex_diagonal s N)
    (pred1 1%N) has_letter_transient.
Proof.
move=> A N minA shows okN same /eqP one [fin [nar inN]] rec.
apply: (@transients_forbidden _ _ N A minA okN same nar fin rec one _ shows) => l y c lN cl.
by have [a -> _] := complex_diagonal_matrix inN lN cl; apply: diag_index.
Qed.

Theorem complex_stable_letters s deep : below_1 s ->
  forbids (Exact KC) (fun N =>
    finitely_many (Exact _) N /\ windows_within 1 1 N /\ complex_diagonal s N)
    deep has_last_letter_apart.
Proof.
move=> b1 A N minA shows okN same _ [fin [nar inN]] rec.
apply: (@last_letters_forbidden _ _ N A minA okN same nar fin rec _ _ shows) => l y c lN cl;
  have [a -> a1] := complex_diagonal_matrix inN lN cl; first exact: diag_index.
by apply: diag_vanishing => i; apply: (below_1P b1).
Qed.
End Complex.
