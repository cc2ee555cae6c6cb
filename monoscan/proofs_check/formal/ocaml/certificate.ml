(* Certificates as the types of the extracted core; their meaning is decided there. *)

open Json

exception Not_covered of string

let max_side = 64
let max_digits = 2_000
let max_word = 100_000
let max_states = 200_000
let not_covered what = raise (Not_covered what)

(* ------------------------------------------------------------------ numbers *)

let is_natural s =
  s <> "" && String.length s <= max_digits
  && (s = "0" || s.[0] <> '0')
  && String.for_all (fun c -> c >= '0' && c <= '9') s

let integer_of s =
  let digits =
    if s <> "" && s.[0] = '-' then String.sub s 1 (String.length s - 1) else s
  in
  if not (is_natural digits) || s = "-0" then fail ("expected an integer, found " ^ s);
  Big_int_Z.big_int_of_string s

let integer node = integer_of (text node)

let small node =
  let n = integer node in
  if Big_int_Z.is_int_big_int n then Big_int_Z.int_of_big_int n else fail "an integer is too large"

let rational node =
  let s = text node in
  match String.index_opt s '/' with
  | None -> Core.make_rational (integer_of s) Big_int_Z.unit_big_int
  | Some i ->
      let below = integer_of (String.sub s (i + 1) (String.length s - i - 1)) in
      if Big_int_Z.le_big_int below Big_int_Z.unit_big_int then fail ("expected P/Q, found " ^ s);
      let above = integer_of (String.sub s 0 i) in
      let value = Core.make_rational above below in
      if not (Big_int_Z.eq_big_int value.Core.qden below) then fail (s ^ " is not in lowest terms");
      value

let number node : Core.Equality.sort =
  match node with
  | List _ -> not_covered "numbers of a cyclotomic field"
  | _ -> Obj.repr (rational node)

let side what found =
  if found = [] || List.length found > max_side then fail (what ^ ": expected 1 to 64 entries");
  found

let vector node = List.map number (side "a vector" (items node))
let matrix node = List.map vector (side "a matrix" (items node))

(* -------------------------------------------------------------------- names *)

let output = function
  | Truth b -> Core.Truth b
  | Text s -> Core.Text s
  | _ -> fail "expected true, false or a string"

(* what an item says: an output, or for a delay also nothing *)
let value = function Null -> Core.Nothing | node -> output node

let word node =
  let found = items node in
  if List.length found > max_word then fail "a word is too long";
  List.map text found

let choice options node =
  match List.assoc_opt (text node) options with
  | Some value -> value
  | None -> fail (text node ^ ", expected one of " ^ String.concat ", " (List.map fst options))

(* --------------------------------------------------------------- arithmetic *)

let modes =
  Core.
    [ ("nearest-even", NearestEven); ("nearest-away", NearestAway); ("nearest-down", NearestDown);
      ("toward-zero", TowardZero); ("up", Up); ("down", Down) ]

let format node =
  let mode = choice modes (get "rounding" node) in
  match text (get "kind" node) with
  | "fixed" ->
      only [ "kind"; "step"; "min"; "max"; "rounding"; "overflow" ] node;
      let value key = rational (get key node) in
      let wraps = choice [ ("saturate", false); ("wrap", true) ] (get "overflow" node) in
      Core.Fixed (value "step", value "min", value "max", mode, wraps)
  | "float" ->
      only [ "kind"; "precision"; "min_exponent"; "max"; "rounding"; "overflow" ] node;
      if text (get "overflow" node) = "infinity" then
        not_covered "a format that overflows to infinity"
      else choice [ ("saturate", ()) ] (get "overflow" node);
      let exponent = integer (get "min_exponent" node) in
      Core.Float (integer (get "precision" node), exponent, rational (get "max" node), mode)
  | kind -> fail ("no kind of format: " ^ kind)

let semantics node =
  match text (get "name" node) with
  | "exact" -> only [ "name" ] node; Core.ExactName
  | ("cast-unrolled" | "threshold" | "mixed-round" | "chunk-scan") as name -> not_covered ("the semantics " ^ name)
  | name ->
      only [ "name"; "format" ] node;
      let form = format (get "format" node) in
      if name = "seq-round" then Core.SeqRoundName form
      else if name = "op-round" then Core.OpRoundName form
      else fail ("no semantics: " ^ name)

(* -------------------------------------------------------------- transitions *)

