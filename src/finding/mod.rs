//! Findings: what is wrong with the merchant's data, said once per code, counted
//! exactly, with a bounded number of places. And refusals: an input that cannot
//! be trusted at all.

pub mod baseline;
pub mod codes;
mod enough;
pub mod exported;
pub mod fingerprint;
mod fixed;
pub mod level;
pub mod refusal;
pub mod sink;

pub use baseline::Baseline;
pub use codes::{Code, CodeNo, Codes, FixedCode, Known};
pub use fingerprint::Fingerprint;
pub use fixed::fixed_codes;
pub use level::{Level, Levels};
pub use refusal::Refusal;
pub use sink::{Found, Group, Keep, Sink};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; changes nothing.
    Note,
    /// Probably not what is meant; the offer still goes.
    Warning,
    /// The channel would refuse it; the offer is invalid.
    Error,
}

impl Severity {
    /// Its name in descriptions, configs and reports.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }

    /// The severity of this name.
    pub fn named(name: &str) -> Option<Severity> {
        [Severity::Note, Severity::Warning, Severity::Error].into_iter().find(|severity| severity.name() == name)
    }
}
