(* Stacks under cast-unrolled (unrolled.v): answers along the powers of a word.     *)
(*                                                                                  *)
(* unrolled_powers_repeat: let m = |u|, and let the casts of the powers of each     *)
(*   product of q^i m matrices of layer i repeat with q (casts.v), i = 0, 1, ...    *)
(*   Then the answers to p u^n have period q^depth in n from some n on.             *)
(* cast_settles: with eigenvalues >= 0 only, the answers to p x^n settle (Theorem B *)
(*   of docs/lemmas/sign-lemma.md; Theorem 1 of Grazzi et al.). Archimedean fields, *)
(*   a cast that depends on comparisons with finitely many numbers.                 *)
(* cast_settles_em: the same over any ordered field for every non-decreasing cast   *)
(*   with finitely many values, with excluded middle.                               *)
From mathcomp Require Import all_ssreflect all_algebra.
From Monoscan Require Import sign_lemma arithmetic network well_formed shapes list_matrices.
From Monoscan Require Import periods obstructions regions monotone_stack exact_stack.
From Monoscan Require Import nonnegative_spectrum unrolled casts.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(* a delay says what it took in as many letters ago as it is long *)
Lemma queue_says (X : Type) n (v : nat -> output) (H : nat -> X + seq output) t : (0 < n)%N ->
  (forall t, H t.+1 = push (v t) (H t)) -> (exists2 q, H t = inr q & size q = n) ->
  handed_on (H (t + n)%N) = Some (v t).
Proof.
move=> n0 HS [q Hq sq].
have E k : (k <= n)%N -> H (t + k)%N = inr (drop k q ++ [seq v (t + i)%N | i <- iota 0 k]).
  elim: k => [|k IH] kn; first by rewrite addn0 drop0 cats0.
  have -> : iota 0 k.+1 = rcons (iota 0 k) k by rewrite -addn1 iotaD add0n cats1.
  rewrite addnS HS IH ?(ltnW kn) // map_rcons -rcons_cat; congr inr.
  by rewrite (drop_nth Nothing) ?sq.
rewrite E // drop_oversize ?sq //=; case: n n0 {E sq} => //= n _.
by rewrite addn0.
Qed.

Section Stack.
Variables (R : realFieldType) (r : R -> R).
Local Notation K := (arith_of R).
Hypothesis sr : settling r.

(* ------------------------------------------------------------------ one layer *)

Lemma mapm_mx n d (A : seq (seq K)) : has_shape n d A ->
  has_shape n d (mapm (r : K -> K) A) /\ mx n d (mapm (r : K -> K) A) = map_mx r (mx n d A).
Proof.
move=> sA; have [sR RE] := mapm_shape r sA; split=> //.
by apply/matrixP => i j; rewrite !mxE; apply: (RE i j (ltn_ord i) (ltn_ord j)).
Qed.

Lemma cast_sum_mx n d (ts : seq (seq (seq K))) : ts <> [::] -> all (has_shape n d) ts ->
  has_shape n d (@cast_sum K r ts) /\
  mx n d (@cast_sum K r ts) = map_mx r (\sum_(T <- map (mx n d) ts) map_mx r T).
Proof.
case: ts => // T ts _ /=/andP[sT sts]; rewrite /cast_sum /= big_cons.
have [sM <-] := mapm_mx sT.
have [sF <-] : has_shape n d (foldl (@addm K) (mapm (r : K -> K) T) (map (mapm (r : K -> K)) ts)) /\
    mx n d (foldl (@addm K) (mapm (r : K -> K) T) (map (mapm (r : K -> K)) ts)) =
    mx n d (mapm (r : K -> K) T) + \sum_(U <- map (mx n d) ts) map_mx r U.
  elim: ts (mapm _ T) sM sts => [|U ts IH] M sM /=; first by rewrite big_nil addr0.
  case/andP=> sU sts; have [sN EN] := mapm_mx sU.
  have [sA EA] := addm_shape sM sN; have [sF ->] := IH _ sA sts.
  by rewrite big_cons addrA EA EN.
exact: mapm_mx.
Qed.

Definition good_layer (l : layer K) : Prop :=
  [/\ (0 < size (initial l))%N, (0 < width (initial l))%N,
      has_shape (size (initial l)) (width (initial l)) (initial l) &
      forall s c, List.In (s, c) (cases l) ->
        ok_transition (size (initial l)) (case_A c) /\
        has_shape (size (initial l)) (width (initial l)) (case_B c)].
