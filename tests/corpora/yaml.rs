//! YAML: as catalogs are read, and as the config and descriptions are.

use bumpalo::Bump;
use offersync::wire::input::{EncodingChoice, Input, Sniff};
use offersync::wire::yaml::{Document as Named, Problems, parse, values};
use serde_json::Value;

use crate::bundle::{Document, Way, refused, taken};

pub const WAYS: &[Way] = &[("catalog", catalog), ("config", config)];

fn text(document: &Document) -> Result<String, Value> {
    let input = Input::from_bytes("document", document.bytes.clone(), EncodingChoice::Auto, Sniff::Text);
    input.and_then(|input| input.text()).map_err(|refusal| refused(&refusal))
}

fn catalog(document: &Document) -> Value {
    let text = match text(document) {
        Ok(text) => text,
        Err(verdict) => return verdict,
    };
    let arena = Bump::new();
    match values(&text, &arena) {
        Ok(_) => taken(true),
        Err(broken) => refused(&broken.what),
    }
}

fn config(document: &Document) -> Value {
    let text = match text(document) {
        Ok(text) => text,
        Err(verdict) => return verdict,
    };
    let problems = Problems::default();
    let root = parse(Named { name: document.name.clone(), text }, &problems);
    let said: Vec<String> = problems.take().into_iter().map(|problem| problem.what).collect();
    if said.is_empty() && root.is_some() { taken(true) } else { refused(&said.join("; ")) }
}
