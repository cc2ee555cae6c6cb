(* The networks of docs/lrnn-json.md and of the certificate format: stacks of       *)
(* layers H <- A H + B, under exact arithmetic or rounding.                         *)
(*                                                                                  *)
(*      output == true, false or a text; Nothing is what a delay hands on before    *)
(*                the word had begun                                                *)
(*        head == a diagonal block of A, as it is written                           *)
(*  head_matrix, transition_matrix == the matrix of a head, of a list of heads      *)
(*   semantics == Exact, SeqRound r, OpRound r: nothing is rounded; each new state  *)
(*                entry; each scalar operation, in the order of FORMAT.md           *)
(*     step sem c H == the state after H on the case c                              *)
(*    read_out r H == the output of the read-out r in the state H; None if its      *)
(*                    table has none                                                *)
(*            item == a layer, or a delay: Delay i k hands on what item i said k    *)
(*                    letters ago (i = 0: the letter)                               *)
(*           state == the state of a layer, a matrix (inl), or of a delay, the last *)
(*                    k values, the oldest first (inr)                              *)
(*      queue_cell == what a delay does, whatever the states of the layers are      *)
(*            cell == what an item does under a semantics: a map of states for each *)
(*                    symbol, and an output, which may depend on the state before   *)
(*  advance cs x Hs heard == the states and outputs of the cells cs after the       *)
(*                    letter x in the states Hs, `heard` being the outputs below.   *)
(*                    A cell reads the letter and the NEW outputs of the items it   *)
(*                    names. None: a symbol without case or a state without output  *)
(*                    is reached                                                    *)
(*     run cs Hs w == the states of all cells after the word w from Hs              *)
(*  answer sem N w == the output of the last layer of N after w                     *)
(*  recognises sem N L == the answer to every word over the alphabet is that of L   *)
From mathcomp Require Import all_ssreflect.
From Coq Require Import String.
From Monoscan Require Import arithmetic.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Definition string_eqMixin := EqMixin String.eqb_spec.
Canonical string_eqType := EqType string string_eqMixin.

Inductive output := Truth of bool | Text of string | Nothing.

Definition eq_output (a b : output) : bool :=
  match a, b with
  | Truth x, Truth y => x == y
  | Text x, Text y => x == y
  | Nothing, Nothing => true
  | _, _ => false
  end.
Lemma eq_outputP : Equality.axiom eq_output.
Proof. by move=> [x|x|] [y|y|]; apply: (iffP idP) => //= [/eqP->|[->]]. Qed.
Canonical output_eqType := EqType output (EqMixin eq_outputP).

Definition letter := string.
Definition symbol := (letter * seq output)%type.

(* the value of a key in a list of pairs *)
Fixpoint assoc (A : eqType) (B : Type) (table : seq (A * B)) (key : A) : option B :=
  match table with
  | [::] => None
  | (k, v) :: rest => if k == key then Some v else assoc rest key
  end.

Lemma assoc_map (A : eqType) (B C : Type) (f : B -> C) (t : seq (A * B)) a :
  assoc (map (fun e => (e.1, f e.2)) t) a = omap f (assoc t a).
Proof. by elim: t => //= -[k v] t IH /=; case: eqP. Qed.

Section Cells.
Variable S : Type. (* the states of the cells *)

Record cell := Cell {
  cell_reads : seq nat;
  moves : symbol -> option (S -> S);
  report : S -> S -> option output (* before and after *)
}.

(* of the last layer an output is asked for at the end of a word only *)
Definition quiet (c : cell) : cell :=
  Cell (cell_reads c) (moves c) (fun _ _ => Some (Truth false)).
Fixpoint quiet_last (cs : seq cell) : seq cell :=
  match cs with
  | [::] => [::]
  | [:: c] => [:: quiet c]
  | c :: cs' => c :: quiet_last cs'
  end.

Definition symbol_of (c : cell) (x : letter) (heard : seq output) : symbol :=
  (x, map (fun i => nth (Truth false) heard i.-1) (cell_reads c)).

