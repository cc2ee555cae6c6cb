(* What a network over the rationals computes is what it computes over any real     *)
(* field: the theorems about real networks are about the files of the tool.         *)
(*                                                                                  *)
(*  arith_morphism f == f : K -> L commutes with all operations and with the order  *)
(*     of_rational R == the rational numbers in the real field R                    *)
(*  map_network f N == the network N with f applied to all its numbers              *)
(* real_network R N == the network N over the rationals as one over R               *)
(*                                                                                  *)
(* map_network_answer: in exact arithmetic map_network f N answers like N.          *)
(* map_network_ok: it is well formed if N is.                                       *)
(* of_rational_morphism: of_rational R is such a map, so that                       *)
(* rational_answer: a rational network answers the same over every real field.      *)
From mathcomp Require Import all_ssreflect all_algebra.
From Coq Require Import ZArith QArith Qcanon Lia.
From Monoscan Require Import arithmetic network well_formed rational.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.

Record arith_morphism (K L : arith) (f : K -> L) : Prop := ArithMorphism {
  morph_zero : f (zero K) = zero L;
  morph_one : f (one K) = one L;
  morph_plus : {morph f : x y / plus x y >-> plus x y};
  morph_minus : {morph f : x y / minus x y >-> minus x y};
  morph_times : {morph f : x y / times x y >-> times x y};
  morph_over : {morph f : x y / over x y >-> over x y};
  morph_below : {mono f : x y / below x y >-> below x y};
  morph_inj : injective f
}.

Lemma map_zip_with (A B C A' B' C' : Type) (f : A -> B -> C) (g : A' -> B' -> C') a b c s t :
  (forall x y, c (f x y) = g (a x) (b y)) ->
  map c (zip_with f s t) = zip_with g (map a s) (map b t).
Proof. by move=> E; elim: s t => [|x s IH] [|y t] //=; rewrite E IH. Qed.

Section Morphism.
Variables (K L : arith) (f : K -> L).
Hypothesis fm : arith_morphism f.
Local Notation "v ^vec" := (map f v) (at level 2, format "v ^vec").
Local Notation "A ^mat" := (map (map f) A) (at level 2, format "A ^mat").

Definition map_factor (x : factor K) : factor L :=
  match x with Householder v b => Householder v^vec (f b) | Delta k b => Delta k^vec (f b) end.
Definition map_head (h : head K) : head L :=
  match h with
  | Diagonal a => Diagonal a^vec
  | Dense A => Dense A^mat
  | Factors fs => Factors (map map_factor fs)
  | Gated g fs => Gated (f g) (map map_factor fs)
  | HouseholderDiagonal v b a => HouseholderDiagonal v^vec (f b) a^vec
  | DiagonalPlusRankOne w k a c => DiagonalPlusRankOne w^vec k^vec a^vec (f c)
  end.
Definition map_case (c : case K) : case L := Case (map map_head (case_A c)) (case_B c)^mat.
Definition map_functional (g : functional K) : functional L :=
  Functional (weights g)^mat (strict g) (f (bound g)).
Definition map_readout (r : readout K) : readout L :=
  match r with
  | States t => States (map (fun e => (e.1^mat, e.2)) t)
  | Thresholds fs t => Thresholds (map map_functional fs) t
  end.
Definition map_layer (l : layer K) : layer L :=
  Layer (initial l)^mat (reads l) (map (fun e => (e.1, map_case e.2)) (cases l))
    (map_readout (layer_readout l)).
Definition map_item (i : item K) : item L :=
  match i with Recurrent l => Recurrent (map_layer l) | Delay j n => Delay L j n end.
Definition map_network (N : network K) : network L :=
  Network (alphabet N) (map map_item (items N)).
Definition map_state (H : state K) : state L :=
  match H with inl A => inl A^mat | inr q => inr q end.

Lemma map_addv u v : (addv u v)^vec = addv u^vec v^vec.
Proof. exact/map_zip_with/(morph_plus fm). Qed.

Lemma map_scalev c v : (scalev c v)^vec = scalev (f c) v^vec.
Proof. by rewrite /scalev -!map_comp; apply: eq_map => x /=; rewrite (morph_times fm). Qed.

Lemma map_foldr_plus v : f (foldr (@plus K) (zero K) v) = foldr (@plus L) (zero L) v^vec.
Proof. by elim: v => [|x v IH] /=; rewrite ?(morph_zero fm) // (morph_plus fm) IH. Qed.

Lemma map_dot u v : f (dot u v) = dot u^vec v^vec.
Proof. by rewrite /dot map_foldr_plus (map_zip_with _ _ (morph_times fm)). Qed.

