(* That the theorems about letters speak of something, and that what they ask of    *)
(* the matrices is needed.                                                          *)
(*                                                                                  *)
(*  inhabited_class within deep == some network of the class recognises the         *)
(*                   language of a minimal automaton                                *)
(*  entry_network a0 b0 a1 b1 t == one number, 1 at the start: h <- a0 h + b0 on    *)
(*                   the letter 0, a1 h + b1 on 1; t is the table of outputs        *)
(*                                                                                  *)
(* NAME_not_empty: networks with constant entries 1, or 0, lie in the class of NAME *)
(*   and recognise the set of all words.                                            *)
(* NAME_needed: with entries in [-1, 1] in the place of the range that NAME asks    *)
(*   for, the statement is false: a = -1 recognises parity.                         *)
From mathcomp Require Import all_ssreflect all_algebra.
From Coq Require Import String.
From Monoscan Require Import arithmetic network well_formed periods windows obstructions regions.
From Monoscan Require Import nonnegative_spectrum letter_classes stable_classes overwritten.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Local Arguments step : simpl never.

Definition inhabited_class (K : arith) (sem : semantics K) within (deep : pred nat) : Prop :=
  exists A N, [/\ minimal A, ok_network N, alphabet N = aut_alphabet A, deep (size (layers N)) &
    within N /\ recognises sem N (aut_answer A)].

Definition letters01 : seq letter := [:: "0"; "1"]%string.
Definition all_words : automaton := Automaton letters01 [:: [:: 0; 0]]%N [:: Truth true].
Definition parity_automaton : automaton :=
  Automaton letters01 [:: [:: 0; 1]; [:: 1; 0]]%N [:: Truth true; Truth false].

Lemma all_words_state w : aut_state all_words w = 0%N.
Proof.
rewrite /aut_state; elim: w => //= x w; rewrite /aut_next /=.
by case: eqP => // _; case: eqP.
Qed.

Lemma all_words_minimal : minimal all_words.
Proof.
split; first by move=> [|q] // _; exists [::].
by move=> [|q] [|r] // _ _ [].
Qed.

Lemma parity_state w : all (mem letters01) w ->
  aut_state parity_automaton w = odd (count_mem "1"%string w).
Proof.
elim/last_ind: w => // w x IH; rewrite all_rcons => /andP[xN /IH E].
rewrite /aut_state foldl_rcons -/(aut_state _ _) E -cats1 count_cat oddD /=.
by move: xN; rewrite !inE => /orP[]/eqP->; case: odd.
Qed.

Lemma parity_minimal : minimal parity_automaton.
Proof.
split.
  by move=> [|[|q]] // _; [exists [::] | exists [:: "1"%string]].
move=> [|[|q]] [|[|r]] // _ _ ne; try by case: ne.
- by exists [::].
- by exists [::].
Qed.

Lemma parity_shows : [/\ has_repeat parity_automaton, has_last_letter_apart parity_automaton &
  has_overwritten parity_automaton].
Proof.
split.
- by exists [::], "1"%string; split=> //; vm_compute.
- by exists [::], [:: "1"%string], "1"%string; split=> //; vm_compute.
- exists [::], [:: "1"%string], [::], [:: "1"%string].
  by split; last by split=> //; vm_compute.
Qed.

Section Entry.
Variables (F : fieldType) (lt : F -> F -> bool) (a0 b0 a1 b1 : F) (t : seq (F * output)).
Local Notation K := (field_arith lt).
Local Notation exact := (Exact K).

Definition entry_case (x : letter) (a b : F) : symbol * case K :=
  ((x, [::]), @Case K [:: @Diagonal K [:: a]] [:: [:: b]]).
Definition entry_table : seq (seq (seq K) * output) := map (fun e => ([:: [:: e.1]], e.2)) t.
Definition entry_network : network K :=
  @Network K letters01 [:: Recurrent (@Layer K [:: [:: 1]] [::]
    [:: entry_case "0"%string a0 b0; entry_case "1"%string a1 b1] (@States K entry_table))].

Definition entry_step (h : F) (x : letter) : F :=
  if x == "0"%string then a0 * h + b0 else a1 * h + b1.
Definition entry_value (w : seq letter) : F := foldl entry_step 1 w.

Lemma entry_map (a b h : F) :
  step exact (@Case K [:: @Diagonal K [:: a]] [:: [:: b]]) [:: [:: h]] = [:: [:: a * h + b]].
Proof.
rewrite /step /transition_matrix /mulm /addm /addv /combine /pad_right /unit_row /scalev /=.
by rewrite addr0.
Qed.

