//! Renders findings for people, for programs, and for annotations on GitHub.
//!
//! All of them keep the order of the source text.

mod github;
mod human;
mod json;

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Location};
use crate::source::SpecSource;
use crate::yaml;

pub use github::render as render_github;
pub use human::{Coloring, render, render_each};
pub use json::render as render_json;

/// Returns the findings with their byte ranges, in the order of the source text.
fn placed<'d>(
    source: &SpecSource,
    diagnostics: &'d [Diagnostic],
) -> Vec<(Range<usize>, &'d Diagnostic)> {
    let diagnostics: Vec<&Diagnostic> = diagnostics.iter().collect();
    let ranges = ranges(source, &diagnostics);
    let mut placed: Vec<(Range<usize>, &Diagnostic)> =
        ranges.into_iter().zip(diagnostics).collect();
    placed.sort_by_key(|(range, _)| range.start);
    placed
}

/// Returns the line and column of each finding, in characters from 1, in the order of
/// `diagnostics`.
#[must_use]
pub fn positions(source: &SpecSource, diagnostics: &[&Diagnostic]) -> Vec<(usize, usize)> {
    let lines = Lines::of(&source.text);
    let ranges = ranges(source, diagnostics);
    ranges.into_iter().map(|range| lines.position(&source.text, range.start)).collect()
}

fn ranges(source: &SpecSource, diagnostics: &[&Diagnostic]) -> Vec<Range<usize>> {
    let locations: Vec<&Location> = diagnostics.iter().map(|one| &one.location).collect();
    yaml::resolve(&source.text, &locations)
}

/// The ends of the lines of a source text.
struct Lines {
    ends: Vec<usize>,
    length: usize,
}

impl Lines {
    fn of(text: &str) -> Self {
        Self {
            ends: text.match_indices('\n').map(|(offset, _)| offset).collect(),
            length: text.len(),
        }
    }

    /// Returns the number of the line at an offset, from 1, and its start and end.
    fn around(&self, offset: usize) -> (usize, usize, usize) {
        let above = self.ends.partition_point(|end| *end < offset);
        let start = if above == 0 { 0 } else { self.ends[above - 1] + 1 };
        (above + 1, start, self.ends.get(above).copied().unwrap_or(self.length))
    }

    /// Returns the line and column of an offset, in characters from 1.
    fn position(&self, text: &str, offset: usize) -> (usize, usize) {
        let offset = text.floor_char_boundary(offset);
        let (line, start, _) = self.around(offset);
        (line, text[start..offset].chars().count() + 1)
    }
}
