//! Lines as a stream.

use proptest::prelude::*;

use super::*;
use crate::finding::Refusal;
use crate::wire::Digest;

fn streamed(text: &str, block: usize, threads: usize) -> Result<(Vec<String>, String), Refusal> {
    let input = input(text);
    let mut all = Vec::new();
    let work = |numbers: &mut usize, block: LineBlock<'_>| {
        *numbers += block.objects.len();
        Ok::<_, Refusal>(told_block(&block))
    };
    let merge = |mut objects| {
        all.append(&mut objects);
        Ok(())
    };
    let digest = Lines { input: &input, threads, block }.read(|| 0, work, merge)?;
    Ok((all, digest.to_string()))
}

fn said(text: &str) -> String {
    let said = streamed(text, 64, 1).unwrap_err();
    for (block, threads) in STREAMS {
        assert_eq!(streamed(text, block, threads), Err(said.clone()), "{block} {threads}");
    }
    said.to_string()
}

#[test]
fn lines_are_told_with_their_offsets() {
    let found: Vec<_> = lines("{}\n\n \r\n[1]\r\nx").collect();
    assert_eq!(found, [(0, "{}"), (7, "[1]\r"), (12, "x")]);
    assert_eq!(lines("").count() + lines("\n\n").count(), 0);
}

#[test]
fn a_last_line_without_its_end_is_read_where_it_is_whole() {
    assert_eq!(streamed("{\"a\":1}\n{\"a\":2}", 64, 1).unwrap().0, ["0 {a=1}", "8 {a=2}"]);
    assert_eq!(
        said("{\"a\":1}\n{\"a\":2"),
        "cannot read m.json: line 2, column 1: the object that begins here is never closed: «,» or «}» was expected"
    );
}

#[test]
fn every_line_is_one_object() {
    let cases = [
        ("", "the file is empty"),
        ("\n \n", "the file is empty"),
        ("{}\n[1]\n", "line 2, column 1: «[» stands where an object was expected"),
        ("{}\n{} {}\n", "line 2, column 4: «{» stands behind the object of this line"),
        ("{}\n{},\n{}", "line 2, column 3: «,» stands behind the object of this line"),
        ("{}\n{\"a\":\n1}\n", "line 2, column 1: the object that begins here is never closed: a value was expected"),
        ("{}\n{\"ключ\":tru}\n", "line 2, column 9: «tru» is no value"),
    ];
    for (text, what) in cases {
        assert_eq!(said(text), format!("cannot read m.json: {what}"), "{text:?}");
    }
}

proptest! {
    #[test]
    fn every_size_and_number_of_threads_gives_the_same(
        parts in proptest::collection::vec(("[aї😀\\[{]{0,9}", 0usize..200, "( |\t|\r|)(\n|\r\n|\n\n \n)"), 1..40),
    ) {
        let (mut text, mut expected) = (String::new(), Vec::new());
        for (word, number, end) in parts {
            expected.push(format!("{} {{k=\"{word}\" n=[{number} null]}}", text.len()));
            text.push_str(&format!("{{\"k\":\"{word}\",\"n\":[{number},null]}}{end}"));
        }
        for (block, threads) in STREAMS {
            let (found, digest) = streamed(&text, block, threads).unwrap();
            prop_assert_eq!(&found, &expected);
            prop_assert_eq!(digest, Digest::of(text.as_bytes()).to_string());
        }
    }
}