let factor node =
  let kind = text (get "kind" node) in
  let key = if kind = "householder" then "v" else "k" in
  if kind <> "householder" && kind <> "delta" then fail ("no factor: " ^ kind);
  only [ "kind"; key; "beta" ] node;
  let direction, beta = (vector (get key node), number (get "beta" node)) in
  if kind = "householder" then Core.Householder (direction, beta) else Core.Delta (direction, beta)

let factors node =
  if text (get "kind" node) <> "product" then [ factor node ]
  else begin
    only [ "kind"; "factors" ] node;
    List.map factor (items (get "factors" node))
  end

let head node =
  match text (get "kind" node) with
  | "diagonal" -> only [ "kind"; "entries" ] node; Core.Diagonal (vector (get "entries" node))
  | "dense" -> only [ "kind"; "rows" ] node; Core.Dense (matrix (get "rows" node))
  | "gated" ->
      only [ "kind"; "gate"; "factor" ] node;
      Core.Gated (number (get "gate" node), factors (get "factor" node))
  | "householder-diagonal" ->
      only [ "kind"; "v"; "beta"; "entries" ] node;
      let v, beta = (vector (get "v" node), number (get "beta" node)) in
      Core.HouseholderDiagonal (v, beta, vector (get "entries" node))
  | "diagonal-plus-rank-one" ->
      only [ "kind"; "w"; "k"; "a"; "c" ] node;
      let w, k, a = (vector (get "w" node), vector (get "k" node), vector (get "a" node)) in
      Core.DiagonalPlusRankOne (w, k, a, number (get "c" node))
  | _ -> Core.Factors (factors node)

let transition node =
  if text (get "kind" node) <> "blocks" then [ head node ]
  else begin
    only [ "kind"; "blocks" ] node;
    let blocks = items (get "blocks" node) in
    if blocks = [] then fail "blocks: expected at least one";
    List.map head blocks
  end

(* ----------------------------------------------------------------- networks *)

let bits node =
  let bit = function '0' -> false | '1' -> true | _ -> fail "expected a string of 0 and 1" in
  List.map bit (List.of_seq (String.to_seq (text node)))

let functional node =
  only [ "weights"; "relation"; "bound" ] node;
  let strict = choice [ (">=", false); (">", true) ] (get "relation" node) in
  { Core.weights = matrix (get "weights" node); strict; bound = number (get "bound" node) }

let readout node =
  let table key read =
    let entry item =
      only [ key; "output" ] item;
      (read (get key item), output (get "output" item))
    in
    List.map entry (items (get "table" node))
  in
  match text (get "kind" node) with
  | "states" -> only [ "kind"; "table" ] node; Core.States (table "state" matrix)
  | "threshold" ->
      only [ "kind"; "functionals"; "table" ] node;
      let functionals = List.map functional (items (get "functionals" node)) in
      Core.Thresholds (functionals, table "bits" bits)
  | kind -> fail ("no kind of read-out: " ^ kind)

let is_delay lower i = i >= 1 && i <= List.length lower && List.nth lower (i - 1)

(* `lower` says of each item below whether it is a delay: only these may say nothing *)
let symbol lower reads node =
  match items node with
  | letter :: said ->
      if List.length said <> List.length reads then fail "on: another number of outputs";
      let part i node = if is_delay lower i then value node else output node in
      (text letter, List.map2 part reads said)
  | [] -> fail "on: expected a letter"

let case lower reads node =
  only [ "on"; "A"; "B" ] node;
  let a, b = (transition (get "A" node), matrix (get "B" node)) in
  (symbol lower reads (get "on" node), { Core.case_A = a; case_B = b })

let delay node =
  only [ "delay" ] node;
  let inner = get "delay" node in
  only [ "of"; "steps" ] inner;
  let from, steps = (small (get "of" inner), small (get "steps" inner)) in
  if from < 0 || steps < 1 || steps > max_side then fail "a delay: a number is out of range";
  Core.Delay (from, steps)

let layer lower node =
  if has "field" node then not_covered "layers over a cyclotomic field";
  let keys = [ "initial"; "cases"; "readout" ] in
  only (if has "reads" node then "reads" :: keys else keys) node;
  let reads =
    if has "reads" node then List.map small (items (get "reads" node))
    else List.mapi (fun i _ -> i + 1) lower
  in
  Core.Recurrent { Core.initial = matrix (get "initial" node);
    reads;
    cases = List.map (case lower reads) (items (get "cases" node));
    layer_readout = readout (get "readout" node) }

