//! The shop's tree of categories and its file.

use std::io::{self, Write};

use super::random::Random;
use super::words::{Leaf, TREE};

/// One category with the id of the one above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Category {
    pub id: u64,
    pub parent: Option<u64>,
    /// Ukrainian, Russian.
    pub name: [&'static str; 2],
}

/// The whole tree, parents first.
pub fn tree() -> Vec<Category> {
    let mut tree = Vec::new();
    for (one, root) in TREE.iter().enumerate() {
        let root_id = 1_000 * (one as u64 + 1);
        tree.push(Category { id: root_id, parent: None, name: root.name });
        for (two, branch) in root.below.iter().enumerate() {
            let branch_id = root_id + 10 * (two as u64 + 1);
            tree.push(Category { id: branch_id, parent: Some(root_id), name: branch.name });
            let leaves = branch.below.iter().enumerate();
            let below = |(three, leaf): (usize, &Leaf)| Category {
                id: branch_id + three as u64 + 1,
                parent: Some(branch_id),
                name: leaf.plural,
            };
            tree.extend(leaves.map(below));
        }
    }
    tree
}

/// A leaf by chance, with its id.
pub fn leaf(random: &mut Random) -> (u64, &'static Leaf) {
    let one = random.place(TREE.len());
    let two = random.place(TREE[one].below.len());
    let three = random.place(TREE[one].below[two].below.len());
    let id = 1_000 * (one as u64 + 1) + 10 * (two as u64 + 1) + three as u64 + 1;
    (id, &TREE[one].below[two].below[three])
}

/// The ids of a leaf and of what it lies in.
pub fn with_ancestors(leaf: u64) -> [u64; 3] {
    [leaf / 1_000 * 1_000, leaf / 10 * 10, leaf]
}

/// Writes `categories.csv`: id, parent, name.uk, name.ru.
pub fn write(into: &mut dyn Write) -> io::Result<()> {
    writeln!(into, "id,parent,name.uk,name.ru")?;
    for category in tree() {
        let parent = category.parent.map(|id| id.to_string()).unwrap_or_default();
        writeln!(into, "{},{parent},{},{}", category.id, category.name[0], category.name[1])?;
    }
    Ok(())
}