Fixpoint advance (cs : seq cell) (x : letter) (Hs : seq S) (heard : seq output) :
    option (seq S * seq output) :=
  match cs, Hs with
  | c :: cs', H :: Hs' =>
      if moves c (symbol_of c x heard) is Some f then
        let H' := f H in
        if report c H H' is Some o then
          if advance cs' x Hs' (rcons heard o) is Some (Hs'', all_heard)
          then Some (H' :: Hs'', all_heard) else None
        else None
      else None
  | [::], [::] => Some ([::], heard)
  | _, _ => None
  end.

Definition next (cs : seq cell) (Hs : seq S) (x : letter) : option (seq S) :=
  omap fst (advance cs x Hs [::]).

Definition run (cs : seq cell) (Hs : seq S) (w : seq letter) : option (seq S) :=
  foldl (fun joint x => obind (fun Hs => next cs Hs x) joint) (Some Hs) w.

Lemma advance_consP c cs x Hs heard Hs' a : advance (c :: cs) x Hs heard = Some (Hs', a) ->
  exists H T f o V, [/\ Hs = H :: T, moves c (symbol_of c x heard) = Some f,
    report c H (f H) = Some o, advance cs x T (rcons heard o) = Some (V, a) & Hs' = f H :: V].
Proof.
case: Hs => [|H T] //=; case: moves => // f; case E: report => [o|] //.
by case A: advance => [[V b]|] // [<- <-]; exists H, T, f, o, V.
Qed.

(* where the last cell has an output, it may as well be asked for it *)
Lemma advance_loud h0 c cs x Hs heard Hs' a o :
  advance (quiet_last (c :: cs)) x Hs heard = Some (Hs', a) ->
  (forall H, report (last c cs) H (last h0 Hs') = Some o) ->
  exists a', advance (c :: cs) x Hs heard = Some (Hs', a').
Proof.
elim: cs c Hs heard Hs' => [|d cs IH] c Hs heard Hs'.
  case/advance_consP=> H [T [f [q [V [-> E _ A ->]]]]].
  case: T A => // -[<- _] /= r; exists (rcons heard o).
  by rewrite -[symbol_of c x heard]/(symbol_of (quiet c) x heard) E r.
case/advance_consP=> H [T [f [q [V [-> E r A ->]]]]] r'.
have Vn : last h0 (f H :: V) = last h0 V.
  have : advance (quiet_last (d :: cs)) x T (rcons heard q) = Some (V, a) by [].
  by case: (cs) => [|e es] /advance_consP[G [U [g [p [W [_ _ _ _ ->]]]]]].
rewrite Vn in r'; have [a' A'] := IH _ _ _ _ A r'.
exists a'; move: A' => /=; rewrite E r => ->.
by [].
Qed.

Lemma run_rcons cs Hs w x : run cs Hs (rcons w x) = obind (fun Hs => next cs Hs x) (run cs Hs w).
Proof. by rewrite /run foldl_rcons. Qed.
End Cells.

Section Queues.
Variable X : Type. (* the states of layers; a delay has a queue beside them *)

(* what a delay takes in at a symbol: the output below, or else the letter *)
Definition taken (s : symbol) : output := if s.2 is o :: _ then o else Text s.1.
Definition push (v : output) (H : X + seq output) : X + seq output :=
  if H is inr q then inr (rcons (behead q) v) else H.
Definition handed_on (H : X + seq output) : option output :=
  if H is inr (v :: _) then Some v else None.

Definition queue_cell (i : nat) : cell (X + seq output) :=
  Cell (if i is 0 then [::] else [:: i]) (fun s => Some (push (taken s))) (fun H _ => handed_on H).
End Queues.

Section Network.
Variable K : arith.
Local Notation vector := (seq K).
Local Notation matrix := (seq (seq K)).

Inductive factor :=
  | Householder of vector & K (* v, beta: I - beta v v^T / (v^T v) *)
  | Delta of vector & K. (* k, beta: I - beta k k^T *)

Inductive head :=
  | Diagonal of vector
  | Dense of matrix
  | Factors of seq factor (* F1 F2 ... Fm *)
  | Gated of K & seq factor (* g F1 F2 ... Fm *)
  | HouseholderDiagonal of vector & K & vector (* (I - beta v v^T / (v^T v)) diag(a) *)
  | DiagonalPlusRankOne of vector & vector & vector & K. (* w, k, a, c:
      diag(w) - c k (k o a)^T / (k^T k) *)

Definition transition := seq head. (* its diagonal blocks *)

Definition factor_size (f : factor) : nat :=
  match f with Householder v _ => size v | Delta k _ => size k end.
Definition factor_matrix (f : factor) : matrix :=
  match f with
  | Householder v beta => updatem (over beta (dot v v)) v v
  | Delta k beta => updatem beta k k
  end.

Definition factors_size (fs : seq factor) : nat :=
  if fs is f :: _ then factor_size f else 0.
Definition factors_matrix (fs : seq factor) : matrix :=
  if fs is f :: fs' then foldl (fun A g => mulm A (factor_matrix g)) (factor_matrix f) fs'
  else [::].

Definition head_size (h : head) : nat :=
  match h with
  | Diagonal a => size a
  | Dense A => size A
  | Factors fs | Gated _ fs => factors_size fs
  | HouseholderDiagonal v _ _ => size v
  | DiagonalPlusRankOne w _ _ _ => size w
  end.
Definition head_matrix (h : head) : matrix :=
  match h with
  | Diagonal a => diagm a
  | Dense A => A
  | Factors fs => factors_matrix fs
  | Gated g fs => mapm (times g) (factors_matrix fs)
  | HouseholderDiagonal v beta a => mulm (updatem (over beta (dot v v)) v v) (diagm a)
  | DiagonalPlusRankOne w k a c =>
      zip_with (zip_with (fun x y => plus x y)) (diagm w)
        (map (map (fun y => minus (zero K) (times (over c (dot k k)) y)))
          (map (fun x => map (times x) (zip_with (@times K) k a)) k))
  end.

Definition transition_size (t : transition) : nat := sumn (map head_size t).
Definition transition_matrix (t : transition) : matrix := blockm (map head_matrix t).

(* ---------------------------------------------------------------- one step *)

Inductive semantics := Exact | SeqRound of (K -> K) | OpRound of (K -> K).

Section Rounded.
Variable r : K -> K.

Definition round_dot (k x : vector) : K :=
  if zip_with (fun a b => r (times a b)) k x is p :: ps
  then foldl (fun s q => r (plus s q)) p ps else zero K.

Definition round_factor (f : factor) (x : vector) : vector :=
  match f with
  | Delta k beta =>
      let t := r (times beta (round_dot k x)) in
      zip_with (fun h a => r (minus h (r (times t a)))) x k
  | Householder _ _ => [::] (* not admissible *)
  end.
Definition round_factors (fs : seq factor) (x : vector) : vector := foldr round_factor x fs.

Definition round_head (h : head) (x : vector) : vector :=
  match h with
  | Diagonal a => zip_with (fun e y => r (times e y)) a x
  | Dense A => map (fun row => round_dot row x) A
  | Factors fs => round_factors fs x
  | Gated g fs => map (fun y => r (times g y)) (round_factors fs x)
  | HouseholderDiagonal _ _ _ | DiagonalPlusRankOne _ _ _ _ => [::] (* not admissible *)
  end.

Fixpoint round_transition (t : transition) (x : vector) : vector :=
  if t is h :: t' then
    round_head h (take (head_size h) x) ++ round_transition t' (drop (head_size h) x)
  else [::].
End Rounded.

Record case := Case { case_A : transition; case_B : matrix }.

(* the matrix is made once, before the state is known *)
Definition step (sem : semantics) (c : case) : matrix -> matrix :=
  match sem with
  | Exact => let A := transition_matrix (case_A c) in fun H => addm (mulm A H) (case_B c)
  | SeqRound r =>
      let A := transition_matrix (case_A c) in fun H => mapm r (addm (mulm A H) (case_B c))
  | OpRound r => fun H =>
      trm (zip_with
        (fun x b => zip_with (fun y e => r (plus y e)) (round_transition r (case_A c) x) b)
        (trm H) (trm (case_B c)))
  end.

(* ---------------------------------------------------------------- layers *)

(* sum_jk weights_jk H_jk >= bound, or > bound if strict *)
Record functional := Functional { weights : matrix; strict : bool; bound : K }.

Inductive readout :=
  | States of seq (matrix * output)
  | Thresholds of seq functional & seq (seq bool * output).

Definition functional_value (f : functional) (H : matrix) : K :=
  foldr (@plus K) (zero K) (zip_with (@dot K) (weights f) H).
Definition holds (f : functional) (H : matrix) : bool :=
  if strict f then below (bound f) (functional_value f H)
  else ~~ below (functional_value f H) (bound f).

Definition read_out (r : readout) (H : matrix) : option output :=
  match r with
  | States table => assoc table H
  | Thresholds fs table => assoc table (map (fun f => holds f H) fs)
  end.

Record layer := Layer {
  initial : matrix;
  reads : seq nat; (* numbers of items below, from 1 *)
  cases : seq (symbol * case);
  layer_readout : readout
}.

Inductive item := Recurrent of layer | Delay of nat & nat. (* of which item, how many letters *)

Definition layer_of (i : item) : option layer := if i is Recurrent l then Some l else None.

Record network := Network { alphabet : seq letter; items : seq item }.

(* depth counts these *)
Definition layers (N : network) : seq layer := pmap layer_of (items N).

(* ---------------------------------------------------------------- running *)

Definition state := (matrix + seq output)%type.

Definition on_matrix (f : matrix -> matrix) (H : state) : state := if H is inl A then inl (f A) else H.

Definition output_of (l : layer) (H : state) : option output :=
  if H is inl A then read_out (layer_readout l) A else None.

Definition layer_cell (sem : semantics) (l : layer) : cell state :=
  Cell (reads l) (assoc (map (fun entry => (entry.1, on_matrix (step sem entry.2))) (cases l)))
    (fun _ H => output_of l H).

Definition delay_cell : nat -> cell state := queue_cell matrix.

Definition cell_of (sem : semantics) (i : item) : cell state :=
  match i with Recurrent l => layer_cell sem l | Delay i _ => delay_cell i end.

Definition cells (sem : semantics) (N : network) : seq (cell state) :=
  quiet_last (map (cell_of sem) (items N)).

Definition item_start (i : item) : state :=
  match i with Recurrent l => inl (initial l) | Delay _ k => inr (nseq k Nothing) end.
Definition start (N : network) : seq state := map item_start (items N).

Definition item_output (i : item) (H : state) : option output :=
  if i is Recurrent l then output_of l H else None.
Definition last_output (N : network) (Hs : seq state) : option output :=
  if items N is i :: it then item_output (last i it) (last (inr [::]) Hs) else None.

Definition answer (sem : semantics) (N : network) (w : seq letter) : option output :=
  obind (last_output N) (run (cells sem N) (start N) w).

Definition recognises (sem : semantics) (N : network) (L : seq letter -> output) : Prop :=
  forall w, all (mem (alphabet N)) w -> answer sem N w = Some (L w).

Definition loud (sem : semantics) (N : network) : seq (cell state) :=
  map (cell_of sem) (items N).

Lemma next_loud sem N Hs x Hs' : next (cells sem N) Hs x = Some Hs' ->
  last_output N Hs' <> None ->
  advance (loud sem N) x Hs [::] =
    Some (Hs', odflt [::] (omap snd (advance (loud sem N) x Hs [::]))).
Proof.
rewrite /next /cells /last_output /loud; case: (items N) => // i it.
case A: advance => [[V a]|] //= [<-]; case E: item_output => [o|] // _.
have E' H : report (last (cell_of sem i) (map (cell_of sem) it)) H (last (inr [::]) V) = Some o.
  by rewrite last_map; case: (last i it) E.
by have /= [a' ->] := advance_loud A E'.
Qed.
End Network.
