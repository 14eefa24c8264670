//! Where the time of a run went, stage by stage: for a person who asks why it took so long.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// What a thread may be busy with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The master and exports are read, from bytes to values.
    Read,
    /// Offers become listings.
    Project,
    /// Rules are asked.
    Check,
    /// Listings are compared.
    Diff,
    /// Feeds are made and written.
    Write,
    /// Rendered feeds are read again and compared with what was meant.
    ReadBack,
}

impl Stage {
    /// All of them, in the order of a run.
    pub const ALL: [Stage; 6] = [Stage::Read, Stage::Project, Stage::Check, Stage::Diff, Stage::Write, Stage::ReadBack];

    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Read => "read",
            Stage::Project => "project",
            Stage::Check => "check",
            Stage::Diff => "diff",
            Stage::Write => "write",
            Stage::ReadBack => "read back",
        }
    }
}

/// What each stage took, of all threads together, by a clock that is handed in.
pub struct Times {
    clock: Box<dyn Fn() -> Duration + Sync>,
    sums: [AtomicU64; Stage::ALL.len()],
}

impl Times {
    /// By a clock that tells how long something has been going on.
    pub fn by(clock: impl Fn() -> Duration + Sync + 'static) -> Self {
        Times { clock: Box::new(clock), sums: Default::default() }
    }

    /// Adds to a stage.
    pub fn add(&self, stage: Stage, took: Duration) {
        if let Some(sum) = self.sums.get(stage as usize) {
            sum.fetch_add(u64::try_from(took.as_nanos()).unwrap_or(u64::MAX), Ordering::Relaxed);
        }
    }

    /// What a stage took up to now.
    pub fn of(&self, stage: Stage) -> Duration {
        self.sums.get(stage as usize).map_or(Duration::ZERO, |sum| Duration::from_nanos(sum.load(Ordering::Relaxed)))
    }
}

impl fmt::Debug for Times {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Times").field("sums", &self.sums).finish_non_exhaustive()
    }
}

/// Measures the stages of one thread, one behind the other; nothing where nobody asks.
#[derive(Debug)]
pub struct Watch<'t>(Option<(&'t Times, Duration)>);

impl<'t> Watch<'t> {
    /// Begins with the first stage.
    pub fn new(times: Option<&'t Times>) -> Self {
        Watch(times.map(|times| (times, (times.clock)())))
    }

    /// A stage ends here, and the next one begins.
    #[inline]
    pub fn took(&mut self, stage: Stage) {
        if let Some((times, since)) = &mut self.0 {
            let now = (times.clock)();
            times.add(stage, now.saturating_sub(*since));
            *since = now;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_of_all_threads_add_up() {
        let ticks = AtomicU64::new(0);
        let times = Times::by(move || Duration::from_millis(ticks.fetch_add(3, Ordering::Relaxed)));
        let (mut one, mut other) = (Watch::new(Some(&times)), Watch::new(Some(&times)));
        one.took(Stage::Check);
        other.took(Stage::Check);
        one.took(Stage::Write);
        let of = |stage| times.of(stage).as_millis();
        assert_eq!((of(Stage::Check), of(Stage::Write), of(Stage::ReadBack)), (12, 6, 0));
        Watch::new(None).took(Stage::Read);
    }
}
