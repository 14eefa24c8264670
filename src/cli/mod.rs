//! The command line: what was asked, how it looks, how it ends. Only here does
//! anybody know of flags, the environment, the clock and exit codes.

pub mod args;
mod categories;
mod channels;
mod described;
pub mod exit;
pub mod fault;
mod given;
mod init;
pub mod interrupt;
mod job;
mod later;
mod limits;
pub mod progress;
pub mod run;
mod setup;
mod severity;
pub mod surroundings;
mod tell;
pub mod terminal;
mod trouble;
mod usage;
pub mod values;
mod voice;

pub use exit::Exit;
pub use run::run;
pub use surroundings::{Answers, Stream, Surroundings};