let network node =
  only [ "alphabet"; "layers" ] node;
  let add (lower, read) node =
    let item = if has "delay" node then delay node else layer lower node in
    (lower @ [ has "delay" node ], item :: read)
  in
  let _, read = List.fold_left add ([], []) (items (get "layers" node)) in
  { Core.alphabet = List.map text (items (get "alphabet" node)); items = List.rev read }

let automaton node =
  only [ "alphabet"; "table"; "outputs" ] node;
  let row item = List.map small (items item) in
  let table = List.map row (items (get "table" node)) in
  if List.length table > max_states then fail "too many states";
  if List.exists (List.exists (fun state -> state < 0)) table then fail "a negative state";
  { Core.aut_alphabet = List.map text (items (get "alphabet" node));
    aut_table = table;
    aut_outputs = List.map output (items (get "outputs" node)) }

(* -------------------------------------------------------------------- kinds *)

let item_state item node =
  match item with
  | Core.Recurrent _ -> Core.Inl (matrix node)
  | Core.Delay (_, steps) ->
      let queue = List.map value (items node) in
      if List.length queue <> steps then fail "a delay has another number of values";
      Core.Inr queue

let pair items_of_network states node =
  only [ "layers"; "automaton" ] node;
  let state = small (get "automaton" node) in
  if state < 0 || state >= states then fail "no such state of the automaton";
  let listed = items (get "layers" node) in
  if List.length listed <> List.length items_of_network then fail "layers: another number of states";
  (List.map2 item_state items_of_network listed, state)

let common node =
  [ "monoscan"; "version"; "kind"; "digest"; "semantics"; "lrnn"; "automaton"; "properties" ]
  @ if has "windows" node then [ "windows" ] else []

let windows node =
  let read node =
    let n = small node in
    if n < 1 || n > 1_000 then fail "a window is an integer between 1 and 1000" else n
  in
  if not (has "windows" node) then (1, 1)
  else match items (get "windows" node) with
    | [ a; b ] -> (read a, read b)
    | _ -> fail "windows: expected two"

(* With every operation rounded the window of A compares how the matrices are written. The theorem
   knows no product of one factor and no blocks of one block: it reads their part instead. *)
let rec has_one_part node =
  let parts key = has key node && List.length (items (get key node)) = 1 in
  let within key = has key node && List.exists has_one_part (items (get key node)) in
  parts "factors" || parts "blocks" || within "blocks"
  || (has "factor" node && has_one_part (get "factor" node))

let covered_windows node =
  let network = get "lrnn" node in
  let layers = items (get "layers" network) in
  let alone layer =
    has "cases" layer
    && List.exists (fun case -> has_one_part (get "A" case)) (items (get "cases" layer))
  in
  if text (get "name" (get "semantics" node)) = "op-round"
     && List.exists (has "delay") layers && List.exists alone layers
  then not_covered "windows where every operation is rounded and a product has one factor"

let recognizer node =
  let of_a, of_b = windows node in
  let meaning = semantics (get "semantics" node) in
  if has "like" node then not_covered "letters that act alike";
  only ("states" :: common node) node;
  let network, automaton = (network (get "lrnn" node), automaton (get "automaton" node)) in
  covered_windows node;
  let states = List.length automaton.Core.aut_table in
  let pairs = List.map (pair network.Core.items states) (items (get "states" node)) in
  if List.length pairs > max_states then fail "too many states";
  Core.recognizer_valid meaning of_a of_b network automaton pairs

let counterexample node =
  let of_a, of_b = windows node in
  let meaning = semantics (get "semantics" node) in
  only ([ "words"; "observations"; "outputs"; "expected" ] @ common node) node;
  let network, automaton = (network (get "lrnn" node), automaton (get "automaton" node)) in
  covered_windows node;
  let listed key = items (get key node) in
  let words = List.map word (listed "words") in
  let observation node =
    match node with Text _ -> Core.Bits (bits node) | _ -> Core.Seen (matrix node)
  in
  let observations = List.map observation (listed "observations") in
  let outputs = List.map output (listed "outputs") in
  let expected = List.map output (listed "expected") in
  let lengths = List.map List.length [ outputs; expected ] @ [ List.length observations ] in
  if List.exists (( <> ) (List.length words)) lengths then fail "lists of different lengths";
  let trial word (said_observation, (said_output, expected)) =
    { Core.word; said_observation; said_output; expected }
  in
  let trials = List.map2 trial words (List.combine observations (List.combine outputs expected)) in
  Core.counterexample_valid meaning of_a of_b network automaton trials

let kinds = [ ("recognizer", recognizer); ("counterexample", counterexample) ]
