//! XML, read strictly and fast: one definition of well-formed for every file, held
//! by the suites and by a second reader in the tests, and an exact writer.

mod attributes;
mod characters;
pub mod document;
mod fault;
mod lexer;
mod markup;
mod names;
mod namespaces;
mod prologue;
mod references;
mod scan;
mod tags;
mod token;
mod unescape;
pub mod write;

pub use attributes::{Attribute, Attributes};
pub use fault::{Fault, Stop};
pub use lexer::{DEEPEST, Lexer, MOST_ATTRIBUTES};
pub use namespaces::Namespaces;
pub use scan::same_name;
pub use token::{RawText, Start, Token};
pub use unescape::unescape;
