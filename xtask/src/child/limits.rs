//! The limits of a child's time and memory, and their enforcement.

use std::fmt;
use std::io::{self, Write};
use std::thread;
use std::time::Duration;

use clap::Args;
use serde::Serialize;
use thiserror::Error;

use crate::exit::Exit;

/// The longest time for one document, in seconds.
const TIME: u64 = 60;
/// The most memory, in MiB.
const MEMORY: u64 = 4096;

/// The time and memory that documents may use.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Longest time for one document, in seconds.
    #[arg(long, default_value_t = TIME, value_name = "SECONDS")]
    pub(super) time_limit: u64,
    /// Most memory in MiB, for one vendor's document or for all specs together; has no effect on
    /// some systems.
    #[arg(long, default_value_t = MEMORY, value_name = "MIB")]
    pub(super) memory_limit: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { time_limit: TIME, memory_limit: MEMORY }
    }
}

/// Stack of the thread that the generator runs on, in bytes.
const STACK: usize = 64 << 20;

/// The reasons why a child has no outcome. `E` is the error of its work.
#[derive(Debug, Error)]
enum Stopped<E> {
    #[error("cannot limit the memory: {0}")]
    Cache(io::Error),
    #[error("cannot start a thread: {0}")]
    Thread(io::Error),
    #[error("{0}")]
    Work(E),
    #[error("cannot write the outcome: {0}")]
    Encoding(#[from] serde_json::Error),
    #[error("cannot print the outcome: {0}")]
    Output(io::Error),
    /// It has printed the reason itself.
    #[error("the work panicked")]
    Panicked,
}

/// Does the work of a child within its limits, and prints the outcome as JSON, or why there is
/// none.
pub(crate) fn limited<T: Serialize, E: fmt::Display + Send + 'static>(
    limits: Limits,
    work: impl FnOnce() -> Result<T, E> + Send + 'static,
) -> Exit {
    match print_outcome(limits, work) {
        Ok(()) => Exit::Success,
        Err(stopped) => {
            eprintln!("{stopped}");
            Exit::Failure
        }
    }
}

fn print_outcome<T: Serialize, E: fmt::Display + Send + 'static>(
    limits: Limits,
    work: impl FnOnce() -> Result<T, E> + Send + 'static,
) -> Result<(), Stopped<E>> {
    limit_memory(limits).map_err(Stopped::Cache)?;
    thread::spawn(move || {
        thread::sleep(Duration::from_secs(limits.time_limit));
        Exit::TimedOut.now()
    });
    let worker = thread::Builder::new().stack_size(STACK);
    let worker = worker.spawn(move || -> Result<Vec<u8>, Stopped<E>> {
        let outcome = work().map_err(Stopped::Work)?;
        Ok(serde_json::to_vec(&outcome)?)
    });
    let json = worker.map_err(Stopped::Thread)?.join().map_err(|_| Stopped::Panicked)??;
    io::stdout().write_all(&json).map_err(Stopped::Output)
}

#[cfg(unix)]
fn limit_memory(limits: Limits) -> io::Result<()> {
    use rlimit::Resource;
    let (_, most) = Resource::AS.get()?;
    Resource::AS.set(limits.memory_limit.saturating_mul(1 << 20).min(most), most)
}

#[cfg(not(unix))]
fn limit_memory(_: Limits) -> io::Result<()> {
    Ok(())
}
