//! Renders diagnostics for a terminal, the way rustc does.
//!
//! This is the only file that names `annotate_snippets`.

use std::ops::Range;

use annotate_snippets::{
    AnnotationKind, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str,
};

use crate::diagnostic::{Diagnostic, Location};
use crate::parse::places;
use crate::source::SpecSource;

/// How far into a line a place may be, in bytes, for the line to be shown from its start.
const FAR: usize = 1000;

/// How many bytes around a place are kept of a longer line.
const AROUND: usize = 100;

/// Whether a report has colors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Text only.
    Plain,
    /// With escape sequences for a terminal.
    Colored,
}

/// The diagnostics in the order of the text, each with the line that it is about.
#[must_use]
pub fn render(source: &SpecSource, diagnostics: &[Diagnostic], style: Style) -> String {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Colored => Renderer::styled(),
    };
    let locations: Vec<&Location> = diagnostics.iter().map(|one| &one.location).collect();
    let ranges = places::resolve(&source.text, &locations);
    let mut placed: Vec<(Range<usize>, &Diagnostic)> =
        ranges.into_iter().zip(diagnostics).collect();
    placed.sort_by_key(|(range, _)| range.start);
    let mut report = String::new();
    for (range, diagnostic) in placed {
        let excerpt = Excerpt::new(&source.text, range);
        report.push_str(&renderer.render(&[group(&source.path, &excerpt, diagnostic)]));
        report.push_str("\n\n");
    }
    report.truncate(report.trim_end().len());
    if !report.is_empty() {
        report.push('\n');
    }
    report
}

/// The part of the text that a report shows.
struct Excerpt {
    /// Number of the line, from 1.
    line: usize,
    /// Number of the character in the line, from 1.
    column: usize,
    /// The line, or a part of it if it is long.
    shown: String,
    /// What to point at, in bytes of `shown`.
    span: Range<usize>,
    /// Whether `shown` starts where the line does.
    from_start: bool,
}

impl Excerpt {
    fn new(text: &str, range: Range<usize>) -> Self {
        let start = text.floor_char_boundary(range.start);
        let line_start = text[..start].rfind('\n').map_or(0, |end| end + 1);
        let line_end = text[start..]
            .find('\n')
            .map_or(text.len(), |end| start + end);
        let line = text[line_start..line_end].trim_end();
        let from = (start - line_start).min(line.len());
        let to = line
            .floor_char_boundary(range.end.saturating_sub(line_start))
            .max(from);
        let (first, last) = window(line, from);
        let before = if first > 0 { "…" } else { "" };
        let after = if last < line.len() { "…" } else { "" };
        let inside = |offset: usize| before.len() + offset.min(last) - first;
        Self {
            line: text[..start].matches('\n').count() + 1,
            column: text[line_start..start].chars().count() + 1,
            shown: format!("{before}{}{after}", &line[first..last]),
            span: inside(from)..inside(to),
            from_start: first == 0,
        }
    }
}

/// The part of a line that is kept to show a place in it.
fn window(line: &str, place: usize) -> (usize, usize) {
    let first = if place < FAR {
        0
    } else {
        line.floor_char_boundary(place - AROUND)
    };
    let last = line.floor_char_boundary((place + AROUND).max(FAR));
    (first, last)
}

fn group<'a>(path: &'a str, excerpt: &'a Excerpt, diagnostic: &'a Diagnostic) -> Group<'a> {
    let snippet = Snippet::source(excerpt.shown.as_str())
        .line_start(excerpt.line)
        .annotation(AnnotationKind::Primary.span(excerpt.span.clone()));
    let group = Group::with_title(
        Level::ERROR
            .primary_title(&diagnostic.what)
            .id(diagnostic.rule),
    );
    let group = if excerpt.from_start {
        group.element(snippet.path(path))
    } else {
        let place = Origin::path(path)
            .line(excerpt.line)
            .char_column(excerpt.column);
        group.element(place).element(snippet)
    };
    let pointer = diagnostic
        .location
        .pointer()
        .filter(|pointer| !pointer.is_empty());
    let at = pointer.map(|pointer| Level::NOTE.message(clean(&format!("at {pointer}"))));
    group
        .elements(at)
        .element(Level::NOTE.message(clean(&diagnostic.why)))
        .element(Level::HELP.message(clean(&diagnostic.help)))
}

/// The text without anything that could move the cursor of a terminal.
fn clean(text: &str) -> String {
    normalize_untrusted_str(text)
}
