(* What a certificate must be like before it means anything: shapes fit, symbols    *)
(* are those a layer can read, rounded networks hold values of the format, and an   *)
(* automaton is complete and numbered breadth first.                                *)
(*                                                                                  *)
(*           automaton == a complete deterministic automaton with outputs; its      *)
(*                        initial state is 0                                        *)
(*  aut_state A w, aut_answer A w == its state and its output after the word w      *)
(*  ok_network N, ok_automaton A, admissible sem N == the three checks              *)
From mathcomp Require Import all_ssreflect.
From Coq Require Import String.
From Monoscan Require Import arithmetic network.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Record automaton := Automaton {
  aut_alphabet : seq letter;
  aut_table : seq (seq nat);
  aut_outputs : seq output
}.

Definition aut_next (A : automaton) (q : nat) (x : letter) : nat :=
  nth 0 (nth [::] (aut_table A) q) (seq.index x (aut_alphabet A)).
Definition aut_output (A : automaton) (q : nat) : output := nth (Truth false) (aut_outputs A) q.
Definition aut_state (A : automaton) (w : seq letter) : nat := foldl (aut_next A) 0 w.
Definition aut_answer (A : automaton) (w : seq letter) : output := aut_output A (aut_state A w).

Definition ok_alphabet (xs : seq letter) : bool :=
  [&& xs != [::], uniq xs & EmptyString \notin xs].

(* the number of states met when row q has been read, `known` having been met before; None if a
   successor comes out of turn *)
Fixpoint meet (row : seq nat) (known : nat) : option nat :=
  if row is p :: row' then
    if p < known then meet row' known else if p == known then meet row' known.+1 else None
  else Some known.
Fixpoint numbered (q known : nat) (rows : seq (seq nat)) : option nat :=
  if rows is row :: rows' then
    if q < known then obind (fun k => numbered q.+1 k rows') (meet row known) else None
  else Some known.

Definition ok_automaton (A : automaton) : bool :=
  [&& ok_alphabet (aut_alphabet A),
      all (fun row : seq nat => size row == size (aut_alphabet A)) (aut_table A),
      size (aut_outputs A) == size (aut_table A),
      aut_table A != [::] &
      numbered 0 1 (aut_table A) == Some (size (aut_table A))].

Section Network.
Variable K : arith.
Local Notation vector := (seq K).
Local Notation matrix := (seq (seq K)).

Definition ok_direction (v : vector) : bool := dot v v != zero K.
Definition ok_factor (n : nat) (f : factor K) : bool :=
  (factor_size f == n) && (if f is Householder v _ then ok_direction v else true).
Definition ok_factors (fs : seq (factor K)) : bool :=
  ~~ nilp fs && all (ok_factor (factors_size fs)) fs.

Definition ok_head (h : head K) : bool :=
  (0 < head_size h) &&
  match h with
  | Diagonal _ => true
  | Dense A => has_shape (size A) (size A) A
  | Factors fs | Gated _ fs => ok_factors fs
  | HouseholderDiagonal v _ a => (size a == size v) && ok_direction v
  | DiagonalPlusRankOne w k a _ =>
      [&& size k == size w, size a == size w & ok_direction k]
  end.

Definition ok_transition (n : nat) (t : transition K) : bool :=
  all ok_head t && (transition_size t == n).

Definition ok_readout (n d : nat) (r : readout K) : bool :=
  match r with
  | States table =>
      all (fun entry : matrix * output => has_shape n d entry.1) table && uniq (map fst table)
  | Thresholds fs table =>
      [&& ~~ nilp fs, all (fun f => has_shape n d (weights f)) fs,
          all (fun entry : seq bool * output => size entry.1 == size fs) table &
          uniq (map fst table)]
  end.

Definition ok_case (xs : seq letter) (l : layer K) (entry : symbol * case K) : bool :=
  let: (s, c) := entry in
  let: (n, d) := (size (initial l), width (initial l)) in
  [&& s.1 \in xs, size s.2 == size (reads l), ok_transition n (case_A c) &
      has_shape n d (case_B c)].

(* a layer that stands on `lower` items *)
Definition ok_layer (xs : seq letter) (lower : nat) (l : layer K) : bool :=
  let: (n, d) := (size (initial l), width (initial l)) in
  [&& 0 < n, 0 < d, has_shape n d (initial l),
      path ltn 0 (reads l), all (fun i => i <= lower) (reads l),
      all (ok_case xs l) (cases l), uniq (map fst (cases l)),
      (reads l != [::]) || all (fun x => (x, [::]) \in map fst (cases l)) xs &
      ok_readout n d (layer_readout l)].

Definition is_layer (i : item K) : bool := if i is Recurrent _ then true else false.

(* `lower`: of each item below, whether it is a layer; a delay is of one of these or of the letter *)
Definition ok_item (xs : seq letter) (lower : seq bool) (i : item K) : bool :=
  match i with
  | Recurrent l => ok_layer xs (size lower) l
  | Delay of_ steps => ((of_ == 0) || nth false lower of_.-1) && (0 < steps <= 64)
  end.
Fixpoint ok_items (xs : seq letter) (lower : seq bool) (it : seq (item K)) : bool :=
  if it is i :: it' then ok_item xs lower i && ok_items xs (rcons lower (is_layer i)) it' else true.

Definition ok_network (N : network K) : bool :=
  [&& ok_alphabet (alphabet N), last false (map is_layer (items N)) &
      ok_items (alphabet N) [::] (items N)].

Lemma ok_items_In xs lower it i : ok_items xs lower it -> List.In i it ->
  exists below, ok_item xs below i.
Proof.
elim: it lower => //= j it IH lower /andP[okj okit] [<-|]; first by exists lower.
exact: IH okit.
Qed.

Lemma ok_network_item N i : ok_network N -> List.In i (items N) ->
  exists below, ok_item (alphabet N) below i.
Proof. by case/and3P=> _ _ /ok_items_In; apply. Qed.

(* ------------------------------------------------------- values of the format *)

Definition kept (r : K -> K) (v : vector) : bool := all (fun x => r x == x) v.

(* the numbers as they are written, if op-round allows the head *)
Definition factor_numbers (f : factor K) : option vector :=
  if f is Delta k beta then Some (beta :: k) else None.
Fixpoint factors_numbers (fs : seq (factor K)) : option vector :=
  if fs is f :: fs' then
    if (factor_numbers f, factors_numbers fs') is (Some u, Some v) then Some (u ++ v) else None
  else Some [::].
Definition head_numbers (h : head K) : option vector :=
  match h with
  | Diagonal a => Some a
  | Dense A => Some (flatten A)
  | Factors fs => factors_numbers fs
  | Gated g fs => omap (cons g) (factors_numbers fs)
  | HouseholderDiagonal _ _ _ | DiagonalPlusRankOne _ _ _ _ => None
  end.
Definition head_kept (r : K -> K) (h : head K) : bool :=
  if head_numbers h is Some v then kept r v else false.

Definition layer_admissible (sem : semantics K) (l : layer K) : bool :=
  match sem with
  | Exact => true
  | SeqRound r => kept r (flatten (initial l))
  | OpRound r => kept r (flatten (initial l)) &&
      all (fun entry : symbol * case K =>
        all (head_kept r) (case_A entry.2) && kept r (flatten (case_B entry.2))) (cases l)
  end.
Definition admissible (sem : semantics K) (N : network K) : bool :=
  all (layer_admissible sem) (layers N).
End Network.
