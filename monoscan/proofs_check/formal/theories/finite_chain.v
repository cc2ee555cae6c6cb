(* Monotone maps of a finite total order: the combinatorial core of                 *)
(* docs/lemmas/monotone-rounding.md and signed-rounding-two-groups.md.              *)
(*                                                                                  *)
(* monotone_period1: a monotone self-map f of a finite total order T is at a fixed  *)
(*   point after #|T| steps.                                                        *)
(* antitone_period2: an antitone one has eventual period 1 or 2.                    *)
(* homo_foldl: what a word of monotone maps does is monotone.                       *)
From mathcomp Require Import all_ssreflect.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory.
Local Open Scope order_scope.

Section Chain.
Variables (disp : unit) (T : finOrderType disp).
Implicit Types (f : T -> T) (x : T).

Lemma iter_fix_le f x m n : f (iter m f x) = iter m f x -> (m <= n)%N ->
  f (iter n f x) = iter n f x.
Proof. by move=> fm /subnK <-; elim: (n - m)%N => // k IH; rewrite addSn /= IH. Qed.

Theorem monotone_period1 f x : {homo f : y z / y <= z} ->
  f (iter #|T| f x) = iter #|T| f x.
Proof.
move=> mono; pose n := fingraph.order f x.
have n_le : (n <= #|T|)%N by rewrite /n /fingraph.order max_card.
have /trajectP[i lt_in ii] : looping f x n by exact: looping_order.
apply: (@iter_fix_le f x i); last by apply: leq_trans n_le; apply: ltnW.
have up k (y : T) : y <= f y -> iter k f y <= iter k.+1 f y.
  by move=> yf; elim: k => //= k IH; apply: mono.
have down k (y : T) : f y <= y -> iter k.+1 f y <= iter k f y.
  by move=> yf; elim: k => //= k IH; apply: mono.
case/orP: (le_total x (f x)) => xf.
- have le_k k : (i < k)%N -> iter i.+1 f x <= iter k f x.
    elim: k => // k IH; rewrite ltnS leq_eqVlt => /predU1P[<- //|ik].
    by apply: le_trans (IH ik) (up k x xf).
  by apply/eqP; rewrite eq_le (up i x xf) andbT -{2}ii; apply: (le_k n).
- have ge_k k : (i < k)%N -> iter k f x <= iter i.+1 f x.
    elim: k => // k IH; rewrite ltnS leq_eqVlt => /predU1P[<- //|ik].
    by apply: le_trans (down k x xf) (IH ik).
  by apply/eqP; rewrite eq_le (down i x xf) /= -{1}ii; apply: (ge_k n).
Qed.

Corollary antitone_period2 f x : {homo f : y z / y <= z >-> z <= y} ->
  exists N, forall n, (N <= n)%N -> iter n.+2 f x = iter n f x.
Proof.
move=> anti; pose g := f \o f.
have gm : {homo g : y z / y <= z} by move=> y z yz; exact: (anti _ _ (anti _ _ yz)).
have gE k y : iter k g y = iter k.*2 f y by elim: k => //= k ->.
exists (#|T|.*2)%N => n Hn.
have fixk : iter (#|T|.*2).+2 f x = iter #|T|.*2 f x.
  by have := monotone_period1 x gm; rewrite !gE.
have -> : n = (n - #|T|.*2 + #|T|.*2)%N by rewrite subnK.
by rewrite -2!addnS !iterD fixk.
Qed.

(* stacks: a composition of monotone maps along a word is monotone *)
Lemma homo_foldl (A : Type) (step : A -> T -> T) (w : seq A) :
  (forall a, {homo step a : y z / y <= z}) ->
  {homo (fun x => foldl (fun y a => step a y) x w) : y z / y <= z}.
Proof. by move=> mono y z; elim: w y z => //= a w IH y z yz; apply: IH; apply: mono. Qed.
End Chain.
