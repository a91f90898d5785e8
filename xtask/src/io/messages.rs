//! Prints the messages of the commands on standard error, in cargo's manner.

use std::io::{ErrorKind, IsTerminal, Write};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use anstyle::{AnsiColor, Style};

use crate::exit::Exit;

/// The time that something may take without being announced.
const PATIENCE: Duration = Duration::from_secs(1);

/// Prints a verb in the margin, followed by its object.
pub(crate) fn status(verb: &str, text: &str) {
    line(verb, AnsiColor::Green.on_default().bold(), text);
}

/// Prints a verb that calls for attention.
pub(crate) fn attention(verb: &str, text: &str) {
    line(verb, AnsiColor::Yellow.on_default().bold(), text);
}

/// Prints on standard output. Ends the program if that fails, silently if the reader has closed the
/// stream.
pub(crate) fn print(text: &str) {
    let Err(problem) = anstream::stdout().write_all(text.as_bytes()) else { return };
    if problem.kind() == ErrorKind::BrokenPipe {
        Exit::Success.now();
    }
    error(&format!("cannot print: {problem}"));
    Exit::Failure.now();
}

/// Prints an error.
pub(crate) fn error(text: &str) {
    let style = AnsiColor::Red.on_default().bold();
    anstream::eprintln!("{style}error{style:#}: {text}");
}

/// Prints the command to run next.
pub(crate) fn next(text: &str) {
    let style = Style::new().bold();
    anstream::eprintln!("{style}next{style:#}: {text}");
}

/// Does work that may take long, and announces it: at once on a terminal, otherwise only if it does
/// take long.
pub(crate) fn progress<T>(verb: &str, text: &str, work: impl FnOnce() -> T) -> T {
    if std::io::stderr().is_terminal() {
        status(verb, text);
        return work();
    }
    unless_done_within(PATIENCE, || status(verb, text), work)
}

/// Does the work, and announces it from another thread if it is not done by then.
fn unless_done_within<T>(
    patience: Duration,
    announce: impl FnOnce() + Send,
    work: impl FnOnce() -> T,
) -> T {
    let (done, is_done) = mpsc::channel::<()>();
    thread::scope(|scope| {
        scope.spawn(move || {
            if is_done.recv_timeout(patience) == Err(RecvTimeoutError::Timeout) {
                announce();
            }
        });
        let result = work();
        drop(done);
        result
    })
}

/// Escapes the characters of a document that could move the cursor of a terminal.
pub(crate) fn printable(text: &str) -> String {
    let escape = |one: char| {
        if one.is_control() { one.escape_default().to_string() } else { one.to_string() }
    };
    text.chars().map(escape).collect()
}

/// Quotes a word of a command as a shell needs it.
pub(crate) fn word(text: &str) -> String {
    let is_plain = |one: char| one.is_alphanumeric() || "_-./:,=@%+".contains(one);
    match !text.is_empty() && text.chars().all(is_plain) {
        true => text.to_owned(),
        false => format!("'{}'", printable(&text.replace('\'', r"'\''"))),
    }
}

fn line(verb: &str, style: Style, text: &str) {
    anstream::eprintln!("{style}{verb:>12}{style:#} {text}");
}

/// A stream that is printed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stream {
    Output,
    Error,
}

/// Returns the use of colors in reports on a stream.
pub(crate) fn coloring(stream: Stream) -> openapi::report::Coloring {
    let choice = match stream {
        Stream::Output => anstream::AutoStream::choice(&std::io::stdout()),
        Stream::Error => anstream::AutoStream::choice(&std::io::stderr()),
    };
    match choice {
        anstream::ColorChoice::Never => openapi::report::Coloring::Plain,
        _ => openapi::report::Coloring::Colored,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::Duration;

    use super::unless_done_within;

    #[test]
    fn only_what_takes_long_is_announced() {
        let (sender, announced) = mpsc::channel();
        let work = || announced.recv_timeout(Duration::from_secs(60));
        assert_eq!(
            unless_done_within(
                Duration::from_millis(1),
                || sender.send(1).expect("the work waits"),
                work
            ),
            Ok(1)
        );
        let announce = || panic!("the work is done at once");
        assert_eq!(unless_done_within(Duration::from_secs(3600), announce, || 2), 2);
    }
}
