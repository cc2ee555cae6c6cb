(* docs/lemmas/psd-products-aperiodic.md for the networks of the tool: layers whose *)
(* matrices shorten all that they do not fix, read out by tables of states, make no *)
(* cycles along the powers of a word. No excluded middle, every real field.         *)
(*                                                                                  *)
(*   energy X == the sum of the squares of the entries of X                         *)
(* contracting A == energy (A *m X) <= energy X, with equality only if A *m X = X   *)
(*  repeats m s == s (n + m) = s n from some n on                                   *)
(*                                                                                  *)
(* powers_settle: in exact arithmetic, if the network answers to all words, the     *)
(*   joint state after p u^n is the same from some n on, for all words p and u.     *)
(* no_counting: so it does not recognise a language to which p u^n y belongs for    *)
(*   infinitely many n, and does not for infinitely many n.                         *)
From mathcomp Require Import all_ssreflect all_algebra.
From Monoscan Require Import rigid arithmetic network well_formed shapes list_matrices.
From Monoscan Require Import nonnegative_spectrum.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Local Arguments step : simpl never.

Definition repeats (T : Type) (m : nat) (s : nat -> T) : Prop :=
  exists N, forall n, (N <= n)%N -> s (n + m)%N = s n.

Lemma repeats_comp (S T : Type) (f : S -> T) m (s : nat -> S) :
  repeats m s -> repeats m (fun n => f (s n)).
Proof. by case=> N HN; exists N => n /HN->. Qed.

Lemma repeats_pair (S T : Type) m (s : nat -> S) (t : nat -> T) :
  repeats m s -> repeats m t -> repeats m (fun n => (s n, t n)).
Proof.
case=> N HN [M HM]; exists (maxn N M) => n; rewrite geq_max => /andP[Nn Mn].
by rewrite HN // HM.
Qed.

Lemma repeats_eq (T : Type) m (s t : nat -> T) : s =1 t -> repeats m s -> repeats m t.
Proof. by move=> st [N HN]; exists N => n /HN; rewrite !st. Qed.

(* an infinite sequence in a finite set takes some value twice *)
Lemma pigeonhole (T : eqType) (V : seq T) (s : nat -> T) :
  (forall n, s n \in V) -> exists i k, s (i + k.+1)%N = s i.
Proof.
move=> sV; pose t := mkseq s (size V).+1.
have [ut|/(uniqPn (s 0%N))[i [j [ij lt_j E]]]] := boolP (uniq t).
  have : (size t <= size V)%N by apply: uniq_leq_size ut _ => _ /mapP[n _ ->].
  by rewrite size_mkseq ltnn.
move: lt_j; rewrite size_mkseq => lt_j.
rewrite !nth_mkseq ?(ltn_trans ij) // in E.
by exists i, (j - i.+1)%N; rewrite addnS -addSn subnKC.
Qed.

