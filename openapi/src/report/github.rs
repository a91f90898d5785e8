//! Renders findings as GitHub Actions workflow commands, which annotate the lines of a pull
//! request.

use super::{Lines, placed};
use crate::diagnostic::Diagnostic;
use crate::source::SpecSource;

/// Renders a line for each finding.
#[must_use]
pub fn render(source: &SpecSource, diagnostics: &[Diagnostic]) -> String {
    let lines = Lines::of(&source.text);
    let mut report = String::new();
    for (range, diagnostic) in placed(source, diagnostics) {
        let (line, column) = lines.position(&source.text, range.start);
        report.push_str(&format!(
            "::{} file={},line={line},col={column},title={}::{}\n",
            diagnostic.severity().name(),
            property(&source.path),
            diagnostic.rule,
            data(&format!("{}\n{}\n{}", diagnostic.what, diagnostic.why, diagnostic.help)),
        ));
    }
    report
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
