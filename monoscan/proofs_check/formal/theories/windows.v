(* How many letters the matrices of a network see: the windows of A and of B        *)
(* (FORMAT.md).                                                                     *)
(*                                                                                  *)
(*     age N i == how many letters old is what item i hands on                      *)
(*  agree w ages s s' == the symbols s and s' have the same parts of ages below w   *)
(*  sees w pick N == in each layer, cases whose symbols agree w have the same pick  *)
(*  windows_within a b N == A sees a letters at most, and B sees b                  *)
(*                                                                                  *)
From mathcomp Require Import all_ssreflect.
From Monoscan Require Import arithmetic network.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Section Windows.
Variable K : arith.

Definition age (N : network K) (i : nat) : nat :=
  if nth (Delay K 0 0) (items N) i.-1 is Delay _ steps then steps else 0.

Fixpoint agree (w : nat) (ages : seq nat) (u v : seq output) : bool :=
  match ages, u, v with
  | a :: ages', x :: u', y :: v' => ((a < w) ==> (x == y)) && agree w ages' u' v'
  | _, _, _ => true
  end.

Definition layer_sees (w : nat) (ages : seq nat) (T : eqType) (table : seq (symbol * T)) : bool :=
  all (fun e => all (fun e' =>
    (e.1.1 == e'.1.1) && agree w ages e.1.2 e'.1.2 ==> (e.2 == e'.2)) table) table.

(* the current letter is always seen: w is at least 1 *)
Definition sees (w : nat) (T : eqType) (pick : case K -> T) (N : network K) : bool :=
  all (fun l => layer_sees w (map (age N) (reads l)) (map (fun e => (e.1, pick e.2)) (cases l)))
    (layers N).

Definition windows_within (a b : nat) (N : network K) : bool :=
  sees a (fun c => transition_matrix (case_A c)) N && sees b (@case_B K) N.
End Windows.
