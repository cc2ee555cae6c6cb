(* How many letters the matrices of a network see: the windows of A and of B        *)
(* (FORMAT.md).                                                                     *)
(*                                                                                  *)
(*     age N i == how many letters old is what item i hands on                      *)
(*  agree w ages s s' == the symbols s and s' have the same parts of ages below w   *)
(*  sees w pick N == in each layer, cases whose symbols agree w have the same pick  *)
(*  windows_within a b N == A sees a letters at most, and B sees b                  *)
(*  written_within a b N == the same, where two matrices A are the same only if they *)
(*                   are written alike: with every operation rounded they compute   *)
(*                   something else otherwise                                       *)
From mathcomp Require Import all_ssreflect.
From Monoscan Require Import arithmetic network.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Section Written.
Variable K : arith.

Definition eq_factor (f g : factor K) : bool :=
  match f, g with
  | Householder v b, Householder w c => (v == w) && (b == c)
  | Delta v b, Delta w c => (v == w) && (b == c)
  | _, _ => false
  end.
Lemma eq_factorP : Equality.axiom eq_factor.
Proof.
by move=> [v b|v b] [w c|w c]; apply: (iffP idP) => //= [/andP[/eqP-> /eqP->]|[-> ->]] //; rewrite !eqxx.
Qed.
Canonical factor_eqType := EqType (factor K) (EqMixin eq_factorP).

Definition eq_head (g h : head K) : bool :=
  match g, h with
  | Diagonal a, Diagonal b => a == b
  | Dense A, Dense B => A == B
  | Factors fs, Factors gs => fs == gs
  | Gated x fs, Gated y gs => (x == y) && (fs == gs)
  | HouseholderDiagonal v b a, HouseholderDiagonal w c e => [&& v == w, b == c & a == e]
  | DiagonalPlusRankOne w k a c, DiagonalPlusRankOne w' k' a' c' =>
      [&& w == w', k == k', a == a' & c == c']
  | _, _ => false
  end.
Lemma eq_headP : Equality.axiom eq_head.
Proof.
move=> g h; apply: (iffP idP) => [|->]; last by case: h => *; rewrite /= !eqxx.
case: g => [a|A|fs|x fs|v b a|w k a c]; case: h => //=.
- by move=> ? /eqP->.
- by move=> ? /eqP->.
- by move=> ? /eqP->.
- by move=> ? ? /andP[/eqP-> /eqP->].
- by move=> ? ? ? /and3P[/eqP-> /eqP-> /eqP->].
- by move=> ? ? ? ? /and4P[/eqP-> /eqP-> /eqP-> /eqP->].
Qed.
Canonical head_eqType := EqType (head K) (EqMixin eq_headP).
End Written.

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

Definition written_within (a b : nat) (N : network K) : bool :=
  sees a (fun c => case_A c : seq (head K)) N && sees b (@case_B K) N.
End Windows.