Lemma map_combine d row (H : seq (seq K)) : (combine d row H)^vec = combine d row^vec H^mat.
Proof.
rewrite /combine; elim: H row => [|h H IH] [|x row] //=; rewrite ?map_nseq ?(morph_zero fm) //.
by rewrite map_addv map_scalev IH.
Qed.

Lemma width_map (A : seq (seq K)) : width A^mat = width A.
Proof. by case: A => //= r A; rewrite /width /= size_map. Qed.

Lemma map_mulm A H : (mulm A H)^mat = mulm A^mat H^mat.
Proof.
by rewrite /mulm -!map_comp; apply: eq_map => row /=; rewrite map_combine width_map.
Qed.

Lemma map_addm A B : (addm A B)^mat = addm A^mat B^mat.
Proof. exact/map_zip_with/map_addv. Qed.

Lemma map_unit_row n i c : (unit_row n i c)^vec = unit_row n i (f c).
Proof. by rewrite /unit_row map_cat /= !map_nseq (morph_zero fm). Qed.

Lemma map_diagm a : (diagm a)^mat = diagm a^vec.
Proof.
rewrite /diagm /mkseq -map_comp size_map; apply/eq_in_map => i.
by rewrite mem_iota => /andP[_ lt_i] /=; rewrite map_unit_row (nth_map (zero K)).
Qed.

Lemma map_updatem c u w : (updatem c u w)^mat = updatem (f c) u^vec w^vec.
Proof.
rewrite /updatem (map_zip_with (a := map f) (b := f)
  (g := fun row x => zip_with (fun e y => minus e (times (times (f c) x) y)) row w^vec)).
  by rewrite /idm map_diagm map_nseq (morph_one fm) size_map.
move=> row x; apply: map_zip_with => e y.
by rewrite (morph_minus fm) !(morph_times fm).
Qed.

Lemma map_blockm As : (blockm As)^mat = blockm (map (map (map f)) As).
Proof.
elim: As => //= A As IH; rewrite map_cat -IH -!map_comp !size_map.
congr (_ ++ _); apply: eq_map => row /=.
  by rewrite /pad_right map_cat map_nseq (morph_zero fm).
by rewrite /pad_left map_cat map_nseq (morph_zero fm).
Qed.

Lemma map_factor_matrix x : (factor_matrix x)^mat = factor_matrix (map_factor x).
Proof. by case: x => v b; rewrite /= map_updatem // (morph_over fm) map_dot. Qed.

Lemma map_factors_matrix fs : (factors_matrix fs)^mat = factors_matrix (map map_factor fs).
Proof.
case: fs => //= x fs; rewrite -map_factor_matrix.
by elim: fs (factor_matrix x) => //= y fs IH A; rewrite IH map_mulm map_factor_matrix.
Qed.

Lemma map_head_matrix h : (head_matrix h)^mat = head_matrix (map_head h).
Proof.
case: h => [a|A|fs|g fs|v b a|w k a c] //=.
- exact: map_diagm.
- exact: map_factors_matrix.
- rewrite -map_factors_matrix /mapm -!map_comp; apply: eq_map => row /=.
  by rewrite -!map_comp; apply: eq_map => x /=; rewrite (morph_times fm).
- by rewrite map_mulm map_updatem map_diagm (morph_over fm) map_dot.
- rewrite (map_zip_with (a := map f) (b := map f) (g := zip_with (fun x y => plus x y))).
    rewrite map_diagm; congr zip_with; rewrite -!map_comp; apply: eq_map => x /=.
    rewrite -(map_zip_with _ _ (morph_times fm)) -!map_comp; apply: eq_map => y /=.
    by rewrite (morph_minus fm) (morph_zero fm) !(morph_times fm) (morph_over fm) map_dot.
  by move=> u v; apply/map_zip_with/(morph_plus fm).
Qed.

Lemma map_transition_matrix t :
  (transition_matrix t)^mat = transition_matrix (map map_head t).
Proof.
rewrite /transition_matrix map_blockm -!map_comp; congr blockm.
by apply: eq_map => h /=; apply: map_head_matrix.
Qed.

Lemma map_step c H : (step (Exact K) c H)^mat = step (Exact L) (map_case c) H^mat.
Proof. by rewrite /step map_addm map_mulm map_transition_matrix. Qed.

Lemma map_holds g H : holds (map_functional g) H^mat = holds g H.
Proof.
have E : functional_value (map_functional g) H^mat = f (functional_value g H).
  by rewrite /functional_value map_foldr_plus (map_zip_with _ _ map_dot).
