//! Desired against existing: the changes, and the guards that a plan must not pass unasked.

pub mod change;
pub mod changes;
pub mod compare;
pub mod diff;
pub mod guard;
pub mod index;
pub mod markup;
pub mod meaning;
pub mod moves;
pub mod shapes;
mod sold;
pub mod tally;
pub mod traits;

pub use change::{Cause, Change, ChangeKind, FieldChange, FieldSort, Items, causes, sums};
pub use changes::Changes;
pub use shapes::{Caps, Like, Shape, shapes};
pub use traits::{Shared, Traits, traits};
