(* Theorem 1 of Grazzi et al. (2411.12537) for the networks of the tool, in exact   *)
(* arithmetic: stacks of any depth, read-outs by tables of states or by linear      *)
(* thresholds.                                                                      *)
(*                                                                                  *)
(*  shaped l == the matrices of the layer l fit                                     *)
(*  nonneg_on x l == so it is for A(s) of the layer l, for every symbol s with the  *)
(*                   letter x                                                       *)
(*     parity x w == whether x occurs in w an even number of times                  *)
(*                                                                                  *)
(* answers_settle: if all layers of a well-formed network are nonneg_on x, and the  *)
(*   network answers to every p x^n, then its answer to p x^n is constant from some *)
(*   n on.                                                                            *)
(* no_parity: it does not recognise parity.                                         *)
(* _archi: constructively over an Archimedean field. _em: over every real field,    *)
(* with excluded middle as a hypothesis.                                            *)
From mathcomp Require Import all_ssreflect all_algebra.
From Monoscan Require Import sign_lemma matrix_form arithmetic network well_formed shapes.
From Monoscan Require Import list_matrices periods regions.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Lemma all_In (A : Type) (p : pred A) s x : all p s -> List.In x s -> p x.
Proof. by elim: s => //= y s IH /andP[py ps] [<-|/IH]; [|apply]. Qed.

(* s n is the same from some n on *)
Definition settles (T : Type) (s : nat -> T) : Prop :=
  exists N, forall n, (N <= n)%N -> s n = s N.

Lemma settles_comp (S T : Type) (f : S -> T) (s : nat -> S) :
  settles s -> settles (fun n => f (s n)).
Proof. by case=> N HN; exists N => n /HN->. Qed.

Lemma settles_pair (S T : Type) (s : nat -> S) (t : nat -> T) :
  settles s -> settles t -> settles (fun n => (s n, t n)).
Proof.
case=> N HN [M HM]; exists (maxn N M) => n; rewrite geq_max => /andP[/HN-> /HM->].
by rewrite (HN _ (leq_maxl N M)) (HM _ (leq_maxr N M)).
Qed.

Lemma settles_eq (T : Type) (s t : nat -> T) : s =1 t -> settles s -> settles t.
Proof. by move=> st [N HN]; exists N => n /HN; rewrite !st. Qed.

Lemma settles_shift (T : Type) (s : nat -> T) k : settles (fun n => s (k + n)%N) -> settles s.
Proof.
case=> N HN; exists (k + N)%N => n le_n; have kn : (k <= n)%N.
  exact: leq_trans (leq_addr _ _) le_n.
by rewrite -(subnKC kn); apply: HN; rewrite leq_subRL.
Qed.

Local Arguments step : simpl never.

Section Stack.
Variable R : realFieldType.
Local Notation K := (arith_of R).

Definition rows (l : layer K) := size (initial l).
Definition columns (l : layer K) := width (initial l).
Definition case_matrix (l : layer K) (c : case K) : 'M[R]_(rows l) :=
  mx (rows l) (rows l) (transition_matrix (case_A c)).

Definition shaped_readout n d (r : readout K) : Prop :=
  match r with
  | States table => all (fun H => has_shape n d H) (map fst table)
  | Thresholds fs _ => all (fun f => has_shape n d (weights f)) fs
  end.

Definition shaped (l : layer K) : Prop :=
  [/\ (0 < rows l)%N, has_shape (rows l) (columns l) (initial l),
      shaped_readout (rows l) (columns l) (layer_readout l) &
      forall s c, List.In (s, c) (cases l) ->
        has_shape (rows l) (rows l) (transition_matrix (case_A c)) /\
        has_shape (rows l) (columns l) (case_B c)].

Definition nonneg_on (x : letter) (l : layer K) : Prop :=
  forall s c, List.In (s, c) (cases l) -> s.1 = x -> splits_nonneg (case_matrix l c).

Definition parity (x : letter) (w : seq letter) : output := Truth (~~ odd (count_mem x w)).

