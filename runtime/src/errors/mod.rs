//! Errors of calls.

mod display;
mod documented;
mod error;
mod failure;
mod kind;
mod rounded;

pub use documented::{DocumentedError, FromStatus};
pub use error::Error;
pub(crate) use failure::{Cause, Failure, TimeLimit};
pub use kind::ErrorKind;
