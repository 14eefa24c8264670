//! Two readers, one meaning: whatever a second reader finds ill-formed our own must refuse, and what
//! both take they must understand alike; in blocks and strictly, over thousands of damaged documents.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop where it fails")]

#[path = "corpora/bundle.rs"]
mod bundle;
#[path = "corpora/xml.rs"]
mod corpus;
#[path = "xml/damage.rs"]
mod damage;
#[path = "xml/documents.rs"]
mod documents;
#[path = "xml/own.rs"]
mod own;
#[path = "xml/second.rs"]
mod second;

use std::fs::File;
use std::io::{BufWriter, Write};

use offersync::wire::xml::document::Mode;

use damage::Damage;
use documents::DOCUMENTS;

/// What our reader refuses although the second takes it: our words, and why that is right.
const STRICTER: &[(&str, &str)] = &[
    ("is declared nowhere", "prefixes must be declared"),
    ("cannot stand for the namespace", "declarations of namespaces are checked"),
    ("two of its prefixes mean the same namespace", "attributes are unique by namespace"),
];

/// Reads a document with all readers and compares; how it ended.
fn compare(document: &[u8]) -> bool {
    let shown = String::from_utf8_lossy(document);
    let strict = own::read(document, Mode::Strict, 64);
    for block in [48, 300] {
        let blocks = own::read(document, Mode::Blocks, block);
        match (&blocks, &strict) {
            (Ok(Some(in_blocks)), Ok(Some(strictly))) => assert_eq!(in_blocks, strictly, "{shown}"),
            (Ok(None), _) | (Err(_), Err(_)) => {}
            _ => panic!("blocks of {block}: {blocks:?}\nstrict: {strict:?}\n{shown}"),
        }
    }
    let second = second::read(document);
    match (&strict, &second) {
        (Ok(Some(ours)), Ok(theirs)) => assert_eq!(ours, theirs, "{shown}"),
        (Ok(Some(_)), Err(why)) => panic!("only the second reader refuses: {why}\n{shown}"),
        (Ok(None), _) => panic!("the strict pass has doubts\n{shown}"),
        (Err(refusal), Ok(_)) => {
            let said = format!("{}; {}", refusal.what, refusal.help);
            let why = STRICTER.iter().find(|known| said.contains(known.0));
            assert!(why.is_some(), "only our reader refuses: {}\n{shown}", refusal.what);
        }
        (Err(_), Err(_)) => {}
    }
    strict.is_ok()
}

/// The damaged document of a seed.
fn damaged_document(seed: u64) -> Vec<u8> {
    let whole = DOCUMENTS[seed as usize % DOCUMENTS.len()];
    let mut damage = Damage::new(seed);
    let mut document = whole.as_bytes().to_vec();
    for _ in 0..=seed % 3 {
        damage.apply(&mut document);
    }
    document
}

fn damaged_documents(from: u64, count: u64) -> (u64, u64) {
    let (mut taken, mut refused) = (0, 0);
    for seed in from..from + count {
        if compare(&damaged_document(seed)) { taken += 1 } else { refused += 1 }
    }
    (taken, refused)
}

#[test]
fn whole_documents_are_taken_in_blocks_too() {
    for document in DOCUMENTS {
        assert!(compare(document.as_bytes()), "{document}");
        let blocks = own::read(document.as_bytes(), Mode::Blocks, 100_000);
        assert!(matches!(blocks, Ok(Some(_))), "{blocks:?}\n{document}");
    }
}

#[test]
fn damaged_documents_mean_the_same_to_both_or_are_refused() {
    let (taken, refused) = damaged_documents(0, 10_000);
    assert!(taken > 1_500 && refused > 5_000, "{taken} taken, {refused} refused: the damage tells nothing");
}

/// How many more is read from `OFFERSYNC_DAMAGED`, else 300,000.
#[test]
#[ignore = "takes minutes"]
fn many_more_damaged_documents() {
    let count = std::env::var("OFFERSYNC_DAMAGED").ok().and_then(|count| count.parse().ok()).unwrap_or(300_000);
    let (taken, refused) = damaged_documents(10_000, count);
    assert!(taken > 0 && refused > 0);
}

/// What our reader thinks of damaged documents, for a judge outside: to the file `OFFERSYNC_JUDGED`, of each document a
/// line with its length and why it was refused, nothing where it was taken, and then its bytes.
#[test]
#[ignore = "tests/judges/judge_damage.sh asks for it"]
fn damaged_documents_with_our_verdict() {
    let path = std::env::var_os("OFFERSYNC_JUDGED").expect("OFFERSYNC_JUDGED names a file");
    let count = std::env::var("OFFERSYNC_DAMAGED").ok().and_then(|count| count.parse().ok()).unwrap_or(20_000);
    let mut file = BufWriter::new(File::create(path).unwrap());
    for seed in 0..count {
        let document = damaged_document(seed);
        let why = own::read(&document, Mode::Strict, 64).err().map_or(String::new(), |refusal| refusal.what);
        writeln!(file, "{} {}", document.len(), why.replace('\n', " ")).unwrap();
        file.write_all(&document).unwrap();
    }
    file.into_inner().unwrap().sync_all().unwrap();
}

/// What our reader thinks of documents that others have gathered.
#[test]
#[ignore = "tests/judges/judge_corpora.sh asks for it"]
fn verdicts_on_xml() {
    bundle::judge(corpus::WAYS);
}

#[test]
fn every_prefix_is_refused_in_both_modes() {
    for document in DOCUMENTS {
        let root_ends = document.rfind("</yml_catalog").map_or(document.len(), |at| at + "</yml_catalog>".len());
        for length in 0..root_ends {
            let prefix = &document.as_bytes()[..length];
            assert!(own::read(prefix, Mode::Strict, 64).is_err(), "{}", &document[..length.min(60)]);
            for block in [40, 100_000] {
                let blocks = own::read(prefix, Mode::Blocks, block);
                assert!(!matches!(blocks, Ok(Some(_))), "{length} bytes in blocks of {block}");
            }
        }
    }
}
