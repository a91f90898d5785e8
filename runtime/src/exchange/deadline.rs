//! The ends of the limits of time.

use std::time::Duration;

use tokio::time::Instant;

use crate::errors::TimeLimit;

/// Longer than any call, and short enough to be added to the time of day.
const MAX_TIME: Duration = Duration::from_secs(60 * 60 * 24 * 365 * 30);

/// When a limit ends.
#[derive(Clone, Copy)]
pub(super) struct Deadline {
    pub(super) at: Instant,
    pub(super) limit: TimeLimit,
}

impl TimeLimit {
    pub(super) fn starting_now(self) -> Deadline {
        let (Self::Attempt(time) | Self::Total(time)) = self;
        Deadline { at: Instant::now() + time.min(MAX_TIME), limit: self }
    }
}

impl Deadline {
    pub(super) fn earlier(self, other: Self) -> Self {
        if other.at < self.at { other } else { self }
    }

    pub(super) fn remaining(self) -> Duration {
        self.at.saturating_duration_since(Instant::now())
    }
}