by rewrite /holds E /= !(morph_below fm).
Qed.

Lemma map_read_out r H : read_out (map_readout r) H^mat = read_out r H.
Proof.
case: r => [t|fs t] /=; last first.
  by rewrite -map_comp; congr assoc; apply: eq_map => g /=; rewrite map_holds.
elim: t => //= -[G o] t IH /=; rewrite IH.
by rewrite (eqtype.inj_eq (inj_map (inj_map (morph_inj fm)))).
Qed.

Local Arguments step : simpl never.

(* a cell of the image does what the cell does *)
Lemma map_cell i x heard H :
  omap (fun g => g (map_state H)) (moves (cell_of (Exact L) (map_item i))
    (symbol_of (cell_of (Exact L) (map_item i)) x heard)) =
  omap (fun g => map_state (g H)) (moves (cell_of (Exact K) i) (symbol_of (cell_of (Exact K) i) x heard)).
Proof.
case: i => [l|j n] /=; last by case: H.
rewrite /symbol_of /= -!map_comp.
rewrite (assoc_map (fun c => on_matrix (step (Exact K) c))).
rewrite (_ : map _ _ = map (fun e => (e.1, on_matrix (step (Exact L) (map_case e.2)))) (cases l)) //.
rewrite (assoc_map (fun c => on_matrix (step (Exact L) (map_case c)))).
by case: assoc => [c|] //=; case: H => //= A; rewrite map_step.
Qed.

Lemma map_report i H G : report (cell_of (Exact L) (map_item i)) (map_state H) (map_state G) =
  report (cell_of (Exact K) i) H G.
