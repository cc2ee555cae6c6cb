(* The eventual-sign lemma (docs/lemmas/sign-lemma.md, Lemma 1).                    *)
(*                                                                                  *)
(*     shiftB l s == the sequence (E - l) s, that is n |-> s n.+1 - l * s n         *)
(* annihilates ls s == prod_(l <- ls) (E - l) s = 0                                 *)
(*      ev_sign s == s has one sign (-, 0 or +) from some index on                  *)
(*      grows a s == |s n| >= c a^n for some c > 0, and s has one sign, from some   *)
(*                   index on                                                       *)
(*                                                                                  *)
(* sign_lemma: if all l in ls are >= 0 and annihilates ls s, then ev_sign s; over   *)
(*   an Archimedean field, constructively.                                          *)
(* sign_lemma_classical: the same over every real field, with excluded middle as a  *)
(*   hypothesis. (Without it the statement would decide, for s n = n - w, whether   *)
(*   the element w of an ordered field is finite.)                                  *)
From mathcomp Require Import all_ssreflect all_algebra.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(* (E - l) s *)
Definition shiftB {R : ringType} (l : R) (s : nat -> R) : nat -> R :=
  fun n => s n.+1 - l * s n.

(* prod_(l <- ls) (E - l) s = 0; the last member of ls is applied first *)
Definition annihilates {R : ringType} (ls : seq R) (s : nat -> R) : Prop :=
  forall n, foldr shiftB s ls n = 0.

Definition ev_sign {R : realDomainType} (s : nat -> R) : Prop :=
  exists N, forall n m, (N <= n)%N -> (N <= m)%N -> Num.sg (s n) = Num.sg (s m).

Section Commute.
Variable R : comRingType.
Implicit Types (s t : nat -> R) (l a : R) (ls ms : seq R).

Lemma eq_shiftB l s t : s =1 t -> shiftB l s =1 shiftB l t.
Proof. by move=> st n; rewrite /shiftB !st. Qed.

Lemma shiftBC a l s : shiftB a (shiftB l s) =1 shiftB l (shiftB a s).
Proof.
move=> n; rewrite /shiftB !mulrBr !opprB [a * (l * _)]mulrCA !(addrACA _ (- _)).
by congr (_ + _); rewrite addrC.
Qed.

Lemma eq_foldr_shiftB s t ls : s =1 t -> foldr shiftB s ls =1 foldr shiftB t ls.
Proof. by move=> st; elim: ls => //= l ls IH; apply: eq_shiftB. Qed.

Lemma foldr_shiftB_cat s ls a ms :
  foldr shiftB s (ls ++ a :: ms) =1 foldr shiftB s (a :: ls ++ ms).
Proof.
elim: ls => //= b ls IH n; rewrite (eq_shiftB _ IH) /=; exact: shiftBC.
Qed.

Lemma foldr_shiftB_perm s ls ms : perm_eq ls ms -> foldr shiftB s ls =1 foldr shiftB s ms.
Proof.
elim: ls ms => [|a ls IH] ms p12 n.
  by move: p12; rewrite perm_sym => /perm_nilP ->.
have a2 : a \in ms by rewrite -(perm_mem p12) mem_head.
case/splitPr: a2 p12 => m1 m2 p12.
rewrite foldr_shiftB_cat /=; apply: eq_shiftB; apply: IH.
rewrite -(perm_cons a); apply: perm_trans p12 _.
by rewrite -[a :: m2]cat1s perm_catCA.
Qed.

Lemma annihilates_perm s ls ms : perm_eq ls ms -> annihilates ls s -> annihilates ms s.
Proof. by move=> p12 a1 n; rewrite -(foldr_shiftB_perm _ p12). Qed.

(* the last member first: as a recursion from the inside *)
Lemma annihilates_rcons s ls l : annihilates (rcons ls l) s <-> annihilates ls (shiftB l s).
Proof. by rewrite /annihilates -cats1; split=> H n; move: (H n); rewrite foldr_cat. Qed.

