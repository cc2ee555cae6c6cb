(* monoscan-verified FILE...: one line a file, VERDICT<tab>KIND<tab>FILE<tab>WHY.

   valid        the extracted core accepts the certificate, and nothing in it was left out
   partial      the same, but its properties were not looked at (WHY names them)
   invalid      the core rejects it
   not-covered  a kind, a semantics or numbers that the core does not know
   unreadable   no certificate

   monoscan-verified --answers FILE...: objects with semantics, lrnn and words; prints the output of
   the network for each word, `none` where it has none. *)

open Json

let read path =
  let channel = open_in_bin path in
  Fun.protect
    ~finally:(fun () -> close_in channel)
    (fun () -> parse (really_input_string channel (in_channel_length channel)))

(* A property is a name, or a region that is stated as data. *)
let property node = match node with Text name -> name | _ -> "a stated region"

let check node =
  if text (get "monoscan" node) <> "certificate" then fail "not a certificate";
  if text (get "version" node) <> "2" then fail "another version of the format";
  let kind = text (get "kind" node) in
  match List.assoc_opt kind Certificate.kinds with
  | None -> ("not-covered", kind, "the kind " ^ kind)
  | Some program -> (
      match program node with
      | false -> ("invalid", kind, "an obligation fails")
      | true -> (
          match List.map property (items (get "properties" node)) with
          | [] -> ("valid", kind, "")
          | names -> ("partial", kind, "properties not looked at: " ^ String.concat ", " names))
      | exception Certificate.Not_covered what -> ("not-covered", kind, what))

let judge path =
  match check (read path) with
  | answer -> answer
  | exception Malformed why -> ("unreadable", "-", why)
  | exception Sys_error why -> ("unreadable", "-", why)
  | exception Stack_overflow -> ("unreadable", "-", "too large for this program")

let answers path =
  let node = read path in
  let meaning = get "semantics" node in
  let answer_of =
    if text (get "name" meaning) = "cast-unrolled"
    then Core.cast_answer_of (Certificate.format (get "format" meaning))
    else Core.answer_of (Certificate.semantics meaning)
  in
  let network = Certificate.network (get "lrnn" node) in
  if not (Core.ok_network Core.rationals network) then fail "the network is not well formed";
  let show = function
    | None -> "none"
    | Some (Core.Truth b) -> string_of_bool b
    | Some (Core.Text s) -> "text " ^ s
  in
  let answer word = print_endline (show (answer_of network (Certificate.word word))) in
  List.iter answer (items (get "words" node))

let () =
  match List.tl (Array.to_list Sys.argv) with
  | "--answers" :: paths -> List.iter answers paths
  | [] -> prerr_endline "usage: monoscan-verified CERTIFICATE.json..."; exit 2
  | paths ->
      let report path =
        let verdict, kind, why = judge path in
        Printf.printf "%s\t%s\t%s\t%s\n%!" verdict kind path (String.escaped why)
      in
      List.iter report paths
