//! YAML as people write it for us: a tree in which every key and value knows its
//! place, and reading that collects all problems instead of stopping at the first.

pub mod inside;
pub mod node;
mod outline;
pub mod problem;
pub mod reading;
mod values;
mod written;

pub use crate::model::nearest;
pub use node::{Node, Scalar, Text, parse, problem_at};
pub use problem::{Document, Problem, Problems};
pub use reading::{Key, Map, key, later};
pub use values::{Broken, values};
pub use written::{flow, scalar};