Lemma annihilates_cons s ls l : annihilates (l :: ls) s <-> annihilates ls (shiftB l s).
Proof.
split=> [H|/annihilates_rcons H].
  by apply/annihilates_rcons; apply: annihilates_perm H; rewrite perm_sym perm_rcons.
by apply: annihilates_perm H; rewrite perm_rcons.
Qed.
End Commute.

(* ---------------------------------------------------------------------- *)
Section Archimedean.
Variable R : archiFieldType.
Implicit Types (s t : nat -> R) (l a c : R) (ls : seq R).

Definition grows a s : Prop :=
  exists e c N, [/\ e * e = 1, 0 < c & forall n, (N <= n)%N -> c * a ^+ n <= e * s n].

Lemma sqr1_neq0 (e : R) : e * e = 1 -> e != 0.
Proof. by move=> e1; apply/eqP=> e0; move: e1; rewrite e0 mul0r => /esym/eqP; rewrite oner_eq0. Qed.

(* one step of the chain: from growth of (E - l) s to growth of s *)
Lemma grows_shiftB l s : 0 < l -> grows l (shiftB l s) -> grows l s.
Proof.
move=> l_gt0 [e [c [N [e1 c_gt0 H]]]].
have l0 : l != 0 by rewrite gt_eqF.
pose z n := e * s n / l ^+ n.
have zS n : (N <= n)%N -> z n + c / l <= z n.+1.
  move=> Nn; rewrite /z exprS invfM.
  have -> : e * s n / l ^+ n = e * (l * s n) * (l^-1 / l ^+ n).
    rewrite [l * s n]mulrC [e * (s n * l)]mulrA -[e * s n * l * _]mulrA [l * (_ / _)]mulrA.
    by rewrite divff // mul1r.
  have -> : c / l = c * l ^+ n * (l^-1 / l ^+ n).
    by rewrite -[c * _ * _]mulrA [l ^+ n * _]mulrCA divff ?expf_neq0 // mulr1.
  rewrite -mulrDl ler_pmul2r ?divr_gt0 ?invr_gt0 ?exprn_gt0 //.
  have := H n Nn; rewrite /shiftB mulrBr => Hn.
  by rewrite -ler_subr_addl.
have zk k : z N + (c / l) *+ k <= z (N + k)%N.
  elim: k => [|k IH]; first by rewrite addn0 mulr0n addr0.
  rewrite addnS mulrSr addrA; apply: le_trans (zS _ (leq_addr _ _)).
  by rewrite ler_add2r.
pose x := `|(1 - z N) / (c / l)|.
exists e, 1, (N + Num.ExtraDef.archi_bound x)%N; split; [exact: e1 | exact: ltr01 |] => n Hn.
have Nn : (N <= n)%N by apply: leq_trans Hn; rewrite leq_addr.
have cl : 0 < c / l by rewrite divr_gt0.
have : 1 <= z n.
  rewrite -(subnKC Nn); apply: le_trans (zk _).
  rewrite -ler_subl_addl -mulr_natr mulrC -ler_pdivr_mulr //.
  apply: le_trans (ler_norm _) _; rewrite -/x.
  apply: le_trans (ltW (archi_boundP (normr_ge0 _))) _.
  by rewrite ler_nat leq_subRL.
by rewrite /z ler_pdivl_mulr ?exprn_gt0 // => H1; rewrite mul1r.
Qed.

Lemma grows_le a l s : 0 < a -> a <= l -> grows l s -> grows a s.
Proof.
move=> a_gt0 al [e [c [N [e1 c_gt0 H]]]]; exists e, c, N; split=> // n Hn.
apply: le_trans (H n Hn); rewrite ler_pmul2l // ler_expn2r // nnegrE ltW //.
exact: lt_le_trans al.
Qed.

(* annihilates_path_grows positive roots: zero for ever, or growth of one sign *)
Lemma annihilates_path_grows a ls s : 0 < a -> path <=%R a ls -> annihilates ls s ->
  (forall n, s n = 0) \/ grows a s.
Proof.
elim: ls a s => [|l ls IH] a s a_gt0 /=; first by move=> _ H; left.
case/andP=> al pls /annihilates_cons H.
have l_gt0 : 0 < l by apply: lt_le_trans al.
case: (IH l (shiftB l s) l_gt0 pls H) => [H0|G]; last first.
  by right; apply: grows_le al _ => //; apply: grows_shiftB.
have sn n : s n = l ^+ n * s 0%N.
  elim: n => [|n IHn]; first by rewrite expr0 mul1r.
  by move/eqP: (H0 n); rewrite subr_eq0 => /eqP ->; rewrite IHn exprS mulrA.
have [s0|s0] := eqVneq (s 0%N) 0.
  by left=> n; rewrite sn s0 mulr0.
right; apply: grows_le al _ => //.
exists (Num.sg (s 0%N)), `|s 0%N|, 0%N; split.
- by rewrite -expr2 sqr_sg s0.
- by rewrite normr_gt0.
- by move=> n _; rewrite (sn n) mulrCA -normrEsg mulrC lexx.
Qed.

