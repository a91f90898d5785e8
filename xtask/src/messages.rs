//! What the commands print on standard error, in cargo's manner.

use anstyle::{AnsiColor, Style};

/// Prints a verb in the margin and what it was done to.
pub fn status(verb: &str, text: &str) {
    line(verb, AnsiColor::Green.on_default().bold(), text);
}

/// Prints a verb that calls for attention.
pub fn attention(verb: &str, text: &str) {
    line(verb, AnsiColor::Yellow.on_default().bold(), text);
}

/// Prints what went wrong.
pub fn error(text: &str) {
    let style = AnsiColor::Red.on_default().bold();
    anstream::eprintln!("{style}error{style:#}: {text}");
}

/// Prints the command to run next.
pub fn next(text: &str) {
    let style = Style::new().bold();
    anstream::eprintln!("{style}next{style:#}: {text}");
}

fn line(verb: &str, style: Style, text: &str) {
    anstream::eprintln!("{style}{verb:>12}{style:#} {text}");
}

/// Whether standard error shows colors.
pub fn colored() -> bool {
    anstream::AutoStream::choice(&std::io::stderr()) != anstream::ColorChoice::Never
}
