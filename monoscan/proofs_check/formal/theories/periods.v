(* How the joint state of a stack comes back along the powers of a word, whatever   *)
(* the arithmetic: the induction over layers that the lemmas share.                 *)
(*                                                                                  *)
(*    repeats m s == s (n + m) = s n from some n on                                 *)
(*   along gs H == the state after the maps gs, the first one first                 *)
(* short_cycles q long good c == compositions of `long` many moves of the cell c,   *)
(*                   applied to `good` states, make cycles only of lengths that     *)
(*                   divide q                                                       *)
(*  finitely_many sem N == finitely many joint states are reached                   *)
(*    power u n == u u ... u, n times                                               *)
(*                                                                                  *)
(* powers_repeat: if all cells have short cycles and finitely many joint states are *)
(*   reached, the joint state after p u^n has period q^depth in n from some n on.   *)
(* tables_finite: a network whose read-outs are all tables of states and that       *)
(*   answers every word reaches finitely many joint states.                         *)
From mathcomp Require Import all_ssreflect.
From Monoscan Require Import arithmetic network.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Lemma assoc_key (A : eqType) (B : Type) (t : seq (A * B)) a b :
  assoc t a = Some b -> a \in map fst t.
Proof.
by elim: t => //= -[k v] t IH /=; rewrite inE; case: eqP => [->|_ /IH->]; rewrite ?eqxx ?orbT.
Qed.

Lemma In_map (A B : Type) (f : A -> B) (P : B -> Prop) s :
  (forall x, P (f x)) -> forall y, List.In y (map f s) -> P y.
Proof. by move=> Pf; elim: s => //= x s IH y [<-|/IH]. Qed.

Definition repeats (T : Type) (m : nat) (s : nat -> T) : Prop :=
  exists N, forall n, N <= n -> s (n + m) = s n.

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

Lemma repeats_mul (T : Type) m k (s : nat -> T) : repeats m s -> repeats (k * m) s.
Proof.
case=> N HN; exists N => n Nn; elim: k => [|k IH]; first by rewrite addn0.
by rewrite mulSn [m + _]addnC addnA HN // (leq_trans Nn) ?leq_addr.
Qed.

(* an infinite sequence in a finite set takes some value twice *)
Lemma pigeonhole (T : eqType) (V : seq T) (s : nat -> T) :
  (forall n, s n \in V) -> exists i k, s (i + k.+1) = s i.
Proof.
move=> sV; pose t := mkseq s (size V).+1.
have [ut|/(uniqPn (s 0))[i [j [ij lt_j E]]]] := boolP (uniq t).
  have : size t <= size V by apply: uniq_leq_size ut _ => _ /mapP[n _ ->].
  by rewrite size_mkseq ltnn.
move: lt_j; rewrite size_mkseq => lt_j.
rewrite !nth_mkseq ?(ltn_trans ij) // in E.
by exists i, (j - i.+1); rewrite addnS -addSn subnKC.
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

Lemma all_power (P : pred letter) u n : all P u -> all P (power u n).
Proof. by move=> uP; elim: n => //= n IH; rewrite /power /= all_cat uP. Qed.

(* ------------------------------------------------------------------ one cell *)

Section Cells.
Variable S : eqType.
Implicit Types (c : cell S) (cs : seq (cell S)).

Definition along (gs : seq (S -> S)) (H : S) : S := foldl (fun H g => g H) H gs.
Definition move_of c (g : S -> S) : Prop := exists s, assoc (moves c) s = Some g.

Definition short_cycles (q : nat) (long : pred nat) (good : S -> Prop) c : Prop :=
  (forall g H, move_of c g -> good H -> good (g H)) /\
  forall gs H p, long (size gs) -> (forall g, List.In g gs -> move_of c g) -> good H ->
    iter p.+1 (along gs) H = H -> iter q (along gs) H = H.

