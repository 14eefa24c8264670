//! Reading documents of a shape: the same rows as for writing, as a tree of nodes that
//! a machine walks while the document streams by. It gives listings in the channel's
//! own fields, with our words and exact amounts.

mod cells;
mod leaf;
mod listing;
mod machine;
mod members;
mod pairs;
mod plain_row;
mod plan;
mod prefixes;
mod remark;
mod strange;
mod tags;
mod values;

pub use cells::{Header, TableRead};
pub use listing::Walk;
pub use machine::{Machine, Noticed, Remark};
pub use members::{MembersRead, Strip, of_rows, stands};
pub use plan::ReadPlan;
pub use prefixes::Prefixes;
pub use strange::Strange;
