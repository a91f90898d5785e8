//! Runs independent jobs in parallel, on all cores.

#![expect(
    clippy::disallowed_methods,
    reason = "the threads end before what they compute is returned"
)]

use std::panic::resume_unwind;
use std::thread::{self, Scope, ScopedJoinHandle};

/// The stack size of each thread, in bytes. Syntax trees are as deep as the schemas of a document.
const STACK: usize = 64 << 20;

/// A job that may borrow from its caller.
pub(crate) type Job<'j, T> = Box<dyn FnOnce() -> T + Send + 'j>;

/// Returns the results of the jobs, in their order. The last job runs on the current thread.
///
/// # Panics
/// Panics with the first panic of a job.
pub(crate) fn run<T: Send>(mut jobs: Vec<Job<'_, T>>) -> Vec<T> {
    let Some(last) = jobs.pop() else { return Vec::new() };
    thread::scope(|scope| {
        let started: Vec<_> = jobs.into_iter().map(|job| spawn(scope, job)).collect();
        let last = last();
        started.into_iter().map(join).chain([last]).collect()
    })
}

/// Returns the results of two jobs. The second one runs on the current thread.
///
/// # Panics
/// Panics with the panic of the first job.
pub(crate) fn both<A: Send, B>(
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B,
) -> (A, B) {
    thread::scope(|scope| {
        let one = spawn(scope, one);
        let other = other();
        (join(one), other)
    })
}

fn spawn<'s, T: Send + 's>(
    scope: &'s Scope<'s, '_>,
    job: impl FnOnce() -> T + Send + 's,
) -> ScopedJoinHandle<'s, T> {
    let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, job);
    thread.expect("a thread for each job can be started")
}

fn join<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| resume_unwind(panic))
}

#[cfg(test)]
mod tests {
    use std::panic::catch_unwind;

    use super::{Job, run};

    #[test]
    fn what_jobs_give_comes_in_their_order() {
        let jobs =
            (0..9).map(|number| -> Job<'_, i32> { Box::new(move || number * number) }).collect();
        assert_eq!(run(jobs), [0, 1, 4, 9, 16, 25, 36, 49, 64]);
        assert!(run(Vec::<Job<'_, ()>>::new()).is_empty());
    }

    #[test]
    fn a_panic_reaches_who_waits() {
        let panic = catch_unwind(|| {
            let jobs: Vec<Job<'_, ()>> = vec![Box::new(|| panic!("of the job")), Box::new(|| ())];
            run(jobs)
        });
        let panic = panic.expect_err("a job panics");
        assert_eq!(panic.downcast_ref::<&str>(), Some(&"of the job"));
    }
}