Definition fits (l : layer K) (ts : seq (seq (seq K))) : Prop :=
  ts <> [::] /\ all (has_shape (size (initial l)) (width (initial l))) ts.

Lemma unroll_terms l s c ts : good_layer l -> List.In (s, c) (cases l) -> fits l ts ->
  fits l (unroll c ts) /\
  map (mx (size (initial l)) (width (initial l))) (unroll c ts) =
    rcons (map (mulmx (layer_matrix l c)) (map (mx (size (initial l)) (width (initial l))) ts))
      (mx (size (initial l)) (width (initial l)) (case_B c)).
Proof.
case=> n0 d0 _ okc cl [_ sts]; have [okt sB] := okc s c cl.
have sA := ok_transition_shape okt.
have mulE T : T \in ts -> has_shape (size (initial l)) (width (initial l))
    (mulm (transition_matrix (case_A c)) T) /\
    mx (size (initial l)) (width (initial l)) (mulm (transition_matrix (case_A c)) T) =
    layer_matrix l c *m mx (size (initial l)) (width (initial l)) T.
  by move=> Tts; apply: mulm_shape sA (allP sts T Tts) n0.
split; first split.
- by rewrite /unroll; case: (map _ ts).
- rewrite /unroll all_rcons sB /= all_map; apply/allP => T Tts /=.
  by have [] := mulE T Tts.
rewrite /unroll map_rcons -!map_comp; congr rcons; apply/eq_in_map => T Tts /=.
by have [] := mulE T Tts.
Qed.

Lemma between_product l (e : nat -> case K) i k :
  (forall t, exists s, List.In (s, e t) (cases l)) ->
  product_of l k (between (fun t => layer_matrix l (e t)) i k).
Proof.
move=> el; elim: k i => [|k IH] i; first exact: NoFactor.
rewrite -[k.+1]add1n prod_add addn1 /= addn0 mulmx1.
by have [s cl] := el i; apply: OneMore cl (IH i.+1).
Qed.

Lemma layer_repeats l (e : nat -> case K) (ts : nat -> seq (seq (seq K))) m q N :
  (0 < m)%N -> (0 < q)%N -> good_layer l -> fits l (ts 0%N) ->
  (forall t, exists s, List.In (s, e t) (cases l)) ->
  (forall t, (N <= t)%N -> e (t + m)%N = e t) ->
  (forall A, product_of l m A -> cast_repeats r q A) ->
  (forall t, ts t.+1 = unroll (e t) (ts t)) ->
  repeats (q * m) (fun t => @cast_sum K r (ts t)).
Proof.
move=> m0 q0 good fit0 el eP rep tsS.
have fit t : fits l (ts t).
  elim: t => // t IH; have [s cl] := el t; rewrite tsS.
  by have [] := unroll_terms good cl IH.
set n := size (initial l); set d := width (initial l).
pose A t := layer_matrix l (e t); pose B t := mx n d (case_B (e t)).
have E t : map (mx n d) (ts t) = terms A B (map (mx n d) (ts 0%N)) t.
  elim: t => [|t IH].
    by rewrite /terms cats0 -[LHS]map_id; apply: eq_map => T /=; rewrite mul1mx.
  by rewrite termsS tsS -IH; have [s cl] := el t; have [_ ->] := unroll_terms good cl (fit t).
have [|||K0 HK] := @window_repeats R r n d A B m q N (map (mx n d) (ts 0%N)) m0 q0 sr.
- by move=> t Nt; rewrite /A eP.
- by move=> t Nt; rewrite /B eP.
- by move=> t _; apply/rep/between_product.
exists K0 => t Kt; have [nz sts] := fit t; have [nz' sts'] := fit (t + q * m)%N.
have [s1 E1] := cast_sum_mx nz sts; have [s2 E2] := cast_sum_mx nz' sts'.
apply: (mx_inj s2 s1); rewrite E1 E2 (E t) (E (t + q * m)%N).
exact: HK.
Qed.

(* ------------------------------------------------------------------ the stack *)

Definition good_item (i : item K) : Prop :=
  match i with Recurrent l => good_layer l | Delay _ n => (0 < n)%N end.
Definition item_fits (i : item K) (H : unrolled K) : Prop :=
  match i, H with
  | Recurrent l, inl ts => fits l ts
  | Delay _ n, inr q => size q = n
  | _, _ => False
  end.