Lemma grows_ev_sign a s : 0 < a -> grows a s -> ev_sign s.
Proof.
move=> a_gt0 [e [c [N [e1 c_gt0 H]]]]; exists N.
have pos n : (N <= n)%N -> Num.sg (s n) = Num.sg e.
  move=> Hn; have es : 0 < e * s n.
    by apply: lt_le_trans (H n Hn); rewrite mulr_gt0 ?exprn_gt0.
  have : Num.sg (e * s n) = 1 by rewrite gtr0_sg.
  rewrite sgrM => se; have e0 := sqr1_neq0 e1.
  have : Num.sg e * Num.sg e = 1 by rewrite -expr2 sqr_sg e0.
  by move=> ee; rewrite -[LHS]mul1r -ee -mulrA se mulr1.
by move=> n m Hn Hm; rewrite !pos.
Qed.

Lemma ev_sign_shift s : ev_sign (fun n => s n.+1) -> ev_sign s.
Proof.
by case=> N H; exists N.+1 => -[|n] [|m] // Hn Hm; apply: (H n m).
Qed.

Lemma annihilates_sorted_ev_sign ls s : all (fun l => 0 <= l) ls -> sorted <=%R ls ->
  annihilates ls s -> ev_sign s.
Proof.
elim: ls s => [|l ls IH] s /=.
  by move=> _ _ H; exists 0%N => n m _ _; rewrite [s n](H n) [s m](H m).
case/andP=> l0 ls0 pls H; have [l_eq0|l_neq0] := eqVneq l 0.
  apply: ev_sign_shift; apply: (IH _ ls0 (path_sorted pls)).
  move/annihilates_cons: H => H n; rewrite -(H n); apply: eq_foldr_shiftB => k.
  by rewrite /shiftB l_eq0 mul0r subr0.
have l_gt0 : 0 < l by rewrite lt_neqAle eq_sym l_neq0.
have pl : path <=%R l (l :: ls) by rewrite /= lexx.
case: (annihilates_path_grows l_gt0 pl H) => [H0|]; last exact: grows_ev_sign.
by exists 0%N => n m _ _; rewrite !H0.
Qed.

Theorem sign_lemma ls s : all (fun l => 0 <= l) ls -> annihilates ls s -> ev_sign s.
Proof.
move=> ls0 H; have pls := perm_sort <=%R ls.
apply: (@annihilates_sorted_ev_sign (sort <=%R ls)).
- by rewrite all_sort.
- exact: sort_le_sorted.
- by apply: annihilates_perm H; rewrite perm_sym permEl.
Qed.

End Archimedean.

(* ---------------------------------------------------------------------- *)
(* Any real field, with excluded middle as an explicit hypothesis.  (Without it the statement
   would decide, for s_n = n - w, whether the element w of an ordered field is finite.) *)
Section Classical.
Hypothesis em : forall P : Prop, P \/ ~ P.
Variable R : realFieldType.
Implicit Types (s : nat -> R) (l : R) (ls : seq R).

