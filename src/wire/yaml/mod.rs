//! YAML as people write it for us: a tree in which every key and value knows its
//! place, and reading that collects all problems instead of stopping at the first.

pub mod inside;
pub mod node;
pub mod problem;
pub mod reading;

pub use crate::model::nearest;
pub use node::{Node, Scalar, Text, parse, problem_at};
pub use problem::{Document, Problem, Problems};
pub use reading::{Key, Map, key, later};
