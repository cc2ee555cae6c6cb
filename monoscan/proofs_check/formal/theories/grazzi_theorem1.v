(* Theorem 1 of Grazzi et al. (2411.12537) in the words of the paper, for finite    *)
(* stacks of linear RNN layers in exact arithmetic, with what shows that it is not  *)
(* empty and that its hypothesis is needed.                                         *)
(*                                                                                  *)
(* grazzi_theorem1: a network recognises parity only if in one of its layers some   *)
(*   A(s), s a symbol with the letter x, has an eigenvalue outside [0, inf). R real *)
(*   closed, R[i] its algebraic closure.                                            *)
(* grazzi_theorem1_rational: the same for networks over the rationals.              *)
(*   scalar_network a == one layer H <- a H on the letter 1, H <- H on 0; H = 1 at  *)
(*                     the start                                                    *)
(* not_empty: scalar_network 1 satisfies the hypotheses and answers to all words.   *)
(* spectrum_needed: without the hypothesis on the spectrum the statement is false:  *)
(*   scalar_network (-1) recognises parity.                                         *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import complex.
From Coq Require Import String.
From Monoscan Require Import sign_lemma matrix_form eigenvalues.
From Monoscan Require Import arithmetic network well_formed rational embedding.
From Monoscan Require Import regions nonnegative_spectrum.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Theorem grazzi_theorem1 (em : forall P : Prop, P \/ ~ P) (R : rcfType)
    (N : network (arith_of R)) (x : letter) :
  x \in alphabet N -> ok_network N -> recognises (Exact _) N (parity x) ->
  exists l s c, [/\ List.In l (layers N), List.In (s, c) (cases l), s.1 = x &
    exists z : R[i], eigenvalue (map_mx (real_complex R) (case_matrix l c)) z /\ ~ 0 <= z].
Proof.
move=> xN okN rec; set goal := exists l, _.
case: (em goal) => // no; case: (no_parity_em em xN okN _ rec) => l lN s c cl sx.
have n0 : (0 < rows l)%N by have [] := ok_network_shaped okN lN.
have nonneg z : eigenvalue (map_mx (real_complex R) (case_matrix l c)) z -> 0 <= z.
  move=> ez; case: (em (0 <= z)) => // nz; case: no.
  by exists l, s, c; split=> //; exists z.
move: nonneg; rewrite /splits_nonneg; move: (case_matrix l c).
by case: (rows l) n0 => // n _ A; apply: nonneg_spectrum_splits.
Qed.

Local Arguments step : simpl never.

(* the same of the networks that files hold: their numbers are rational *)
Corollary grazzi_theorem1_rational (em : forall P : Prop, P \/ ~ P) (R : rcfType)
    (N : network rationals) (x : letter) :
  x \in alphabet N -> ok_network N -> recognises (Exact _) N (parity x) ->
  exists l s c, [/\ List.In l (layers (real_network R N)), List.In (s, c) (cases l), s.1 = x &
    exists z : R[i], eigenvalue (map_mx (real_complex R) (case_matrix l c)) z /\ ~ 0 <= z].
Proof.
move=> xN okN rec; apply: grazzi_theorem1 => //.
  by rewrite (map_network_ok (of_rational_morphism R)).
by move=> w wN; rewrite rational_answer; apply: rec.
Qed.

Section Examples.
Variable R : realFieldType.
Local Notation K := (arith_of R).

Definition scalar_table : seq (seq (seq K) * output) :=
  [:: ([:: [:: 1 : R]], Truth true); ([:: [:: -1 : R]], Truth false)].
Definition scalar_case (x : letter) (b : R) : symbol * case K :=
  ((x, [::]), @Case K [:: @Diagonal K [:: b]] [:: [:: 0 : R]]).
Definition scalar_network (a : R) : network K :=
  @Network K [:: "0"; "1"]%string
    [:: Recurrent (@Layer K [:: [:: 1 : R]] [::]
         [:: scalar_case "0"%string 1; scalar_case "1"%string a] (@States K scalar_table))].

Lemma one_neq_opp : (1 == -1 :> R) = false.
Proof. by apply/negbTE; rewrite -addr_eq0 -mulr2n pnatr_eq0. Qed.

Lemma scalar_network_ok a : ok_network (scalar_network a).
Proof.
rewrite /ok_network /= /ok_layer /= !inE /= !andbT.
by apply/eqP => -[] /eqP; rewrite one_neq_opp.
Qed.

Lemma scalar_step (b h : R) :
  step (Exact K) (@Case K [:: @Diagonal K [:: b]] [:: [:: 0 : R]]) [:: [:: h]] =
    [:: [:: b * h : R]].
Proof.
rewrite /step /transition_matrix /mulm /addm /addv /combine /pad_right /unit_row /scalev /=.
by rewrite !addr0.
Qed.

Lemma scalar_network_run a w : (a == 1) || (a == -1) ->
  all (mem (alphabet (scalar_network a))) w ->
  run (cells (Exact K) (scalar_network a)) (start (scalar_network a)) w =
    Some [:: inl [:: [:: a ^+ count_mem "1"%string w]]].
Proof.
move=> a1; elim/last_ind: w => [|w x IH] //=.
rewrite all_rcons => /andP[xN /IH]; rewrite run_rcons => ->.
have an n : (a ^+ n == 1) || (a ^+ n == -1).
  case/orP: a1 => /eqP ->; first by rewrite expr1n eqxx.
  by rewrite -signr_odd; case: odd; rewrite ?expr1 ?expr0 eqxx ?orbT.
have read (h : R) : (h == 1) || (h == -1) -> exists o, assoc scalar_table [:: [:: h]] = Some o.
  by case/orP=> /eqP-> /=; rewrite ?eqxx; [exists (Truth true) | case: ifP => _; eexists].
rewrite -cats1 count_cat /=; move: xN; rewrite !inE => /orP[/eqP|/eqP] -> /=.
- have [o Eo] := read (a ^+ count_mem "1"%string w) (an _).
  by rewrite /next /= scalar_step mul1r addn0 addn0.
- have [o Eo] := read (a ^+ (count_mem "1"%string w).+1) (an _).
  by rewrite /next /= scalar_step -exprS addn0 addn1.
Qed.

Lemma scalar_network_answer a w : (a == 1) || (a == -1) ->
  all (mem (alphabet (scalar_network a))) w ->
  answer (Exact K) (scalar_network a) w = Some (Truth (a ^+ count_mem "1"%string w == 1)).
Proof.
move=> a1 inw; rewrite /answer scalar_network_run //= /last_output /=.
have : (a ^+ count_mem "1"%string w == 1) || (a ^+ count_mem "1"%string w == -1).
  case/orP: a1 => /eqP ->; first by rewrite expr1n eqxx.
  by rewrite -signr_odd; case: odd; rewrite ?expr1 ?expr0 eqxx ?orbT.
case/orP=> /eqP ->; rewrite !eqxx // [-1 == 1]eq_sym one_neq_opp.
by case: eqP => // -[] /eqP; rewrite one_neq_opp.
Qed.

Theorem not_empty :
  [/\ ok_network (scalar_network 1),
      forall l x, List.In l (layers (scalar_network 1)) -> nonneg_on x l &
      recognises (Exact K) (scalar_network 1) (fun _ => Truth true)].
Proof.
split; first exact: scalar_network_ok.
  move=> l x [<-|//] s c cl _; exists [:: 1]; rewrite /= ler01; split=> //.
  rewrite big_seq1 /char_poly det_mx11 !mxE /=.
  by case: cl => [[_ <-]|[[_ <-]|//]].
by move=> w inw; rewrite scalar_network_answer ?eqxx // expr1n eqxx.
Qed.

Theorem spectrum_needed :
  ok_network (scalar_network (-1)) /\
  recognises (Exact K) (scalar_network (-1)) (parity "1"%string).
Proof.
split=> [|w inw]; first exact: scalar_network_ok.
rewrite scalar_network_answer ?eqxx ?orbT // /parity -signr_odd.
by case: odd; rewrite ?expr0 ?eqxx // expr1 eq_sym one_neq_opp.
Qed.
End Examples.
