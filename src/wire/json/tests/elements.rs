//! Documents with a long list as a stream.

use proptest::prelude::*;

use super::*;
use crate::finding::Refusal;
use crate::wire::Digest;

/// What a stream told: the path that won, members beside, objects, the digest.
#[derive(Debug, PartialEq)]
struct Streamed {
    path: usize,
    beside: Vec<String>,
    objects: Vec<String>,
    digest: String,
}

fn streamed(text: &str, paths: &[&str], block: usize, threads: usize) -> Result<Streamed, Refusal> {
    let input = input(text);
    let paths: Vec<Vec<String>> =
        paths.iter().map(|path| path.split('/').filter(|name| !name.is_empty()).map(String::from).collect()).collect();
    let (mut beside, mut objects) = (Vec::new(), Vec::new());
    let tell = |member: Beside<'_>| {
        let place = member.base + member.value.offset as u64;
        beside.push(format!("{} {place} {}", member.path.join("/"), strip(&told(member.value))));
        Ok(())
    };
    let work = |_: &mut (), block: ObjectBlock<'_>| Ok::<_, Refusal>((block.path, told_block(&block)));
    let mut winners = Vec::new();
    let merge = |(path, mut found): (usize, Vec<String>)| {
        winners.push(path);
        objects.append(&mut found);
        Ok(())
    };
    let elements = Elements { input: &input, paths: &paths, threads, block };
    let (path, digest) = elements.read(tell, || (), work, merge)?;
    assert_eq!(elements.leads(), Some(path));
    assert!(winners.iter().all(|winner| *winner == path));
    Ok(Streamed { path, beside, objects, digest: digest.to_string() })
}

/// The same in every way of streaming.
fn every_way(text: &str, paths: &[&str]) -> Result<Streamed, Refusal> {
    let first = streamed(text, paths, 64, 1);
    for (block, threads) in STREAMS {
        assert_eq!(streamed(text, paths, block, threads), first, "{block} {threads} {text}");
    }
    first
}

fn found(text: &str, paths: &[&str]) -> (usize, String, String) {
    let streamed = every_way(text, paths).unwrap();
    assert_eq!(streamed.digest, Digest::of(text.as_bytes()).to_string());
    (streamed.path, streamed.beside.join(", "), streamed.objects.join(", "))
}

fn said(text: &str, paths: &[&str]) -> String {
    every_way(text, paths).unwrap_err().to_string().replace("cannot read m.json: ", "")
}

#[test]
fn the_list_is_found_where_a_path_leads() {
    let told = |path, beside: &str, objects: &str| (path, beside.to_owned(), objects.to_owned());
    assert_eq!(found("[{\"a\":1}, {}]", &["products", ""]), told(1, "", "1 {a=1}, 10 {}"));
    assert_eq!(
        found("{\"n\":1,\"products\":[{\"a\":[2]}],\"t\":\"x\"}", &["products", ""]),
        told(0, "n 5 1, t 34 \"x\"", "19 {a=[2]}")
    );
    assert_eq!(
        found(
            "{\"data\":{\"cost\":{},\"products\":{\"edges\":[{},{}],\"next\":true}},\"x\":[]}",
            &["products", "data/products/edges"]
        ),
        told(1, "data/cost 16 {}, data/products/next 54 true, x 65 []", "40 {}, 43 {}")
    );
    assert_eq!(found("{\"product\":{\"a\":1}}", &["products", "product"]), told(1, "", "11 {a=1}"));
    assert_eq!(found(" {\"a\":1} ", &["products", ""]), told(1, "", "1 {a=1}"));
    assert_eq!(found("{\"products\" : [ ] }", &["products"]), told(0, "", ""));
}