Fixpoint all_fit (it : seq (item K)) (Hs : seq (unrolled K)) : Prop :=
  match it, Hs with
  | i :: it', H :: Hs' => item_fits i H /\ all_fit it' Hs'
  | [::], [::] => True
  | _, _ => False
  end.
Local Notation cell_of := (@unrolled_cell K r).

Lemma fits_move i (s : symbol) f H : good_item i -> item_fits i H ->
  moves (cell_of i) s = Some f -> item_fits i (f H).
Proof.
case: i H => [l|j n] [ts|q] //= good.
  rewrite (assoc_map (fun c => on_terms (unroll c))); case E: assoc => [e|] //= ft -[<-].
  by have [] := unroll_terms good (assoc_In E) ft.
by move=> sq [<-] /=; rewrite size_rcons size_behead sq prednK.
Qed.

Lemma all_fit_run (N : network K) w Hs : (forall i, List.In i (items N) -> good_item i) ->
  @unrolled_run K r N w = Some Hs -> all_fit (items N) Hs.
Proof.
move=> good; rewrite /unrolled_run; elim/last_ind: w Hs => [|w x IH] Hs.
  case=> <-; elim: (items N) good => //= i it IHi good; split; last first.
    by apply: IHi => k kit; apply: good; right.
  have := good i (or_introl erefl); case: i {good} => [l|j n] /=; last by rewrite size_nseq.
  by case=> n0 d0 si _; split; rewrite //= si.
rewrite run_rcons; case E: run => [J|] //=; rewrite /next.
case A: advance => [[V a]|] //= [<-]; have := IH J E; move: A {E IH}.
elim: (items N) good J [::] V a => [|i it IHi] good J heard V a; first by case: J => // -[<-].
case: J => // H J A [sH fJ].
have {}A : advance ((if it is [::] then quiet (cell_of i) else cell_of i) ::
    quiet_last (map cell_of it)) x (H :: J) heard = Some (V, a) by move: A; case: (it).
have [G [T [f [o [W [[<- <-] Ef _ AW ->]]]]]] := advance_consP A.
split; last by apply: IHi AW fJ => k kit; apply: good; right.
apply: fits_move (good i (or_introl erefl)) sH _.
by move: Ef; case: (it) => [|? ?]; apply.
Qed.

Lemma advance_repeats q m (x : nat -> letter) (it : seq (item K)) (Hs : nat -> seq (unrolled K))
    (heard all_heard : nat -> seq output) :
  (0 < m)%N -> (0 < q)%N -> (forall i, List.In i it -> good_item i) ->
  (forall j l A, List.nth_error (pmap (@layer_of K) it) j = Some l ->
     product_of l (q ^ j * m) A -> cast_repeats r q A) ->
  all_fit it (Hs 0%N) -> (forall t, x (t + m)%N = x t) ->
  (forall t, advance (map cell_of it) (x t) (Hs t) (heard t) = Some (Hs t.+1, all_heard t)) ->
  repeats m heard -> repeats (q ^ size (pmap (@layer_of K) it) * m) all_heard.
Proof.
move=> m0 q0; elim: it m m0 Hs heard all_heard => [|i it IH] m m0 Hs heard all_heard good reg fit0 xm HsS rep.
  rewrite /= expn0 mul1n; apply: repeats_eq rep => t; move: (HsS t) => /=.
  by case: (Hs t) => [|? ?] // [].
pose c := cell_of i.
pose H t := seq.head (inr [::]) (Hs t); pose T t := behead (Hs t).
pose sym t := symbol_of c (x t) (heard t).
pose o t := odflt (Truth false) (report c (H t) (H t.+1)).
have now t : exists f, [/\ moves c (sym t) = Some f, H t.+1 = f (H t),
    report c (H t) (H t.+1) = Some (o t) &
    advance (map cell_of it) (x t) (T t) (rcons (heard t) (o t)) = Some (T t.+1, all_heard t)].
  have [G [U [f [p [V [HsE Ef E A HsSE]]]]]] := advance_consP (HsS t).
  by exists f; rewrite /o /H /T HsE HsSE /= E.
have goodi := good i (or_introl erefl).
have fitH t : item_fits i (H t).
  elim: t => [|t IHt]; first by rewrite /H; case: (Hs 0%N) fit0 => // G U [].
  by have [f [Ef -> _ _]] := now t; apply: fits_move goodi IHt Ef.