(* X n+1 = A_n X n + B_n with A, B of period m: what a whole period does *)
Lemma driven_period (R : comRingType) n d m (P : 'M[R]_n -> Prop) (A : nat -> 'M[R]_n)
    (B X : nat -> 'M[R]_(n, d)) :
  P 1%:M -> (forall A1 A2, P A1 -> P A2 -> P (A1 *m A2)) -> (forall t, P (A t)) ->
  (forall t, A (t + m)%N = A t) -> (forall t, B (t + m)%N = B t) ->
  (forall t, X t.+1 = A t *m X t + B t) ->
  exists A' B', P A' /\ forall k, X (k.+1 * m)%N = A' *m X (k * m)%N + B'.
Proof.
move=> P1 PM PA Am Bm XS.
pose F := fix F k := if k is k'.+1 then (A k' *m (F k').1, A k' *m (F k').2 + B k')
                     else (1%:M, 0).
have AmM k t : A (t + k * m)%N = A t.
  by elim: k => [|k IH]; rewrite ?mul0n ?addn0 // mulSn addnCA addnC Am IH.
have BmM k t : B (t + k * m)%N = B t.
  by elim: k => [|k IH]; rewrite ?mul0n ?addn0 // mulSn addnCA addnC Bm IH.
have XF k i : X (k * m + i)%N = (F i).1 *m X (k * m)%N + (F i).2.
  elim: i => [|i IH]; first by rewrite addn0 mul1mx addr0.
  by rewrite addnS XS IH [(k * m + i)%N]addnC AmM BmM mulmxDr mulmxA addrA.
exists (F m).1, (F m).2; split; first by elim: m {Am Bm AmM BmM XF} => //= k IH; apply: PM.
by move=> k; rewrite mulSn addnC XF.
Qed.

Section Contracting.
Variable R : realFieldType.

Definition energy n d (X : 'M[R]_(n, d)) : R := \sum_i \sum_j X i j ^+ 2.
Definition contracting n (A : 'M[R]_n) : Prop :=
  forall d, rigid (@energy n d) (mulmx A).

Lemma contracting_mul n (A B : 'M[R]_n) : contracting A -> contracting B ->
  contracting (A *m B).
Proof.
move=> cA cB d X; have := rigid_comp (cA d) (cB d) X.
by rewrite mulmxA.
Qed.

Lemma contracting1 n : contracting (1%:M : 'M[R]_n).
Proof. by move=> d X; rewrite mul1mx. Qed.

(* H n+1 = A_n H n + B_n with A, B of period m, in a finite set *)
Lemma driven_repeats n d m (A : nat -> 'M[R]_n) (B X : nat -> 'M[R]_(n, d))
    (V : seq 'M[R]_(n, d)) :
  (forall t, contracting (A t)) ->
  (forall t, A (t + m)%N = A t) -> (forall t, B (t + m)%N = B t) ->
  (forall t, X t.+1 = A t *m X t + B t) -> (forall t, X t \in V) -> repeats m X.
Proof.
move=> cA Am Bm XS XV.
have [A' [B' [cA' XmS]]] := driven_period (@contracting1 n) (@contracting_mul n) cA Am Bm XS.
pose Y k := X (k * m)%N; have YS k : Y k.+1 = A' *m Y k + B' by apply: XmS.
have [i [p E]] := pigeonhole (fun k => XV (k * m)%N).
have Yi : Y (i + 1)%N = Y (i + 0)%N.
  apply: (@rigid_no_cycle _ _ _ [linear of mulmx A'] B' (fun k => Y (i + k)%N) p).
  - exact: cA'.
  - by move=> k; rewrite addnS YS.
  - by rewrite addn0; apply: E.
exists (i * m)%N => t le_t; rewrite -(subnKC le_t).
elim: (t - i * m)%N => [|k IH]; last by rewrite !(addnS, addSn) !XS Am Bm IH.
by move: Yi; rewrite /Y addn1 !addn0 mulSn addnC.
Qed.
End Contracting.

Section Stack.
Variable R : realFieldType.
Local Notation K := (arith_of R).
Implicit Types (l : layer K) (ls : seq (layer K)).

Definition contracting_layer l : Prop :=
  forall s c, List.In (s, c) (cases l) -> contracting (case_matrix l c).
Definition reads_states l : bool := if layer_readout l is States _ then true else false.
Definition tame l : Prop := [/\ shaped l, contracting_layer l & reads_states l].

(* states of the shapes of the layers *)
Fixpoint fit ls (Hs : seq (seq (seq K))) : Prop :=
  match ls, Hs with
  | l :: ls', H :: Hs' => has_shape (rows l) (columns l) H /\ fit ls' Hs'
  | [::], [::] => True
  | _, _ => False
  end.

Lemma fit_start ls : (forall l, List.In l ls -> shaped l) -> fit ls (map (@initial K) ls).
Proof.
elim: ls => //= l ls IH sh; split; first by have [] := sh l (or_introl erefl).
by apply: IH => l' l'ls; apply: sh; right.
Qed.

Lemma fit_advance ls x Hs heard Hs' a : (forall l, List.In l ls -> shaped l) -> fit ls Hs ->
  advance (map (cell_of (@Exact K)) ls) x Hs heard = Some (Hs', a) -> fit ls Hs'.
Proof.
elim: ls Hs heard Hs' a => [|l ls IH] Hs heard Hs' a sh; first by case: Hs => // _ [<-].
case: Hs => // H Hs [sH fHs] /advance_consP[G [T [f [o [V [[<- <-]]]]]]].
rewrite assoc_map; case E: assoc => [c|] //= -[<-] _ A ->; split.
  by have [] := step_shape (sh l (or_introl erefl)) (assoc_In E) sH.
by apply: IH fHs A => l' l'ls; apply: sh; right.
Qed.

Lemma advance_repeats m (x : nat -> letter) ls (Hs : nat -> seq (seq (seq K)))
    (heard all_heard : nat -> seq output) :
  (forall t, x (t + m)%N = x t) -> (forall l, List.In l ls -> tame l) -> fit ls (Hs 0%N) ->
  (forall t, advance (map (cell_of (@Exact K)) ls) (x t) (Hs t) (heard t) =
             Some (Hs t.+1, all_heard t)) ->
  repeats m heard -> repeats m (fun t => (Hs t, all_heard t)).
Proof.
move=> xm; elim: ls Hs heard all_heard => [|l ls IH] Hs heard all_heard good fit0 HsS rep.
  have nil t : Hs t = [::].
    case: t => [|t]; first by case: (Hs 0%N) fit0.
    by move: (HsS t) => /=; case: (Hs t) => // -[].
  apply: repeats_eq (repeats_comp (fun h => ([::], h)) rep) => t.
  by move: (HsS t); rewrite !nil /= => -[->].
have [shl cl rl] := good l (or_introl erefl).
have [table tableE] : exists table, layer_readout l = States table.
  by move: rl; rewrite /reads_states; case: (layer_readout l) => // table _; exists table.
pose H t := seq.head [::] (Hs t); pose T t := behead (Hs t).
pose sym t := symbol_of (cell_of (@Exact K) l) (x t) (heard t).
pose o t := odflt (Truth false) (read_out (layer_readout l) (H t.+1)).
have now t : exists c, [/\ assoc (cases l) (sym t) = Some c, H t.+1 = step (@Exact K) c (H t),
    read_out (layer_readout l) (H t.+1) = Some (o t), Hs t = H t :: T t &
    advance (map (cell_of (@Exact K)) ls) (x t) (T t) (rcons (heard t) (o t)) =
      Some (T t.+1, all_heard t)].
  have [G [U [f [q [V [HsE]]]]]] := advance_consP (HsS t).
  rewrite assoc_map -/(sym t); case: assoc => [c|] //= -[<-] E A HsSE.
  by exists c; rewrite /o /H /T HsE HsSE /= E.
have sH t : has_shape (rows l) (columns l) (H t).
  elim: t => [|t IHt]; first by rewrite /H; case: (Hs 0%N) fit0 => // G U [].
  by have [c [c_t -> _ _ _]] := now t; have [] := step_shape shl (assoc_In c_t) IHt.
have [N symN] : repeats m sym.
  case: rep => N HN; exists N => t /HN ht.
  by rewrite /sym /symbol_of xm ht.
pose X t := mx (rows l) (columns l) (H (N.+1 + t)%N).
pose A t : 'M[R]_(rows l) :=
  if assoc (cases l) (sym (N.+1 + t)%N) is Some c then case_matrix l c else 0.
pose B t : 'M[R]_(rows l, columns l) :=
  if assoc (cases l) (sym (N.+1 + t)%N) is Some c
  then mx (rows l) (columns l) (case_B c) else 0.
have symM t : sym (N.+1 + (t + m))%N = sym (N.+1 + t)%N.
  by rewrite addnA symN // leqW // leq_addr.
have repX : repeats m X.
  apply: (@driven_repeats R _ _ m A B X
            [seq mx (rows l) (columns l) G | G <- map fst table]).
  - by move=> t; rewrite /A; have [c [c_t _ _ _ _]] := now (N.+1 + t)%N; rewrite c_t;
      apply: cl (assoc_In c_t).
  - by move=> t; rewrite /A symM.
  - by move=> t; rewrite /B symM.
  - move=> t; rewrite /X /A /B addnS; have [c [c_t -> _ _ _]] := now (N.+1 + t)%N.
    by rewrite c_t; have [] := step_shape shl (assoc_In c_t) (sH (N.+1 + t)%N).
  - move=> t; have [c [_ _ r_t _ _]] := now (N + t)%N; rewrite /X addSn; apply: map_f.
    by move: r_t; rewrite tableE; apply: assoc_key.
have repH : repeats m H.
  case: repX => M HM; exists (N.+1 + M)%N => t le_t; rewrite -(subnKC le_t).
  set k := (t - _)%N; apply: mx_inj (sH _) (sH _) _.
  by have := HM (M + k)%N (leq_addr _ _); rewrite /X !addnA.
have rep_o : repeats m o.
  case: repH => M HM; exists M => t le_t.
  by rewrite /o -addSn HM // leqW.
have repT : repeats m (fun t => (T t, all_heard t)).
  apply: (IH T (fun t => rcons (heard t) (o t)) all_heard).
  - by move=> l' l'ls; apply: good; right.
  - by rewrite /T; case: (Hs 0%N) fit0 => // G U [].
  - by move=> t; have [c []] := now t.
  - exact: (repeats_comp (fun p : seq output * output => rcons p.1 p.2) (repeats_pair rep rep_o)).
have [M HM] := repeats_pair repH repT; exists M => t /HM[EH ET Ea].
have [c [_ _ _ HsE _]] := now t; have [c' [_ _ _ HsE' _]] := now (t + m)%N.
by rewrite HsE HsE' EH ET Ea.
Qed.

Definition power (u : seq letter) n := flatten (nseq n u).

Lemma power_mkseq x0 u n : power u n = mkseq (fun t => nth x0 u (t %% size u)) (n * size u).
Proof.
elim: n => [|n IH] //; rewrite /power /= -/(power u n) IH mulSn /mkseq iotaD map_cat.
congr (_ ++ _).
  rewrite -[LHS](mkseq_nth x0); apply/eq_in_map => i; rewrite mem_iota => /andP[_ lt_i].
  by rewrite modn_small.
have -> k : iota (0 + size u) k = map (addn (size u)) (iota 0 k).
  by rewrite -iotaDl addn0 add0n.
by rewrite -map_comp; apply: eq_map => i /=; rewrite modnDl.
Qed.

Variables (N : network K) (p u : seq letter).
Hypotheses (okN : ok_network N) (tameN : forall l, List.In l (layers N) ->
  contracting_layer l /\ reads_states l).
Hypothesis answers : forall w, all (mem (alphabet N)) w -> answer (@Exact K) N w <> None.
Hypotheses (pN : all (mem (alphabet N)) p) (uN : all (mem (alphabet N)) u).
Local Notation cs := (cells (@Exact K) N).

Theorem powers_settle : exists n0, forall n, (n0 <= n)%N ->
  run cs (start N) (p ++ power u n) = run cs (start N) (p ++ power u n0).
Proof.
case: u uN => [|x0 u'] inN.
  by exists 0%N => n _; congr run; congr (_ ++ _); rewrite /power; elim: n.
set v := x0 :: u' in inN *; pose m := size v.
pose x t := nth x0 v (t %% m); pose w t := p ++ mkseq x t.
have xN t : x t \in alphabet N.
  by apply: (allP inN); rewrite mem_nth // ltn_pmod.
have wN t : all (mem (alphabet N)) (w t).
  by rewrite all_cat pN; apply/allP => _ /mapP[i _ ->]; apply: xN.
have wS t : w t.+1 = rcons (w t) (x t).
  by rewrite /w /mkseq -addn1 iotaD map_cat /= cats1 -rcons_cat.
pose Hs t := odflt [::] (run cs (start N) (w t)).
have runE t : run cs (start N) (w t) = Some (Hs t).
  by move: (answers (wN t)); rewrite /answer /Hs; case: run.
have nextE t : next cs (Hs t) (x t) = Some (Hs t.+1).
  by move: (runE t.+1); rewrite wS run_rcons runE.
pose all_heard t := odflt [::] (omap snd (advance (loud (@Exact K) N) (x t) (Hs t) [::])).
have adv t : advance (loud (@Exact K) N) (x t) (Hs t) [::] = Some (Hs t.+1, all_heard t).
  by apply: next_loud (nextE t) _; move: (answers (wN t.+1)); rewrite /answer runE.
have sh l : List.In l (layers N) -> shaped l by exact: ok_network_shaped.
have fit_run q Hq : all (mem (alphabet N)) q -> run cs (start N) q = Some Hq ->
    fit (layers N) Hq.
  elim/last_ind: q Hq => [|q y IH] Hq qN; first by case=> <-; apply: fit_start.
  have := answers qN; rewrite /answer run_rcons; move: qN; rewrite all_rcons => /andP[_ qN].
  case E: (run cs (start N) q) => [G|] //=; case A: next => [V|] //= ok [<-].
  exact: fit_advance sh (IH _ qN E) (next_loud A ok).
have [M HM] : repeats m (fun t => (Hs t, all_heard t)).
  apply: (@advance_repeats m x (layers N) Hs (fun _ => [::]) all_heard) => //.
  - by move=> t; rewrite /x modnDr.
  - by move=> l lN; have [cl rl] := tameN lN; split=> //; apply: sh.
  - exact: fit_run (wN 0%N) (runE 0%N).
  - by exists 0%N.
exists M => n le_n; rewrite !(power_mkseq x0) -/m -/x -/(w _) -/(w _) !runE; congr Some.
rewrite -(subnKC le_n); elim: (n - M)%N => [|k IH]; first by rewrite addn0.
have le_M : (M <= (M + k) * m)%N by rewrite (leq_trans (leq_addr k M)) // leq_pmulr.
by rewrite -IH addnS mulSn addnC; have [-> _] := HM _ le_M.
Qed.

Theorem no_counting (L : seq letter -> output) : recognises (@Exact K) N L ->
  forall y, all (mem (alphabet N)) y ->
  exists n0, forall n, (n0 <= n)%N -> L (p ++ power u n ++ y) = L (p ++ power u n0 ++ y).
Proof.
move=> rec y yN; have [n0 H] := powers_settle; exists n0 => n /H E.
have powN k : all (mem (alphabet N)) (p ++ power u k ++ y).
  by rewrite !all_cat pN yN andbT; elim: k => //= k IH; rewrite /power /= all_cat uN.
apply: Some_inj; rewrite -!rec // /answer !catA /run !foldl_cat.
by congr obind; congr foldl; move: E; rewrite /run !foldl_cat.
Qed.
End Stack.