Proof. by case: i => [l|j n] /=; [case: G => //= A; apply: map_read_out | case: H]. Qed.

Lemma map_advance_quiet it x Hs heard :
  advance (quiet_last (map (cell_of (Exact L)) (map map_item it))) x (map map_state Hs) heard =
  omap (fun p => (map map_state p.1, p.2))
    (advance (quiet_last (map (cell_of (Exact K)) it)) x Hs heard).
Proof.
elim: it Hs heard => [|i it IH] [|H Hs] heard //; first by case: it {IH}.
have E := map_cell i x heard H; case: it IH => [|i' it] IH.
  move: E => /=; rewrite /quiet /symbol_of /=.
  by case: moves => [g|]; case: moves => [g'|] //= -[->]; case: Hs.
have {}IH := IH Hs (rcons heard _).
set cs := quiet_last (map (cell_of (Exact K)) (i' :: it)) in IH *.
set cs' := quiet_last (map (cell_of (Exact L)) (map map_item (i' :: it))) in IH *.
rewrite -[LHS]/(advance (cell_of (Exact L) (map_item i) :: cs') x (map_state H :: map map_state Hs) heard).
rewrite -[advance _ _ (H :: Hs) _]/(advance (cell_of (Exact K) i :: cs) x (H :: Hs) heard).
rewrite [LHS]/= [advance (_ :: cs) _ _ _]/=.
move: E; case: moves => [g|]; case: moves => [g'|] //= -[->]; rewrite map_report.
by case: report => //= o; rewrite IH; case: advance => [[]|].
Qed.

Theorem map_network_answer N w :
  answer (Exact L) (map_network N) w = answer (Exact K) N w.
Proof.
have E : run (cells (Exact L) (map_network N)) (start (map_network N)) w =
    omap (map map_state) (run (cells (Exact K) N) (start N) w).
  elim/last_ind: w => [|w x IH].
    by rewrite /run /start /= -!map_comp; congr Some; apply: eq_map => -[].
  rewrite !run_rcons IH; case: run => //= Hs.
  by rewrite /next /cells map_advance_quiet; case: advance => [[]|].
rewrite /answer E; case: run => //= Hs; rewrite /last_output /=.
case: (items N) => //= i it; rewrite last_map -[inr [::]]/(map_state (inr [::])) last_map.
by case: (last i it) => //= l; case: (last _ Hs) => //= A; rewrite map_read_out.
Qed.

Lemma has_shape_map n d (A : seq (seq K)) : @has_shape L n d A^mat = has_shape n d A.
Proof.
by rewrite /has_shape size_map all_map; congr (_ && _); apply: eq_all => r /=; rewrite size_map.
Qed.

Lemma ok_direction_map v : ok_direction v^vec = ok_direction v.
Proof. by rewrite /ok_direction -map_dot -(morph_zero fm) (eqtype.inj_eq (morph_inj fm)). Qed.

Lemma factors_size_map fs : factors_size (map map_factor fs) = factors_size fs.
Proof. by case: fs => // -[v b|v b] fs /=; rewrite size_map. Qed.

Lemma ok_factors_map fs : ok_factors (map map_factor fs) = ok_factors fs.
Proof.
rewrite /ok_factors factors_size_map all_map; congr (_ && _); first by case: fs.
by apply: eq_all => -[v b|v b]; rewrite /ok_factor /= size_map ?ok_direction_map.
Qed.

Lemma head_size_map h : head_size (map_head h) = head_size h.
Proof. by case: h => *; rewrite /= ?size_map ?factors_size_map. Qed.

Lemma ok_head_map h : ok_head (map_head h) = ok_head h.
Proof.
rewrite /ok_head head_size_map; congr (_ && _).
by case: h => * //=; rewrite ?size_map ?has_shape_map ?ok_factors_map ?ok_direction_map.
Qed.

Lemma ok_transition_map n t : ok_transition n (map map_head t) = ok_transition n t.
Proof.
rewrite /ok_transition /transition_size all_map -map_comp; congr (_ && (sumn _ == _)).
  by apply: eq_all => h /=; rewrite ok_head_map.
by apply: eq_map => h /=; rewrite head_size_map.
Qed.

Lemma ok_readout_map n d r : ok_readout n d (map_readout r) = ok_readout n d r.
Proof.
case: r => [t|fs t] /=.
  rewrite all_map -map_comp; congr (_ && _).
    by apply: eq_all => e /=; rewrite has_shape_map.
  rewrite (_ : map _ t = map (map (map f)) (map fst t)); last by rewrite -map_comp.
  by rewrite (map_inj_uniq (inj_map (inj_map (morph_inj fm)))).
rewrite all_map size_map; congr [&& _, _, _ & _]; first by case: fs.
by apply: eq_all => g /=; rewrite has_shape_map.
Qed.

Lemma ok_layer_map xs lower l : ok_layer xs lower (map_layer l) = ok_layer xs lower l.
Proof.
rewrite /ok_layer /= size_map width_map has_shape_map ok_readout_map -!map_comp all_map.
congr [&& _, _, _, _, _, _, _, _ & _].
apply: eq_all => -[s c]; rewrite /ok_case /= size_map width_map.
by rewrite ok_transition_map has_shape_map.
Qed.

Lemma ok_items_map xs lower it : ok_items xs lower (map map_item it) = ok_items xs lower it.
Proof.
elim: it lower => //= i it IH lower; rewrite IH.
by case: i => [l|j n] //=; rewrite ok_layer_map.
Qed.

Theorem map_network_ok N : ok_network (map_network N) = ok_network N.
Proof.
rewrite /ok_network /= ok_items_map -map_comp; congr [&& _, last false _ & _].
by apply: eq_map => -[].
Qed.
End Morphism.

(* ------------------------------------------------- rationals in a real field *)

Section Rationals.
Variable R : realFieldType.
Local Open Scope ring_scope.

Definition of_pos (p : positive) : R := (Pos.to_nat p)%:R.
Definition of_integer (z : Z) : R :=
  match z with Z0 => 0 | Zpos p => of_pos p | Zneg p => - of_pos p end.
Definition of_rational (q : Qc) : R := of_integer (Qnum q) / of_pos (Qden q).

Lemma of_pos_gt0 p : 0 < of_pos p.
Proof. by rewrite ltr0n; apply/ssrnat.ltP/Pos2Nat.is_pos. Qed.

Lemma of_pos_neq0 p : of_pos p != 0.
Proof. by rewrite gt_eqF ?of_pos_gt0. Qed.

Lemma of_posM p q : of_pos (p * q) = of_pos p * of_pos q.
Proof. by rewrite /of_pos Pos2Nat.inj_mul multE natrM. Qed.

Lemma of_posD p q : of_pos (p + q) = of_pos p + of_pos q.
Proof. by rewrite /of_pos Pos2Nat.inj_add plusE natrD. Qed.

Lemma of_pos_sub p q : of_integer (Z.pos_sub p q) = of_pos p - of_pos q.
Proof.
rewrite Z.pos_sub_spec; case: Pos.compare_spec => [->|lt_pq|lt_qp] /=.
- by rewrite subrr.
- by rewrite -{2}(Pos.sub_add _ _ lt_pq) of_posD opprD addrCA subrr addr0.
- by rewrite -{2}(Pos.sub_add _ _ lt_qp) of_posD addrK.
Qed.

Lemma of_integerD x y : of_integer (x + y) = of_integer x + of_integer y.
Proof.
case: x y => [|p|p] [|q|q] //=; rewrite ?addr0 ?add0r ?of_posD ?of_pos_sub ?opprD //.
by rewrite addrC.
Qed.

Lemma of_integerM x y : of_integer (x * y) = of_integer x * of_integer y.
Proof.
by case: x y => [|p|p] [|q|q] //=;
  rewrite ?mulr0 ?mul0r ?of_posM ?mulrN ?mulNr ?opprK.
Qed.

Lemma of_integerN x : of_integer (- x) = - of_integer x.
Proof. by case: x => [|p|p] /=; rewrite ?oppr0 ?opprK. Qed.

Lemma of_integer_sgr x : (0 < of_integer x) = (0 <? x)%Z.
Proof.
by case: x => [|p|p] /=; rewrite ?ltxx ?of_pos_gt0 // oppr_gt0 lt_gtF ?of_pos_gt0.
Qed.

Lemma of_integer_lt x y : (of_integer x < of_integer y) = (x <? y)%Z.
Proof.
rewrite -subr_gt0 -of_integerN -of_integerD of_integer_sgr.
by apply/Z.ltb_spec0/Z.ltb_spec0; lia.
Qed.

(* fractions, not yet in lowest terms *)
Definition of_fraction (q : Q) : R := of_integer (Qnum q) / of_pos (Qden q).

Lemma of_fraction_eq (p q : Q) : (p == q)%Q -> of_fraction p = of_fraction q.
Proof.
move=> /(congr1 of_integer); rewrite !of_integerM /= => E.
by apply/eqP; rewrite /of_fraction eqr_div ?of_pos_neq0 // E.
Qed.

Lemma of_rational_Q2Qc q : of_rational (Q2Qc q) = of_fraction q.
Proof. exact/of_fraction_eq/Qred_correct. Qed.

Lemma of_fractionD p q : of_fraction (p + q) = of_fraction p + of_fraction q.
Proof.
by rewrite /of_fraction /= of_integerD !of_integerM of_posM addf_div ?of_pos_neq0.
Qed.

Lemma of_fractionM p q : of_fraction (p * q) = of_fraction p * of_fraction q.
Proof. by rewrite /of_fraction /= of_integerM of_posM mulf_div. Qed.

Lemma of_fractionN q : of_fraction (- q) = - of_fraction q.
Proof. by rewrite /of_fraction /= of_integerN mulNr. Qed.

Lemma of_fractionV q : of_fraction (/ q) = (of_fraction q)^-1.
Proof.
rewrite /of_fraction /Qinv; case: (Qnum q) => [|p|p] /=.
- by rewrite !mul0r invr0.
- by rewrite invf_div.
- by rewrite !mulNr invrN invf_div.
Qed.

Theorem of_rational_morphism : @arith_morphism rationals (arith_of R) of_rational.
Proof.
have D : {morph of_rational : x y / Qcplus x y >-> x + y}.
  by move=> x y; rewrite of_rational_Q2Qc of_fractionD.
have M : {morph of_rational : x y / Qcmult x y >-> x * y}.
  by move=> x y; rewrite of_rational_Q2Qc of_fractionM.
have V x : of_rational (Qcinv x) = (of_rational x)^-1.
  by rewrite of_rational_Q2Qc of_fractionV.
have B x y : lt_Qc x y = (of_rational x < of_rational y).
  rewrite /lt_Qc -of_integer_lt !of_integerM /of_rational.
  by rewrite ltr_pdivr_mulr ?of_pos_gt0 // mulrAC ltr_pdivl_mulr ?of_pos_gt0.
split=> //=.
- by rewrite of_rational_Q2Qc /of_fraction /= mul0r.
- by rewrite of_rational_Q2Qc /of_fraction /= divr1.
- by move=> x y; rewrite /Qcminus D of_rational_Q2Qc of_fractionN.
- by move=> x y; rewrite /Qcdiv M V.
- move=> x y E; have := B x y; have := B y x; rewrite E ltxx => yx xy.
  apply: Qcle_antisym; apply/Qcnot_lt_le => /lt_QcP.
    by rewrite yx.
  by rewrite xy.
Qed.

Definition real_network (N : network rationals) : network (arith_of R) :=
  @map_network rationals (arith_of R) of_rational N.

Theorem rational_answer (N : network rationals) w :
  answer (Exact _) (real_network N) w = answer (Exact _) N w.
Proof. exact: map_network_answer of_rational_morphism N w. Qed.
End Rationals.