have fitT : all_fit it (T 0%N) by rewrite /T; case: (Hs 0%N) fit0 => // G U [].
have repS : repeats m sym.
  by case: rep => N HN; exists N => t /HN ht; rewrite /sym /symbol_of xm ht.
have goodT k : List.In k it -> good_item k by move=> kit; apply: good; right.
have onwards m' : (0 < m')%N -> (forall t, x (t + m')%N = x t) ->
    (forall j l A, List.nth_error (pmap (@layer_of K) it) j = Some l ->
      product_of l (q ^ j * m') A -> cast_repeats r q A) ->
    repeats m' heard -> repeats m' o ->
    repeats (q ^ size (pmap (@layer_of K) it) * m') all_heard.
  move=> m'0 xm' reg' repH repO; apply: (IH m' m'0 T (fun t => rcons (heard t) (o t))) => //.
    by move=> t; have [f []] := now t.
  exact: (repeats_comp (fun p : seq output * output => rcons p.1 p.2) (repeats_pair repH repO)).
rewrite {}/sym {}/o in now repS onwards *; rewrite {}/c in now repS onwards *.
case: i {good fit0 HsS} goodi fitH now repS onwards reg => [l|j n] goodi fitH now repS onwards reg.
  have xqm t : x (t + q * m)%N = x t.
    by elim: (q) => [|k IHk]; rewrite ?addn0 // mulSn [(m + _)%N]addnC addnA xm.
  rewrite /= expnSr -mulnA; apply: onwards => //; first by rewrite muln_gt0 q0.
  - by move=> k l' A E PA; apply: (reg k.+1 l' A E); rewrite expnSr -mulnA.
  - exact: repeats_mul rep.
  case: repS => N symN; pose M t := if H t is inl ts then ts else [::].
  have HM t : H t = inl (M t) by rewrite /M; have := fitH t; case: (H t).
  have mv t : exists2 e, assoc (cases l) (symbol_of (cell_of (Recurrent l)) (x t) (heard t)) = Some e &
      M t.+1 = unroll e (M t).
    have [f [Ef HE _ _]] := now t; move: Ef HE.
    rewrite /= (assoc_map (fun c => on_terms (unroll c))).
    by case E: assoc => [e|] //= -[<-]; rewrite !HM => -[->]; exists e.
  have [e0 _ _] := mv 0%N.
  pose e t := odflt e0 (assoc (cases l) (symbol_of (cell_of (Recurrent l)) (x t) (heard t))).
  have repM : repeats (q * m) (fun t => @cast_sum K r (M t)).
    apply: (@layer_repeats l e M m q N) => //.
    - by have := fitH 0%N; rewrite HM.
    - by move=> t; rewrite /e; have [e' E _] := mv t; rewrite E; exists (symbol_of (cell_of (Recurrent l)) (x t) (heard t)); apply: assoc_In E.
    - by move=> t Nt; rewrite /e symN.
    - by move=> A PA; apply: (reg 0%N l A erefl); rewrite expn0 mul1n.
    - by move=> t; rewrite /e; have [e' E ->] := mv t; rewrite E.
  apply: repeats_eq (repeats_comp (fun G => odflt (Truth false) (read_out (layer_readout l) G))
    (repeats_shift 1 repM)) => t /=.
  by rewrite addn1 HM.
apply: onwards => //; pose v t := taken (symbol_of (cell_of (Delay K j n)) (x t) (heard t)).
have HS t : H t.+1 = push (v t) (H t) by have [f [[<-] ->]] := now t.
have [N symN] := repS; apply: (@repeats_later _ _ _ n); exists N => t Nt.
have says k : handed_on (H (n + k)%N) = Some (v k).
  rewrite addnC; apply: queue_says => //; have := fitH k; case: (H k) => // q' sq.
  by exists q'.
by rewrite /= !says /v symN.
Qed.

Lemma advance_unrolled_last x i it Hs heard Hs' a :
  advance (map cell_of (i :: it)) x Hs heard = Some (Hs', a) -> is_layer (last i it) ->
  (if last i it is Recurrent l then @unrolled_output K r l (last (inr [::]) Hs') else None) =
    Some (last (Truth false) a).
Proof.
elim: it i Hs heard Hs' a => [|j it IH] i Hs heard Hs' a.
  case/advance_consP=> H [T [f [o [V [_ _ E A ->]]]]] /=.
  by case: T A => // -[<- <-]; rewrite last_rcons -E; case: i E.
case/advance_consP=> H [T [f [o [V [_ _ _ A ->]]]]] il.
have := IH _ _ _ _ _ A il; have [G [U [g [o' [W [_ _ _ _ ->]]]]]] := advance_consP A.
by [].
Qed.

Theorem unrolled_words_repeat q (N : network K) (x0 : letter) (p u : seq letter) :
  (0 < q)%N -> (0 < size u)%N -> ok_network N ->
  (forall j l A, List.nth_error (layers N) j = Some l -> product_of l (q ^ j * size u) A ->
     cast_repeats r q A) ->
  (forall t, @unrolled_answer K r N (p ++ mkseq (fun t => nth x0 u (t %% size u)) t) <> None) ->
  repeats (q ^ size (layers N) * size u)
    (fun t => @unrolled_answer K r N (p ++ mkseq (fun t => nth x0 u (t %% size u)) t)).
Proof.
move=> q0 u0 okN reg ok; set m := size u in u0 reg ok *.
pose x t := nth x0 u (t %% m); pose w t := p ++ mkseq x t.
have good i : List.In i (items N) -> good_item i.
  case: i => [l|j n] iN /=; last exact: ok_delays_pos okN j n iN.
  by have [] := ok_network_parts okN (proj2 (In_layers N l) iN).
have wS t : w t.+1 = rcons (w t) (x t).
  by rewrite /w /mkseq -addn1 iotaD map_cat /= cats1 -rcons_cat.
pose Hs t := odflt [::] (@unrolled_run K r N (w t)).
have runE t : @unrolled_run K r N (w t) = Some (Hs t).
  by move: (ok t); rewrite /unrolled_answer -/(w t) /Hs; case: unrolled_run.
have nextE t : next (quiet_last (map cell_of (items N))) (Hs t) (x t) = Some (Hs t.+1).
  by move: (runE t.+1); rewrite wS /unrolled_run run_rcons -/(@unrolled_run K r N (w t)) runE.
have lastE t : @unrolled_last K r N (Hs t) = @unrolled_answer K r N (w t).
  by rewrite /unrolled_answer runE.
have lastL : last false (map (@is_layer K) (items N)) by case/and3P: okN.
have rp t : exists o, forall H, report (last (queue_cell _ 0) (map cell_of (items N))) H
    (last (inr [::]) (Hs t)) = Some o.
  have := ok t; rewrite -/(w t) -lastE /unrolled_last; move: lastL.
  case: (items N) => //= i it; rewrite (last_map (@is_layer K)) (last_map cell_of).
  by case: (last i it) => //= l _; case: unrolled_output => // o _; exists o.
pose all_heard t := odflt [::] (omap snd (advance (map cell_of (items N)) (x t) (Hs t) [::])).
have adv t : advance (map cell_of (items N)) (x t) (Hs t) [::] = Some (Hs t.+1, all_heard t).
  move: (nextE t); rewrite /next /all_heard; case A: advance => [[V a]|] //= [VE].
  have [o ro] := rp t.+1; move: A ro; case: (items N) lastL => // i it _ A ro.
  rewrite -{}VE in ro *; have [a' ->] := @advance_loud _ _ _ _ _ _ _ _ _ o A ro.
  by [].
have rep : repeats (q ^ size (layers N) * m) all_heard.
  apply: (advance_repeats u0 q0 good reg _ _ adv); last by exists 0%N.
    exact: all_fit_run good (runE 0%N).
  by move=> t; rewrite /x modnDr.
apply: (@repeats_later _ _ _ 1); apply: repeats_eq (repeats_comp (fun a => Some (last (Truth false) a)) rep) => t.
rewrite add1n -/(w t.+1) -lastE /unrolled_last; move: (adv t) lastL.
case: (items N) => // i it A; rewrite [map _ _]/= [last _ _]/= (last_map (@is_layer K)) => il.
by rewrite (advance_unrolled_last A il).
Qed.
End Stack.

Theorem unrolled_powers_repeat (R : realFieldType) (r : R -> R) q (N : network (arith_of R))
    (p u : seq letter) : settling r -> (0 < q)%N -> ok_network N ->
  (forall j l A, List.nth_error (layers N) j = Some l -> product_of l (q ^ j * size u) A ->
     cast_repeats r q A) ->
  (forall w, all (mem (alphabet N)) w -> @unrolled_answer (arith_of R) r N w <> None) ->
  all (mem (alphabet N)) p -> all (mem (alphabet N)) u ->
  repeats (q ^ size (layers N)) (fun n => @unrolled_answer (arith_of R) r N (p ++ power u n)).
Proof.
move=> sr q0 okN reg ok pN; case: u reg => [|x0 u] reg uN.
  by exists 0%N => n _; congr unrolled_answer; congr cat; rewrite /power; elim: (_ + _)%N; elim: n.
set v := x0 :: u in reg uN *.
have [|M HM] := @unrolled_words_repeat _ _ sr q N x0 p v q0 isT okN reg.
  move=> t; apply: ok; rewrite all_cat pN; apply/allP => _ /mapP[i _ ->].
  by apply: (allP uN); rewrite mem_nth // ltn_pmod.
exists M => n le_n; rewrite !(power_mkseq x0) mulnDl; apply: HM.
by rewrite (leq_trans le_n) ?leq_pmulr.
Qed.

Section OneMatrix.
Variables (R : realFieldType) (l : layer (arith_of R)).

Lemma product_of_0 k A : product_of l k A -> k = 0%N -> A = 1%:M.
Proof. by case. Qed.

Lemma product_of_1 k A : product_of l k A -> k = 1%N ->
  exists s c, List.In (s, c) (cases l) /\ A = layer_matrix l c.
Proof.
case=> // k' A' s c cl PA' [k0]; exists s, c; split=> //.
by rewrite (product_of_0 PA' k0) mul1mx.
Qed.
End OneMatrix.

Lemma power1 (x : letter) n : power [:: x] n = nseq n x.
Proof. by elim: n => //= n; rewrite /power /= => ->. Qed.

Section Settles.
Variables (R : realFieldType) (r : R -> R).
Hypothesis sr : settling r.
Local Notation K := (arith_of R).

(* along the powers of a letter only the matrices of single symbols count *)
Theorem unrolled_settles (N : network K) p (x : letter) : ok_network N ->
  (forall l s c, List.In l (layers N) -> List.In (s, c) (cases l) -> splits_nonneg (layer_matrix l c)) ->
  (forall w, all (mem (alphabet N)) w -> @unrolled_answer K r N w <> None) ->
  all (mem (alphabet N)) p -> x \in alphabet N ->
  settles (fun n => @unrolled_answer K r N (p ++ nseq n x)).
Proof.
move=> okN nonneg ok pN xN; apply/settles_repeats.
have xN' : all (mem (alphabet N)) [:: x] by rewrite /= xN.
have := unrolled_powers_repeat (q := 1) sr isT okN _ ok pN xN'; rewrite exp1n => rep.
apply: repeats_eq (rep _) => [n|j l A El PA]; first by rewrite power1.
have [|s [c [cl ->]]] := product_of_1 PA; first by rewrite exp1n.
by apply: nonneg_cast_repeats => //; apply: nonneg cl; apply: List.nth_error_In El.
Qed.

Theorem settling_forbids deep :
  forbids_by (@unrolled_answer K r) (in_region false SpectrumNonnegative) deep is_unsettled.
Proof.
move=> A N minA [p [x [pN xN un]]] okN same _ inN rec; rewrite -same in pN xN.
have [|||||M HM] := unrolled_settles (N := N) (p := p) (x := x) => //.
- by move=> l s c lN cl; have [] := inN l s c lN cl.
- by move=> w /rec ->.
have inw n : all (mem (alphabet N)) (p ++ nseq n x) by rewrite all_cat pN all_nseq /= xN orbT.
by have [n le_n []] := un M; have := HM n le_n; rewrite !rec // => -[].
Qed.
End Settles.

Corollary cast_settles (R : archiFieldType) (r : R -> R) deep : steps r ->
  forbids_by (@unrolled_answer (arith_of R) r) (in_region false SpectrumNonnegative) deep is_unsettled.
Proof. by move=> /steps_settling sr; apply: settling_forbids. Qed.

Corollary cast_settles_em (em : forall P : Prop, P \/ ~ P) (R : realFieldType) (r : R -> R) deep :
  rounding r ->
  forbids_by (@unrolled_answer (arith_of R) r) (in_region false SpectrumNonnegative) deep is_unsettled.
Proof. by move=> /(rounding_settling em) sr; apply: settling_forbids. Qed.
