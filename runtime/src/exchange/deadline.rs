//! Deadlines.

use std::time::Duration;

use tokio::time::Instant;

use crate::errors::TimeLimit;

/// The longest time limit. No call takes that long, and adding it to the current time does not
/// overflow.
const MAX_LIMIT: Duration = Duration::from_secs(60 * 60 * 24 * 365 * 30);

/// The end of a time limit.
#[derive(Clone, Copy)]
pub(super) struct Deadline {
    pub(super) at: Instant,
    pub(super) limit: TimeLimit,
}

impl TimeLimit {
    pub(super) fn starting_now(self) -> Deadline {
        let (Self::Attempt(time) | Self::Total(time)) = self;
        Deadline { at: Instant::now() + time.min(MAX_LIMIT), limit: self }
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
