//! Renders diagnostics for a terminal, like rustc.
//!
//! This is the only file that names `annotate_snippets`.

use std::ops::Range;

use annotate_snippets::{
    AnnotationKind, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str,
};

use super::{Lines, placed, ranges};
use crate::diagnostic::{Diagnostic, Location};
use crate::rule::Severity;
use crate::source::SpecSource;

/// The offset in a line, in bytes, up to which the line is shown from its start.
const FAR: usize = 1000;

/// The number of bytes that are shown before and after an offset in a longer line.
const AROUND: usize = 100;

/// The use of colors in a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coloring {
    /// Without escape sequences.
    Plain,
    /// With escape sequences for colors.
    Colored,
}

/// Renders the findings.
#[must_use]
pub fn render(source: &SpecSource, diagnostics: &[Diagnostic], coloring: Coloring) -> String {
    let mut report = blocks(source, placed(source, diagnostics), coloring).join("\n\n");
    report.truncate(report.trim_end().len());
    if !report.is_empty() {
        report.push('\n');
    }
    report
}

/// Renders each finding separately, in the order of `diagnostics`, for a caller with its own order.
#[must_use]
pub fn render_each(
    source: &SpecSource,
    diagnostics: &[&Diagnostic],
    coloring: Coloring,
) -> Vec<String> {
    let placed = ranges(source, diagnostics).into_iter().zip(diagnostics.iter().copied()).collect();
    blocks(source, placed, coloring)
}

fn blocks(
    source: &SpecSource,
    placed: Vec<(Range<usize>, &Diagnostic)>,
    coloring: Coloring,
) -> Vec<String> {
    let renderer = match coloring {
        Coloring::Plain => Renderer::plain(),
        Coloring::Colored => Renderer::styled(),
    };
    let lines = Lines::of(&source.text);
    let block = |(range, diagnostic): (Range<usize>, &Diagnostic)| {
        let excerpt = Excerpt::new(&source.text, &lines, range);
        renderer.render(&[group(&source.path, &excerpt, diagnostic)])
    };
    placed.into_iter().map(block).collect()
}

/// The excerpt of the source text that a report shows.
struct Excerpt {
    /// The line number, from 1.
    line: usize,
    /// The column in characters, from 1.
    column: usize,
    /// The line, or a part of it if it is long.
    shown: String,
    /// The highlighted bytes of `shown`.
    span: Range<usize>,
    /// True if `shown` starts at the start of the line.
    from_start: bool,
}

impl Excerpt {
    fn new(text: &str, lines: &Lines, range: Range<usize>) -> Self {
        let start = text.floor_char_boundary(range.start);
        let (number, line_start, line_end) = lines.around(start);
        let line = text[line_start..line_end].trim_end();
        let from = (start - line_start).min(line.len());
        let (first, last) = window(line, from);
        let to = line.floor_char_boundary(range.end.saturating_sub(line_start)).clamp(from, last);
        let lead = if first > 0 { "…" } else { "" }.to_owned() + &visible(&line[first..from]);
        let marked = visible(&line[from..to]);
        let tail = visible(&line[to..last]) + if last < line.len() { "…" } else { "" };
        Self {
            line: number,
            column: text[line_start..start].chars().count() + 1,
            span: lead.len()..lead.len() + marked.len(),
            shown: lead + &marked + &tail,
            from_start: first == 0,
        }
    }
}

/// Returns the part of a line that is shown around an offset.
fn window(line: &str, place: usize) -> (usize, usize) {
    let first = if place < FAR { 0 } else { line.floor_char_boundary(place - AROUND) };
    let last = line.floor_char_boundary((place + AROUND).max(FAR));
    (first, last)
}

/// Converts a diagnostic for the renderer.
fn group<'a>(path: &'a str, excerpt: &'a Excerpt, diagnostic: &'a Diagnostic) -> Group<'a> {
    let snippet = Snippet::source(excerpt.shown.as_str())
        .line_start(excerpt.line)
        .annotation(AnnotationKind::Primary.span(excerpt.span.clone()));
    let level = match diagnostic.severity() {
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
    };
    let group =
        Group::with_title(level.primary_title(clean(&diagnostic.what)).id(diagnostic.rule.id()));
    let place = Origin::path(path).line(excerpt.line).char_column(excerpt.column);
    let group = match diagnostic.location {
        Location::Hidden(_) => group.element(place),
        _ if excerpt.from_start => group.element(snippet.path(path)),
        _ => group.element(place).element(snippet),
    };
    let pointer = diagnostic.location.pointer().filter(|pointer| !pointer.is_empty());
    let at = pointer.map(|pointer| Level::NOTE.message(clean(&format!("at {pointer}"))));
    group
        .elements(at)
        .element(Level::NOTE.message(clean(&diagnostic.why)))
        .element(Level::HELP.message(clean(&diagnostic.help)))
}

/// Replaces characters that `annotate_snippets` would pass on to the terminal invisibly.
fn visible(text: &str) -> String {
    let replace = |character| match character {
        '\u{80}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' => char::REPLACEMENT_CHARACTER,
        other => other,
    };
    text.chars().map(replace).collect()
}

/// Returns a string on one line, without characters that could move the cursor of a terminal.
fn clean(text: &str) -> String {
    let one_line: String = text.chars().map(|one| if one == '\n' { '␤' } else { one }).collect();
    normalize_untrusted_str(&visible(&one_line))
}