Lemma step_shape l s c H : shaped l -> List.In (s, c) (cases l) ->
  has_shape (rows l) (columns l) H ->
  has_shape (rows l) (columns l) (step (@Exact K) c H) /\
  mx (rows l) (columns l) (step (@Exact K) c H) =
    case_matrix l c *m mx (rows l) (columns l) H + mx (rows l) (columns l) (case_B c).
Proof.
case=> n0 _ _ /(_ s c) shc cl sH; have [sA sB] := shc cl.
have [sAH mAH] := mulm_shape sA sH n0.
by have [sS mS] := addm_shape sAH sB; split=> //; rewrite mS mAH.
Qed.

Lemma ok_layer_shaped xs lower (l : layer K) : ok_layer xs lower l -> shaped l.
Proof.
case/and5P=> n0 _ si _ /and5P[_ okc _ _ okr]; split=> //.
  case: (layer_readout l) okr => [table|fs table] /=; last by case/and4P.
  by case/andP=> /allP okt _; apply/allP => H /mapP[e et ->]; apply: okt.
by move=> s c cl; case/and4P: (all_In okc cl) => _ _ /ok_transition_shape.
Qed.

Lemma ok_network_shaped (N : network K) l : ok_network N -> List.In l (layers N) -> shaped l.
Proof.
by move=> okN /In_layers lN; have [below /ok_layer_shaped] := ok_network_item okN lN.
Qed.

(* both forms of the sign lemma enter here *)
Hypothesis sign : forall rs (s : nat -> R),
  all (fun r => 0 <= r) rs -> annihilates rs s -> ev_sign s.

