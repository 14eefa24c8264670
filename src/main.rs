//! The `offersync` program: it hands the world to the library and ends with its code.

use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use std::sync::Arc;

use offersync::cli::{self, Answers, Exit, Stream, Surroundings, fault, interrupt};

/// A tenth less CPU than the system's allocator where many changes are found.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    fault::listen();
    let exit = panic::catch_unwind(AssertUnwindSafe(run)).unwrap_or(Exit::Failed);
    ExitCode::from(exit.code())
}

fn run() -> Exit {
    let surroundings = Surroundings {
        arguments: std::env::args_os().collect(),
        env: &|name| std::env::var_os(name),
        // a folder that is gone has no config in it either: the search for it will say so
        here: std::env::current_dir().unwrap_or_default(),
        stdin: Answers::stdin(),
        stdout: Stream::stdout(),
        stderr: Stream::stderr(),
        now: jiff::Timestamp::now(),
        // where nobody can listen, Ctrl-C ends the program as it always did
        interrupted: interrupt::listen().unwrap_or_else(|_| Arc::default()),
    };
    cli::run(surroundings, &offersync::engine::run)
}
