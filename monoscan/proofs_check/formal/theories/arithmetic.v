(* Matrices as lists of rows over a record of operations, so that the same          *)
(* definitions compute on rationals and are reasoned about over any field.          *)
(*                                                                                  *)
(*         arith == a type of numbers with its operations and order                 *)
(* field_arith lt == those of a field, with an order lt                             *)
(*    arith_of R == those of a real field R                                         *)
(*      vector K == a list of numbers                                               *)
(*      matrix K == a list of rows                                                  *)
(* mulm A H, addm A B, trm A, idm n, diagm a, blockm As == product, sum, transpose, *)
(*    identity, diagonal and block-diagonal matrix                                  *)
(* updatem c u w == I - c u w^T                                                     *)
(*   has_shape n d A == A has n rows of d entries                                   *)
From mathcomp Require Import all_ssreflect all_algebra.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Record arith := Arith {
  num :> eqType;
  zero : num;
  one : num;
  plus : num -> num -> num;
  minus : num -> num -> num;
  times : num -> num -> num;
  over : num -> num -> num;
  below : num -> num -> bool (* strictly *)
}.

Definition field_arith (F : fieldType) (lt : F -> F -> bool) : arith :=
  @Arith F 0%R 1%R +%R (fun x y => x - y)%R *%R (fun x y => x / y)%R lt.
Definition arith_of (R : realFieldType) : arith := field_arith (fun x y : R => (x < y)%R).

Section Matrices.
Variable K : arith.
Local Notation vector := (seq K).
Local Notation matrix := (seq (seq K)).

Fixpoint zip_with (A B C : Type) (f : A -> B -> C) (s : seq A) (t : seq B) : seq C :=
  match s, t with
  | a :: s', b :: t' => f a b :: zip_with f s' t'
  | _, _ => [::]
  end.

Definition addv (u v : vector) : vector := zip_with (@plus K) u v.
Definition scalev (c : K) (v : vector) : vector := map (times c) v.
Definition dot (u v : vector) : K := foldr (@plus K) (zero K) (zip_with (@times K) u v).

Definition width (A : matrix) : nat := size (head [::] A).
Definition has_shape (n d : nat) (A : matrix) : bool :=
  (size A == n) && all (fun row : vector => size row == d) A.

Definition addm (A B : matrix) : matrix := zip_with addv A B.
Definition mapm (f : K -> K) (A : matrix) : matrix := map (map f) A.

(* row * H: the sum of the rows of H with these weights *)
Definition combine (d : nat) (row : vector) (H : matrix) : vector :=
  foldr addv (nseq d (zero K)) (zip_with scalev row H).
Definition mulm (A H : matrix) : matrix := map (fun row => combine (width H) row H) A.

Definition trm (A : matrix) : matrix :=
  mkseq (fun j => map (fun row : vector => nth (zero K) row j) A) (width A).

Definition unit_row (n i : nat) (c : K) : vector :=
  nseq i (zero K) ++ c :: nseq (n - i.+1) (zero K).
Definition diagm (a : vector) : matrix :=
  mkseq (fun i => unit_row (size a) i (nth (zero K) a i)) (size a).
Definition idm (n : nat) : matrix := diagm (nseq n (one K)).

Definition updatem (c : K) (u w : vector) : matrix :=
  zip_with (fun row x => zip_with (fun e y => minus e (times (times c x) y)) row w)
    (idm (size u)) u.

Definition pad_right (r : nat) (row : vector) : vector := row ++ nseq r (zero K).
Definition pad_left (m : nat) (row : vector) : vector := nseq m (zero K) ++ row.
Fixpoint blockm (As : seq matrix) : matrix :=
  match As with
  | [::] => [::]
  | A :: As' => let rest := blockm As' in
      map (pad_right (size rest)) A ++ map (pad_left (size A)) rest
  end.
End Matrices.
