//! Ctrl-C: the first one asks the run to stop where nothing is half done, the
//! second one stops at once.

use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// Listens from now on; the flag is set by the first signal.
pub fn listen() -> io::Result<Arc<AtomicBool>> {
    let interrupted = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        // in this order: the one that stops sees the flag only from the second signal on
        flag::register_conditional_shutdown(signal, i32::from(super::Exit::Interrupted.code()), interrupted.clone())?;
        flag::register(signal, interrupted.clone())?;
    }
    Ok(interrupted)
}
