(* The semantics cast-unrolled of docs/semantics.md, after Merrill et al. and       *)
(* Grazzi et al. (2411.12537): the state after t symbols is the unrolled sum        *)
(*    cast (cast (A_t ... A_1 H_0) + sum_i cast (A_t ... A_(i+1) B_i)),             *)
(* products and the sum exact. Layers above read what layers below say of it.       *)
(*                                                                                  *)
(*        unrolled == the exact terms of a layer, the oldest first, or the queue of *)
(*                    a delay                                                       *)
(*      unroll c ts == the terms after ts on the case c                             *)
(*    cast_sum r ts == the state that is read: the cast of the sum of the cast      *)
(*                    terms                                                         *)
(* unrolled_answer r N w == the output of the last layer of N after w, r being the  *)
(*                    cast                                                          *)
From mathcomp Require Import all_ssreflect.
From Monoscan Require Import arithmetic network.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Section Unrolled.
Variables (K : arith) (r : K -> K).
Local Notation matrix := (seq (seq K)).

Definition unrolled := (seq matrix + seq output)%type.

Definition unroll (c : case K) : seq matrix -> seq matrix :=
  let A := transition_matrix (case_A c) in fun ts => rcons (map (mulm A) ts) (case_B c).

Definition total (ts : seq matrix) : matrix :=
  if ts is T :: ts' then foldl (@addm K) T ts' else [::].
Definition cast_sum (ts : seq matrix) : matrix := mapm r (total (map (mapm r) ts)).

Definition on_terms (f : seq matrix -> seq matrix) (H : unrolled) : unrolled :=
  if H is inl ts then inl (f ts) else H.
Definition unrolled_output (l : layer K) (H : unrolled) : option output :=
  if H is inl ts then read_out (layer_readout l) (cast_sum ts) else None.

Definition unrolled_cell (i : item K) : cell unrolled :=
  match i with
  | Recurrent l =>
      Cell (reads l) (assoc (map (fun entry => (entry.1, on_terms (unroll entry.2))) (cases l)))
        (fun _ H => unrolled_output l H)
  | Delay i _ => queue_cell (seq matrix) i
  end.

Definition unrolled_start (i : item K) : unrolled :=
  match i with Recurrent l => inl [:: initial l] | Delay _ k => inr (nseq k Nothing) end.

Definition unrolled_run (N : network K) (w : seq letter) : option (seq unrolled) :=
  run (quiet_last (map unrolled_cell (items N))) (map unrolled_start (items N)) w.

Definition unrolled_last (N : network K) (Hs : seq unrolled) : option output :=
  if items N is i :: it then
    if last i it is Recurrent l then unrolled_output l (last (inr [::]) Hs) else None
  else None.

Definition unrolled_answer (N : network K) (w : seq letter) : option output :=
  obind (unrolled_last N) (unrolled_run N w).
End Unrolled.
