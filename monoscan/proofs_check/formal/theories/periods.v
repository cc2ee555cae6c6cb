(* How the joint state of a stack comes back along the powers of a word, whatever   *)
(* the arithmetic: the induction over layers that the lemmas share.                 *)
(*                                                                                  *)
(*    repeats m s == s (n + m) = s n from some n on                                 *)
(*   along gs H == the state after the maps gs, the first one first                 *)
(* short_cycles q long good c == compositions of `long` many moves of the cell c,   *)
(*                   applied to `good` states, make cycles only of lengths that     *)
(*                   divide q                                                       *)
(*  tame q long k cs == of the cells cs all but k have short cycles of length 1 (of  *)
(*                   compositions of any length), the others of q                   *)
(*  finitely_many sem N == finitely many joint states are reached                   *)
(*    power u n == u u ... u, n times                                               *)
(*                                                                                  *)
(* delay_short_cycles: a delay forgets, so it makes no cycle but fixed points.      *)
(* powers_repeat: if k cells have short cycles, all others make none, and finitely  *)
(*   many joint states are reached, the joint state after p u^n has period q^k in n *)
(*   from some n on.                                                                *)
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

Lemma assoc_In (A : eqType) (B : Type) (t : seq (A * B)) a b :
  assoc t a = Some b -> List.In (a, b) t.
Proof. by elim: t => //= -[k v] t IH; case: eqP => [->[->]|_ /IH]; [left|right]. Qed.

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
Definition move_of c (g : S -> S) : Prop := exists s, moves c s = Some g.

Definition short_cycles (q : nat) (long : pred nat) (good : S -> Prop) c : Prop :=
  (forall g H, move_of c g -> good H -> good (g H)) /\
  forall gs H p, long (size gs) -> (forall g, List.In g gs -> move_of c g) -> good H ->
    iter p.+1 (along gs) H = H -> iter q (along gs) H = H.

Lemma driven_repeats q long good c m (s : nat -> symbol) (H : nat -> S) (V : seq S) :
  short_cycles q long good c -> long m -> good (H 0) ->
  (forall t, exists2 g, moves c (s t) = Some g & H t.+1 = g (H t)) ->
  (forall t, H t \in V) -> repeats m s -> repeats (q * m) H.
Proof.
case=> keep cycles lm good0 drive HV [N HN].
pose g t := odflt id (moves c (s t)).
have gE t : H t.+1 = g t (H t) /\ move_of c (g t).
  by have [f E ->] := drive t; rewrite /g E; split=> //; exists (s t).
have goodH t : good (H t).
  by elim: t => // t IH; have [-> mv] := gE t; apply: keep.
have gM k t : N <= t -> g (t + k * m) = g t.
  move=> Nt; rewrite /g; congr (odflt id (moves c _)).
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

Definition in_short_cycles q' long' c H : Prop := exists2 good, short_cycles q' long' good c & good H.

Fixpoint tame (k : nat) cs (Hs : seq S) : Prop :=
  match cs, Hs with
  | c :: cs', H :: Hs' =>
      (in_short_cycles 1 predT c H /\ tame k cs' Hs') \/
      (if k is k'.+1 then in_short_cycles q long c H /\ tame k' cs' Hs' else False)
  | [::], [::] => True
  | _, _ => False
  end.

Lemma in_short_cycles_move q' long' c x heard f H : in_short_cycles q' long' c H ->
  moves c (symbol_of c x heard) = Some f -> in_short_cycles q' long' c (f H).
Proof.
by case=> good [keep cyc] gH E; exists good => //; apply: keep => //; exists (symbol_of c x heard).
Qed.

