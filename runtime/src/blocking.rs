//! Runs calls from code that is not async.
//!
//! An [`Executor`] has a thread of its own that does the work, so it can be used outside of a tokio
//! runtime and inside of one. The caller's thread waits: async code should use `.await` instead.
//!
//! ```no_run
//! # use oauth_token_clients_runtime::{Items, Error, blocking};
//! # type Listed = Items<u64, std::convert::Infallible>;
//! # type Outcome = Result<(), Box<dyn std::error::Error>>;
//! # fn list(call: std::future::Ready<u64>, items: Listed) -> Outcome {
//! let executor = blocking::Executor::new()?;
//! let response = executor.block_on(call); // in place of `call.await`
//! for item in executor.iter(items) {
//!     println!("{}", item?);
//! }
//! # Ok(())
//! # }
//! ```

use std::any::Any;
use std::fmt;
use std::future::poll_fn;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::{Pin, pin};
use std::sync::{Arc, mpsc};
use std::task::{Context, Poll};

use futures_core::Stream;
use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

/// Runs calls, and reads pages, for code that is not async. Clones share one thread.
///
/// Keep an executor as long as the clients that it is used with: their open connections belong to
/// it.
#[derive(Clone)]
pub struct Executor {
    handle: Handle,
    /// The thread ends when the last clone is dropped.
    _running: Arc<oneshot::Sender<()>>,
}

impl Executor {
    /// Starts the thread.
    ///
    /// # Errors
    /// Returns the error of the operating system if it cannot be started.
    pub fn new() -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        let (running, ended) = oneshot::channel::<()>();
        let thread = std::thread::Builder::new().name("blocking-calls".to_owned());
        // What is still running when the last clone is dropped is cancelled.
        thread.spawn(move || drop(runtime.block_on(ended)))?;
        Ok(Self { handle, _running: Arc::new(running) })
    }

    /// Runs a call to its end and returns its outcome.
    ///
    /// A token source of the call runs on the executor's thread: it must neither wait for this
    /// thread nor call this method.
    ///
    /// # Panics
    /// Panics if the call panics, which no call does by itself.
    pub fn block_on<F>(&self, call: F) -> F::Output
    where
        F: IntoFuture,
        F::IntoFuture: Send + 'static,
        F::Output: Send + 'static,
    {
        let (sender, outcome) = mpsc::sync_channel(1);
        let call = call.into_future();
        self.handle.spawn(async move {
            // The receiver waits below, as long as this task runs.
            let _ = sender.send(caught(call).await);
        });
        match outcome.recv().expect("the thread runs as long as its executor") {
            Ok(outcome) => outcome,
            Err(panic) => resume_unwind(panic),
        }
    }

    /// Returns an iterator over the pages or items of a list, or over the chunks of a body.
    pub fn iter<S>(&self, stream: S) -> Iter<S>
    where
        S: Stream + Send + Unpin + 'static,
        S::Item: Send + 'static,
    {
        Iter { executor: self.clone(), stream: Some(stream) }
    }
}

impl fmt::Debug for Executor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Executor").finish_non_exhaustive()
    }
}

/// Runs a future, and returns a panic instead of ending the thread's task.
async fn caught<F: Future>(future: F) -> Result<F::Output, Box<dyn Any + Send>> {
    let mut future = pin!(future);
    poll_fn(|context: &mut Context<'_>| {
        match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
            Ok(poll) => poll.map(Ok),
            Err(panic) => Poll::Ready(Err(panic)),
        }
    })
    .await
}

/// An iterator over a stream; see [`Executor::iter`].
#[must_use = "iterators do nothing until they are read"]
pub struct Iter<S> {
    executor: Executor,
    /// The stream, until its end.
    stream: Option<S>,
}

impl<S> Iter<S> {
    /// Returns the stream, such as for what it left out, unless it has ended.
    pub fn stream(&self) -> Option<&S> {
        self.stream.as_ref()
    }
}

impl<S> Iterator for Iter<S>
where
    S: Stream + Send + Unpin + 'static,
    S::Item: Send + 'static,
{
    type Item = S::Item;

    fn next(&mut self) -> Option<S::Item> {
        let mut stream = self.stream.take()?;
        let (stream, item) = self.executor.block_on(async move {
            let item = poll_fn(|context| Pin::new(&mut stream).poll_next(context)).await;
            (stream, item)
        });
        self.stream = item.is_some().then_some(stream);
        item
    }
}

impl<S> fmt::Debug for Iter<S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Iter").finish_non_exhaustive()
    }
}
