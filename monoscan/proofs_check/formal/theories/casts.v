(* Casts that come to rest along linear recurrences, and one layer under            *)
(* cast-unrolled (unrolled.v) along a word that is repeated.                        *)
(*                                                                                  *)
(*     settling r == r (s n) is constant from some n on, for every sequence s that  *)
(*                   a product of factors (shift - l), all l >= 0, turns into 0     *)
(*        steps r == r x depends on how x compares with finitely many numbers only  *)
(*    nearest D x == the member of D that is nearest to x, the earlier one half way *)
(* cast_repeats r q A == the casts of the entries of A^k V have period q in k, from *)
(*                   some k on, for every V                                         *)
(*                                                                                  *)
(* steps_settling: over Archimedean fields steps r makes r settling.                *)
(* nearest_steps: nearest D is such a cast.                                         *)
(* rounding_settling: so is every non-decreasing cast with finitely many values,    *)
(*   over any ordered field, with excluded middle.                                  *)
(* nonneg_cast_repeats, real_cast_repeats: if char_poly A is a product of 'X - l%:P *)
(*   the casts repeat with q = 1 if all l >= 0, with q = 2 else.                    *)
(* window_repeats: if A, B have period m and products of m matrices are such, the   *)
(*   cast of the sum of the cast terms has period q m from some step on.            *)
From mathcomp Require Import all_ssreflect all_algebra.
From Monoscan Require Import sign_lemma matrix_form arithmetic network periods.
From Monoscan Require Import monotone_stack exact_stack regions nonnegative_spectrum.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Lemma settles_repeats (T : Type) (s : nat -> T) : settles s <-> repeats 1 s.
Proof.
split=> -[N HN]; exists N => n Nn; first by rewrite addn1 (HN n.+1) ?(HN n) // leqW.
rewrite -(subnKC Nn); elim: (n - N)%N => [|k IH]; first by rewrite addn0.
by rewrite addnS -addn1 HN ?leq_addr.
Qed.

Lemma repeats_shift (T : Type) m (s : nat -> T) k : repeats m s -> repeats m (fun n => s (n + k)%N).
Proof.
by case=> N HN; exists N => n Nn; rewrite addnAC HN // (leq_trans Nn) ?leq_addr.
Qed.

Lemma repeats_later (T : Type) m (s : nat -> T) k : repeats m (fun n => s (k + n)%N) -> repeats m s.
Proof.
case=> N HN; exists (k + N)%N => n le_n; have kn : (k <= n)%N := leq_trans (leq_addr _ _) le_n.
by rewrite -(subnKC kn) -addnA HN // leq_subRL.
Qed.

(* in each class of residues *)
Lemma residues_repeat (T : Type) m q N (s : nat -> T) : (0 < m)%N ->
  (forall j, (j < m)%N -> repeats q (fun k => s (N + j + k * m)%N)) -> repeats (q * m) s.
Proof.
move=> m0 rep; pose P j k := (j < m)%N -> s (N + j + (k + q) * m)%N = s (N + j + k * m)%N.
have ev j : eventually (P j).
  have [/rep[K HK]|le_j] := ltnP j m; first by exists K => k Kk _; apply: HK.
  by exists 0%N => k _; rewrite /P ltnNge le_j.
have [K HK] := eventually_all (iota 0 m) ev; exists (N + K * m)%N => t le_t.
have Nt : (N <= t)%N := leq_trans (leq_addr _ _) le_t.
have [j [k [lt_j Kk tE]]] : exists j k, [/\ (j < m)%N, (K <= k)%N & t = (N + j + k * m)%N].
  exists ((t - N) %% m)%N, ((t - N) %/ m)%N; rewrite ltn_mod m0 leq_divRL // leq_subRL // le_t.
  by split=> //; rewrite -addnA [((t - N) %% m + _)%N]addnC -divn_eq subnKC.
have := HK k Kk j; rewrite mem_iota /= add0n lt_j => /(_ isT lt_j).
by rewrite tE mulnDl addnA.
Qed.

Lemma repeats_all (I : eqType) (T : Type) m (xs : seq I) (s : I -> nat -> T) :
  (forall i, repeats m (s i)) ->
  exists N, forall n, (N <= n)%N -> forall i, i \in xs -> s i (n + m)%N = s i n.
Proof. by move=> rep; apply: eventually_all => i; apply: rep. Qed.

Section Sequences.
Variable R : realFieldType.
Implicit Types (s t : nat -> R) (rs : seq R).

Lemma foldr_shiftB_lin s t c rs n :
  foldr shiftB (fun n => s n + c * t n) rs n = foldr shiftB s rs n + c * foldr shiftB t rs n.
Proof.
elim: rs n => //= l rs IH n; rewrite /shiftB !IH mulrDr opprD addrACA; congr (_ + _).
by rewrite mulrBr [l * (c * _)]mulrCA.
Qed.

Lemma annihilates_lin s t c rs : annihilates rs s -> annihilates rs t ->
  annihilates rs (fun n => s n + c * t n).
Proof. by move=> as_ at_ n; rewrite foldr_shiftB_lin as_ at_ mulr0 addr0. Qed.

Lemma annihilates_eq s t rs : s =1 t -> annihilates rs s -> annihilates rs t.
Proof. by move=> st H n; rewrite -(eq_foldr_shiftB _ st). Qed.

(* every second term *)
Lemma annihilates_second rs s a : annihilates rs s ->
  annihilates (map (fun x => x ^+ 2) rs) (fun k => s (a + k.*2)%N).
Proof.
elim: rs s a => [|x rs IH] s a; first by move=> H n; apply: (H _).
move=> /annihilates_cons H; apply/annihilates_cons.
have E : (fun k => shiftB x s (a.+1 + k.*2)%N + x * shiftB x s (a + k.*2)%N) =1
         shiftB (x ^+ 2) (fun k => s (a + k.*2)%N).
  move=> k; rewrite /shiftB doubleS addSn !addnS mulrBr addrA subrK.
  by rewrite mulrA expr2.
by apply: annihilates_eq E _; apply: annihilates_lin; apply: IH.
Qed.

Lemma annihilates_affine (a b : R) : annihilates [:: 1; 1] (fun k => a + b *+ k).
Proof.
move=> n; rewrite /= /shiftB !mul1r.
have D k : a + b *+ k.+1 - (a + b *+ k) = b by rewrite opprD addrACA subrr add0r mulrS addrK.
by rewrite !D subrr.
Qed.

(* the bounds that a value is compared with *)
Lemma annihilates_bound rs s c : annihilates rs s -> annihilates (rcons rs 1) (fun n => s n - c).
Proof.
move=> H; apply/annihilates_rcons.
have E : shiftB 1 s =1 shiftB 1 (fun n => s n - c).
  by move=> n; rewrite /shiftB !mul1r opprB addrA subrK.
apply: annihilates_eq E _; have : annihilates (1 :: rs) s.
  by move=> n; rewrite /= /shiftB !H mulr0 subrr.
by move/annihilates_cons.
Qed.

Definition settling (r : R -> R) : Prop := forall rs s,
  all (fun x => 0 <= x) rs -> annihilates rs s -> settles (fun n => r (s n)).

Lemma settling_affine r (a b : R) : settling r -> settles (fun k => r (a + b *+ k)).
Proof. by move=> sr; apply: (sr [:: 1; 1]); [rewrite /= ler01 | apply: annihilates_affine]. Qed.

Definition cast_repeats (r : R -> R) (q : nat) n (A : 'M[R]_n) : Prop :=
  forall d (V : 'M[R]_(n, d)) i j, repeats q (fun k => r ((iter k (mulmx A) V) i j)).

Lemma annihilates_power rs n (A : 'M[R]_n) d (V : 'M[R]_(n, d)) i j :
  char_poly A = \prod_(x <- rs) ('X - x%:P) ->
  annihilates rs (fun k => (iter k (mulmx A) V) i j).
Proof.
move=> /char_poly_kills ks k; pose phi (M : 'M[R]_(n, d)) := M i j.
have lin a u v : phi (a *: u + v) = a * phi u + phi v by rewrite /phi !mxE.
rewrite (@foldr_shiftB_mx' _ _ _ A phi lin rs (fun k => iter k (mulmx A) V) (fun k => erefl)).
by rewrite ks /phi mxE.
Qed.

Theorem nonneg_cast_repeats r n (A : 'M[R]_n) : settling r -> splits_nonneg A ->
  cast_repeats r 1 A.
Proof.
move=> sr [rs [rs0 chi]] d V i j; apply/settles_repeats.
exact: sr rs0 (annihilates_power V i j chi).
Qed.

Definition splits_real n (A : 'M[R]_n) : Prop :=
  exists rs : seq R, char_poly A = \prod_(x <- rs) ('X - x%:P).

Theorem real_cast_repeats r n (A : 'M[R]_n) : settling r -> splits_real A -> cast_repeats r 2 A.
Proof.
move=> sr [rs chi] d V i j; pose s k := (iter k (mulmx A) V) i j.
have half a : repeats 1 (fun k => r (s (a + k.*2)%N)).
  apply/settles_repeats; apply: (sr (map (fun x => x ^+ 2) rs)).
    by apply/allP => _ /mapP[x _ ->]; apply: sqr_ge0.
  exact: (annihilates_second a (annihilates_power V i j chi)).
have := @residues_repeat _ 2 1 0 (fun k => r (s k)) isT _; rewrite mul1n; apply.
by move=> a _; apply: repeats_eq (half a) => k; rewrite muln2.
Qed.
End Sequences.

(* ------------------------------------------------------------------- the casts *)

Section Casts.
Variable R : realFieldType.
Implicit Types (r : R -> R).

Definition steps r : Prop := exists (bounds : seq R) (f : seq R -> R),
  forall x, r x = f (map (fun b => Num.sg (x - b)) bounds).

(* both forms of the sign lemma enter here *)
Lemma steps_settle r : (forall rs (s : nat -> R),
    all (fun x => 0 <= x) rs -> annihilates rs s -> ev_sign s) -> steps r -> settling r.
Proof.
move=> sign [bs [f rE]] rs s rs0 H.
apply: settles_eq (settles_comp f (_ : settles (fun n => map (fun b => Num.sg (s n - b)) bs))).
  by move=> n; rewrite rE.
elim: bs {rE} => [|b bs IH]; first by exists 0%N.
have sb : settles (fun n => Num.sg (s n - b)).
  have [||N HN] := sign (rcons rs 1) (fun n => s n - b); first by rewrite all_rcons ler01 rs0.
    exact: annihilates_bound.
  by exists N => n Nn; apply: HN.
exact: (settles_comp (fun p : R * seq R => p.1 :: p.2) (settles_pair sb IH)).
Qed.

(* the nearest member of a finite set *)
Definition nearer (x a b : R) : R := if `|x - b| < `|x - a| then b else a.
Definition nearest (D : seq R) (x : R) : R := if D is a :: D' then foldl (nearer x) a D' else 0.

Lemma nearer_sg (x a b : R) : (`|x - b| < `|x - a|) = (Num.sg (x - (a + b) / 2%:R) == Num.sg (b - a)) && (a != b).
Proof.
have sq (y z : R) : (`|y| < `|z|) = (y ^+ 2 < z ^+ 2).
  rewrite -(real_normK (num_real y)) -(real_normK (num_real z)) ltr_pexpn2r //;
    by rewrite nnegrE normr_ge0.
have E : (x - a) ^+ 2 - (x - b) ^+ 2 = 2%:R * ((b - a) * (x - (a + b) / 2%:R)).
  rewrite subr_sqr opprB addrA difference.
  have -> : x - a + (x - b) = 2%:R * (x - (a + b) / 2%:R).
    by rewrite mulrBr mulrCA divff ?pnatr_eq0 // mulr1 mulr_natl mulr2n opprD addrACA.
  by rewrite mulrCA.
rewrite sq -subr_gt0 E pmulr_rgt0 ?ltr0n // -sgr_gt0 sgrM.
have [->|ab] := eqVneq a b; first by rewrite subrr sgr0 mul0r ltxx andbF.
rewrite andbT; case: (ltrgtP (b - a) 0) => [neg|pos|/eqP]; last first.
- by rewrite subr_eq0 eq_sym (negbTE ab).
- by rewrite (gtr0_sg pos) mul1r sgr_gt0 sgr_cp0.
by rewrite (ltr0_sg neg) mulN1r oppr_gt0 sgr_lt0 sgr_cp0.
Qed.

Theorem nearest_steps (D : seq R) : steps (nearest D).
Proof.
pose mids := [seq (a + b) / 2%:R | a <- D, b <- D].
exists mids; pose sg_of (u : seq R) a b := nth 0 u (seq.index ((a + b) / 2%:R) mids).
pose near u a b := if (sg_of u a b == Num.sg (b - a)) && (a != b) then b else a.
exists (fun u => if D is a :: D' then foldl (near u) a D' else 0) => x.
rewrite /nearest; case DE: D => [|a D'] //; set u := map _ _.
have aD : a \in D by rewrite DE mem_head.
have sub : {subset D' <= D} by move=> b bD; rewrite DE inE bD orbT.
elim: D' a aD sub {DE} => //= b D' IH a aD sub.
have bD : b \in D by apply: sub; rewrite mem_head.
have -> : near u a b = nearer x a b.
  rewrite /near /nearer nearer_sg /sg_of /u (nth_map 0) ?index_mem; last by apply: allpairs_f.
  by rewrite nth_index //; apply: allpairs_f.
apply: IH; first by rewrite /nearer; case: ifP.
by move=> c cD; apply: sub; rewrite inE cD orbT.
Qed.
End Casts.

Corollary steps_settling (R : archiFieldType) (r : R -> R) : steps r -> settling r.
Proof. exact: steps_settle (@sign_lemma R). Qed.

Section Classical.
Hypothesis em : forall P : Prop, P \/ ~ P.
Variable R : realFieldType.

(* a non-decreasing sequence in a finite set *)
Lemma monotone_settles (D : seq R) (y : nat -> R) N :
  (forall n, y n \in D) -> (forall n, (N <= n)%N -> y n <= y n.+1) -> settles y.
Proof.
move=> yD; have [k] := ubnP (count (fun v => y N < v) D).
elim: k N => // k IH N; rewrite ltnS => le_k up.
have upN n : (N <= n)%N -> y N <= y n.
  move=> Nn; rewrite -(subnKC Nn); elim: (n - N)%N => [|i IHi]; first by rewrite addn0.
  by rewrite addnS; apply: le_trans IHi (up _ (leq_addr _ _)).
have [[M [NM yM]]|no] := em (exists M, (N <= M)%N /\ y N < y M); last first.
  exists N => n Nn; apply/le_anti; rewrite upN // andbT leNgt.
  by apply/negP => lt_y; apply: no; exists n.
apply: (IH M) => [|n Mn]; last exact: up (leq_trans NM Mn).
apply: leq_trans le_k; have := yD M.
suff key (W : seq R) : ((y M \in W) + count (fun v => (y M < v)%R) W <= count (fun v => (y N < v)%R) W)%N.
  by move=> yMD; have := key D; rewrite yMD.
elim: W => //= w W IHW; rewrite inE; have [<-|_] := eqVneq (y M) w.
  by rewrite ltxx yM /= add0n ltnS; apply: leq_trans IHW; rewrite leq_addl.
rewrite orFb addnCA; apply: leq_add => //.
by have [yMw|//] := ltP (y M) w; rewrite (lt_trans yM yMw).
Qed.

Theorem rounding_settling (r : R -> R) : rounding r -> settling r.
Proof.
case=> mono [D rD] rs s rs0 H.
have [|N HN] := sign_lemma_classical em rs0 (_ : annihilates rs (shiftB 1 s)).
  by apply/annihilates_cons => n; rewrite /= /shiftB !H mulr0 subrr.
have sgE n : (N <= n)%N -> Num.sg (s n.+1 - s n) = Num.sg (s N.+1 - s N).
  by move=> Nn; have := HN n N Nn (leqnn N); rewrite /shiftB !mul1r.
case: (sgrP (s N.+1 - s N)) sgE => [_ sgE|_ sgE|_ sgE].
- have sE n : (N <= n)%N -> s n.+1 = s n.
    by move=> /sgE/eqP; rewrite sgr_eq0 subr_eq0 => /eqP.
  apply/settles_repeats; exists N => n Nn; by rewrite addn1 sE.
- apply: (@monotone_settles D _ N) => n //= Nn; apply: mono.
  by rewrite -subr_ge0 -sgr_ge0 sgE // ler01.
- have : settles (fun n => - r (s n)).
    apply: (@monotone_settles (map -%R D) _ N) => n //=; first exact: map_f.
    by move=> Nn; rewrite ler_opp2; apply: mono; rewrite -subr_le0 -sgr_le0 sgE // lerN10.
  by move=> /(settles_comp -%R); apply: settles_eq => n; rewrite opprK.
Qed.
End Classical.

(* --------------------------------------------------- one layer, a word repeated *)

Section Window.
Variables (R : realFieldType) (r : R -> R) (n d : nat).
Variables (A : nat -> 'M[R]_n) (B : nat -> 'M[R]_(n, d)) (m q N : nat) (T0 : seq 'M[R]_(n, d)).
Hypotheses (m0 : (0 < m)%N) (q0 : (0 < q)%N) (sr : settling r).
Hypotheses (AP : forall t, (N <= t)%N -> A (t + m)%N = A t).
Hypotheses (BP : forall t, (N <= t)%N -> B (t + m)%N = B t).

(* A_(i + k - 1) ... A_i *)
Fixpoint between (i k : nat) : 'M[R]_n := if k is k'.+1 then A (i + k') *m between i k' else 1%:M.

Hypothesis rep : forall t, (N <= t)%N -> cast_repeats r q (between t m).

Lemma prod_add i k k' : between i (k + k') = between (i + k) k' *m between i k.
Proof.
elim: k' => [|k' IH]; first by rewrite addn0 mul1mx.
by rewrite addnS /= IH mulmxA addnA.
Qed.

Lemma prod_shift i k c : (N <= i)%N -> between (i + c * m) k = between i k.
Proof.
move=> Ni; elim: c => [|c IH]; first by rewrite addn0.
rewrite -IH mulSn [(m + _)%N]addnC addnA.
have Ni' : (N <= i + c * m)%N := leq_trans Ni (leq_addr _ _).
elim: k {IH} => //= k ->; rewrite addnAC AP // (leq_trans Ni') ?leq_addr //.
Qed.

Lemma B_shift i c : (N <= i)%N -> B (i + c * m) = B i.
Proof.
move=> Ni; elim: c => [|c IH]; first by rewrite addn0.
by rewrite mulSn [(m + _)%N]addnC addnA BP // (leq_trans Ni) ?leq_addr.
Qed.

Lemma prod_power i k (V : 'M[R]_(n, d)) : (N <= i)%N ->
  between i (k * m) *m V = iter k (mulmx (between i m)) V.
Proof.
move=> Ni; elim: k => [|k IH]; first by rewrite mul1mx.
by rewrite mulSn [(m + _)%N]addnC prod_add prod_shift // -mulmxA IH.
Qed.

Lemma term_repeats i (C : 'M[R]_(n, d)) a b :
  repeats (q * m) (fun t => r ((between i (t - i) *m C) a b)).
Proof.
apply: (@residues_repeat _ m q (maxn N i)) => // j lt_j; set M := (maxn N i + j)%N.
have NM : (N <= M)%N by rewrite (leq_trans (leq_maxl N i)) ?leq_addr.
have iM : (i <= M)%N by rewrite (leq_trans (leq_maxr N i)) ?leq_addr.
apply: repeats_eq (rep NM (between i (M - i) *m C) a b) => k; congr r.
by rewrite -prod_power // mulmxA -addnBAC // prod_add subnKC.
Qed.

Section Entry.
Variables (a : 'I_n) (b : 'I_d).
Let M := (q * m)%N.
Let f i t := r ((between i.+1 (t - i.+1) *m B i) a b).
Let g t := \sum_(C <- T0) r ((between 0 t *m C) a b).
Definition entry_sum t : R := g t + \sum_(0 <= i < t) f i t.

Let M0 : (0 < M)%N.
Proof. by rewrite muln_gt0 q0. Qed.

Let f_repeats i : repeats M (f i).
Proof. exact: term_repeats. Qed.

Let f_shift i t : (N <= i)%N -> f (i + M) (t + M) = f i t.
Proof. by move=> Ni; rewrite /f -addSn subnDr prod_shift ?B_shift // leqW. Qed.

Lemma sum_repeats (I : Type) (s : seq I) (F : I -> nat -> R) :
  (forall i, repeats M (F i)) -> repeats M (fun t => \sum_(i <- s) F i t).
Proof.
move=> rF; elim: s => [|i s IH]; first by exists 0%N => t _; rewrite !big_nil.
apply: repeats_eq (repeats_comp (fun p : R * R => p.1 + p.2) (repeats_pair (rF i) IH)) => t.
by rewrite big_cons.
Qed.

Let g_repeats : repeats M g.
Proof.
apply: sum_repeats => C; apply: repeats_eq (term_repeats 0 C a b) => t.
by rewrite subn0.
Qed.

Let D t := (g (t + M) - g t) +
  (\sum_(0 <= i < N + M) f i (t + M) - \sum_(0 <= i < N) f i t).

Let sumD t : (N <= t)%N -> entry_sum (t + M) = entry_sum t + D t.
Proof.
move=> Nt; rewrite /entry_sum /D.
have -> : \sum_(0 <= i < t + M) f i (t + M) =
    \sum_(0 <= i < N + M) f i (t + M) + \sum_(N <= i < t) f i t.
  rewrite (@big_cat_nat _ _ _ (N + M)) ?leq_add2r //=; congr (_ + _).
  rewrite big_addn addnK big_nat [RHS]big_nat; apply: eq_bigr => i /andP[Ni _].
  exact: f_shift.
rewrite [\sum_(0 <= i < t) _](@big_cat_nat _ _ _ N) //=.
set x := g _; set y := g _; set u := \sum_(0 <= i < N + M) _; set v := \sum_(N <= i < t) _.
set w := \sum_(0 <= i < N) _.
by rewrite [RHS]addrACA [y + _]addrC subrK; congr (_ + _); rewrite [RHS]addrC addrA subrK.
Qed.

Let D_repeats : repeats M D.
Proof.
have sub (s t : nat -> R) : repeats M s -> repeats M t -> repeats M (fun k => s k - t k).
  by move=> rs rt; apply: (repeats_comp (fun p : R * R => p.1 - p.2) (repeats_pair rs rt)).
have shift (s : nat -> R) : repeats M s -> repeats M (fun k => s (k + M)%N).
  exact: repeats_shift.
apply: (repeats_comp (fun p : R * R => p.1 + p.2) (repeats_pair _ _)); apply: sub => //.
- exact: (shift g).
- exact: (shift (fun t => \sum_(0 <= i < N + M) f i t)) (sum_repeats _ f_repeats).
- exact: (sum_repeats _ f_repeats).
Qed.

Lemma entry_repeats : repeats M (fun t => r (entry_sum t)).
Proof.
have [K HK] := D_repeats; rewrite -[M]mul1n.
apply: (@residues_repeat _ M 1 (maxn N K)) => // j _; apply/settles_repeats.
set t0 := (maxn N K + j)%N.
have [Nt Kt] : (N <= t0)%N /\ (K <= t0)%N.
  by split; apply: leq_trans (leq_addr _ _); rewrite ?leq_maxl ?leq_maxr.
apply: settles_eq (settling_affine (entry_sum t0) (D t0) sr) => k; congr r.
have DE : D (t0 + k * M) = D t0.
  elim: k => [|k IH]; first by rewrite addn0.
  by rewrite mulSn [(M + _)%N]addnC addnA HK // (leq_trans Kt) ?leq_addr.
elim: k DE => [|k IH] _; first by rewrite mulr0n addr0 addn0.
have DE : D (t0 + k * M) = D t0.
  elim: (k) => [|i IHi]; first by rewrite addn0.
  by rewrite mulSn [(M + _)%N]addnC addnA HK // (leq_trans Kt) ?leq_addr.
rewrite mulSn [(M + _)%N]addnC addnA sumD ?(leq_trans Nt) ?leq_addr //.
by rewrite -(IH DE) DE mulrSr addrA.
Qed.
End Entry.

(* the terms after t steps, T0 being those before *)
Definition terms t : seq 'M[R]_(n, d) :=
  map (mulmx (between 0 t)) T0 ++ [seq between i.+1 (t - i.+1) *m B i | i <- iota 0 t].

Lemma termsS t : terms t.+1 = rcons (map (mulmx (A t)) (terms t)) (B t).
Proof.
rewrite /terms -(addn1 t) iotaD /= !map_cat -!map_comp add0n cats1 -rcons_cat addn1 subnn mul1mx.
congr (rcons (_ ++ _) _); first by apply: eq_map => C /=; rewrite mulmxA.
apply/eq_in_map => i; rewrite mem_iota /= add0n => lt_i.
by rewrite subSS -[in LHS](subnSK lt_i) /= subnKC // mulmxA.
Qed.

Theorem window_repeats :
  repeats (q * m) (fun t => map_mx r (\sum_(T <- terms t) map_mx r T)).
Proof.
have [K HK] := repeats_all (enum [finType of 'I_n * 'I_d])
  (fun ab => entry_repeats ab.1 ab.2).
exists K => t Kt; apply/matrixP => a b; have := HK t Kt (a, b); rewrite mem_enum => /(_ isT).
have E k : (map_mx r (\sum_(T <- terms k) map_mx r T)) a b = r (entry_sum a b k).
  rewrite mxE summxE /terms big_cat /= !big_map; congr (r (_ + _)).
    by apply: eq_bigr => C _; rewrite mxE.
  by rewrite /index_iota subn0; apply: eq_bigr => i _; rewrite mxE.
by rewrite !E.
Qed.
End Window.
