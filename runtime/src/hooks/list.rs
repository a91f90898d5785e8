//! The hooks of a connection.

use std::fmt;
use std::sync::Arc;

use super::{Attempt, AttemptHook, Ended, FinishedAttempt, StartedAttempt};
use crate::transport::Body;
use http::Request;

/// The hooks of a connection, in the order in which they were added.
#[derive(Clone, Default)]
pub(crate) struct Hooks(Vec<Arc<dyn AttemptHook>>);

impl Hooks {
    pub(crate) fn add(&mut self, hook: impl AttemptHook + 'static) {
        self.0.push(Arc::new(hook));
    }

    pub(crate) fn before(&self, attempt: Attempt, request: &Request<Body>) {
        let view = StartedAttempt::new(attempt, request);
        self.0.iter().for_each(|hook| hook.before_attempt(&view));
    }

    pub(crate) fn after(&self, attempt: Attempt, ended: Ended<'_>) {
        let view = FinishedAttempt::new(attempt, ended);
        self.0.iter().for_each(|hook| hook.after_attempt(&view));
    }
}

impl fmt::Debug for Hooks {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "[{} hooks]", self.0.len())
    }
}
