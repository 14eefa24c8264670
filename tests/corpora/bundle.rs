//! Documents that somebody else has gathered, as the scripts in `tests/judges` hand them over, and our verdicts on them.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use serde_json::{Value, json};

/// A document with the name it bears in its collection.
pub struct Document {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The documents of the file that `OFFERSYNC_CORPUS` names: of each a line with its length and its name, and its bytes.
fn documents() -> Vec<Document> {
    let path = std::env::var_os("OFFERSYNC_CORPUS").expect("OFFERSYNC_CORPUS names a file");
    let bytes = std::fs::read(path).unwrap();
    let (mut rest, mut documents) = (&bytes[..], Vec::new());
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let (length, name) = std::str::from_utf8(&rest[..end]).unwrap().split_once(' ').unwrap();
        let (document, behind) = rest[end + 1..].split_at(length.parse().unwrap());
        documents.push(Document { name: name.to_owned(), bytes: document.to_vec() });
        rest = behind;
    }
    assert!(!documents.is_empty() && rest.is_empty(), "the file is cut");
    documents
}

/// A way of reading, with its name.
pub type Way = (&'static str, fn(&Document) -> Value);

/// Writes what each way of reading says of each document to the file that `OFFERSYNC_JUDGED` names, one line of JSON
/// for each document. A panic is a verdict too.
pub fn judge(ways: &[Way]) {
    let path = std::env::var_os("OFFERSYNC_JUDGED").expect("OFFERSYNC_JUDGED names a file");
    let mut file = BufWriter::new(File::create(path).unwrap());
    for document in documents() {
        let mut line = serde_json::Map::from_iter([("name".to_owned(), json!(document.name))]);
        for (way, verdict) in ways {
            let verdict = catch_unwind(AssertUnwindSafe(|| verdict(&document)));
            line.insert((*way).to_owned(), verdict.unwrap_or_else(|_| json!({"panicked": true})));
        }
        writeln!(file, "{}", Value::Object(line)).unwrap();
    }
    file.into_inner().unwrap().sync_all().unwrap();
}

/// The verdict on a document that means this.
pub fn taken(meaning: impl Into<Value>) -> Value {
    json!({"taken": meaning.into()})
}

/// The verdict on a document that is refused with these words.
pub fn refused(why: &impl ToString) -> Value {
    json!({"refused": why.to_string()})
}