Lemma entry_read h : assoc entry_table [:: [:: h]] = assoc t h.
Proof.
rewrite /entry_table; elim: t => //= -[k o] u ->.
by rewrite eqseq_cons eqseq_cons !andbT.
Qed.

Lemma entry_answer w : (forall v, all (mem letters01) v -> assoc t (entry_value v) <> None) ->
  all (mem letters01) w -> answer exact entry_network w = assoc t (entry_value w).
Proof.
move=> tot wN; have run_ : run (cells exact entry_network) (start entry_network) w =
    Some [:: inl [:: [:: entry_value w]]].
  elim/last_ind: w wN => // w x IH; rewrite all_rcons => /andP[xN wN].
  rewrite run_rcons (IH wN) /entry_value foldl_rcons -/(entry_value w) /= /next /=.
  move: xN; rewrite !inE => /orP[]/eqP -> /=; by rewrite entry_map.
by rewrite /answer run_ /= /last_output /= entry_read.
Qed.

Lemma entry_ok : uniq (map fst t) -> ok_network entry_network.
Proof.
move=> ut; rewrite /ok_network /= /ok_layer /= ?inE /= ?andbT.
apply/andP; split; first by rewrite /entry_table all_map; apply/allP => -[].
rewrite /entry_table -map_comp (_ : map _ t = map (fun h => [:: [:: h]]) (map fst t)).
  by rewrite map_inj_uniq // => h h' [].
by rewrite -map_comp.
Qed.

Lemma entry_narrow : windows_within 1 1 entry_network.
Proof. by rewrite /windows_within /sees /= /layer_sees /= !eqxx. Qed.

Lemma entry_finite : (forall v, all (mem letters01) v -> assoc t (entry_value v) <> None) ->
  uniq (map fst t) -> finitely_many exact entry_network.
