//! SARIF against its schema, and against what makes hosts refuse an upload.

use jsonschema::Validator;
use serde_json::Value;

pub fn schema() -> Validator {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/schemas/sarif-2.1.0.json");
    let text = std::fs::read_to_string(path).unwrap();
    // a bracket that closes nothing: only the older of JavaScript's two readings takes such a pattern
    let text = text.replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}\\\\]?$");
    let schema: Value = serde_json::from_str(&text).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

pub fn check(schema: &Validator, text: &str, at: &str) {
    let log: Value = serde_json::from_str(text).expect(at);
    let errors: Vec<String> =
        schema.iter_errors(&log).map(|error| format!("{error} at {}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{at}: {errors:?}");
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert!(results.len() <= 5_000);
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for result in results {
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        assert!(!uri.is_empty() && !uri.contains(['\\', ' ', ':', '?', '#']) && uri.is_ascii(), "{at}: {uri}");
        assert!(!uri.starts_with('/') && !uri.contains("file:"), "{at}: {uri}");
        let region = &place["region"];
        assert!(region["startLine"].as_u64() >= Some(1) && region["startColumn"].as_u64() >= Some(1), "{at}: {region}");
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"], "{at}");
        assert!(!result["message"]["text"].as_str().unwrap().is_empty(), "{at}");
    }
    let mut ids: Vec<&str> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    ids.sort_unstable();
    assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "{at}: a rule stands there once");
}

#[test]
fn the_schema_refuses_what_is_none() {
    let schema = schema();
    let wrong = serde_json::json!({"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}, "results": [{"message": {}, "level": "fatal"}]}]});
    assert!(!schema.is_valid(&wrong));
}
