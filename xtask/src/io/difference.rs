//! Shows the difference between two files, line by line.

use anstyle::{AnsiColor, Style};
use openapi::report;
use similar::TextDiff;

/// Returns the lines that differ, with some around them, below the names of the files.
pub(crate) fn unified(before: &str, after: &str, context: usize, names: [&str; 2]) -> String {
    let diff = TextDiff::from_lines(before, after);
    diff.unified_diff().context_radius(context).header(names[0], names[1]).to_string()
}

/// Colors such lines, and escapes characters that could move the cursor of a terminal.
pub(crate) fn colored(diff: &str, coloring: report::Coloring) -> String {
    let line = |line: &str| {
        let color = if coloring == report::Coloring::Plain { Style::new() } else { color(line) };
        format!("{color}{}{color:#}\n", super::messages::printable(line))
    };
    diff.lines().map(line).collect()
}

fn color(line: &str) -> Style {
    match line.as_bytes() {
        [b'+', b'+', b'+', ..] | [b'-', b'-', b'-', ..] => Style::new().bold(),
        [b'+', ..] => AnsiColor::Green.on_default(),
        [b'-', ..] => AnsiColor::Red.on_default(),
        [b'@', ..] => AnsiColor::Cyan.on_default(),
        _ => Style::new(),
    }
}
