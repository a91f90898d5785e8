//! The report: the outcome of each document, as Markdown, without what changes from run to run.

use super::Entry;
use super::compile::Verdict;
use super::table::outcome;
use crate::findings::count;

/// The heading of a report.
pub(super) const TITLE: &str = "# Documents of other vendors\n";

/// The columns. The results of compilation come last.
const HEAD: &str = "| document | title | OpenAPI | operations | outcome | examples | wrong | compiles | decode | same |\n\
    |---|---|---|---:|---|---:|---:|---|---:|---:|\n";

/// The legend of the columns.
const LEGEND: &str = "- **operations**: how many the client has, of how many the document has.
- **outcome**: whether there is a client, and how many places of the document keep an operation from being in it; or the
  rules that the document was refused for.
- **examples**: how many the document has of bodies that the client has a type for; **wrong**: how many of them are no
  values of their own schemas.
- **compiles**: whether rustc takes the client and its tests without a warning.
- **decode**: how many of the examples decode into their type, of a response without what does not fit; wrong ones of
  requests are not tried. In brackets how many tests fail that should not, of examples that are not wrong and of bodies
  that lack everything.
- **same**: how many of the examples pass, which encode to the same JSON again unless they are wrong. The others have
  properties that their type lacks.

`?` is what was not tried.
";

/// The heading of what `cargo xtask conformance` and people write below the table.
const REST: &str = "\n## ";

/// Renders the report. Results that are missing this time are taken from the `known` report, for
/// rows that are otherwise equal, and so is what follows the table.
pub(super) fn render(entries: &[Entry], known: &str) -> String {
    let rows: Vec<[String; 2]> = entries.iter().map(|entry| row(entry, known)).collect();
    let table: String =
        rows.iter().map(|[quick, compiled]| format!("{quick}{compiled}\n")).collect();
    let rest = known.find(REST).map_or("", |start| &known[start..]);
    format!("{TITLE}\n{}\n{LEGEND}\n{HEAD}{table}{rest}", summary(entries, &rows))
}

fn summary(entries: &[Entry], rows: &[[String; 2]]) -> String {
    let clients = || entries.iter().filter_map(|entry| entry.outcome.client.as_ref());
    let compiled = || rows.iter().filter_map(|[_, compiled]| compiled.split_once(" | "));
    let number_of = |text: &str| {
        text.split([' ', ',']).next().and_then(|number| number.parse::<usize>().ok()).unwrap_or(0)
    };
    let decoded = || compiled().filter_map(|(_, decoded)| decoded.split_once(" | "));
    let examples = || entries.iter().map(Entry::examples);
    format!(
        "What `cargo xtask corpus --compile --report` makes of {} as vendors publish them, which are no part of this\n\
         repository. {} of them have no operations. There is a client of {}, with {} of {} operations; {} compile\n\
         without a warning.\n\
         Of {} of bodies {} do not match their schema, {} decode, {} of them without loss.\n",
        count(entries.len(), "document"),
        clients().filter(|client| client.documented == 0).count(),
        clients().count(),
        clients().map(|client| client.operations).sum::<usize>(),
        clients().map(|client| client.documented).sum::<usize>(),
        compiled().filter(|(compiles, _)| *compiles == "yes").count(),
        count(examples().map(|(all, _)| all).sum(), "example"),
        examples().map(|(_, wrong)| wrong).sum::<usize>(),
        decoded().map(|(decoded, _)| number_of(decoded)).sum::<usize>(),
        decoded().map(|(_, same)| number_of(same)).sum::<usize>(),
    )
}

/// Returns the cells of a document: those that are always known, and the results of compilation.
fn row(entry: &Entry, known: &str) -> [String; 2] {
    let client = entry.outcome.client.as_ref();
    let operations = client
        .map_or("-".to_owned(), |client| format!("{} of {}", client.operations, client.documented));
    let (examples, wrong) = entry.examples();
    let title = client.map_or("", |client| client.title.as_str());
    let cells =
        [&entry.name, title, &entry.version, &operations, &outcome(entry)].map(cell).join(" | ");
    let quick = format!("| {cells} | {examples} | {wrong} | ");
    let compiled = match &entry.compiled {
        Some(verdict) => compiled(entry, verdict),
        None if client.is_none() => "- | - | - |".to_owned(),
        None => {
            let cells = known
                .lines()
                .filter_map(|line| line.strip_prefix(&quick))
                .find(|cells| can_be(cells));
            cells.unwrap_or("? | ? | ? |").to_owned()
        }
    };
    [quick, compiled]
}

fn compiled(entry: &Entry, verdict: &Verdict) -> String {
    let compiles = match (verdict.errors, verdict.warnings) {
        (0, 0) => "yes".to_owned(),
        (errors, warnings) => format!("{}, {}", count(errors, "error"), count(warnings, "warning")),
    };
    let failed = match entry.failed(verdict).len() {
        0 => String::new(),
        number => format!(" ({number})"),
    };
    let (decoded, same) = entry.decoded(verdict);
    format!("{compiles} | {decoded}{failed} | {same} |")
}

/// Returns true if these are cells that `compiled` returns, or those of an untested document.
fn can_be(cells: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_count = |text: &str, noun: &str| {
        text.split_once(' ')
            .is_some_and(|(number, of)| is_number(number) && of.trim_end_matches('s') == noun)
    };
    let is_compiles = |text: &str| {
        let is_pair =
            |(errors, warnings)| is_count(errors, "error") && is_count(warnings, "warning");
        text == "yes" || text.split_once(", ").is_some_and(is_pair)
    };
    let is_decode = |text: &str| {
        let (number, failed) = text.split_once(" (").unwrap_or((text, "0)"));
        is_number(number) && failed.strip_suffix(')').is_some_and(is_number)
    };
    match *cells.strip_suffix(" |").unwrap_or_default().split(" | ").collect::<Vec<_>>() {
        ["?", "?", "?"] => true,
        [compiles, decode, same] => is_compiles(compiles) && is_decode(decode) && is_number(same),
        _ => false,
    }
}

/// Writes a string of a document as a cell.
fn cell(text: &str) -> String {
    text.chars()
        .map(|one| if one.is_control() || "|`<>".contains(one) { ' ' } else { one })
        .collect()
}
