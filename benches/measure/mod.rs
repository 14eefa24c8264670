//! Processor time, wall time and peak memory, from what Linux tells of processes.

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What something took.
#[derive(Debug, Clone, Copy, Default)]
pub struct Taken {
    /// Seconds of processor time, of user and system.
    pub cpu: f64,
    pub wall: f64,
    /// The most memory it held at once; as often looked at as it is cheap.
    pub peak_bytes: u64,
}

impl Taken {
    /// The run in the middle by processor time, with the highest peak of all.
    pub fn median(mut runs: Vec<Taken>) -> Taken {
        runs.sort_by(|one, other| one.cpu.total_cmp(&other.cpu));
        let peak_bytes = runs.iter().map(|run| run.peak_bytes).max().unwrap_or_default();
        runs.get(runs.len() / 2).map(|run| Taken { peak_bytes, ..*run }).unwrap_or_default()
    }
}

/// Runs a closure in this process.
pub fn of_a_closure(work: impl FnOnce()) -> Taken {
    // forgets the peak of what ran before; where that is not allowed the peak is that of the whole bench
    let _ = fs::write("/proc/self/clear_refs", "5");
    let (cpu, start) = (cpu_of_self(), Instant::now());
    work();
    Taken { cpu: cpu_of_self() - cpu, wall: start.elapsed().as_secs_f64(), peak_bytes: peak("self") }
}

/// Runs a program to its end; its output is thrown away.
pub fn of_a_program(command: &mut Command) -> Taken {
    let (cpu, start) = (cpu_of_children(), Instant::now());
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let id = child.id().to_string();
    let mut peak_bytes = 0;
    while child.try_wait().unwrap().is_none() {
        peak_bytes = peak_bytes.max(peak(&id));
        std::thread::sleep(Duration::from_millis(1));
    }
    Taken { cpu: cpu_of_children() - cpu, wall: start.elapsed().as_secs_f64(), peak_bytes }
}

/// Fields 14 and 15 of `/proc/self/stat`, in ticks of a hundredth of a second.
fn cpu_of_self() -> f64 {
    ticks(11..=12)
}

/// Fields 16 and 17: children that have ended.
fn cpu_of_children() -> f64 {
    ticks(13..=14)
}

fn ticks(fields: std::ops::RangeInclusive<usize>) -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // the second field is the program's name in brackets and may hold blanks
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let numbers: Vec<f64> = after_name.split_whitespace().map(|field| field.parse().unwrap_or_default()).collect();
    numbers.get(fields).unwrap_or_default().iter().sum::<f64>() / 100.0
}

fn peak(process: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix(" kB"))
        .and_then(|kb| kb.trim().parse::<u64>().ok())
        .unwrap_or_default()
        * 1024
}