Lemma tame_advance k cs x Hs heard Hs' a :
  tame k cs Hs -> advance cs x Hs heard = Some (Hs', a) -> tame k cs Hs'.
Proof.
elim: cs k Hs heard Hs' a => [|c cs IH] k Hs heard Hs' a.
  by case: Hs => // _ [<-].
move=> tm /advance_consP[H [T [f [o [V [EH Ef _ A ->]]]]]]; move: tm; rewrite EH /=.
case=> [[gd tT]|]; [left | case: k => // k [gd tT]; right].
  by split; [apply: in_short_cycles_move gd Ef | apply: IH tT A].
by split; [apply: in_short_cycles_move gd Ef | apply: IH tT A].
Qed.

Lemma tame_run k cs Hs w Hs' : tame k cs Hs -> run cs Hs w = Some Hs' -> tame k cs Hs'.
Proof.
move=> tm; elim/last_ind: w Hs' => [|w x IH] Hs'; first by case=> <-.
rewrite run_rcons; case E: (run cs Hs w) => [J|] //=; rewrite /next.
by case A: advance => [[V b]|] //= [<-]; apply: tame_advance A; apply: IH.
Qed.

Lemma stack_repeats k cs m (x : nat -> letter) (Hs : nat -> seq S) (heard all_heard : nat -> seq output)
    (V : seq (seq S)) :
  (forall i, i < k -> long (q ^ i * m)) -> (forall t, x (t + m) = x t) -> tame k cs (Hs 0) ->
  (forall t, Hs t \in V) ->
  (forall t, advance cs (x t) (Hs t) (heard t) = Some (Hs t.+1, all_heard t)) ->
  repeats m heard -> repeats (q ^ k * m) Hs.
Proof.
elim: cs k m Hs heard V => [|c cs IH] k m Hs heard V lm xm tm HV adv rep.
  have nil t : Hs t = [::].
    case: t => [|t]; first by move: tm; case: (Hs 0).
    by move: (adv t) => /=; case: (Hs t) => // -[].
  by exists 0 => n _; rewrite !nil.
have [h0 _] : exists h : S, True by move: tm; case: (Hs 0) => // h; exists h.
pose H t := seq.head h0 (Hs t); pose T t := behead (Hs t).
pose sym t := symbol_of c (x t) (heard t).
pose o t := odflt (Truth false) (report c (H t) (H t.+1)).
have now t : exists g, [/\ moves c (sym t) = Some g, H t.+1 = g (H t), Hs t = H t :: T t &
    advance cs (x t) (T t) (rcons (heard t) (o t)) = Some (T t.+1, all_heard t)].
  have [G [U [f [p [W [HsE E R A HsSE]]]]]] := advance_consP (adv t).
  by exists f; rewrite /o /H /T HsE HsSE /= R.
have repS : repeats m sym.
  by case: rep => N HN; exists N => t /HN ht; rewrite /sym /symbol_of xm ht.
have onwards q' k' (long' : pred nat) : long' m -> in_short_cycles q' long' c (H 0) -> tame k' cs (T 0) ->
    (forall i, i < k' -> long (q ^ i * (q' * m))) -> repeats (q ^ k' * (q' * m)) Hs.
  move=> lm' [good sc good0] tm' lk.
  have repH : repeats (q' * m) H.
    apply: (driven_repeats (V := map (seq.head h0) V)) sc lm' good0 _ _ repS => t.
      by have [g [E HE _ _]] := now t; exists g.
    exact: map_f.
  have repO : repeats (q' * m) o.
    by case: repH => N HN; exists N => t Nt; rewrite /o -addSn !HN // (leq_trans Nt).
  have repT : repeats (q ^ k' * (q' * m)) T.
    apply: (IH k' (q' * m) T (fun t => rcons (heard t) (o t)) (map behead V)) => //.
    - by move=> t; elim: q' {lk repH repO sc} => [|j IHj]; rewrite ?addn0 // mulSn [m + _]addnC addnA xm.
    - by move=> t; apply: map_f.
    - by move=> t; have [g []] := now t.
    - exact: (repeats_comp (fun p : seq output * output => rcons p.1 p.2)
               (repeats_pair (repeats_mul q' rep) repO)).
  have repP := repeats_pair (repeats_mul (q ^ k') repH) repT.
  apply: repeats_eq (repeats_comp (fun p : S * seq S => p.1 :: p.2) repP) => t /=.
  by have [g [_ _ -> _]] := now t.
have HT : Hs 0 = H 0 :: T 0 by have [g [_ _ ->]] := now 0.
move: tm; rewrite HT /=; case=> [[sc tm']|].
  by have := onwards 1 k predT isT sc tm'; rewrite mul1n; apply.
case: k lm => // k lm [sc tm']; rewrite expnSr -mulnA; apply: onwards (sc) (tm') _.
  by have := lm 0 isT; rewrite mul1n.
by move=> i lt_i; rewrite mulnA -expnSr; apply: lm.
Qed.

Theorem powers_repeat k cs Hs (V : seq (seq S)) (xs : seq letter) (p u : seq letter) :
  tame k cs Hs ->
  (forall w, all (mem xs) w -> exists2 J, run cs Hs w = Some J & J \in V) ->
  all (mem xs) p -> all (mem xs) u -> (forall i, i < k -> long (q ^ i * size u)) ->
  exists n0, forall n, n0 <= n ->
    run cs Hs (p ++ power u (n + q ^ k)) = run cs Hs (p ++ power u n).
Proof.
move=> tm runs pN; case: u => [|x0 u'] inN lm.
  have nil j : power [::] j = [::] by rewrite /power; elim: j.
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
have [M HM] : repeats (q ^ k * m) J.
  apply: (stack_repeats (x := x) (heard := fun _ => [::]) (V := V)) adv _ => //.
  - by move=> t; rewrite /x modnDr.
  - exact: tame_run tm (runE 0).
  - by exists 0.
exists M => n le_n; rewrite !(power_mkseq x0) -/m -/x -/(w _) -/(w _) !runE; congr Some.
by rewrite mulnDl HM // (leq_trans le_n) // leq_pmulr.
Qed.
End Cells.

Lemma tame_quiet (S : eqType) q long k (cs : seq (cell S)) Hs :
  tame q long k cs Hs -> tame q long k (quiet_last cs) Hs.
Proof.
elim: cs k Hs => [|c cs IH] k [|H Hs] //; case: cs IH => [|d cs] IH; first by [].
by case=> [[gd tm]|]; [left | case: k => // k [gd tm]; right]; split=> //; apply: IH tm.
Qed.

(* a delay is a queue: after as many moves as it is long, it holds what came in since *)
Section Delays.
Variables (K : arith) (steps : nat).
Implicit Types (q vs : seq output).

Definition queue_of (H : state K) : Prop := exists2 q, H = inr q & size q = steps.+1.

Lemma along_push vs q : 0 < size q ->
  along (map (@push (seq (seq K))) vs) (inr q) = inr (drop (size vs) (q ++ vs)).
Proof.
elim: vs q => [|v vs IH] q q0 /=; first by rewrite cats0 drop0.
rewrite -[LHS]/(along (map (@push (seq (seq K))) vs) (inr (rcons (behead q) v))) IH ?size_rcons // cat_rcons.
by case: q q0.
Qed.

Lemma along_pushes vs q q' : 0 < size q -> size q' = size q -> size q <= size vs ->
  along (map (@push (seq (seq K))) vs) (inr q) = along (map (@push (seq (seq K))) vs) (inr q').
Proof.
by move=> q0 sq le_v; rewrite !along_push ?sq // !drop_cat sq ltnNge le_v.
Qed.

Lemma along_iter (T : eqType) (gs : seq (T -> T)) n H :
  iter n (along gs) H = along (flatten (nseq n gs)) H.
Proof.
elim: n H => //= n IH H; rewrite -iterS iterSr IH /along foldl_cat.
by [].
Qed.

Lemma push_settles v q j : 0 < size q -> size q <= j ->
  iter j (push v) (inr q) = inr (nseq (size q) v) :> state K.
Proof.
move=> q0 le_j; have -> : iter j (push v) (inr q : state K) = along (map (@push (seq (seq K))) (nseq j v)) (inr q).
  elim: j (inr q : state K) {le_j} => //= j IH H; rewrite -iterS iterSr IH.
  by [].
rewrite along_push // size_nseq drop_cat ltnNge le_j /=; congr inr.
by rewrite -{2}(subnK le_j) nseqD drop_size_cat ?size_nseq.
Qed.

Theorem delay_short_cycles i : short_cycles 1 predT queue_of (delay_cell K i).
Proof.
have keep v H : queue_of H -> queue_of (push v H).
  by case=> q -> sq; exists (rcons (behead q) v); rewrite // size_rcons size_behead sq.
split=> [g H [s [<-]]|gs H p _ mv HQ E]; first exact: keep.
have [vs gsE] : exists vs, gs = map (@push (seq (seq K))) vs.
  elim: gs mv {E} => [|g gs IH] mv; first by exists [::].
  have [vs ->] := IH (fun g' in_gs => mv g' (or_intror in_gs)).
  by have [s [<-]] := mv g (or_introl erefl); exists (taken s :: vs).
case: vs gsE => [|v vs] gsE; first by rewrite gsE.
have fQ G : queue_of G -> queue_of (along gs G).
  by rewrite gsE; elim: (v :: vs) G => //= u us IH G /(keep u)/IH.
pose J := steps.+1 * p.+1; have JE : iter J (along gs) H = H.
  by rewrite /J; elim: steps.+1 => // n IH; rewrite mulSn iterD IH.
have same G : queue_of G -> iter J (along gs) G = iter J (along gs) H.
  case=> q -> sq; case: HQ => q' -> sq'; rewrite !along_iter gsE.
  have -> n : flatten (nseq n (map (@push (seq (seq K))) (v :: vs))) = map (@push (seq (seq K))) (flatten (nseq n (v :: vs))).
    by elim: n => //= n ->; rewrite map_cat.
  apply: along_pushes; rewrite ?sq ?sq' //.
  have -> n : size (flatten (nseq n (v :: vs))) = n * (size vs).+1.
    by elim: n => //= n IH; rewrite size_cat IH mulSn.
  by rewrite /J -mulnA leq_pmulr // muln_gt0.
by rewrite /= -{2}JE -(same _ (fQ _ HQ)) -iterSr iterS JE.
Qed.
End Delays.

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

(* each of the cells stays in its list of states and says only outputs of the list O, as long as it
   hears such outputs and has one itself *)
Variables (xs : seq letter) (O : seq output).
Hypothesis O0 : Truth false \in O.
Fixpoint closed_lists (cs : seq (cell S)) (Vs : seq (seq S)) : Prop :=
  match cs, Vs with
  | c :: cs', V :: Vs' => (forall (s : symbol) g H o, s.1 \in xs -> {subset s.2 <= O} -> moves c s = Some g ->
      H \in V -> report c H (g H) = Some o -> g H \in V /\ o \in O) /\ closed_lists cs' Vs'
  | [::], [::] => True
  | _, _ => False
  end.

Lemma advance_product cs Vs (x : letter) Hs (heard : seq output) Hs' a : x \in xs -> {subset heard <= O} ->
  closed_lists cs Vs -> advance cs x Hs heard = Some (Hs', a) -> Hs \in product Vs ->
  Hs' \in product Vs.
Proof.
move=> xx; elim: cs Vs Hs heard Hs' a => [|c cs IH] [|V Vs] Hs heard Hs' a // hO.
  by case: Hs => // _ [<-].
case=> keep cl /advance_consP[H [T [f [o [W [-> E R A ->]]]]]].
rewrite !mem_product => /andP[HV TV].
have sO : {subset (symbol_of c x heard).2 <= O}.
  move=> _ /mapP[i _ ->]; have [lt_i|le_i] := ltnP i.-1 (size heard); first exact/hO/mem_nth.
  by rewrite nth_default.
have [fV oO] := keep (symbol_of c x heard) _ _ _ xx sO E HV R; rewrite fV /=; apply: IH cl A TV => v.
by rewrite mem_rcons inE => /predU1P[->|/hO].
Qed.
End Product.

Section Words.
Variable T : eqType.
Definition words (D : seq T) (n : nat) : seq (seq T) :=
  iter n (fun W => [seq a :: w | a <- D, w <- W]) [:: [::]].

Lemma mem_words (D : seq T) (w : seq T) n : size w = n -> all (mem D) w -> w \in words D n.
Proof.
move=> <-; elim: w => //= a w IH /andP[aD wD].
by apply/allpairsP; exists (a, w); split=> //; apply: IH.
Qed.

Lemma words_size (D : seq T) w n : w \in words D n -> size w = n.
Proof.
elim: n w => [|n IH] w; first by rewrite inE => /eqP ->.
by case/allpairsP=> -[a v] [_ /IH sv ->] /=; rewrite sv.
Qed.

Lemma words_all (D : seq T) w n : w \in words D n -> all (mem D) w.
Proof.
elim: n w => [|n IH] w; first by rewrite inE => /eqP ->.
by case/allpairsP=> -[a v] [aD /IH vD ->] /=; rewrite aD.
Qed.
End Words.

Lemma In_layers (K : arith) (N : network K) l : List.In l (layers N) <-> List.In (Recurrent l) (items N).
Proof.
rewrite /layers; elim: (items N) => //= -[k|of_ n] it [IH IH'] /=; split.
- by case=> [->|/IH]; auto.
- by case=> [[->]|/IH']; auto.
- by move=> /IH; auto.
- by case=> // /IH'.
Qed.

Section Network.
Variables (K : arith) (sem : semantics K) (N : network K).
Local Notation cs := (cells sem N).

Definition finitely_many : Prop :=
  exists V : seq (seq (state K)), forall w Hs, all (mem (alphabet N)) w ->
    run cs (start N) w = Some Hs -> Hs \in V.

Definition answers : Prop := forall w, all (mem (alphabet N)) w -> answer sem N w <> None.

Lemma recognises_answers L : recognises sem N L -> answers.
Proof. by move=> rec w /rec ->. Qed.

Lemma answers_run w : answers -> all (mem (alphabet N)) w ->
  exists2 Hs, run cs (start N) w = Some Hs & last_output N Hs <> None.
Proof.
by move=> ans wN; move: (ans w wN); rewrite /answer; case: run => // Hs ok; exists Hs.
Qed.

(* every delay is of one letter or more; so it is in well-formed networks *)
Definition delays_pos : Prop := forall i n, List.In (Delay K i n) (items N) -> 0 < n.

Lemma tame_items q (long : pred nat) (good : layer K -> state K -> Prop) : delays_pos ->
  (forall l, List.In l (layers N) -> short_cycles q long (good l) (layer_cell sem l)) ->
  (forall l, List.In l (layers N) -> good l (inl (initial l))) ->
  tame q long (size (layers N)) cs (start N).
Proof.
move=> pos sc st; apply: tame_quiet.
have {}sc l : List.In (Recurrent l) (items N) -> in_short_cycles q long (layer_cell sem l) (inl (initial l)).
  by move=> lN; exists (good l); [apply/sc/In_layers | apply/st/In_layers].
move: pos sc; rewrite /delays_pos /start /layers; elim: (items N) {st} => //= -[l|i n] it IH pos sc.
  right; split; first by apply: sc; left.
  by apply: IH => [i n in_it|l' l'it]; [apply: (pos i); right | apply: sc; right].
left; split; last by apply: IH => [j m in_it|l lit]; [apply: (pos j); right | apply: sc; right].
have := pos i n (or_introl erefl); case: n {pos sc} => // n _.
by exists (queue_of n); [apply: delay_short_cycles | exists (nseq n.+1 Nothing); rewrite ?size_nseq].
Qed.

(* a layer by its matrices alone *)
Definition matrix_cell (l : layer K) : cell (seq (seq K)) :=
  Cell (reads l) (assoc (map (fun entry => (entry.1, step sem entry.2)) (cases l)))
    (fun _ H => read_out (layer_readout l) H).

Lemma matrix_move l g : move_of (matrix_cell l) g ->
  exists s c, List.In (s, c) (cases l) /\ g = step sem c.
Proof.
case=> s /=; rewrite assoc_map; case E: assoc => [c|] //= -[<-].
by exists s, c; split=> //; apply: assoc_In E.
Qed.

Lemma layer_short_cycles q (long : pred nat) (good : seq (seq K) -> Prop) l :
  short_cycles q long good (matrix_cell l) ->
  short_cycles q long (fun H : state K => if H is inl A then good A else False) (layer_cell sem l).
Proof.
have lift g : move_of (layer_cell sem l) g ->
    exists2 f, g = on_matrix f & move_of (matrix_cell l) f.
  case=> s /=; rewrite (assoc_map (fun c => on_matrix (step sem c))).
  case E: assoc => [c|] //= -[<-]; exists (step sem c) => //.
  by exists s; rewrite /= assoc_map E.
case=> keep cyc; split=> [g [H|q'] //= /lift[f -> mf]|gs [H|q'] p lg mgs //= gH E].
  exact: keep.
have [fs gsE mfs] : exists2 fs, gs = map (@on_matrix K) fs &
    forall f, List.In f fs -> move_of (matrix_cell l) f.
  elim: gs mgs {lg E} => [|g gs IH] mgs; first by exists [::].
  have [f -> mf] := lift g (mgs g (or_introl erefl)).
  have [fs -> mfs] := IH (fun g' in_gs => mgs g' (or_intror in_gs)).
  by exists (f :: fs) => // f' [<-|/mfs].
have al A : along gs (inl A) = inl (along fs A).
  by rewrite gsE; elim: fs A {gsE mfs} => //= f fs IH A; apply: IH.
have it n A : iter n (along gs) (inl A) = inl (iter n (along fs) A).
  by elim: n => //= n ->; apply: al.
rewrite it; congr inl; apply: (cyc fs H p) => //; first by rewrite -(size_map (@on_matrix K)) -gsE.
by move: E; rewrite -iterS it => -[].
Qed.

(* all that can be said *)
Definition spoken (l : layer K) : seq output :=
  match layer_readout l with States t => map snd t | Thresholds _ t => map snd t end.
Definition said : seq output :=
  [:: Truth false, Nothing & map Text (alphabet N) ++ flatten (map spoken (layers N))].

Lemma read_out_spoken l H o : read_out (layer_readout l) H = Some o -> o \in spoken l.
Proof.
have val (A : eqType) (t : seq (A * output)) a b : assoc t a = Some b -> b \in map snd t.
  by elim: t => //= -[k v] t IH; rewrite inE; case: eqP => [_ [->]|_ /IH ->]; rewrite ?eqxx ?orbT.
by rewrite /spoken; case: layer_readout => [t|fs t] /val.
Qed.

Lemma closed_finitely_many Vs : answers -> closed_lists (alphabet N) said (loud sem N) Vs ->
  start N \in product Vs -> finitely_many.
Proof.
move=> ans cl st; exists (product Vs) => w; elim/last_ind: w => [|w x IH] Hs.
  by move=> _ [<-].
move=> wxN E; have [J EJ ok] := answers_run ans wxN.
move: wxN EJ E; rewrite all_rcons => /andP[xN wN].
rewrite run_rcons; case R: (run cs (start N) w) => [G|] //= A; rewrite A => -[<-].
by apply: (advance_product _ xN _ cl (next_loud A ok) (IH _ wN R)) => //; rewrite inE.
Qed.

(* layers that do not leave lists of matrices *)
Theorem layers_finite (V : layer K -> seq (seq (seq K))) : delays_pos -> answers ->
  (forall l, List.In l (layers N) -> initial l \in V l) ->
  (forall l s c H, List.In l (layers N) -> assoc (cases l) s = Some c -> H \in V l ->
     read_out (layer_readout l) (step sem c H) <> None -> step sem c H \in V l) ->
  finitely_many.
Proof.
move=> pos ans st keep.
pose states (i : item K) : seq (state K) :=
  match i with Recurrent l => map inl (V l) | Delay _ n => map inr (words said n) end.
have inl_V (H : seq (seq K)) l : (inl H \in [seq inl G : state K | G <- V l]) = (H \in V l).
  by rewrite mem_map // => G G' [].
have inr_V q n : (inr q \in [seq inr w : state K | w <- words said n]) = (q \in words said n).
  by rewrite mem_map // => w w' [].
have O1 : Nothing \in said by rewrite !inE.
apply: (@closed_finitely_many (map states (items N))) => //.
  have key : forall i, List.In i (items N) ->
      forall (s : symbol) g H o, s.1 \in alphabet N -> {subset s.2 <= said} ->
      moves (cell_of sem i) s = Some g -> H \in states i ->
      report (cell_of sem i) H (g H) = Some o -> g H \in states i /\ o \in said.
    case=> [l|j n] iN s g H o sN sO /=.
      have lN : List.In l (layers N) by apply/In_layers.
      rewrite (assoc_map (fun c => on_matrix (step sem c))); case E: assoc => [c|] //= -[<-] /mapP[G GV ->] /= ro.
      have ne : read_out (layer_readout l) (step sem c G) <> None by rewrite ro.
      rewrite inl_V (keep l s c G lN E GV ne); split=> //.
      rewrite !inE mem_cat; do 3!(apply/orP; right); apply/flattenP; exists (spoken l).
        by elim: (layers N) lN => //= k ks IH [->|/IH]; rewrite inE ?eqxx // => ->; rewrite orbT.
      exact: read_out_spoken ro.
    case=> <- /mapP[q qV ->] /= ho; rewrite inr_V.
    have sq := words_size qV; have /allP aq := words_all qV; have n0 := pos j n iN.
    split; last by case: q ho aq {qV sq} => //= v q [<-] aq; apply: aq; rewrite inE eqxx.
    apply: mem_words; first by rewrite size_rcons size_behead sq prednK.
    rewrite all_rcons; apply/andP; split; last first.
      by apply/allP => v vq; apply: aq; case: (q) vq => //= u q' vq; rewrite inE vq orbT.
    rewrite /taken; case E: s.2 sO => [|v vs] sO /=; last by apply: sO; rewrite inE eqxx.
    by rewrite !inE mem_cat map_f ?orbT.
  rewrite /loud; elim: (items N) key => //= i it IH key; split; first by apply: key; left.
  by apply: IH => j jit; apply: key; right.
rewrite /start; have key : forall i, List.In i (items N) -> item_start i \in states i.
  case=> [l|j n] iN /=; first by rewrite inl_V st //; apply/In_layers.
  by rewrite inr_V mem_words ?size_nseq // all_nseq /= O1 orbT.
elim: (items N) key => // i it IH key.
rewrite ![map _ (_ :: _)]/= mem_product key /=; last by left.
by apply: IH => j jit; apply: key; right.
Qed.

(* what follows from equal joint states *)
Theorem answers_repeat q (long : pred nat) L (p u : seq letter) :
  recognises sem N L -> finitely_many ->
  tame q long (size (layers N)) cs (start N) ->
  all (mem (alphabet N)) p -> all (mem (alphabet N)) u ->
  (forall i, i < size (layers N) -> long (q ^ i * size u)) ->
  exists n0, forall n, n0 <= n -> forall y, all (mem (alphabet N)) y ->
    L (p ++ power u (n + q ^ size (layers N)) ++ y) = L (p ++ power u n ++ y).
Proof.
move=> rec [V HV] tm pN uN lu.
have [|n0 H] := powers_repeat (V := V) tm _ pN uN lu.
  move=> w wN; have [J E _] := answers_run (recognises_answers rec) wN.
  by exists J => //; apply: HV E.
exists n0 => n /H E y yN.
have inN k : all (mem (alphabet N)) (p ++ power u k ++ y) by rewrite !all_cat pN yN all_power.
apply: Some_inj; rewrite -!rec // /answer !catA /run !foldl_cat.
by congr obind; congr foldl; move: E; rewrite /run !foldl_cat.
Qed.
End Network.

Definition reads_states (K : arith) (l : layer K) : bool :=
  if layer_readout l is States _ then true else false.

Theorem tables_finite (K : arith) (sem : semantics K) (N : network K) : delays_pos N ->
  (forall l, List.In l (layers N) -> reads_states l) -> answers sem N -> finitely_many sem N.
Proof.
move=> pos rs ans; pose V (l : layer K) :=
  initial l :: (if layer_readout l is States t then map fst t else [::]).
apply: (@layers_finite K sem N V) => //; first by move=> l _; rewrite inE eqxx.
move=> l s c H lN _ _; have := rs l lN; rewrite /reads_states /V inE.
case: (layer_readout l) => //= t _; case E: assoc => [o|] // _.
by rewrite (assoc_key E) orbT.
Qed.
