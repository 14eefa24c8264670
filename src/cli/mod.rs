//! The command line: what was asked, how it looks, how it ends. Only here does
//! anybody know of flags, the environment, the clock and exit codes.

pub mod args;
mod categories;
mod channels;
mod described;
mod effective;
pub mod exit;
mod explain;
pub mod fault;
mod given;
mod init;
pub mod interrupt;
mod job;
mod later;
mod limits;
pub mod progress;
pub mod run;
mod schema;
mod setup;
mod severity;
mod shells;
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
