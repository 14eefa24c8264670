//! How far a long step has come: told by the engine, shown by whoever runs it.

/// Is told how work goes on; from any thread.
pub trait Progress: Sync {
    /// A phase begins: `master`, a channel's name; it will work through so many bytes, 0 where nobody knows.
    fn phase(&self, name: &str, total_bytes: u64);
    /// So many more bytes are done.
    fn advance(&self, bytes: u64);
    /// The last phase is over.
    fn done(&self);
}

/// Tells nobody.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn phase(&self, _: &str, _: u64) {}
    fn advance(&self, _: u64) {}
    fn done(&self) {}
}
