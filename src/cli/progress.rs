//! Progress on stderr: a bar for a person whom work keeps waiting, a line at most
//! every ten seconds for a log.

use std::fmt;
use std::io::Write;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use crate::engine;

/// Work that takes less than this shows nothing.
const WORTH_A_BAR: Duration = Duration::from_millis(500);
/// Between two lines of a log.
const BETWEEN_LINES: Duration = Duration::from_secs(10);

/// A bar on a terminal.
pub struct Bar {
    bar: ProgressBar,
    state: Mutex<BarState>,
    unicode: bool,
}

struct BarState {
    since: Instant,
    shown: bool,
}

impl Bar {
    /// A bar that shows itself once work takes long.
    pub fn new(unicode: bool) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        Bar { bar, state: Mutex::new(BarState { since: Instant::now(), shown: false }), unicode }
    }

    fn show_if_it_takes_long(&self) {
        let Ok(mut state) = self.state.lock() else { return };
        if !state.shown && state.since.elapsed() >= WORTH_A_BAR {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            state.shown = true;
        }
    }

    fn style(&self, total_bytes: u64) -> ProgressStyle {
        let template = match total_bytes {
            0 => "  {msg:<12} {decimal_bytes}",
            _ => "  {msg:<12} {bar:30} {decimal_bytes} of {decimal_total_bytes}  {left}",
        };
        // the template is a constant: were it wrong, the plain bar is shown
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        let left = |state: &ProgressState, to: &mut dyn fmt::Write| {
            let left = time_left(state.pos(), state.len().unwrap_or_default(), state.elapsed());
            // a bar that cannot be written to stops no work
            let _ = to.write_str(&left.unwrap_or_default());
        };
        style.with_key("left", left).progress_chars(if self.unicode { "━━─" } else { "##-" })
    }
}

impl engine::Progress for Bar {
    fn phase(&self, name: &str, total_bytes: u64) {
        self.bar.set_style(self.style(total_bytes));
        self.bar.set_length(total_bytes);
        self.bar.reset();
        self.bar.set_message(name.to_owned());
        self.show_if_it_takes_long();
    }

    fn advance(&self, bytes: u64) {
        self.bar.inc(bytes);
        self.show_if_it_takes_long();
    }

    fn done(&self) {
        self.bar.finish_and_clear();
    }
}

/// Lines in a log: one a phase, the first at once only where more was asked for.
pub struct Lines<W> {
    state: Mutex<LinesState<W>>,
    every_phase: bool,
}

struct LinesState<W> {
    to: W,
    last: Instant,
    /// When the phase began.
    began: Instant,
    phase: String,
    total: u64,
    done: u64,
}

impl<W: Write> Lines<W> {
    /// Lines to a stream; `every_phase` tells each phase as it begins.
    pub fn new(to: W, every_phase: bool) -> Self {
        let state =
            LinesState { to, last: Instant::now(), began: Instant::now(), phase: String::new(), total: 0, done: 0 };
        Lines { state: Mutex::new(state), every_phase }
    }
}

impl<W: Write> LinesState<W> {
    fn line(&mut self, now: Instant) {
        self.last = now;
        let so_far = match self.total {
            0 => String::new(),
            total if self.done == 0 => format!(", {}", size(total)),
            total => format!(", {} of {}", size(self.done), size(total)),
        };
        // a log that cannot be written to stops no work
        let left = time_left(self.done, self.total, now.duration_since(self.began));
        let left = left.map_or(String::new(), |left| format!(", {left}"));
        let _ = writeln!(self.to, "{}{so_far}{left}", self.phase);
    }
}

impl<W: Write + Send> engine::Progress for Lines<W> {
    fn phase(&self, name: &str, total_bytes: u64) {
        let Ok(mut state) = self.state.lock() else { return };
        (state.phase, state.total, state.done) = (name.to_owned(), total_bytes, 0);
        state.began = Instant::now();
        if self.every_phase {
            state.line(Instant::now());
        }
    }

    fn advance(&self, bytes: u64) {
        let Ok(mut state) = self.state.lock() else { return };
        state.done = state.done.saturating_add(bytes);
        let now = Instant::now();
        if now.duration_since(state.last) >= BETWEEN_LINES {
            state.line(now);
        }
    }

    fn done(&self) {}
}

/// How long the rest will take if it goes on like this; nothing while too little is done to tell, or where nobody knows
/// how much there is.
fn time_left(done: u64, total: u64, since: Duration) -> Option<String> {
    /// Of a hundred parts so many have to be done.
    const ENOUGH: u64 = 2;
    if total == 0 || done >= total || done < total / 100 * ENOUGH || done == 0 {
        return None;
    }
    let left = since.as_secs_f64() * ((total - done) as f64 / done as f64);
    match left.ceil() as u64 {
        0..100 => Some(format!("about {} s left", left.ceil())),
        seconds => Some(format!("about {} min left", seconds.div_ceil(60))),
    }
}

/// Millions or thousands of bytes with one decimal, cut, not rounded: it never says more than is done.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{}.{} kB", bytes / 1_000, bytes / 100 % 10),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Progress;

    #[test]
    fn a_log_is_told_each_phase_only_where_it_was_asked_for() {
        let (mut quiet, mut asked) = (Vec::new(), Vec::new());
        for (log, every_phase) in [(&mut quiet, false), (&mut asked, true)] {
            let lines = Lines::new(log, every_phase);
            lines.phase("master", 61_350_000);
            lines.advance(1_000);
            lines.phase("checking", 0);
            lines.done();
        }
        assert_eq!(String::from_utf8(quiet).unwrap(), "");
        assert_eq!(String::from_utf8(asked).unwrap(), "master, 61.3 MB\nchecking\n");
    }

    #[test]
    fn the_rest_is_estimated_from_what_is_done() {
        let left = |done, total, seconds| time_left(done, total, Duration::from_secs(seconds));
        assert_eq!(left(250, 1000, 10).unwrap(), "about 30 s left");
        assert_eq!(left(500, 1000, 300).unwrap(), "about 5 min left");
        assert_eq!(left(999, 1000, 1).unwrap(), "about 1 s left");
        for (done, total) in [(0, 1000), (19, 1000), (1000, 1000), (2000, 1000), (5, 0)] {
            assert_eq!(left(done, total, 10), None, "{done} of {total}");
        }
    }

    #[test]
    fn a_bar_can_be_told_anything_in_any_order() {
        let bar = Bar::new(true);
        bar.done();
        bar.advance(5);
        bar.phase("master", 0);
        bar.advance(u64::MAX);
        bar.phase("a channel with a very long name", u64::MAX);
        bar.done();
        assert!(bar.bar.is_finished());
    }
}