#[test]
fn the_first_path_that_leads_to_objects_wins_wherever_it_stands() {
    let text = "{\"b\":[{\"b\":1}],\"a\":[{\"a\":1}],\"c\":{\"d\":[{}]}}";
    assert_eq!(found(text, &["a", "b"]), (0, "b 5 [{b=1}], c 33 {d=[{}]}".into(), "20 {a=1}".into()));
    assert_eq!(found(text, &["b", "a"]).0, 0);
    assert_eq!(found(text, &["x", "c/d", "c", ""]).0, 1);
    assert_eq!(found(text, &["x", "c", "c/d"]).2, "33 {d=[{}]}");
    // a list of something else, or one thing that is no object, is not what is looked for
    assert_eq!(found("{\"a\":[1],\"b\":{\"a\":\"[\"},\"c\":[{}]}", &["a", "b/a", "c"]).0, 2);
}

#[test]
fn what_is_broken_is_refused_in_its_place() {
    let cases = [
        ("", "the file is empty"),
        (" \n", "the file is empty"),
        ("{\"products\":[{},]}", "line 1, column 17: «]» stands where a value was expected"),
        ("{\"products\":[,]}", "line 1, column 14: «,» stands where a value was expected"),
        ("{\"products\":[{} {}]}", "line 1, column 17: «{» stands where «,» or «]» was expected"),
        ("{\"products\":[{},7,{}]}", "line 1, column 17: «7» stands where an object was expected"),
        ("{\"products\":[{},{}}", "line 1, column 19: «}» stands where «,» or «]» was expected"),
        ("{\"products\":[{}],\"products\":1}", "line 1, column 18: the key «products» stands twice in one object"),
        ("{\"products\":[{}],\"x\":1,}", "line 1, column 24: «}» stands where a key was expected"),
        ("{\"products\":[{}]} x", "line 1, column 19: «x» stands behind the end of the document"),
        (
            "{\"products\":[{}]",
            "line 1, column 1: the object that begins here is never closed: «,» or «}» was expected",
        ),
        (
            "{\"products\":[{\"a\":1},\n",
            "line 1, column 13: the list that begins here is never closed: a value was expected",
        ),
        (
            "{\"products\":[{\"a\":1},\n{\"a\":[",
            "line 2, column 6: the list that begins here is never closed: a value was expected",
        ),
        ("[{},\n {\"a\":1,\"a\":2},{}]", "line 2, column 9: the key «a» stands twice in one object"),
    ];
    for (text, what) in cases {
        assert_eq!(said(text, &["products", ""]), what, "{text}");
    }
}

