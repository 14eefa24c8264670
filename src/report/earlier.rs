//! An earlier report in JSON, read back for what its findings are known by. Of a file of any length
//! nothing else is kept.

use std::io::Read;

use serde::Deserialize;
use serde::de::{Deserializer, Error, Visitor};

use super::json::FORMAT;
use crate::finding::{Baseline, Fingerprint, Refusal};

/// What to do where a file is no baseline.
const HELP: &str = "a baseline is made by `offersync validate -o json=FILE`";

#[derive(Deserialize)]
struct Report {
    format: String,
    findings: Option<Vec<Group>>,
    #[serde(default)]
    channels: Vec<Channel>,
    baseline: Option<Before>,
}

#[derive(Deserialize)]
struct Channel {
    id: String,
    #[serde(default)]
    findings: Vec<Group>,
}

/// What the earlier report itself put aside.
#[derive(Deserialize)]
struct Before {
    #[serde(default)]
    met: Vec<Met>,
}

#[derive(Deserialize)]
struct Met {
    channel: String,
    #[serde(flatten)]
    group: Group,
}

#[derive(Deserialize)]
struct Group {
    code: String,
    count: u64,
    #[serde(default)]
    fingerprints: Vec<Print>,
}

struct Print(Fingerprint);

impl<'de> Deserialize<'de> for Print {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(OfPrint)
    }
}

struct OfPrint;

impl Visitor<'_> for OfPrint {
    type Value = Print;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("sixteen digits of a fingerprint")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Print, E> {
        Fingerprint::read(text).map(Print).ok_or_else(|| E::invalid_value(serde::de::Unexpected::Str(text), &self))
    }
}

/// The findings of an earlier report.
pub fn baseline(from: impl Read, shown_as: &str) -> Result<Baseline, Refusal> {
    let report: Report = serde_json::from_reader(from).map_err(|error| unread(&error, shown_as))?;
    let refuse = |what: &str| Err(Refusal::whole(shown_as, what, HELP));
    if report.format != FORMAT {
        return refuse(&format!("its `format` is «{}», and not {FORMAT}", report.format));
    }
    let Some(of_catalog) = report.findings else {
        return refuse("it is the report of a run that failed, and has no findings");
    };
    let mut baseline = Baseline::new(shown_as);
    let of_channels = report.channels.into_iter().flat_map(|channel| {
        let Channel { id, findings } = channel;
        findings.into_iter().map(move |group| (id.clone(), group))
    });
    let before = report.baseline.into_iter().flat_map(|before| before.met).map(|met| (met.channel, met.group));
    let of_catalog = of_catalog.into_iter().map(|group| (String::new(), group));
    for (channel, group) in of_catalog.chain(of_channels).chain(before) {
        if group.count > group.fingerprints.len() as u64 {
            return refuse(&format!("it does not say what the findings of {} are known by", group.code));
        }
        baseline.add(&channel, &group.code, group.fingerprints.into_iter().map(|print| print.0).collect());
    }
    Ok(baseline)
}

fn unread(error: &serde_json::Error, shown_as: &str) -> Refusal {
    let what = match error.classify() {
        serde_json::error::Category::Io => error.to_string(),
        serde_json::error::Category::Eof => "it is cut, or empty".to_owned(),
        _ => format!("it is no report in JSON: {error}"),
    };
    Refusal::whole(shown_as, what, HELP)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Baseline, Refusal> {
        baseline(text.as_bytes(), "findings.json")
    }

    #[test]
    fn only_a_whole_report_with_findings_is_a_baseline() {
        let whole = r#"{"format":"offersync/report/1","findings":[{"code":"catalog/gtin-check","count":1,
            "places":[{"line":7}],"fingerprints":["00000000000000aa"]}],
            "channels":[{"id":"bazaar","changes":[{"key":"K"}],"findings":[]}],
            "baseline":{"path":"x","met":[{"channel":"bazaar","code":"bazaar/name-need","count":2,
            "fingerprints":["00000000000000bb","00000000000000bb"]}]},"exit":1}"#;
        assert_eq!(read(whole).unwrap().gone(), 3);
        let wrong = [
            ("", "it is cut, or empty"),
            (&whole[..90], "it is cut, or empty"),
            ("<yml_catalog/>", "no report in JSON"),
            (r#"{"format":"offersync/report/2","findings":[]}"#, "its `format` is «offersync/report/2»"),
            (r#"{"format":"offersync/report/1","error":{},"exit":2}"#, "a run that failed"),
            (
                r#"{"format":"offersync/report/1","findings":[{"code":"a/b","count":2,"fingerprints":["00000000000000aa"]}]}"#,
                "of a/b are known by",
            ),
            (
                r#"{"format":"offersync/report/1","findings":[{"code":"a/b","count":1,"fingerprints":["zz"]}]}"#,
                "sixteen digits",
            ),
        ];
        for (text, part) in wrong {
            let refusal = read(text).unwrap_err();
            assert!(refusal.what.contains(part), "{text}: {}", refusal.what);
        }
    }
}
