//! The diagnostics of one document.

use crate::diagnostic::Diagnostic;
use crate::rule::Severity;
use crate::source::SpecSource;

/// The diagnostics of one document.
#[derive(Clone, Debug)]
pub struct Findings {
    /// The document.
    pub source: SpecSource,
    /// The diagnostics.
    pub diagnostics: Vec<Diagnostic>,
}

impl Findings {
    /// Returns true if no client can be generated.
    #[must_use]
    pub fn have_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error)
    }
}
