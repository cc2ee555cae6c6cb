(* The rationals as numbers of networks, and the number formats of FORMAT.md.       *)
(*                                                                                  *)
(*  rationals == Qc (fractions in lowest terms) as an arith                         *)
(*     format == a finite set of rationals with a rounding: fixed or floating point *)
(*  round f x == the value of the format f that x is rounded to                     *)
(*  ok_format f == the format is one of FORMAT.md                                   *)
(*                                                                                  *)
(* round_saturates: what a saturating format rounds to lies between its least and   *)
(*   its largest value.                                                             *)
From mathcomp Require Import all_ssreflect.
From Coq Require Import ZArith QArith Qcanon Ascii String.
From Monoscan Require Import arithmetic network.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Local Open Scope Z_scope.

Definition eq_Qc (x y : Qc) : bool :=
  Z.eqb (Qnum x) (Qnum y) && Pos.eqb (Qden x) (Qden y).
Lemma eq_QcP : Equality.axiom eq_Qc.
Proof.
move=> x y; apply: (iffP andP) => [[/Z.eqb_eq xy /Pos.eqb_eq xy']|->]; last first.
  by rewrite Z.eqb_refl Pos.eqb_refl.
by apply: Qc_is_canon; rewrite /Qeq xy xy'.
Qed.
Canonical Qc_eqType := EqType Qc (EqMixin eq_QcP).

Definition lt_Qc (x y : Qc) : bool := Z.ltb (Qnum x * Z.pos (Qden y)) (Qnum y * Z.pos (Qden x)).
Definition le_Qc (x y : Qc) : bool := ~~ lt_Qc y x.

Definition rationals : arith :=
  @Arith [eqType of Qc] (Q2Qc 0) (Q2Qc 1) Qcplus Qcminus Qcmult Qcdiv lt_Qc.

(* ----------------------------------------------------------------- rounding *)

Inductive mode := NearestEven | NearestAway | NearestDown | TowardZero | Up | Down.

Inductive format :=
  | Fixed (step least most : Qc) (m : mode) (wraps : bool)
  | Float (precision min_exponent : Z) (most : Qc) (m : mode).

Definition to_integer (m : mode) (x : Qc) : Z :=
  let (n, d) := (Qnum x, Z.pos (Qden x)) in
  let (low, rest) := Z.div_eucl n d in
  if rest =? 0 then low else
  match m with
  | Up => low + 1
  | Down => low
  | TowardZero => if n <? 0 then low + 1 else low
  | NearestEven | NearestAway | NearestDown =>
      match rest * 2 ?= d with
      | Lt => low
      | Gt => low + 1
      | Eq => match m with
              | NearestEven => if Z.even low then low else low + 1
              | NearestAway => if 0 <? n then low + 1 else low
              | _ => low
              end
      end
  end.

Definition of_Z (z : Z) : Qc := Q2Qc (inject_Z z).
Definition power_of_two (e : Z) : Qc :=
  if 0 <=? e then of_Z (2 ^ e) else Q2Qc (1 # Z.to_pos (2 ^ (- e))).

(* floor (log2 (n / d)) for n > 0, d > 0 *)
Definition floor_log2 (n d : Z) : Z :=
  let e := Z.log2 n - Z.log2 d in
  if Z.shiftl n (Z.max (- e) 0) <? Z.shiftl d (Z.max e 0) then e - 1 else e.

Definition spacing (f : format) (x : Qc) : Qc :=
  match f with
  | Fixed step _ _ _ _ => step
  | Float p e_min _ _ =>
      let e := if Qnum x =? 0 then e_min
               else Z.max e_min (floor_log2 (Z.abs (Qnum x)) (Z.pos (Qden x))) in
      power_of_two (e - p + 1)
  end.

Definition format_mode (f : format) : mode :=
  match f with Fixed _ _ _ m _ => m | Float _ _ _ m => m end.
Definition least_value (f : format) : Qc :=
  match f with Fixed _ l _ _ _ => l | Float _ _ h _ => Qcopp h end.
Definition most_value (f : format) : Qc :=
  match f with Fixed _ _ h _ _ => h | Float _ _ h _ => h end.

Definition round_unlimited (f : format) (x : Qc) : Qc :=
  let u := spacing f x in Qcmult (of_Z (to_integer (format_mode f) (Qcdiv x u))) u.

Definition saturate (l h x : Qc) : Qc := if lt_Qc x l then l else if lt_Qc h x then h else x.

Definition round (f : format) (x : Qc) : Qc :=
  let y := round_unlimited f x in
  match f with
  | Fixed step l h _ true =>
      let period := Qcplus (Qcminus h l) step in
      Qcminus y (Qcmult (of_Z (to_integer Down (Qcdiv (Qcminus y l) period))) period)
  | _ => saturate (least_value f) (most_value f) y
  end.

Definition is_multiple (x u : Qc) : bool := Pos.eqb (Qden (Qcdiv x u)) 1.
Definition ok_format (f : format) : bool :=
  let zero := of_Z 0 in
  match f with
  | Fixed step l h _ _ =>
      [&& lt_Qc zero step, is_multiple l step, is_multiple h step, le_Qc l zero, le_Qc zero h &
          l != h]
  | Float p e_min h _ =>
      [&& Z.leb 1 p, Z.leb p 64, Z.leb (Z.abs e_min) 2000, lt_Qc zero h & round_unlimited f h == h]
  end.

(* ------------------------------------------------------------------- hashing *)

Definition modulus : Z := 1000000007.
Definition mix (h z : Z) : Z := (h * 1000003 + z) mod modulus.
Fixpoint mix_text (h : Z) (t : String.string) : Z :=
  if t is String.String c t' then mix_text (mix h (Z.of_N (Ascii.N_of_ascii c))) t' else h.
Definition hash (p : seq (state rationals) * nat) : positive :=
  let number h (x : Qc) := mix (mix h (Qnum x)) (Z.pos (Qden x)) in
  let value h o := match o with
    | Truth b => mix h (if b then 1 else 2)
    | Text t => mix_text (mix h 3) t
    | Nothing => mix h 0
    end in
  let one h (H : state rationals) :=
    match H with inl A => foldl (foldl number) h A | inr q => foldl value h q end in
  Z.to_pos (1 + foldl one (Z.of_nat p.2) p.1).

(* ------------------------------------------------------------------- the order *)

Lemma lt_QcP (x y : Qc) : reflect (x < y)%Qc (lt_Qc x y).
Proof. by apply: (iffP idP) => /Z.ltb_lt. Qed.

Lemma le_QcP (x y : Qc) : reflect (x <= y)%Qc (le_Qc x y).
Proof.
apply: (iffP idP) => [/lt_QcP/Qcnot_lt_le //|xy].
by apply/lt_QcP/Qcle_not_lt.
Qed.

Theorem round_saturates f x :
  (forall s l h m, f <> Fixed s l h m true) -> le_Qc (least_value f) (most_value f) ->
  le_Qc (least_value f) (round f x) && le_Qc (round f x) (most_value f).
Proof.
move=> sat lh; have lh' : ~~ lt_Qc (most_value f) (least_value f) by [].
have H y : le_Qc (least_value f) (saturate (least_value f) (most_value f) y) &&
           le_Qc (saturate (least_value f) (most_value f) y) (most_value f).
  rewrite /saturate; case: ifPn => [|yl]; last case: ifPn => [|yh]; rewrite /le_Qc.
  - by rewrite lh' andbT => _; apply/lt_QcP=> /Qclt_not_eq.
  - by rewrite lh' /= => _; apply/lt_QcP=> /Qclt_not_eq.
  - by rewrite yl yh.
case: f sat lh lh' H => [s l h m []|p e h m] sat lh lh' H; first by case: (sat s l h m).
  exact: H.
exact: H.
Qed.