Proof.
move=> tot ut; apply: tables_finite => [|l [<-|//] //|w wN].
  exact: ok_delays_pos (entry_ok ut).
by rewrite entry_answer //; apply: tot.
Qed.

Lemma entry_matrix l s c : List.In l (layers entry_network) -> List.In (s, c) (cases l) ->
  size (initial l) = 1%N /\ exists2 a, (a = a0) \/ (a = a1) &
    transition_matrix (case_A c) = [:: [:: a]].
Proof. by case=> [<-|//] [[_ <-]|[[_ <-]|//]]; split=> //; [exists a0 | exists a1]; auto. Qed.
End Entry.

Definition closed_interval (low high : int) : numbers :=
  RationalIn [:: Interval (low, 1%N) (high, 1%N) true true].
Definition open_interval (low high : int) : numbers :=
  RationalIn [:: Interval (low, 1%N) (high, 1%N) false false].

Section Real.
Variable R : realFieldType.
Local Notation K := (arith_of R).
Local Notation in_class g := (fun N : network K =>
  finitely_many (Exact K) N /\ windows_within 1 1 N /\ in_region false g N).

Definition constant_table : seq (R * output) := [:: (1, Truth true)].
Definition sign_table : seq (R * output) := [:: (1, Truth true); (-1, Truth false)].

Lemma entry_in (a0 b0 a1 b1 : R) t s : in_numbers s a0 -> in_numbers s a1 ->
  in_region false (DiagonalEntries s) (entry_network (fun x y => x < y) a0 b0 a1 b1 t).
Proof.
move=> i0 i1 l y c lN cl; have [-> [a aE E]] := entry_matrix lN cl; split=> //.
by move=> [|i] [|j] // _ _; rewrite eqxx /entry E /=; case: aE => ->.
Qed.

Lemma constant_class s (a b : R) (deep : pred nat) : a + b = 1 -> in_numbers s a -> deep 1%N ->
  inhabited_class (Exact K) (in_class (DiagonalEntries s)) deep.
Proof.
move=> ab ia d1; pose N := entry_network (fun x y : R => x < y) a b a b constant_table.
have value w : entry_value a b a b w = 1.
  by rewrite /entry_value; elim: w => //= x w; rewrite /entry_step if_same mulr1 ab.
have tot v : all (mem letters01) v -> assoc constant_table (entry_value a b a b v) <> None.
  by rewrite value /= eqxx.
have okN : ok_network N by apply: entry_ok.
exists all_words, N; split=> //; first exact: all_words_minimal.
split=> [|w wN]; last by rewrite entry_answer // value /= eqxx /aut_answer all_words_state.
by split; [apply: entry_finite | split; [apply: entry_narrow | apply: entry_in]].
Qed.

Lemma one_neq : (1 == -1 :> R) = false.
Proof. by apply/negbTE; rewrite -addr_eq0 -mulr2n pnatr_eq0. Qed.

Lemma parity_class (deep : pred nat) (shows : automaton -> Prop) : deep 1%N -> shows parity_automaton ->
  ~ forbids (Exact K) (in_class (DiagonalEntries (closed_interval (-1) 1))) deep shows.
Proof.
move=> d1 sh no; pose N := entry_network (fun x y : R => x < y) 1 0 (-1) 0 sign_table.
have value w : all (mem letters01) w -> entry_value 1 0 (-1) 0 w = (-1) ^+ odd (count_mem "1"%string w).
  elim/last_ind: w => // w x IH; rewrite all_rcons => /andP[xN /IH].
  rewrite /entry_value foldl_rcons => ->; rewrite -cats1 count_cat oddD /= /entry_step.
  move: xN; rewrite !inE => /orP[]/eqP -> /=; rewrite ?mul1r !addr0 ?addbF //.
  by case: odd; rewrite /= ?expr1 ?expr0 ?mulr1 ?mulrNN ?mulr1.
have tot v : all (mem letters01) v -> assoc sign_table (entry_value 1 0 (-1) 0 v) <> None.
  by move=> /value ->; case: odd; rewrite /= ?expr1 ?expr0 ?eqxx //; case: eqP.
have uq : uniq (map fst sign_table) by rewrite /= inE one_neq.
have in1 (x : R) : -1 <= x <= 1 -> in_numbers (closed_interval (-1) 1) x.
  by rewrite /= orbF /in_interval /of_fraction /= !divr1 mulrN1z mulr1z.
apply: (no parity_automaton N parity_minimal sh (entry_ok _ _ _ _ _ uq) erefl d1).
  split; [exact: entry_finite | split; first exact: entry_narrow].
  by apply: entry_in; apply: in1; rewrite ?lexx ?ler01 ?lerN10 ?lerN1 ?(le_trans _ (@ler01 R)) ?oppr_le0 ?ler01.
move=> w wN; rewrite entry_answer // value // /aut_answer parity_state //.
by case: odd; rewrite /= ?expr1 ?expr0 ?eqxx // one_neq ?eqxx.
Qed.

Theorem idempotent_letters_not_empty :
  idempotent_region (DiagonalEntries (closed_interval 0 1)) /\
  inhabited_class (Exact K) (in_class (DiagonalEntries (closed_interval 0 1))) predT.
Proof.
split=> //; apply: (@constant_class _ 1 0); rewrite ?addr0 //.
by rewrite /= orbF /in_interval /of_fraction /= !divr1 mulr0z mulr1z ler01 lexx.
Qed.

Theorem idempotent_letters_needed : ~ forbids (Exact K)
  (in_class (DiagonalEntries (closed_interval (-1) 1))) predT has_repeat.
Proof. by apply: parity_class => //; case: parity_shows. Qed.

Theorem right_regular_band_not_empty :
  nonnegative_diagonal (DiagonalEntries (closed_interval 0 1)) /\
  inhabited_class (Exact K) (in_class (DiagonalEntries (closed_interval 0 1))) (pred1 1%N).
Proof.
split=> //; apply: (@constant_class _ 1 0); rewrite ?addr0 //.
by rewrite /= orbF /in_interval /of_fraction /= !divr1 mulr0z mulr1z ler01 lexx.
Qed.

Theorem right_regular_band_needed : ~ forbids (Exact K)
  (in_class (DiagonalEntries (closed_interval (-1) 1))) (pred1 1%N) has_overwritten.
Proof. by apply: parity_class => //; case: parity_shows. Qed.

Theorem strictly_stable_letters_not_empty :
  stable_region (DiagonalEntries (open_interval (-1) 1)) /\
  inhabited_class (Exact K) (in_class (DiagonalEntries (open_interval (-1) 1))) predT.
Proof.
split=> //; apply: (@constant_class _ 0 1); rewrite ?add0r //.
by rewrite /= orbF /in_interval /of_fraction /= !divr1 mulrN1z mulr1z oppr_lt0 ltr01.
Qed.

Theorem strictly_stable_letters_needed : ~ forbids (Exact K)
  (in_class (DiagonalEntries (closed_interval (-1) 1))) predT has_last_letter_apart.
Proof. by apply: parity_class => //; case: parity_shows. Qed.
End Real.