Section Orbit.
Variables (n d : nat) (A : 'M[R]_n) (B : 'M[R]_(n, d)) (X : nat -> 'M[R]_(n, d)).
Hypotheses (n0 : (0 < n)%N) (XS : forall k, X k.+1 = A *m X k + B) (nonneg : splits_nonneg A).

Lemma threshold_orbit (phi : 'M[R]_(n, d) -> R) theta :
  (forall a u v, phi (a *: u + v) = a * phi u + phi v) ->
  settles (fun k => Num.sg (phi (X k) - theta)).
Proof.
case: n A B X XS n0 nonneg phi => // m A' B' X' XS' _ [rs [rs0 chi]] phi lin.
have [N HN] := @threshold_settles R sign m d A' B' X' XS' rs rs0 chi phi theta lin.
by exists N => k Nk; apply: HN.
Qed.

Lemma finite_orbit (V : seq 'M[R]_(n, d)) : (forall k, X k \in V) -> settles X.
Proof.
case: n A B X XS n0 nonneg V => // m A' B' X' XS' _ [rs [rs0 chi]] V XV.
exact: (@finite_orbit_settles R sign m d A' B' X' XS' rs rs0 chi V XV).
Qed.
End Orbit.

Lemma holds_sg (f : functional K) H : holds f H =
  if strict f then Num.sg (functional_value f H - bound f : R) == 1
  else Num.sg (functional_value f H - bound f : R) != -1.
Proof.
rewrite /holds /= sgr_cp0 subr_gt0 sgr_cp0 subr_lt0.
by case: strict; rewrite ?lt_def.
Qed.

Lemma functional_value_shape n d (f : functional K) H :
  has_shape n d (weights f) -> has_shape n d H ->
  functional_value f H = \sum_i \sum_j mx n d (weights f) i j * mx n d H i j.
Proof. exact: sum_dot_shape. Qed.

(* one layer along an affine map *)
Lemma readout_settles (l : layer K) (A : 'M[R]_(rows l)) B (H : nat -> seq (seq K)) :
  shaped l -> splits_nonneg A -> (forall k, has_shape (rows l) (columns l) (H k)) ->
  (forall k, mx (rows l) (columns l) (H k.+1) = A *m mx (rows l) (columns l) (H k) + B) ->
  (forall k, read_out (layer_readout l) (H k) <> None) ->
  settles (fun k => read_out (layer_readout l) (H k)).
Proof.
move=> shl nonneg sH XS ok.
pose X k := mx (rows l) (columns l) (H k); have [n0 _ shr _] := shl.
case: (layer_readout l) shr ok => [table|fs table] /= shr ok.
- apply: (settles_comp (fun H => assoc table H)).
  have inV k : X k \in [seq mx (rows l) (columns l) G | G <- map fst table].
    apply/map_f; case E: (assoc table (H k)) (ok k) => [o|] // _; exact: assoc_key E.
  have [N HN] := finite_orbit n0 XS nonneg inV.
  by exists N => k /HN XkN; apply: mx_inj (sH k) (sH N) XkN.
- apply: (settles_comp (fun bits => assoc table bits)).
  elim: fs shr {ok} => [|f fs IH] /=; first by exists 0%N.
  case/andP=> shf /IH sfs; pose phi (Y : 'M[R]_(rows l, columns l)) :=
    \sum_i \sum_j mx (rows l) (columns l) (weights f) i j * Y i j.
  have lin a u v : phi (a *: u + v) = a * phi u + phi v.
    rewrite /phi mulr_sumr -big_split; apply: eq_bigr => i _ /=.
    rewrite mulr_sumr -big_split; apply: eq_bigr => j _ /=.
    by rewrite !mxE mulrDr mulrCA.
  have sg := @threshold_orbit _ _ _ _ X n0 XS nonneg phi (bound f) lin.
  have sf : settles (fun k => holds f (H k)).
    apply: settles_eq (settles_comp (fun e => if strict f then e == 1 else e != -1) sg) => k.
    by rewrite holds_sg (functional_value_shape shf (sH k)).
  exact: (settles_comp (fun p : bool * seq bool => p.1 :: p.2) (settles_pair sf sfs)).
Qed.

(* states of the shapes of the items *)
Definition item_fit (i : item K) (H : state K) : Prop :=
  match i, H with
  | Recurrent l, inl A => has_shape (rows l) (columns l) A
  | Delay _ n, inr q => (0 < n)%N /\ size q = n
  | _, _ => False
  end.
Fixpoint fit (it : seq (item K)) (Hs : seq (state K)) : Prop :=
  match it, Hs with
  | i :: it', H :: Hs' => item_fit i H /\ fit it' Hs'
  | [::], [::] => True
  | _, _ => False
  end.

Definition good_item (i : item K) : Prop :=
  match i with Recurrent l => shaped l | Delay _ n => (0 < n)%N end.

Lemma ok_network_good (N : network K) i : ok_network N -> List.In i (items N) -> good_item i.
Proof.
case: i => [l|j n] okN iN /=; last exact: ok_delays_pos okN j n iN.
by apply: ok_network_shaped okN _; apply/In_layers.
Qed.

Lemma fit_start it : (forall i, List.In i it -> good_item i) -> fit it (map (@item_start K) it).
Proof.
elim: it => //= i it IH good; split; last by apply: IH => j jit; apply: good; right.
have := good i (or_introl erefl); case: i {good} => [l []|j n n0] //=.
by rewrite size_nseq.
Qed.

Lemma fit_move i (s : symbol) f H : good_item i -> item_fit i H ->
  moves (cell_of (@Exact K) i) s = Some f -> item_fit i (f H).
Proof.
case: i H => [l|j n] [A|q] //= good.
  rewrite (assoc_map (fun c => on_matrix (step (Exact K) c))); case E: assoc => [e|] //= sA -[<-].
  by have [] := step_shape good (assoc_In E) sA.
case=> _ sq [<-] /=; split=> //.
by rewrite size_rcons size_behead sq prednK.
Qed.

Lemma fit_advance it x Hs heard Hs' a : (forall i, List.In i it -> good_item i) -> fit it Hs ->
  advance (quiet_last (map (cell_of (@Exact K)) it)) x Hs heard = Some (Hs', a) -> fit it Hs'.
Proof.
elim: it Hs heard Hs' a => [|i it IH] Hs heard Hs' a good; first by case: Hs => // _ [<-].
case: Hs => // H Hs [sH fHs] A; pose c := cell_of (@Exact K) i.
have {}A : advance ((if it is [::] then quiet c else c) ::
    quiet_last (map (cell_of (@Exact K)) it)) x (H :: Hs) heard = Some (Hs', a).
  by move: A; case: (it).
have [G [T [f [o [W [[<- <-] Ef _ AW ->]]]]]] := advance_consP A.
split; last by apply: IH fHs AW => k kit; apply: good; right.
apply: fit_move (good i (or_introl erefl)) sH _.
by move: Ef; rewrite /c; case: (it) => [|? ?]; apply.
Qed.

Lemma fit_run (N : network K) w Hs : ok_network N ->
  run (cells (@Exact K) N) (start N) w = Some Hs -> fit (items N) Hs.
Proof.
move=> okN; have good i : List.In i (items N) -> good_item i by exact: ok_network_good.
elim/last_ind: w Hs => [|w x IH] Hs; first by case=> <-; apply: fit_start.
rewrite run_rcons; case E: (run _ _ w) => [J|] //=; rewrite /next.
by case A: advance => [[V a]|] //= [<-]; apply: fit_advance good (IH J E) A.
Qed.

(* a delay of what settles settles *)
Lemma delay_settles n (s : nat -> symbol) (H : nat -> state K) : (0 < n)%N ->
  (forall k, H k.+1 = push (taken (s k)) (H k)) -> (exists2 q, H 0%N = inr q & size q = n) ->
  settles s -> settles (fun k => handed_on (H k)).
Proof.
move=> n0 HS H0 [N sN]; exists (N + n)%N => k le_k; congr handed_on.
have [q qE sq] : exists2 q, H N = inr q & size q = n.
  elim: (N) => // m [q qE sq]; exists (rcons (behead q) (taken (s m))); first by rewrite HS qE.
  by rewrite size_rcons size_behead sq prednK.
have E j : H (N + j)%N = iter j (push (taken (s N))) (H N).
  by elim: j => [|j IH]; rewrite ?addn0 // addnS HS iterS IH sN ?leq_addr.
have Nk : (N <= k)%N := leq_trans (leq_addr _ _) le_k.
by rewrite -(subnKC Nk) !E qE !push_settles ?sq // leq_subRL.
Qed.

(* the items from one on, driven by outputs below that settle *)
Lemma advance_settles (x : letter) (it : seq (item K)) (Hs : nat -> seq (state K))
    (heard all_heard : nat -> seq output) :
  (forall i, List.In i it -> good_item i) ->
  (forall l, List.In (Recurrent l) it -> nonneg_on x l) -> fit it (Hs 0%N) ->
  (forall k, advance (map (cell_of (@Exact K)) it) x (Hs k) (heard k) =
             Some (Hs k.+1, all_heard k)) ->
  settles heard -> settles all_heard.
Proof.
elim: it Hs heard all_heard => [|i it IH] Hs heard all_heard good nonneg fit0 HsS sett.
  by apply: settles_eq sett => k; move: (HsS k); rewrite /=; case: (Hs k) => [|? ?] // [].
pose c := cell_of (@Exact K) i.
pose H k := seq.head (inr [::]) (Hs k); pose T k := behead (Hs k).
pose sym k := symbol_of c x (heard k).
pose o k := odflt (Truth false) (report c (H k) (H k.+1)).
have now k : exists f, [/\ moves c (sym k) = Some f, H k.+1 = f (H k),
    report c (H k) (H k.+1) = Some (o k) &
    advance (map (cell_of (@Exact K)) it) x (T k) (rcons (heard k) (o k)) =
      Some (T k.+1, all_heard k)].
  have [G [U [f [q [V [HsE Ef E A HsSE]]]]]] := advance_consP (HsS k).
  by exists f; rewrite /o /H /T HsE HsSE /= E.
have goodi := good i (or_introl erefl).
have fitH k : item_fit i (H k).
  elim: k => [|k IHk]; first by rewrite /H; case: (Hs 0%N) fit0 => // G U [].
  by have [f [Ef -> _ _]] := now k; apply: fit_move goodi IHk Ef.
have sett_sym : settles sym := settles_comp (fun h => symbol_of c x h) sett.
have sett_o : settles o.
  rewrite /o; have {}now k : exists2 f, moves c (sym k) = Some f & H k.+1 = f (H k) /\
      report c (H k) (H k.+1) <> None by have [f [Ef HE E _]] := now k; exists f; rewrite ?E.
  rewrite {}/o {T HsS fit0} in IH *; move: goodi fitH now sett_sym nonneg; rewrite {}/sym {}/c.
  case: i {good} => [l|j n] goodi fitH now sett_sym nonneg; last first.
    have {}now k : H k.+1 = push (taken (symbol_of (delay_cell K j) x (heard k))) (H k).
      by have [f [<-] []] := now k.
    apply: (settles_comp (odflt (Truth false))); apply: delay_settles goodi now _ sett_sym.
    by have := fitH 0%N; case: (H 0%N) => //= q [_ sq]; exists q.
  have nnl := nonneg l (or_introl erefl); case: sett_sym => N symN.
  pose M k := if H k is inl A then A else [::].
  have HM k : H k = inl (M k) by rewrite /M; have := fitH k; case: (H k).
  have sM k : has_shape (rows l) (columns l) (M k) by have := fitH k; rewrite HM.
  have mv k : exists2 e, assoc (cases l) (symbol_of (layer_cell (Exact K) l) x (heard k)) = Some e &
      M k.+1 = step (Exact K) e (M k).
    have [f Ef [HE _]] := now k; move: Ef HE; rewrite /= (assoc_map (fun c => on_matrix (step (Exact K) c))).
    by case E: assoc => [e|] //= -[<-]; rewrite !HM => -[->]; exists e.
  have [e eN _] := mv N; have cl := assoc_In eN.
  have MS k : (N <= k)%N -> M k.+1 = step (@Exact K) e (M k).
    by move=> Nk; have [e' e'k ->] := mv k; move: e'k; rewrite symN // eN => -[->].
  have ok k : read_out (layer_readout l) (M k.+1) <> None.
    by have [f _ []] := now k; rewrite !HM.
  apply: (@settles_shift _ _ N).
  have sett_r : settles (fun k => read_out (layer_readout l) (M (N + k).+1)).
    apply: (@readout_settles l _ (mx (rows l) (columns l) (case_B e))
              (fun k => M (N + k).+1) goodi (nnl _ _ cl _)) => // k.
    rewrite addnS MS ?leqW ?leq_addr //.
    by have [] := step_shape goodi cl (sM (N + k).+1).
  apply: settles_eq (settles_comp (odflt (Truth false)) sett_r) => k.
  by rewrite /= HM.
apply: (IH T (fun k => rcons (heard k) (o k)) all_heard).
- by move=> j jit; apply: good; right.
- by move=> l lit; apply: nonneg; right.
- by rewrite /T; case: (Hs 0%N) fit0 => // G U [].
- by move=> k; have [f [_ _ _ ->]] := now k.
- exact: (settles_comp (fun p => rcons p.1 p.2) (settles_pair sett sett_o)).
Qed.

Lemma advance_last (sem : semantics K) x i it Hs heard Hs' a :
  advance (map (cell_of sem) (i :: it)) x Hs heard = Some (Hs', a) -> is_layer (last i it) ->
  item_output (last i it) (last (inr [::]) Hs') = Some (last (Truth false) a).
Proof.
elim: it i Hs heard Hs' a => [|j it IH] i Hs heard Hs' a.
  case/advance_consP=> H [T [f [o [V [_ _ E A ->]]]]] /=.
  case: T A => // -[<- <-]; rewrite last_rcons -E.
  by case: i E => // l.
case/advance_consP=> H [T [f [o [V [_ _ _ A ->]]]]] il.
have := IH _ _ _ _ _ A il; have [G [U [g [q [W [_ _ _ _ ->]]]]]] := advance_consP A.
by [].
Qed.

(* the answers to p x^n, if there are any *)
Theorem answers_settle (N : network K) (p : seq letter) (x : letter) :
  ok_network N -> (forall l, List.In l (layers N) -> nonneg_on x l) ->
  (forall n, answer (@Exact K) N (p ++ nseq n x) <> None) ->
  settles (fun n => answer (@Exact K) N (p ++ nseq n x)).
Proof.
move=> okN nonneg ok; pose cs := cells (@Exact K) N; pose w n := p ++ nseq n x.
have wS n : w n.+1 = rcons (w n) x by rewrite /w -addn1 nseqD catA cats1.
pose Hs n := odflt [::] (run cs (start N) (w n)).
have runE n : run cs (start N) (w n) = Some (Hs n).
  by move: (ok n); rewrite /answer -/cs -/(w n) /Hs; case: run.
have nextE n : next cs (Hs n) x = Some (Hs n.+1).
  by move: (runE n.+1); rewrite wS run_rcons runE.
pose all_heard n := odflt [::] (omap snd (advance (loud (@Exact K) N) x (Hs n) [::])).
have adv n : advance (loud (@Exact K) N) x (Hs n) [::] = Some (Hs n.+1, all_heard n).
  by apply: next_loud (nextE n) _; move: (ok n.+1); rewrite /answer -/cs -/(w _) runE.
have sett : settles all_heard.
  apply: (advance_settles _ _ _ adv); last by exists 0%N.
  - by move=> i; apply: ok_network_good.
  - by move=> l lN; apply/nonneg/In_layers.
  - exact: fit_run okN (runE 0%N).
have E n : answer (@Exact K) N (w n.+1) = Some (last (Truth false) (all_heard n)).
  rewrite /answer -/cs runE /= /last_output; case L: (items N) => [|i it].
    by case: (ok 0%N); rewrite /answer /last_output L; case: run.
  move: (adv n); rewrite /loud L => /advance_last; apply.
  by case/and3P: okN => _; rewrite L -(last_map (@is_layer K)).
apply: (@settles_shift _ _ 1).
apply: settles_eq (settles_comp (fun a => Some (last (Truth false) a)) sett) => n.
by rewrite add1n -E.
Qed.

Lemma parity_nseq x n : parity x (nseq n x) = Truth (~~ odd n).
Proof. by rewrite /parity count_nseq /= eqxx mul1n. Qed.

Theorem no_parity (N : network K) (x : letter) : x \in alphabet N ->
  ok_network N -> (forall l, List.In l (layers N) -> nonneg_on x l) ->
  ~ recognises (@Exact K) N (parity x).
Proof.
move=> xN okN nonneg rec.
have E n : answer (@Exact K) N (nseq n x) = Some (Truth (~~ odd n)).
  by rewrite -(parity_nseq x); apply: rec; rewrite all_nseq /= xN orbT.
have [|M HM] := @answers_settle N [::] x okN nonneg; first by move=> n; rewrite /= E.
have := HM M.+1 (leqnSn M); rewrite -[[::] ++ nseq M x]/(nseq M x).
by rewrite -[[::] ++ nseq M.+1 x]/(nseq M.+1 x) !E /= => -[]; case: odd.
Qed.
End Stack.

Corollary answers_settle_archi (R : archiFieldType) (N : network (arith_of R)) p (x : letter) :
  ok_network N -> (forall l, List.In l (layers N) -> nonneg_on x l) ->
  (forall n, answer (Exact _) N (p ++ nseq n x) <> None) ->
  settles (fun n => answer (Exact _) N (p ++ nseq n x)).
Proof. exact: answers_settle (@sign_lemma R) N p x. Qed.

Corollary answers_settle_em (em : forall P : Prop, P \/ ~ P) (R : realFieldType)
    (N : network (arith_of R)) p (x : letter) :
  ok_network N -> (forall l, List.In l (layers N) -> nonneg_on x l) ->
  (forall n, answer (Exact _) N (p ++ nseq n x) <> None) ->
  settles (fun n => answer (Exact _) N (p ++ nseq n x)).
Proof. exact: answers_settle (@sign_lemma_classical em R) N p x. Qed.

Corollary no_parity_archi (R : archiFieldType) (N : network (arith_of R)) (x : letter) :
  x \in alphabet N -> ok_network N -> (forall l, List.In l (layers N) -> nonneg_on x l) ->
  ~ recognises (Exact _) N (parity x).
Proof. exact: no_parity (@sign_lemma R) N x. Qed.

Corollary no_parity_em (em : forall P : Prop, P \/ ~ P) (R : realFieldType)
    (N : network (arith_of R)) (x : letter) :
  x \in alphabet N -> ok_network N -> (forall l, List.In l (layers N) -> nonneg_on x l) ->
  ~ recognises (Exact _) N (parity x).
Proof. exact: no_parity (@sign_lemma_classical em R) N x. Qed.