Lemma ev_sign_shiftB l s : 0 <= l -> ev_sign (shiftB l s) -> ev_sign s.
Proof.
move=> l0 [N H].
have sS n : s n.+1 = l * s n + shiftB l s n by rewrite /shiftB addrC subrK.
have [l_eq0|l_neq0] := eqVneq l 0.
  have sd n : s n.+1 = shiftB l s n by rewrite sS {1}l_eq0 mul0r add0r.
  by exists N.+1 => -[|n] [|m] // Hn Hm; rewrite !sd; apply: H.
have l_gt0 : 0 < l by rewrite lt_neqAle eq_sym l_neq0.
have dS n : (N <= n)%N -> Num.sg (shiftB l s n) = Num.sg (shiftB l s N) by move=> Hn; apply: H.
(* once s has the sign e of the increments (or is zero) it keeps that sign *)
have stays (e : R) M : (N <= M)%N -> Num.sg (shiftB l s N) = e -> e != 0 -> 0 <= e * s M ->
    forall n, (M < n)%N -> 0 < e * s n.
  move=> NM de e0 eM; have stepS n : (N <= n)%N -> 0 <= e * s n -> 0 < e * s n.+1.
    move=> Nn en; have dn : Num.sg (shiftB l s n) = e by rewrite dS.
    have ed : 0 < e * shiftB l s n by rewrite -dn -normrEsg normr_gt0 -sgr_eq0 dn.
    by rewrite sS mulrDr mulrCA; apply: ltr_paddl ed; rewrite mulr_ge0.
  elim=> // n IH; rewrite ltnS leq_eqVlt => /predU1P[<-|Mn]; first exact: stepS.
  by apply: stepS; [apply: leq_trans NM (ltnW Mn) | rewrite ltW ?IH].
case: (sgrP (shiftB l s N)) => [d0|dp|dn].
- exists N => n m Hn Hm.
  have sN k : (N <= k)%N -> Num.sg (s k) = Num.sg (s N).
    elim: k => [|k IH]; first by rewrite leqn0 => /eqP ->.
    rewrite leq_eqVlt => /predU1P[-> //|]; rewrite ltnS => Nk.
    have dk : shiftB l s k = 0 by apply/eqP; rewrite -sgr_eq0 (dS _ Nk) d0 sgr0.
    by rewrite sS dk addr0 sgrM gtr0_sg // mul1r IH.
  by rewrite !sN.
- have [[M [NM sM]]|no] := em (exists M, (N <= M)%N /\ 0 <= s M).
    exists M.+1 => n m Hn Hm.
    have pos k : (M < k)%N -> Num.sg (s k) = 1.
      move=> Mk; rewrite gtr0_sg // -[s k]mul1r; apply: (stays 1 M) => //.
      + by rewrite gtr0_sg.
      + exact: oner_neq0.
      + by rewrite mul1r.
    by rewrite !pos.
  exists N => n m Hn Hm; have neg k : (N <= k)%N -> Num.sg (s k) = -1.
    by move=> Nk; rewrite ltr0_sg // ltNge; apply/negP=> sk; apply: no; exists k.
  by rewrite !neg.
- have [[M [NM sM]]|no] := em (exists M, (N <= M)%N /\ s M <= 0).
    exists M.+1 => n m Hn Hm.
    have neg k : (M < k)%N -> Num.sg (s k) = -1.
      move=> Mk; rewrite ltr0_sg // -oppr_gt0 -mulN1r; apply: (stays (-1) M) => //.
      + by rewrite ltr0_sg.
      + by rewrite oppr_eq0 oner_neq0.
      + by rewrite mulN1r oppr_ge0.
    by rewrite !neg.
  exists N => n m Hn Hm; have pos k : (N <= k)%N -> Num.sg (s k) = 1.
    by move=> Nk; rewrite gtr0_sg // ltNge; apply/negP=> sk; apply: no; exists k.
  by rewrite !pos.
Qed.

Theorem sign_lemma_classical ls s :
  all (fun l => 0 <= l) ls -> annihilates ls s -> ev_sign s.
Proof.
elim: ls s => [|l ls IH] s /=; first by move=> _ H; exists 0%N => n m _ _; rewrite [s n]H [s m]H.
by case/andP=> l0 ls0 /annihilates_cons H; apply: ev_sign_shiftB l0 _; apply: IH.
Qed.
End Classical.
