//! How bad a finding is to this merchant: codes with another severity than their own, or
//! with none at all, from the config and the command line.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{CodeNo, Severity};

/// What a code is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Its findings are not told.
    Allow,
    /// Its findings are this bad.
    As(Severity),
}

impl Level {
    /// Every level with its name in the config.
    pub const ALL: [(&'static str, Level); 4] = [
        ("error", Level::As(Severity::Error)),
        ("warning", Level::As(Severity::Warning)),
        ("note", Level::As(Severity::Note)),
        ("allow", Level::Allow),
    ];
}

/// The codes of a channel, or of the catalog, that are made something else than they are. In order of their numbers.
#[derive(Debug, Clone, Default)]
pub struct Levels {
    list: Vec<Leveled>,
}

#[derive(Debug, Clone)]
struct Leveled {
    code: CodeNo,
    level: Level,
    /// Who said it, where somebody did; whether anything was found under it.
    met: Option<Arc<AtomicBool>>,
}

impl Levels {
    /// Makes a code something else; what was said of it before counts no more.
    pub fn put(&mut self, code: CodeNo, level: Level, met: Option<Arc<AtomicBool>>) {
        let one = Leveled { code, level, met };
        match self.list.binary_search_by_key(&code, |one| one.code) {
            Ok(at) => {
                if let Some(place) = self.list.get_mut(at) {
                    *place = one;
                }
            }
            Err(at) => self.list.insert(at, one),
        }
    }

    /// Makes a warning an error, whoever said that it is one.
    pub fn worsen(&mut self, code: CodeNo) {
        let met = self.find(code).and_then(|one| one.met.clone());
        self.put(code, Level::As(Severity::Error), met);
    }

    /// What a code is made, where it is made anything.
    pub fn of(&self, code: CodeNo) -> Option<Level> {
        self.find(code).map(|one| one.level)
    }

    /// Whether a finding makes its offer invalid, where by itself it would or would not.
    pub fn is_error(&self, code: CodeNo, by_itself: bool) -> bool {
        self.of(code).map_or(by_itself, |level| level == Level::As(Severity::Error))
    }

    /// How bad findings are that were met; `None` for those that are not told.
    pub fn meet(&self, code: CodeNo, by_itself: Severity) -> Option<Severity> {
        let Some(one) = self.find(code) else { return Some(by_itself) };
        if let Some(met) = &one.met {
            met.store(true, Ordering::Relaxed);
        }
        match one.level {
            Level::Allow => None,
            Level::As(severity) => Some(severity),
        }
    }

    fn find(&self, code: CodeNo) -> Option<&Leveled> {
        self.list.get(self.list.binary_search_by_key(&code, |one| one.code).ok()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_counts_and_is_known_to_be_met() {
        let met = Arc::new(AtomicBool::new(false));
        let mut levels = Levels::default();
        levels.put(CodeNo(4), Level::As(Severity::Note), None);
        levels.put(CodeNo(2), Level::As(Severity::Error), None);
        levels.put(CodeNo(4), Level::Allow, Some(met.clone()));
        assert_eq!((levels.of(CodeNo(4)), levels.of(CodeNo(3))), (Some(Level::Allow), None));
        assert!(
            levels.is_error(CodeNo(2), false) && !levels.is_error(CodeNo(4), true) && levels.is_error(CodeNo(3), true)
        );
        assert_eq!(levels.meet(CodeNo(2), Severity::Warning), Some(Severity::Error));
        assert!(!met.load(Ordering::Relaxed));
        assert_eq!(levels.meet(CodeNo(4), Severity::Error), None);
        assert!(met.load(Ordering::Relaxed));
    }
}
