//! Compares the documents `before.yaml` and `after.yaml` of each folder in `fixtures/`, which is
//! named after the rule that it shows.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use changes::report::{render, render_json, render_markdown};
use changes::{Rule, State, Version, compare};
use libtest_mimic::{Arguments, Failed, Trial};
use openapi::policy::Policy;
use openapi::source::SpecSource;

/// The largest number of lines of a fixture, which holds one idea.
const MOST_LINES: usize = 30;

fn main() -> ExitCode {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let folders = fs::read_dir(folder).expect("the folder can be read");
    let mut folders: Vec<PathBuf> =
        folders.map(|entry| entry.expect("the folder can be read").path()).collect();
    folders.sort();
    let names: Vec<String> = folders.iter().map(|folder| name(folder)).collect();
    let mut trials: Vec<Trial> = folders
        .into_iter()
        .map(|folder| {
            Trial::test(name(&folder), move || {
                check(&folder);
                Ok(())
            })
        })
        .collect();
    trials.push(Trial::test("every_rule_has_a_fixture", move || without(&names)));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn name(folder: &Path) -> String {
    folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Rules that no pair of documents shows: an API that comes or goes has one document, and nothing
/// should be left for the last rule.
const WITHOUT_FIXTURE: [Rule; 3] = [Rule::ApiAdded, Rule::ApiRemoved, Rule::Other];

fn without(names: &[String]) -> Result<(), Failed> {
    let rules = Rule::ALL.iter().filter(|rule| !WITHOUT_FIXTURE.contains(rule));
    let without: Vec<&str> =
        rules.map(|rule| rule.id()).filter(|id| !names.iter().any(|name| name == id)).collect();
    if without.is_empty() { Ok(()) } else { Err(format!("no fixture shows {without:?}").into()) }
}

fn state(path: &Path) -> State {
    let text = fs::read_to_string(path).expect("a fixture is text");
    assert!(text.lines().count() <= MOST_LINES, "{}: a fixture holds one idea", path.display());
    State::read(SpecSource::new("widgets.yaml", text), Policy::Repair)
        .unwrap_or_else(|found| panic!("{}: {:?}", path.display(), found.diagnostics))
}

fn check(folder: &Path) {
    let (before, after) = (state(&folder.join("before.yaml")), state(&folder.join("after.yaml")));
    let changes = compare(&before, &after);
    let id = name(folder);
    assert!(changes.iter().any(|change| change.rule.id() == id), "the rule finds nothing");
    assert!(changes.iter().all(|change| change.rule != Rule::Other), "no rule knows a change");
    assert_eq!(compare(&before, &before), [], "there is a change between equal documents");
    let lines = changes.iter().map(|change| (&change.pointer, change.from, change.to));
    let lines: Vec<String> = lines.map(|(pointer, ..)| pointer.clone()).collect();
    let json = render_json(&changes);
    assert_eq!(json["changes"].as_array().map(Vec::len), Some(changes.len()));
    let shown = format!(
        "{}\n{}\n{}",
        lines.join("\n"),
        render(&changes, Some(Version([1, 2, 3]))),
        render_markdown(&changes)
    );
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("changes", shown));
}
