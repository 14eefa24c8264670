//! How text meets a screen: what is safe to show, how wide it is, how figures
//! and amounts are written, and lines and tables that keep their columns.

pub mod figures;
pub mod line;
pub mod look;
pub mod table;
pub mod visible;
pub mod width;
pub mod wrap;

pub use line::{Ink, Line, Spans};
pub use look::Look;
pub use table::{Cell, Column, Row, Table};
pub use visible::{blanks_shown, strangers_shown, visible};
pub use width::{cells, cut};
pub use wrap::wrap;