Lemma driven_repeats q long good c m (s : nat -> symbol) (H : nat -> S) (V : seq S) :
  short_cycles q long good c -> long m -> good (H 0) ->
  (forall t, exists2 g, assoc (moves c) (s t) = Some g & H t.+1 = g (H t)) ->
  (forall t, H t \in V) -> repeats m s -> repeats (q * m) H.
Proof.
case=> keep cycles lm good0 drive HV [N HN].
pose g t := odflt id (assoc (moves c) (s t)).
have gE t : H t.+1 = g t (H t) /\ move_of c (g t).
  by have [f E ->] := drive t; rewrite /g E; split=> //; exists (s t).
have goodH t : good (H t).
  by elim: t => // t IH; have [-> mv] := gE t; apply: keep.
have gM k t : N <= t -> g (t + k * m) = g t.
  move=> Nt; rewrite /g; congr (odflt id (assoc _ _)).
  elim: k => [|k IH]; first by rewrite addn0.
  by rewrite mulSn [m + _]addnC addnA HN // (leq_trans Nt) ?leq_addr.
pose gs := map g (iota N m).
have pathE a i : H (a + i) = along (map g (iota a i)) (H a).
  elim: i a => [|i IH] a; first by rewrite addn0.
  by rewrite addnS -addSn IH /along /= (gE a).1.
have round k : H (N + k * m) = iter k (along gs) (H N).
  elim: k => [|k IH]; first by rewrite addn0.
  rewrite iterS -IH mulSn [m + _]addnC addnA pathE; congr along.
  rewrite [N + k * m]addnC iotaDl -map_comp; apply/eq_in_map => t.
  by rewrite mem_iota => /andP[Nt _] /=; rewrite addnC gM.
have [i [p E]] := pigeonhole (fun k => HV (N + k * m)).
have Eq : H (N + (q + i) * m) = H (N + i * m).
  rewrite !round iterD; apply: (cycles gs _ p).
  - by rewrite size_map size_iota.
  - by apply: In_map => t; apply: (gE t).2.
  - by rewrite -round.
  - by rewrite -iterD -!round [p.+1 + i]addnC.
exists (N + i * m) => t le_t; rewrite -(subnKC le_t); move: (t - _) => k {t le_t}.
elim: k => [|k IH]; first by rewrite !addn0 -addnA -mulnDl [i + q]addnC.
by rewrite addnS addSn !(gE _).1 IH gM // -addnA leq_addr.
Qed.

(* ---------------------------------------------------------------- the stack *)

Variables (q : nat) (long : pred nat).

Fixpoint tame cs (Hs : seq S) : Prop :=
  match cs, Hs with
  | c :: cs', H :: Hs' => (exists2 good, short_cycles q long good c & good H) /\ tame cs' Hs'
  | [::], [::] => True
  | _, _ => False
  end.

