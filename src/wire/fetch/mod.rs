//! Documents at an address: read once into a temporary file, within bounds of size and time, and from no place that
//! the person did not allow. What comes is judged like a file: one that is cut or not what it says is refused.

mod address;
mod reach;
#[cfg(test)]
mod tests;
mod transfer;

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;

pub use address::{Address, WrongAddress, is_address};
pub use reach::is_private;

use super::input::Kept;
use crate::finding::Refusal;

/// The bytes that a document may have as it is sent, unless the config says otherwise.
pub const MOST_BYTES: u64 = 4_000_000_000;
/// The seconds that one may take, unless the config says otherwise.
pub const MOST_SECONDS: u64 = 300;
/// How often a server may send us on to another address.
pub const MOST_REDIRECTS: usize = 5;
/// How often it is asked whether the person still wants it.
const BEAT: Duration = Duration::from_millis(100);

/// What may be read from the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    /// Nothing.
    pub offline: bool,
    /// Also what lies in private networks and on this machine.
    pub private: bool,
    /// The bytes that a document may have as it is sent.
    pub most_bytes: u64,
    /// The seconds that one may take.
    pub seconds: u64,
}

impl Default for Network {
    fn default() -> Self {
        Network { offline: false, private: false, most_bytes: MOST_BYTES, seconds: MOST_SECONDS }
    }
}

/// Whether a place in the network may be spoken to.
type Allows = Arc<dyn Fn(IpAddr) -> bool + Send + Sync>;

/// Reads the document at an address. `advance` is told of every so many bytes; it ends early where the person wants so.
pub fn fetch(
    address: &Address,
    network: Network,
    interrupted: &AtomicBool,
    advance: &dyn Fn(u64),
) -> Result<Kept, Refusal> {
    let allows: Allows = match network.private {
        true => Arc::new(|_| true),
        false => Arc::new(|address| !is_private(address)),
    };
    fetch_from(address, network, allows, interrupted, advance)
}

fn fetch_from(
    address: &Address,
    network: Network,
    allows: Allows,
    interrupted: &AtomicBool,
    advance: &dyn Fn(u64),
) -> Result<Kept, Refusal> {
    if network.offline {
        let help = "leave `--offline` out, or save the document and give the file";
        return Err(Refusal::whole(address.shown(), "`--offline` keeps off the network", help));
    }
    let come = Arc::new(AtomicU64::new(0));
    let (done, wait) = sync_channel(1);
    let (asked, counted) = (address.clone(), Arc::clone(&come));
    // a thread of its own: while a server is silent, the person is listened to all the same
    std::thread::spawn(move || {
        // nobody waits any more where the person has stopped it
        let _ = done.send(transfer::document(&asked, network, &*allows, &counted));
    });
    let mut told = 0;
    loop {
        let answer = wait.recv_timeout(BEAT);
        let now = come.load(Ordering::Relaxed);
        advance(now.saturating_sub(told));
        told = now;
        match answer {
            Ok(result) => return result,
            Err(RecvTimeoutError::Timeout) if !interrupted.load(Ordering::Relaxed) => {}
            Err(RecvTimeoutError::Timeout) => return Err(Refusal::whole(address.shown(), "it was stopped", "")),
            Err(RecvTimeoutError::Disconnected) => {
                return Err(Refusal::whole(address.shown(), "reading it broke off without a reason", ""));
            }
        }
    }
}
