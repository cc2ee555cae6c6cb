(* JSON under the lexical rules of FORMAT.md: no numbers, no key twice. *)

exception Malformed of string

type t =
  | Null
  | Truth of bool
  | Text of string
  | List of t list
  | Object of (string * t) list

let fail why = raise (Malformed why)
let max_depth = 40
let max_bytes = 16 * 1024 * 1024

(* The code point at i and the position after it; checks UTF-8 by its definition. *)
let decode text i =
  let byte k = if k < String.length text then Char.code text.[k] else -1 in
  let rec tail k count value =
    if count = 0 then value
    else
      let b = byte k in
      if b land 0xC0 <> 0x80 || b < 0 then fail "not UTF-8"
      else tail (k + 1) (count - 1) ((value lsl 6) lor (b land 0x3F))
  in
  let first = byte i in
  let count, least, start =
    if first < 0x80 then (0, 0, first)
    else if first land 0xE0 = 0xC0 then (1, 0x80, first land 0x1F)
    else if first land 0xF0 = 0xE0 then (2, 0x800, first land 0x0F)
    else if first land 0xF8 = 0xF0 then (3, 0x10000, first land 0x07)
    else fail "not UTF-8"
  in
  let value = tail (i + 1) count start in
  if value < least || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF) then
    fail "not UTF-8";
  i + 1 + count

let check_utf8 text =
  let i = ref 0 in
  while !i < String.length text do
    i := decode text !i
  done

let parse text =
  if String.length text > max_bytes then fail "over limit: the file is too large";
  check_utf8 text;
  let position = ref 0 in
  let peek () = if !position < String.length text then text.[!position] else '\000' in
  let take () =
    let c = peek () in
    incr position;
    c
  in
  let rec skip () =
    match peek () with
    | (' ' | '\t' | '\n' | '\r') when !position < String.length text -> incr position; skip ()
    | _ -> ()
  in
  let expect word =
    String.iter (fun c -> if take () <> c then fail ("not JSON: expected " ^ word)) word
  in
  let hex4 () =
    let digits = String.init 4 (fun _ -> take ()) in
    let is_hex = function '0' .. '9' | 'a' .. 'f' | 'A' .. 'F' -> true | _ -> false in
    String.iter (fun c -> if not (is_hex c) then fail "not JSON: a wrong \\u escape") digits;
    int_of_string ("0x" ^ digits)
  in
  let escape buffer =
    match take () with
    | ('"' | '\\' | '/') as c -> Buffer.add_char buffer c
    | 'b' -> Buffer.add_char buffer '\b'
    | 'f' -> Buffer.add_char buffer '\012'
    | 'n' -> Buffer.add_char buffer '\n'
    | 'r' -> Buffer.add_char buffer '\r'
    | 't' -> Buffer.add_char buffer '\t'
    | 'u' ->
        let high = hex4 () in
        let code =
          if high < 0xD800 || high > 0xDFFF then high
          else begin
            if high > 0xDBFF then fail "half of a surrogate pair";
            if take () <> '\\' || take () <> 'u' then fail "half of a surrogate pair";
            let low = hex4 () in
            if low < 0xDC00 || low > 0xDFFF then fail "half of a surrogate pair";
            0x10000 + ((high - 0xD800) lsl 10) + (low - 0xDC00)
          end
        in
        Buffer.add_utf_8_uchar buffer (Uchar.of_int code)
    | _ -> fail "not JSON: a wrong escape"
  in
  let quoted () =
    expect "\"";
    let buffer = Buffer.create 16 in
    let rec go () =
      if !position >= String.length text then fail "not JSON: a string without end";
      match take () with
      | '"' -> Buffer.contents buffer
      | '\\' -> escape buffer; go ()
      | c when Char.code c < 0x20 -> fail "not JSON: a control character in a string"
      | c -> Buffer.add_char buffer c; go ()
    in
    go ()
  in
  let rec value depth =
    skip ();
    match peek () with
    | '"' -> Text (quoted ())
    | 't' -> expect "true"; Truth true
    | 'f' -> expect "false"; Truth false
    | 'n' -> expect "null"; Null
    | ('[' | '{') when depth = max_depth -> fail "over limit: nested too deep"
    | '[' -> incr position; skip (); List (sequence ']' (fun () -> value (depth + 1)))
    | '{' ->
        incr position;
        skip ();
        let seen = Hashtbl.create 8 in
        let member () =
          skip ();
          let key = quoted () in
          if Hashtbl.mem seen key then fail ("duplicate key " ^ key);
          Hashtbl.add seen key ();
          skip ();
          expect ":";
          (key, value (depth + 1))
        in
        Object (sequence '}' member)
    | _ -> fail "not JSON, or a number"
  and sequence : 'a. char -> (unit -> 'a) -> 'a list =
   fun close item ->
    let rec go found =
      let found = item () :: found in
      skip ();
      match take () with
      | ',' -> go found
      | c when c = close -> List.rev found
      | _ -> fail "not JSON: expected a comma or the end of a list"
    in
    if peek () = close then (incr position; []) else go []
  in
  let found = value 0 in
  skip ();
  if !position < String.length text then fail "not JSON: something follows the object";
  found

(* ------------------------------------------------------------------ reading *)

let get key = function
  | Object members -> (
      match List.assoc_opt key members with
      | Some value -> value
      | None -> fail ("missing key " ^ key))
  | _ -> fail ("expected an object with the key " ^ key)

let has key = function Object members -> List.mem_assoc key members | _ -> false

(* An object with exactly these keys. *)
let only keys node =
  match node with
  | Object members ->
      let known (key, _) = if not (List.mem key keys) then fail ("unknown key " ^ key) in
      List.iter known members;
      List.iter (fun key -> ignore (get key node)) keys
  | _ -> fail "expected an object"

let items = function List found -> found | _ -> fail "expected a list"
let text = function Text found -> found | _ -> fail "expected a string"