#[test]
fn a_document_without_the_list_is_refused_with_what_it_has() {
    let refusal =
        every_way(r#"{"shop":"x","orders":[1],"n":{"products":[{}]}}"#, &["products", "n/edges"]).unwrap_err();
    assert_eq!(refusal.what, "there is no list of objects at «products», nor at «n/edges»");
    assert_eq!(refusal.help, "the document has: «shop» (a text), «orders» (a list), «n» (an object)");
    let many: Vec<String> = (0..12).map(|number| format!("\"k{number}\":0")).collect();
    let refusal = every_way(&format!("{{{}}}", many.join(",")), &["x"]).unwrap_err();
    assert!(refusal.help.ends_with("«k7» (a number), 4 more"), "{}", refusal.help);
    assert_eq!(every_way("[[{}]]", &[""]).unwrap_err().what, "there is no list of objects at the top of the document");
    // what is no JSON is refused for that, wherever it breaks
    assert_eq!(said("{\"a\":1,\n\"b\":[1,]}", &["x"]), "line 2, column 8: «]» stands where a value was expected");
}

/// A listing that has everything that could be taken for a bracket or a quote.
fn an_object() -> impl Strategy<Value = String> {
    let text = r#"([a\]\[{},:жї😀]|\\\\|\\"){0,30}"#;
    (text, 0usize..3, "[ \n]{0,3}", 0usize..90).prop_map(|(text, nested, blanks, long)| {
        let (open, close) = ("[{\"x\":".repeat(nested), "}]".repeat(nested));
        format!("{{\"t\":{blanks}\"{text}\",{blanks}\"v\":{open}1.50{close},\"l\":\"{}\"}}", "]".repeat(long))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]
    #[test]
    fn a_stream_tells_what_the_tree_has(
        objects in proptest::collection::vec((an_object(), "[ \r\n\t]{0,2}"), 0..40),
        ahead in "( ?\"[xyz]\": ?(1|\"\\[\"|\\[ \\]|\\{\\}),){0,1}", behind in "(,\"[uvw]\":(2|\\[3,\"\\}\"\\]))?",
    ) {
        let list: Vec<String> = objects.iter().map(|(object, blanks)| format!("{blanks}{object}{blanks}")).collect();
        let text = format!("{{{ahead}\"data\":{{{ahead}\"edges\":[{}]{behind}}}{behind}}}", list.join(","));
        let arena = Bump::new();
        let tree = parse(&text, &arena).unwrap();
        let expected: Vec<String> = tree.member("data").unwrap().member("edges").unwrap().list().unwrap().iter()
            .map(|json| format!("{} {}", json.offset, strip(told(*json).split_once(':').unwrap().1))).collect();
        let streamed = every_way(&text, &["edges", "data/edges"]).unwrap();
        prop_assert_eq!(streamed.objects, expected);
        prop_assert_eq!(streamed.beside.len(), 2 * (usize::from(!ahead.is_empty()) + usize::from(!behind.is_empty())));
        prop_assert_eq!(streamed.digest, Digest::of(text.as_bytes()).to_string());
    }

    #[test]
    fn a_broken_stream_is_refused_like_the_tree(
        objects in proptest::collection::vec(an_object(), 1..12), at in 0usize..2000, mark in "[\\[\\]{},:\"\\\\0a\n]", replaces in any::<bool>(),
    ) {
        let mut text: Vec<char> = format!("{{\"n\":1,\"list\":[{}],\"m\":\"]\"}}", objects.join(",")).chars().collect();
        let at = at % text.len();
        text.splice(at..at + usize::from(replaces), mark.chars());
        let text: String = text.into_iter().collect();
        let streamed = every_way(&text, &["list"]).err();
        let expected = parse(&text, &Bump::new()).err().map(|malformed| refusal(&input(&text), 0, &malformed));
        let is_other = |refusal: &Refusal| ["where an object was", "no list"].iter().any(|words| refusal.what.contains(words));
        match streamed {
            // JSON, yet not what is looked for; that may be said before what is broken further behind
            Some(other) if is_other(&other) => {
                let place = |refusal: &Refusal| (refusal.line, refusal.column);
                prop_assert!(expected.is_none_or(|expected| place(&other) < place(&expected)), "{other}");
            }
            streamed => prop_assert_eq!(streamed, expected),
        }
    }
}

#[test]
fn a_document_that_is_cut_anywhere_is_refused() {
    let text = r#"{"n":[1],"data":{"edges":[{"a":"x\\\"ж"},{"b":[{}]},{"c":null}],"next":true},"z":-1}"#;
    every_way(text, &["data/edges"]).unwrap();
    for at in (0..text.len()).filter(|at| text.is_char_boundary(*at)) {
        let refusal = every_way(&text[..at], &["data/edges"]).unwrap_err();
        let cut = refusal.help.starts_with("the file is cut");
        assert!(cut || (at == 0 && refusal.what == "the file is empty"), "{}: {refusal:?}", &text[..at]);
    }
}

#[test]
fn text_that_is_not_utf8_is_refused_in_its_place() {
    for (before, behind) in
        [("{\"n\":\"", "\",\"list\":[{}]}"), ("{\"list\":[{\"a\":\"", "\"},{}]}"), ("{\"list\":[{}]} ", "")]
    {
        let mut bytes = before.as_bytes().to_vec();
        bytes.push(0xFF);
        bytes.extend_from_slice(behind.as_bytes());
        let utf8 = EncodingChoice::Named(encoding_rs::UTF_8);
        let input = Input::from_bytes("m.json", bytes, utf8, Sniff::Text).unwrap();
        let paths = [vec!["list".to_owned()]];
        for (block, threads) in STREAMS {
            let elements = Elements { input: &input, paths: &paths, threads, block };
            let refusal = elements.read(|_| Ok(()), || (), |_, _| Ok::<_, Refusal>(()), |()| Ok(())).unwrap_err();
            assert_eq!(refusal.column, Some(before.len() as u64 + 1), "{refusal}");
        }
    }
}
