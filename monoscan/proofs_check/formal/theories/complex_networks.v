(* Networks with complex numbers in exact arithmetic whose matrices A are real: the *)
(* states of a layer are pairs of real matrices, side by side. So what is proved of *)
(* all real networks of a region holds of these too.                                *)
(*                                                                                  *)
(* complex_arith R == R[i]; thresholds compare real parts                           *)
(*       re_im H == the real parts of H beside the imaginary parts                  *)
(*   real_part N == the network on pairs                                            *)
(* in_complex_region g N == the transitions of N are real and lie in the region g;  *)
(*                   as they are written, if the region speaks of heads             *)
(*                                                                                  *)
(* real_part_answer: real_part N answers like N.                                    *)
(* complex_forbids, complex_forbids_any: what is forbidden to the real networks of  *)
(*   a region, that reach finitely many states or any, is forbidden to the complex  *)
(*   ones.                                                                          *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import complex.
From Monoscan Require Import arithmetic network well_formed shapes rational embedding periods.
From Monoscan Require Import obstructions regions.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Local Arguments step : simpl never.

Section Simulation.
(* cells on other states that do the same *)
Variables (S T : Type) (f : S -> T).

Definition mirrors (good : S -> Prop) (c : cell S) (c' : cell T) : Prop :=
  [/\ cell_reads c' = cell_reads c,
      forall s, match moves c s, moves c' s with
        | Some g, Some g' => forall H, good H -> good (g H) /\ g' (f H) = f (g H)
        | None, None => True
        | _, _ => False
        end &
      forall H G, good H -> good G -> report c' (f H) (f G) = report c H G].

Fixpoint all_mirror (cs : seq (cell S)) (cs' : seq (cell T)) (Hs : seq S) : Prop :=
  match cs, cs', Hs with
  | c :: cs, c' :: cs', H :: Hs => (exists2 good, mirrors good c c' & good H) /\ all_mirror cs cs' Hs
  | [::], [::], [::] => True
  | _, _, _ => False
  end.

Lemma mirror_advance cs cs' Hs x heard : all_mirror cs cs' Hs ->
  advance cs' x (map f Hs) heard = omap (fun p => (map f p.1, p.2)) (advance cs x Hs heard) /\
  (forall Hs' a, advance cs x Hs heard = Some (Hs', a) -> all_mirror cs cs' Hs').
Proof.
elim: cs cs' Hs heard => [|c cs IH] [|c' cs'] [|H Hs] heard //; first by move=> _; split=> // ? ? [<-].
case=> -[good [rd mv rp] gH] al; have E : symbol_of c' x heard = symbol_of c x heard.
  by rewrite /symbol_of rd.
rewrite /= E; have := mv (symbol_of c x heard).
case: moves => [g|]; case: moves => [g'|] // gg'; have [gg E'] := gg' H gH.
rewrite E' rp //; case R: report => [o|] //.
have [-> keep] := IH cs' Hs (rcons heard o) al.
case A: advance => [[W b]|] //=; split=> // Hs' a [<- _]; split; last exact: keep A.
by exists good.
Qed.

Lemma mirror_run cs cs' Hs w : all_mirror cs cs' Hs ->
  run cs' (map f Hs) w = omap (map f) (run cs Hs w) /\
  forall J, run cs Hs w = Some J -> all_mirror cs cs' J.
Proof.
move=> al; elim/last_ind: w => [|w x [IH keep]]; first by split=> // J [<-].
rewrite !run_rcons IH; case E: (run cs Hs w) => [J|] //=.
have [A keepA] := mirror_advance x [::] (keep J E); rewrite /next A.
by case B: advance => [[W b]|] //=; split=> // V [<-]; apply: keepA B.
Qed.

Lemma mirror_quiet cs cs' Hs : all_mirror cs cs' Hs -> all_mirror (quiet_last cs) (quiet_last cs') Hs.
Proof.
elim: cs cs' Hs => [|c cs IH] [|c' cs'] [|H Hs] // [[good [rd mv rp] gH] al].
case: cs cs' al IH => [|d ds] [|d' ds'] al IH //; last by split; [exists good | apply: IH].
by case: Hs al => // _; split=> //; exists good.
Qed.
End Simulation.

Section Complex.
Variable R : rcfType.
Local Notation C := R[i].
Local Notation re := (@complex.Re R).
Local Notation im := (@complex.Im R).
Definition complex_arith : arith :=
  @Arith [eqType of R[i]] 0 1 +%R (fun x y => x - y) *%R (fun x y => x / y) (fun x y => re x < re y).
Local Notation KC := complex_arith.
Local Notation KR := (arith_of R).

Lemma real_complex_morphism : @arith_morphism KR KC (real_complex R).
Proof.
split=> //=.
- by move=> x y; rewrite rmorphD.
- by move=> x y; rewrite rmorphB.
- by move=> x y; rewrite rmorphM.
- by move=> x y; rewrite fmorph_div.
- by move=> x y; case.
Qed.

Definition re_im_row (row : seq KC) : seq KR := map re row ++ map im row.
Definition re_im (H : seq (seq KC)) : seq (seq KR) := map re_im_row H.

Definition real_functional (g : functional KC) : functional KR :=
  @Functional KR (map (fun row : seq KC => map re row ++ map (fun z => - im z) row) (weights g))
    (strict g) (re (bound g)).
Definition real_readout (r : readout KC) : readout KR :=
  match r with
  | States t => States (map (fun e => (re_im e.1, e.2)) t)
  | Thresholds fs t => Thresholds (map real_functional fs) t
  end.
Definition real_heads (t : transition KC) : transition KR := map (@map_head KC KR re) t.
Definition real_case (c : case KC) : case KR := @Case KR (real_heads (case_A c)) (re_im (case_B c)).
Definition real_layer (l : layer KC) : layer KR :=
  @Layer KR (re_im (initial l)) (reads l) (map (fun e => (e.1, real_case e.2)) (cases l))
    (real_readout (layer_readout l)).
Definition real_item (i : item KC) : item KR :=
  match i with Recurrent l => Recurrent (real_layer l) | Delay j n => Delay KR j n end.
Definition real_part (N : network KC) : network KR :=
  @Network KR (alphabet N) (map real_item (items N)).
Definition re_im_state (H : state KC) : state KR :=
  match H with inl A => inl (re_im A) | inr q => inr q end.

Lemma real_part_layers N : layers (real_part N) = map real_layer (layers N).
Proof. by rewrite /layers /=; elim: (items N) => //= -[l|j n] it ->. Qed.

Definition is_real (t : transition KC) : Prop :=
  map (@map_head KR KC (real_complex R)) (real_heads t) = t.
(* as they are written *)
Definition in_region_written (g : region) (N : network KC) : Prop :=
  (forall l s c, List.In l (layers N) -> List.In (s, c) (cases l) -> is_real (case_A c)) /\
  in_region false g (real_part N).

(* ------------------------------------------------------------ rows and matrices *)

Lemma zip_with_cat (A B D : Type) (f : A -> B -> D) s t u v : size s = size u ->
  zip_with f (s ++ t) (u ++ v) = zip_with f s u ++ zip_with f t v.
Proof. by elim: s u => [|a s IH] [|b u] //= [/IH ->]. Qed.

Lemma re_im_add (u v : seq KC) : size u = size v ->
  re_im_row (addv u v) = addv (re_im_row u) (re_im_row v).
Proof.
move=> s; rewrite /re_im_row /addv zip_with_cat ?size_map //.
by congr (_ ++ _); apply: map_zip_with => -[a b] [c d].
Qed.

Lemma re_im_scale (x : R) (v : seq KC) :
  re_im_row (@scalev KC (real_complex R x) v) = @scalev KR x (re_im_row v).
Proof.
rewrite /re_im_row /scalev map_cat -!map_comp; congr (_ ++ _); apply: eq_map => -[a b] /=.
  by rewrite mul0r subr0.
by rewrite mul0r addr0.
Qed.

Lemma size_re_im_row (row : seq KC) : size (re_im_row row) = (size row + size row)%N.
Proof. by rewrite size_cat !size_map. Qed.

Lemma re_im_combine d (row : seq R) (H : seq (seq KC)) : all (fun r => size r == d) H ->
  re_im_row (@combine KC d (map (real_complex R) row) H) = @combine KR (d + d) row (re_im H).
Proof.
elim: H row => [|h H IH] row sH.
  by rewrite /combine; case: row => [|x row] /=; rewrite /re_im_row !map_nseq nseqD.
case: row => [|x row]; first by rewrite /combine /= /re_im_row !map_nseq nseqD.
case/andP: sH => /eqP sh sH.
rewrite -[combine _ _ _]/(@addv KC (@scalev KC (real_complex R x) h)
                            (@combine KC d (map (real_complex R) row) H)).
rewrite re_im_add; last by rewrite size_map sh size_combine.
by rewrite re_im_scale IH.
Qed.

Lemma width_re_im (H : seq (seq KC)) : width (re_im H) = (width H + width H)%N.
Proof. by case: H => //= r H; rewrite /width /= size_re_im_row. Qed.

Lemma re_im_mul (A : seq (seq R)) (H : seq (seq KC)) n d : has_shape n d H ->
  re_im (@mulm KC (map (map (real_complex R)) A) H) = @mulm KR A (re_im H).
Proof.
case/andP=> /eqP sH rH; have rH' : all (fun r => size r == width H) H.
  by case: H rH {sH} => //= r H /andP[/eqP sr rH]; rewrite /width /= sr eqxx.
rewrite /mulm /re_im -!map_comp width_re_im; apply: eq_map => row /=.
exact: re_im_combine.
Qed.

Lemma re_im_addm (A B : seq (seq KC)) n d : has_shape n d A -> has_shape n d B ->
  re_im (addm A B) = addm (re_im A) (re_im B).
Proof.
case/andP=> /eqP sA rA /andP[/eqP sB rB]; have {sB} : size A = size B by rewrite sA.
elim: A B rA rB {sA} => [|a A IH] [|b B] //= /andP[/eqP sa rA] /andP[/eqP sb rB] [s].
by rewrite /addm /= re_im_add ?sa ?sb //; congr cons; apply: IH.
Qed.

Lemma addm_has_shape (K : arith) n d (A B : seq (seq K)) : has_shape n d A -> has_shape n d B ->
  has_shape n d (addm A B).
Proof.
case/andP=> /eqP sA rA /andP[/eqP sB rB]; rewrite /has_shape size_zip_with sA sB minnn eqxx /=.
apply: (all_zip_with (q := fun r : seq K => size r == d) (r := fun r : seq K => size r == d)) => //.
by move=> a b /eqP sa /eqP sb; rewrite (size_addv sa sb).
Qed.

Lemma re_im_shape n d (H : seq (seq KC)) : has_shape n d H -> has_shape n (d + d) (re_im H).
Proof.
case/andP=> sH rH; rewrite /has_shape size_map sH all_map; apply: sub_all rH => r /= /eqP sr.
by rewrite size_re_im_row sr.
Qed.

Lemma re_im_row_inj (u v : seq KC) : size u = size v -> re_im_row u = re_im_row v -> u = v.
Proof.
move=> s /eqP; rewrite /re_im_row eqseq_cat ?size_map // => /andP[/eqP r /eqP i].
elim: u v s r i => [|[a b] u IH] [|[c d] v] //= [s] [-> r] [-> i]; congr cons; exact: IH.
Qed.

Lemma re_im_inj n d (G H : seq (seq KC)) : has_shape n d G -> has_shape n d H ->
  re_im G = re_im H -> G = H.
Proof.
case/andP=> /eqP sG rG /andP[/eqP sH rH]; have {sH} : size G = size H by rewrite sG.
elim: G H rG rH {sG} => [|g G IH] [|h H] //= /andP[/eqP sg rG] /andP[/eqP sh rH] [s] [E F].
by rewrite (re_im_row_inj _ E) ?sg ?sh //; congr cons; apply: IH.
Qed.

(* ------------------------------------------------------------ steps and read-outs *)

Lemma real_step n d (c : case KC) (H : seq (seq KC)) : (0 < n)%N -> is_real (case_A c) ->
  ok_transition n (case_A c) -> has_shape n d (case_B c) -> has_shape n d H ->
  has_shape n d (step (Exact KC) c H) /\
  step (Exact KR) (real_case c) (re_im H) = re_im (step (Exact KC) c H).
Proof.
move=> n0 rA okt sB sH; have sA := ok_transition_shape okt.
have sAH := mulm_has_shape sA sH n0; split; first exact: addm_has_shape.
rewrite /step (re_im_addm sAH sB) -[in RHS]rA -(map_transition_matrix real_complex_morphism).
by rewrite (re_im_mul _ sH).
Qed.

Lemma reD (x y : C) : re (x + y) = re x + re y.
Proof. by case: x => a b; case: y. Qed.

Lemma re_dot (u v : seq KC) : size u = size v ->
  re (dot u v) = @dot KR (map re u ++ map (fun z => - im z) u) (re_im_row v) :> R.
Proof.
move=> s; rewrite /dot zip_with_cat ?size_map // foldr_cat.
elim: u v s => [|[a b] u IH] [|[c d] v] //= [/IH {}IH]; rewrite reD IH /=.
have E (x y : R) w : foldr +%R (x + y) w = x + foldr +%R y w.
  by elim: w => //= e w ->; rewrite addrCA.
by rewrite E mulNr addrA.
Qed.

Lemma real_functional_value n d (g : functional KC) (H : seq (seq KC)) :
  has_shape n d (weights g) -> has_shape n d H ->
  functional_value (real_functional g) (re_im H) = re (functional_value g H).
Proof.
rewrite /functional_value /=; case/andP=> /eqP sW rW /andP[/eqP sH rH].
have {sH} : size (weights g) = size H by rewrite sW.
elim: (weights g) H rW rH {sW} => [|w W IH] [|h H] //= /andP[/eqP sw rW] /andP[/eqP sh rH] [s].
by rewrite reD -IH // -re_dot ?sw ?sh.
Qed.

Lemma real_read_out n d (r : readout KC) (H : seq (seq KC)) : ok_readout n d r -> has_shape n d H ->
  read_out (real_readout r) (re_im H) = read_out r H.
Proof.
case: r => [t|fs t] /=; last first.
  case/and4P=> _ sW _ _ sH; rewrite -map_comp; congr assoc.
  elim: fs sW => //= g fs IH /andP[sg /IH ->]; congr cons.
  by rewrite /holds (real_functional_value sg sH).
case/andP=> st _ sH; elim: t st => //= -[G o] t IH /= /andP[sG /IH ->].
case: eqP => [/(re_im_inj sG sH) -> |ne]; first by rewrite eqxx.
by case: eqP => // E; case: ne; rewrite E.
Qed.

Lemma real_ok_readout n d (r : readout KC) : ok_readout n d r -> ok_readout n (d + d) (real_readout r).
Proof.
case: r => [t|fs t] /=.
  case/andP=> st ut; apply/andP; split.
    by rewrite all_map; apply: sub_all st => e /= /re_im_shape.
  rewrite -map_comp (_ : map _ t = map re_im (map fst t)); last by rewrite -map_comp.
  rewrite map_inj_in_uniq // => G H /mapP[e et ->] /mapP[e' e't ->].
  by apply: (re_im_inj (n := n) (d := d)); [apply: (allP st e et) | apply: (allP st e' e't)].
case/and4P=> fs0 sW st ut; apply/and4P; split.
- by case: (fs) fs0.
- rewrite all_map; apply: sub_all sW => g /= /andP[sg rg]; rewrite /has_shape size_map sg all_map.
  by apply: sub_all rg => row /= /eqP sr; rewrite size_cat !size_map sr.
- by rewrite size_map.
- exact: ut.
Qed.

Variable N : network KC.
Hypothesis realN : forall l s c, List.In l (layers N) -> List.In (s, c) (cases l) -> is_real (case_A c).

Lemma real_ok_layer xs lower l : ok_layer xs lower l ->
  (forall s c, List.In (s, c) (cases l) -> is_real (case_A c)) ->
  ok_layer xs lower (real_layer l).
Proof.
case/and5P=> n0 d0 si p /and5P[lo okc uc tot okr] rl.
rewrite /ok_layer /= size_map width_re_im re_im_shape // real_ok_readout // addn_gt0 d0 n0 p lo /=.
rewrite -map_comp uc tot !andbT /=; elim: (cases l) rl okc => //= -[s c] t IHt rl /andP[ok okt].
apply/andP; split; last by apply: IHt okt => s' c' c't; apply: (rl s'); right.
have rc := rl s c (or_introl erefl); move: ok; rewrite /ok_case /= size_map width_re_im.
case/and4P=> -> -> okA' sB; rewrite re_im_shape // andbT /=.
by rewrite -(ok_transition_map real_complex_morphism) rc.
Qed.

Lemma real_part_ok : ok_network N -> ok_network (real_part N).
Proof.
case/and3P=> okA lN okl; apply/and3P; split=> //=.
  by rewrite -map_comp (eq_map (_ : _ =1 @is_layer KC)) // => -[].
have rN l : List.In (Recurrent l) (items N) ->
    forall s c, List.In (s, c) (cases l) -> is_real (case_A c).
  by move=> /In_layers lN' s c; apply: realN lN'.
elim: (items N) [::] rN okl => //= i it IH lower rl /andP[oki okit].
have -> : is_layer (real_item i) = is_layer i by case: i {rl oki okit}.
apply/andP; split; last by apply: IH okit => l lit; apply: rl; right.
by case: i rl oki {okit} => [l|j n] //= rl okl; apply: real_ok_layer okl (rl l (or_introl erefl)).
Qed.

Local Notation within := (fun l : layer KC => fun H : seq (seq KC) =>
  is_true (has_shape (size (initial l)) (width (initial l)) H)).

Definition item_within (i : item KC) (H : state KC) : Prop :=
  match i, H with Recurrent l, inl A => within l A | Delay _ _, inr _ => True | _, _ => False end.

Lemma item_mirrors i : ok_network N -> List.In i (items N) ->
  mirrors re_im_state (item_within i) (cell_of (Exact KC) i) (cell_of (Exact KR) (real_item i)).
Proof.
case: i => [l|j n] okN iN; last by split=> // [s [A|q]|[A|q] G] //.
have lN : List.In l (layers N) by apply/In_layers.
have [n0 d0 si okc] := ok_network_parts okN lN.
have okr : ok_readout (size (initial l)) (width (initial l)) (layer_readout l).
  by have [below /and5P[_ _ _ _ /and5P[]]] := ok_network_item okN iN.
split=> //= [s|H [A|q] _ //= sA]; last exact: real_read_out okr sA.
rewrite -map_comp (assoc_map (fun c => on_matrix (step (Exact KC) c))).
rewrite (_ : map _ _ = map (fun e => (e.1, on_matrix (step (Exact KR) (real_case e.2)))) (cases l)) //.
rewrite (assoc_map (fun c => on_matrix (step (Exact KR) (real_case c)))).
case E: assoc => [c|] //= -[A|q] //= sA; have cl := assoc_In E.
have [okt sB] := okc s c cl; have [sS ->] := real_step n0 (realN lN cl) okt sB sA.
by split.
Qed.

Lemma start_within i : ok_network N -> List.In i (items N) -> item_within i (item_start i).
Proof.
case: i => [l|j n] //= okN iN; have lN : List.In l (layers N) by apply/In_layers.
by have [] := ok_network_parts okN lN.
Qed.

Lemma real_part_mirrors : ok_network N ->
  all_mirror re_im_state (cells (Exact KC) N) (cells (Exact KR) (real_part N)) (start N).
Proof.
move=> okN; apply: mirror_quiet; rewrite /start /=.
have mir i (iN : List.In i (items N)) := item_mirrors okN iN.
have si i (iN : List.In i (items N)) := start_within okN iN.
elim: (items N) mir si => //= i it IH mir si; split; last first.
  by apply: IH => k kit; [apply: mir | apply: si]; right.
by exists (item_within i); [apply: mir; left | apply: si; left].
Qed.

Lemma real_part_run w : ok_network N ->
  run (cells (Exact KR) (real_part N)) (start (real_part N)) w =
  omap (map re_im_state) (run (cells (Exact KC) N) (start N) w).
Proof.
move=> okN; have [<- _] := mirror_run w (real_part_mirrors okN).
by rewrite /start /= -!map_comp; congr run; apply: eq_map => -[].
Qed.

(* the states have the shapes of the items *)
Fixpoint fit (it : seq (item KC)) (Hs : seq (state KC)) : Prop :=
  match it, Hs with
  | i :: it', H :: Hs' => item_within i H /\ fit it' Hs'
  | [::], [::] => True
  | _, _ => False
  end.

Lemma fit_last i it Hs : fit (i :: it) Hs -> item_within (last i it) (last (inr [::]) Hs).
Proof.
elim: it i Hs => [|k it IH] i [|H Hs] //=; first by case: Hs => [|G Hs] [].
by case=> _ fk; have := IH k Hs fk; case: Hs fk.
Qed.

Lemma fit_run w Hs : ok_network N -> run (cells (Exact KC) N) (start N) w = Some Hs ->
  fit (items N) Hs.
Proof.
move=> okN; elim/last_ind: w Hs => [|w x IH] Hs.
  case=> <-; rewrite /start; have si i (iN : List.In i (items N)) := start_within okN iN.
  elim: (items N) si => //= i it IHi si; split; first by apply: si; left.
  by apply: IHi => k kit; apply: si; right.
rewrite run_rcons; case E: (run _ _ w) => [J|] //=; rewrite /next.
case A: advance => [[V a]|] //= [<-]; have := IH J E; move: A; rewrite /cells.
have mir i (iN : List.In i (items N)) := item_mirrors okN iN.
elim: (items N) mir J [::] V a {E IH} => [|i it IHi] mir J heard V a; first by case: J => // -[<-].
case: J => // H J A [sH fJ]; have [_ mv _] := mir i (or_introl erefl).
have {}A : advance ((if it is [::] then quiet (cell_of (Exact KC) i) else cell_of (Exact KC) i)
    :: quiet_last (map (cell_of (Exact KC)) it)) x (H :: J) heard = Some (V, a).
  by move: A; case: (it).
have [G [T [f [o [W [[<- <-] Ef _ AW ->]]]]]] := advance_consP A.
split; last by apply: IHi AW fJ => k kit; apply: mir; right.
have {}Ef : moves (cell_of (Exact KC) i) (symbol_of (cell_of (Exact KC) i) x heard) = Some f.
  by move: Ef; case: (it).
have := mv (symbol_of (cell_of (Exact KC) i) x heard); rewrite Ef.
by case: moves => // g' keep; have [] := keep H sH.
Qed.

Lemma real_part_answer w : ok_network N ->
  answer (Exact KR) (real_part N) w = answer (Exact KC) N w.
Proof.
move=> okN; rewrite /answer real_part_run //; case E: run => [Hs|] //=.
have := fit_run okN E; have mir i (iN : List.In i (items N)) := item_mirrors okN iN.
rewrite /last_output /=; case: (items N) mir => //= i it mir /fit_last sH.
rewrite last_map; have in_last : List.In (last i it) (i :: it).
  by elim: (it) (i) => [|k ks IHk] j /=; [left | right; apply: IHk].
have [_ _ rp] := mir _ in_last.
have -> : last (inr [::]) (map re_im_state Hs) = re_im_state (last (inr [::]) Hs).
  by rewrite -[inr [::]]/(re_im_state (inr [::])) last_map.
by move: sH rp; case: (last i it) => //= l; case: (last _ Hs) => //= A sA rp; exact: (rp (inl A) (inl A) sA sA).
Qed.
End Complex.

(* in exact arithmetic a matrix is what it is, however it is written *)
Section Dense.
Variables (K : arith) (N : network K).

Definition dense_case (c : case K) : case K := @Case K [:: Dense (transition_matrix (case_A c))] (case_B c).
Definition dense_layer (l : layer K) : layer K :=
  @Layer K (initial l) (reads l) (map (fun e => (e.1, dense_case e.2)) (cases l)) (layer_readout l).
Definition dense_item (i : item K) : item K :=
  match i with Recurrent l => Recurrent (dense_layer l) | Delay j n => Delay K j n end.
Definition dense_network : network K := @Network K (alphabet N) (map dense_item (items N)).

Lemma dense_layers : layers dense_network = map dense_layer (layers N).
Proof. by rewrite /layers /=; elim: (items N) => //= -[l|j n] it ->. Qed.

Lemma dense_step (c : case K) : step (Exact K) (dense_case c) = step (Exact K) c.
Proof.
rewrite /step /transition_matrix /= cats0 (_ : map _ _ = transition_matrix (case_A c)) //.
by rewrite -[RHS]map_id; apply: eq_map => row; rewrite /pad_right cats0.
Qed.

Lemma dense_cells : cells (Exact K) dense_network = cells (Exact K) N.
Proof.
rewrite /cells /= -map_comp; congr quiet_last; apply: eq_map => -[l|j n] //=.
rewrite /layer_cell /= -map_comp; congr Cell; congr assoc; apply: eq_map => -[s c] /=.
by rewrite dense_step.
Qed.

Lemma dense_start : start dense_network = start N.
Proof. by rewrite /start /= -map_comp; apply: eq_map => -[]. Qed.

Lemma dense_answer w : answer (Exact K) dense_network w = answer (Exact K) N w.
Proof.
rewrite /answer dense_cells dense_start; case: run => // Hs /=; rewrite /last_output /=.
by case: (items N) => // i it; rewrite /= last_map; case: (last i it).
Qed.

Lemma dense_ok_layer xs lower l : ok_layer xs lower l -> ok_layer xs lower (dense_layer l).
Proof.
case/and5P=> n0 d0 si p /and5P[lo okc uc tot okr].
rewrite /ok_layer /= n0 d0 si p lo -map_comp uc tot okr !andbT /=.
elim: (cases l) okc => // -[s c] t IHt /andP[ok okt]; apply/andP; split; last exact: IHt.
case/and4P: ok => ? ? /ok_transition_shape sA ?; apply/and4P; split=> //.
have /andP[/eqP sz _] := sA.
by rewrite /ok_transition /transition_size /ok_head /= sz addn0 n0 sA eqxx.
Qed.

Lemma dense_ok : ok_network N -> ok_network dense_network.
Proof.
case/and3P=> okA lN okl; apply/and3P; split=> //=.
  by rewrite -map_comp (eq_map (_ : _ =1 @is_layer K)) // => -[].
elim: (items N) [::] okl => //= i it IH lower /andP[oki okit].
have -> : is_layer (dense_item i) = is_layer i by case: (i).
by rewrite IH // andbT; case: i oki {okit} => [l|j n] //=; apply: dense_ok_layer.
Qed.

Lemma dense_finite : finitely_many (Exact K) N -> finitely_many (Exact K) dense_network.
Proof. by case=> V HV; exists V => w Hs wN; rewrite dense_cells dense_start; apply: HV. Qed.
End Dense.

(* regions that speak of matrices, not of how they are written *)
Definition by_matrix (g : region) : bool :=
  match g with
  | DiagonalEntries _ | UpperTriangular _ | SpectrumNonnegative | SymmetricSpectrumIn01 => true
  | _ => false
  end.
Definition in_complex_region (R : rcfType) (g : region) (N : network (complex_arith R)) : Prop :=
  in_region_written g (if by_matrix g then dense_network N else N).

Theorem complex_forbids_any (R : rcfType) (g : region) (deep : pred nat) (shows : automaton -> Prop) :
  forbids (Exact (arith_of R)) (in_region false g) deep shows ->
  forbids (Exact (complex_arith R)) (in_complex_region g) deep shows.
Proof.
move=> no A N minA showA okN same deepN; rewrite /in_complex_region => inN rec.
pose M := if by_matrix g then dense_network N else N.
have okM : ok_network M by rewrite /M; case: by_matrix => //; apply: dense_ok.
have [rM inM] : in_region_written g M := inN.
apply: (no A (real_part M) minA showA (real_part_ok rM okM)) => //.
- by rewrite /M; case: by_matrix.
- by rewrite real_part_layers size_map /M; case: by_matrix; rewrite ?dense_layers ?size_map.
move=> w wN; rewrite real_part_answer //.
have aN : alphabet M = alphabet N by rewrite /M; case: by_matrix.
rewrite -(rec w); last by rewrite -aN.
by rewrite /M; case: by_matrix => //; apply: dense_answer.
Qed.

Theorem complex_forbids (R : rcfType) (g : region) (deep : pred nat) (shows : automaton -> Prop) :
  (forall R' : realFieldType, forbids (Exact (arith_of R'))
     (fun N => finitely_many (Exact _) N /\ in_region false g N) deep shows) ->
  forbids (Exact (complex_arith R))
    (fun N => finitely_many (Exact _) N /\ in_complex_region g N) deep shows.
Proof.
move=> no A N minA showA okN same deepN [fin]; rewrite /in_complex_region => inN rec.
pose M := if by_matrix g then dense_network N else N.
have okM : ok_network M by rewrite /M; case: by_matrix => //; apply: dense_ok.
have [rM inM] : in_region_written g M := inN.
have [V HV] : finitely_many (Exact _) M by rewrite /M; case: by_matrix => //; apply: dense_finite.
have aN : alphabet M = alphabet N by rewrite /M; case: by_matrix.
apply: (no R A (real_part M) minA showA (real_part_ok rM okM)) => //.
- by rewrite aN.
- by rewrite real_part_layers size_map /M; case: by_matrix; rewrite ?dense_layers ?size_map.
- split=> //; exists (map (map (@re_im_state R)) V) => w Hs wN.
  by rewrite real_part_run //; case E: run => [J|] //= [<-]; apply: map_f; exact: HV E.
move=> w wN; rewrite real_part_answer // -(rec w); last by rewrite -aN.
by rewrite /M; case: by_matrix => //; apply: dense_answer.
Qed.
