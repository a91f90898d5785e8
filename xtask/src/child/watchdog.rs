//! The limits of work that this process does itself: it ends, and names the documents at work, when
//! one takes too long or all together need too much memory.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use codegen::progress::{Observer, Progress};

use super::limits::Limits;
use crate::exit::Exit;
use crate::findings::count;
use crate::io::messages;

/// The time between two looks at the clock and the memory.
const PERIOD: Duration = Duration::from_millis(20);

/// The documents at work, by path, and when each was started.
type Open = Mutex<BTreeMap<String, Instant>>;

/// Does work that tells its progress. Ends the process with an error when a limit is reached, so
/// the work must not write anything.
pub(crate) fn watched<T>(limits: Limits, work: impl FnOnce(Observer<'_>) -> T) -> T {
    let open = Open::default();
    let (done, is_done) = mpsc::channel::<()>();
    thread::scope(|scope| {
        scope.spawn(|| watch(limits, &open, is_done));
        let result = work(&|progress| {
            let Ok(mut open) = open.lock() else { return };
            match progress {
                Progress::Started(path) => drop(open.insert(path.to_owned(), Instant::now())),
                Progress::Finished(path) => drop(open.remove(path)),
            }
        });
        drop(done);
        result
    })
}

fn watch(limits: Limits, open: &Open, is_done: Receiver<()>) {
    while is_done.recv_timeout(PERIOD) == Err(RecvTimeoutError::Timeout) {
        let Some((problem, option)) = open.lock().ok().and_then(|open| reached(limits, &open))
        else {
            continue;
        };
        messages::error(&problem);
        messages::next(&format!(
            "raise the limit by `{option}`, or take out what makes the document grow; nothing was written"
        ));
        Exit::Failure.now();
    }
}

/// Returns the limit that is reached as a sentence, and the option that raises it.
fn reached(limits: Limits, open: &BTreeMap<String, Instant>) -> Option<(String, &'static str)> {
    let limit = Duration::from_secs(limits.time_limit);
    if let Some((path, _)) = open.iter().find(|(_, started)| started.elapsed() > limit) {
        let seconds = usize::try_from(limits.time_limit).unwrap_or(usize::MAX);
        let problem = format!("{path} takes longer than {}", count(seconds, "second"));
        return Some((problem, "--time-limit"));
    }
    let is_too_much = memory().is_some_and(|mebibytes| mebibytes > limits.memory_limit);
    (is_too_much && !open.is_empty()).then(|| {
        let paths = open.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
        let needs = if open.len() == 1 { "needs" } else { "together need" };
        let problem = format!("{paths} {needs} more memory than {} MiB", limits.memory_limit);
        (problem, "--memory-limit")
    })
}

/// Returns the memory use of this process in MiB, on Linux.
fn memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kibibytes| kibibytes >> 10)
}