Lemma tame_advance cs x Hs heard Hs' a :
  tame cs Hs -> advance cs x Hs heard = Some (Hs', a) -> tame cs Hs'.
Proof.
elim: cs Hs heard Hs' a => [|c cs IH] Hs heard Hs' a.
  by case: Hs => // _ [<-].
move=> tm /advance_consP[H [T [f [o [V [EH Ef _ A ->]]]]]]; move: tm; rewrite EH => -[gd tT].
split; last exact: IH tT A.
by case: gd => good [keep cyc] gH; exists good => //; apply: keep => //; exists (symbol_of c x heard).
Qed.

Lemma tame_run cs Hs w Hs' : tame cs Hs -> run cs Hs w = Some Hs' -> tame cs Hs'.
Proof.
move=> tm; elim/last_ind: w Hs' => [|w x IH] Hs'; first by case=> <-.
rewrite run_rcons; case E: (run cs Hs w) => [J|] //=; rewrite /next.
by case A: advance => [[V b]|] //= [<-]; apply: tame_advance A; apply: IH.
Qed.

Lemma stack_repeats cs m (x : nat -> letter) (Hs : nat -> seq S) (heard all_heard : nat -> seq output)
    (V : seq (seq S)) :
  (forall i, i < size cs -> long (q ^ i * m)) -> (forall t, x (t + m) = x t) -> tame cs (Hs 0) -> (forall t, Hs t \in V) ->
  (forall t, advance cs (x t) (Hs t) (heard t) = Some (Hs t.+1, all_heard t)) ->
  repeats m heard -> repeats (q ^ size cs * m) Hs.
Proof.
elim: cs m Hs heard V => [|c cs IH] m Hs heard V lm xm tm HV adv rep.
  have nil t : Hs t = [::].
    case: t => [|t]; first by move: tm; case: (Hs 0).
    by move: (adv t) => /=; case: (Hs t) => // -[].
  by exists 0 => n _; rewrite !nil.
have [h0 _] : exists h : S, True by move: tm; case: (Hs 0) => // h; exists h.
pose H t := seq.head h0 (Hs t); pose T t := behead (Hs t).
pose sym t := symbol_of c (x t) (heard t).
pose o t := odflt (Truth false) (report c (H t.+1)).
have now t : exists g, [/\ assoc (moves c) (sym t) = Some g, H t.+1 = g (H t), Hs t = H t :: T t &
    advance cs (x t) (T t) (rcons (heard t) (o t)) = Some (T t.+1, all_heard t)].
  have [G [U [f [p [W [HsE E R A HsSE]]]]]] := advance_consP (adv t).
  by exists f; rewrite /o /H /T HsE HsSE /= R.
have [[good sc good0] tm'] : (exists2 good, short_cycles q long good c & good (H 0)) /\ tame cs (T 0).
  by move: tm; have [g [_ _ -> _]] := now 0.
have repS : repeats m sym.
  by case: rep => N HN; exists N => t /HN ht; rewrite /sym /symbol_of xm ht.
have repH : repeats (q * m) H.
  have lm0 : long m by have := lm 0 isT; rewrite mul1n.
  apply: (driven_repeats (V := map (seq.head h0) V)) sc lm0 good0 _ _ repS => t.
    by have [g [E HE _ _]] := now t; exists g.
  exact: map_f.
have repO : repeats (q * m) o.
  by case: repH => N HN; exists N => t Nt; rewrite /o -addSn HN // (leq_trans Nt).
have repT : repeats (q ^ size cs * (q * m)) T.
  apply: (IH (q * m) T (fun t => rcons (heard t) (o t)) (map behead V)) => //.
  - by move=> i lt_i; rewrite mulnA -expnSr; apply: lm.
  - by move=> t; elim: q => [|k IHk]; rewrite ?addn0 // mulSn [m + _]addnC addnA xm.
  - by move=> t; apply: map_f.
  - by move=> t; have [g []] := now t.
  - exact: (repeats_comp (fun p : seq output * output => rcons p.1 p.2)
             (repeats_pair (repeats_mul q rep) repO)).
rewrite expnSr -mulnA; have repP := repeats_pair (repeats_mul (q ^ size cs) repH) repT.
apply: repeats_eq (repeats_comp (fun p : S * seq S => p.1 :: p.2) repP) => t /=.
by have [g [_ _ -> _]] := now t.
Qed.

Theorem powers_repeat cs Hs (V : seq (seq S)) (xs : seq letter) (p u : seq letter) :
  tame cs Hs ->
  (forall w, all (mem xs) w -> exists2 J, run cs Hs w = Some J & J \in V) ->
  all (mem xs) p -> all (mem xs) u -> (forall i, i < size cs -> long (q ^ i * size u)) ->
  exists n0, forall n, n0 <= n ->
    run cs Hs (p ++ power u (n + q ^ size cs)) = run cs Hs (p ++ power u n).
Proof.
move=> tm runs pN; case: u => [|x0 u'] inN lm.
  have nil k : power [::] k = [::] by rewrite /power; elim: k.
  by exists 0 => n _; rewrite !nil.
set v := x0 :: u' in inN lm *; pose m := size v.
pose x t := nth x0 v (t %% m); pose w t := p ++ mkseq x t.
have xN t : x t \in xs.
  by apply: (allP inN); rewrite mem_nth // ltn_pmod.
have wN t : all (mem xs) (w t).
  by rewrite all_cat pN; apply/allP => _ /mapP[i _ ->]; apply: xN.
have wS t : w t.+1 = rcons (w t) (x t).
  by rewrite /w /mkseq -addn1 iotaD map_cat /= cats1 -rcons_cat.
pose J t := odflt [::] (run cs Hs (w t)).
have runE t : run cs Hs (w t) = Some (J t).
  by rewrite /J; have [? -> _] := runs _ (wN t).
have JV t : J t \in V by have [? E] := runs _ (wN t); move: E; rewrite runE => -[->].
pose all_heard t := odflt [::] (omap snd (advance cs (x t) (J t) [::])).
have adv t : advance cs (x t) (J t) [::] = Some (J t.+1, all_heard t).
  move: (runE t.+1); rewrite wS run_rcons runE /= /next /all_heard.
  by case: advance => [[a b]|] //= [->].
have [M HM] : repeats (q ^ size cs * m) J.
  apply: (stack_repeats (x := x) (heard := fun _ => [::]) (V := V)) adv _ => //.
  - by move=> t; rewrite /x modnDr.
  - exact: tame_run tm (runE 0).
  - by exists 0.
exists M => n le_n; rewrite !(power_mkseq x0) -/m -/x -/(w _) -/(w _) !runE; congr Some.
by rewrite mulnDl HM // (leq_trans le_n) // leq_pmulr.
Qed.
End Cells.

Lemma tame_quiet (S : eqType) q long (cs : seq (cell S)) Hs :
  tame q long cs Hs -> tame q long (quiet_last cs) Hs.
Proof.
elim: cs Hs => [|c cs IH] [|H Hs] //; case: cs IH => [|d cs] IH [gd tm]; first by split.
by split; last exact: IH tm.
Qed.

(* ------------------------------------------------------- finitely many states *)

Section Product.
Variable S : eqType.

Definition product (Vs : seq (seq S)) : seq (seq S) :=
  foldr (fun V W => [seq H :: Hs | H <- V, Hs <- W]) [:: [::]] Vs.

Lemma mem_product V Vs H Hs :
  (H :: Hs \in product (V :: Vs)) = (H \in V) && (Hs \in product Vs).
Proof.
apply/allpairsP/andP => [[[G Gs] [/= GV GsV [-> ->]]] //|[HV HsV]].
by exists (H, Hs).
Qed.

Lemma product_cons V Vs Hs : Hs \in product (V :: Vs) -> exists H T, Hs = H :: T.
Proof. by case/allpairsP=> -[H T] [_ _ ->]; exists H, T. Qed.

(* each of the cells stays in its list of states, as long as it has an output *)
Fixpoint closed_lists (cs : seq (cell S)) (Vs : seq (seq S)) : Prop :=
  match cs, Vs with
  | c :: cs', V :: Vs' => (forall g H, move_of c g -> H \in V -> report c (g H) <> None ->
      g H \in V) /\ closed_lists cs' Vs'
  | [::], [::] => True
  | _, _ => False
  end.

Lemma advance_product cs Vs x Hs heard Hs' a : closed_lists cs Vs ->
  advance cs x Hs heard = Some (Hs', a) -> Hs \in product Vs -> Hs' \in product Vs.
Proof.
elim: cs Vs Hs heard Hs' a => [|c cs IH] [|V Vs] Hs heard Hs' a //.
  by case: Hs => // _ [<-].
case=> keep cl /advance_consP[H [T [f [o [W [-> E R A ->]]]]]].
rewrite !mem_product => /andP[HV TV]; apply/andP; split; last exact: IH cl A TV.
by apply: keep => //; [exists (symbol_of c x heard) | rewrite R].
Qed.
End Product.

Section Network.
Variables (K : arith) (sem : semantics K) (N : network K).
Local Notation cs := (cells sem N).

Definition finitely_many : Prop :=
  exists V : seq (seq (seq (seq K))), forall w Hs, all (mem (alphabet N)) w ->
    run cs (start N) w = Some Hs -> Hs \in V.

Definition answers : Prop := forall w, all (mem (alphabet N)) w -> answer sem N w <> None.

Lemma recognises_answers L : recognises sem N L -> answers.
Proof. by move=> rec w /rec ->. Qed.

Lemma answers_run w : answers -> all (mem (alphabet N)) w ->
  exists2 Hs, run cs (start N) w = Some Hs & last_output N Hs <> None.
Proof.
by move=> ans wN; move: (ans w wN); rewrite /answer; case: run => // Hs ok; exists Hs.
Qed.

Lemma closed_finitely_many Vs : answers -> closed_lists (loud sem N) Vs ->
  start N \in product Vs -> finitely_many.
Proof.
move=> ans cl st; exists (product Vs) => w; elim/last_ind: w => [|w x IH] Hs.
  by move=> _ [<-].
move=> wxN E; have [J EJ ok] := answers_run ans wxN.
move: wxN EJ E; rewrite all_rcons => /andP[xN wN].
rewrite run_rcons; case R: (run cs (start N) w) => [G|] //= A; rewrite A => -[<-].
exact: (advance_product cl (next_loud A ok) (IH _ wN R)).
Qed.

(* what follows from equal joint states *)
Theorem answers_repeat q (long : pred nat) L (p u : seq letter) :
  recognises sem N L -> finitely_many ->
  tame q long cs (start N) ->
  all (mem (alphabet N)) p -> all (mem (alphabet N)) u ->
  (forall i, i < size (layers N) -> long (q ^ i * size u)) ->
  exists n0, forall n, n0 <= n -> forall y, all (mem (alphabet N)) y ->
    L (p ++ power u (n + q ^ size (layers N)) ++ y) = L (p ++ power u n ++ y).
Proof.
move=> rec [V HV] tm pN uN lu.
have sz : size cs = size (layers N).
  rewrite -(size_map (cell_of sem) (layers N)) /cells.
  by elim: (map _ _) => //= c [|d ds] //= ->.
have [||n0 H] := powers_repeat (V := V) tm _ pN uN _.
  move=> w wN; have [J E _] := answers_run (recognises_answers rec) wN.
  by exists J => //; apply: HV E.
  by rewrite sz.
exists n0 => n /H E y yN.
have inN k : all (mem (alphabet N)) (p ++ power u k ++ y) by rewrite !all_cat pN yN all_power.
apply: Some_inj; rewrite -!rec // /answer !catA /run !foldl_cat.
by congr obind; congr foldl; move: E; rewrite sz /run !foldl_cat.
Qed.
End Network.

Definition reads_states (K : arith) (l : layer K) : bool :=
  if layer_readout l is States _ then true else false.

Theorem tables_finite (K : arith) (sem : semantics K) (N : network K) :
  (forall l, List.In l (layers N) -> reads_states l) -> answers sem N -> finitely_many sem N.
Proof.
pose V (l : layer K) := initial l :: (if layer_readout l is States t then map fst t else [::]).
move=> rs ans; apply: (@closed_finitely_many K sem N (map V (layers N))) => //.
  rewrite /loud; elim: (layers N) rs => //= l ls IH rs; split; last by apply: IH => *; apply: rs; right.
  move=> g H _ _; have := rs l (or_introl erefl); rewrite /reads_states /V inE /=.
  case: (layer_readout l) => //= t _; case E: assoc => [o|] // _.
  by rewrite (assoc_key E) orbT.
rewrite /start; elim: (layers N) {rs} => // l ls IH.
by rewrite ![map _ (_ :: _)]/= mem_product IH /V inE eqxx.
Qed.
