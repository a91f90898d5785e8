//! The parse stage: what it accepts, what it refuses and how it says so.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::package::Package;
use openapi::load;
use openapi::policy::Policy;
use openapi::report::{Style, render};
use openapi::source::SpecSource;

/// Refuses `fixtures/bad/<name>.yaml` with the report in `snapshots/`.
fn check(name: &str) {
    let source = fixture("bad", name);
    let rejected = load(source, Policy::Refuse).expect_err("a bad fixture is refused");
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!(name, render(&rejected.source, &rejected.diagnostics, Style::Plain));
    });
}

macro_rules! refuses {
    ($($name:ident)*) => {
        $(#[test] fn $name() { check(stringify!($name)); })*

        #[test]
        fn every_bad_fixture_has_a_test() {
            assert_eq!(names("bad"), BTreeSet::from([$(stringify!($name).to_owned()),*]));
        }
    };
}

refuses! {
    alias_and_merge_key
    alias_of_unquoted_star
    anchor
    bracket_that_is_open_at_the_next_key
    byte_order_mark
    circular_reference
    control_character
    dangling_reference
    duplicate_key
    duplicate_operation_id
    duplicate_parameter
    duplicate_status_in_and_out_of_quotes
    empty
    findings_in_the_order_of_the_text
    incomplete_oauth_flow
    incomplete_security_scheme
    indentation_between_levels
    key_that_is_a_list
    key_that_moves_the_cursor
    key_without_colon
    key_without_colon_above_another
    key_without_colon_in_a_list
    keyword_of_openapi_3_1
    keyword_without_value
    line_indented_below_a_value
    list_instead_of_mapping
    list_of_types
    mapping_instead_of_list
    misplaced_extensions
    misspelt_extension
    misspelt_http_scheme
    misspelt_keyword
    misspelt_reference
    misspelt_required_keyword
    no_break_space_as_indentation
    no_break_space_behind_a_colon
    no_break_space_behind_a_dash
    no_paths
    no_version
    number_instead_of_text
    number_not_finite
    openapi_3_1
    operation_without_id
    optional_path_parameter
    parameter_in_body
    parameter_without_schema
    path_parameter_of_another_name
    path_parameter_without_template
    path_without_slash
    place_behind_wide_characters
    reference_into_an_example
    reference_to_a_file
    reference_to_the_section_of_swagger
    reference_to_wrong_kind
    required_as_flag
    required_without_property
    response_without_description
    second_colon
    section_without_colon
    several_documents
    status_out_of_range
    style_of_another_place
    swagger_2
    tab_after_spaces
    tab_as_indentation
    tag
    text_instead_of_flag
    text_instead_of_number
    text_starting_with_at
    too_deep
    type_of_another_language
    unclosed_bracket
    unclosed_quote
    undeclared_in_one_operation
    undeclared_path_parameter
    undefined_security_scheme
    unknown_escape
    unknown_keyword
    unknown_section
    unknown_security_type
    unknown_style
    unmatched_brace
    values_of_extensions
    version_as_number
}

#[test]
fn accepts_good_fixtures() {
    for name in names("good") {
        accept(fixture("good", &name));
    }
}

#[test]
fn accepts_the_specs_of_the_workspace() {
    for entry in fs::read_dir(root().join("../specs")).expect("the workspace has specs") {
        let path = entry.expect("a readable entry").path();
        if path.extension().is_some_and(|extension| extension == "yaml") {
            accept(read(&path));
        }
    }
}

#[test]
fn never_panics_on_a_truncated_spec() {
    for folder in ["good", "bad"] {
        for name in names(folder) {
            let text = fixture(folder, &name).text;
            for (end, _) in text.char_indices() {
                survive(&text[..end]);
            }
        }
    }
}

#[test]
fn never_panics_on_a_garbled_line() {
    const GARBAGE: [&str; 16] = [
        "\t",
        "{",
        "]",
        "- ",
        "\"",
        "'",
        "*a",
        "<<: *a",
        "? ",
        ": ",
        "&a !b |",
        ">-",
        "--- %",
        "\u{0}",
        "ä: [𝄞",
        "a: b: c",
    ];
    for name in names("good") {
        let text = fixture("good", &name).text;
        let lines: Vec<&str> = text.lines().collect();
        for index in 0..lines.len() {
            let indentation = lines[index].len() - lines[index].trim_start().len();
            for garbage in GARBAGE {
                for width in [0, 1, indentation] {
                    let line = format!("{}{garbage}", " ".repeat(width));
                    let mut garbled = lines.clone();
                    garbled[index] = &line;
                    survive(&garbled.join("\n"));
                    survive(&garbled.join("\r\n"));
                }
            }
        }
    }
}

#[test]
fn places_are_the_same_with_both_line_ends() {
    let unix = fixture("bad", "findings_in_the_order_of_the_text");
    let windows = SpecSource::new(unix.path.clone(), unix.text.replace('\n', "\r\n"));
    assert_eq!(report(windows), report(unix));
}

#[test]
fn long_lines_are_cut() {
    let text = format!("{{\"openapi\": \"3.0.3\", \"x-long\": \"{}\", \"colour\": 1}}", "ä".repeat(100_000));
    let report = report(SpecSource::new("specs/long.yaml", text));
    assert!(report.contains("specs/long.yaml:1:100036"), "{report}");
    assert!(report.lines().all(|line| line.chars().count() < 250), "{report}");
}

#[test]
fn colors_change_nothing_but_colors() {
    let rejected = load(fixture("bad", "circular_reference"), Policy::Refuse).expect_err("a bad fixture is refused");
    let colored = render(&rejected.source, &rejected.diagnostics, Style::Colored);
    let mut plain = String::new();
    for piece in colored.split('\u{1b}') {
        plain.push_str(
            piece.split_once('m').map_or(piece, |(code, text)| if code.starts_with('[') { text } else { piece }),
        );
    }
    assert!(colored.contains('\u{1b}'));
    assert_eq!(plain, render(&rejected.source, &rejected.diagnostics, Style::Plain));
}

fn accept(source: SpecSource) {
    if let Err(rejected) = load(source, Policy::Refuse) {
        panic!("{}", render(&rejected.source, &rejected.diagnostics, Style::Plain));
    }
}

/// Parses a text and renders what is wrong with it, whatever that is.
fn survive(text: &str) {
    let source = SpecSource::new("specs/garbled.yaml", text);
    if let Err(rejected) = load(source, Policy::Refuse) {
        let report = render(&rejected.source, &rejected.diagnostics, Style::Colored);
        assert!(report.contains("specs/garbled.yaml:"), "{report}");
    }
}

/// What becomes of each bad fixture as a document from elsewhere: what was done to it, or why it is refused nevertheless.
#[test]
fn documents_from_elsewhere_are_repaired_where_there_is_one_sensible_way() {
    let mut outcomes = String::new();
    for name in names("bad") {
        let lines: Vec<String> =
            match codegen::generate(&Package::default(), vec![fixture("bad", &name)], Policy::Repair) {
                Ok(generated) => {
                    generated.apis[0].notes.iter().map(|note| format!("{}: {}", note.pass, note.text)).collect()
                }
                Err(found) => {
                    let rules = found.iter().flat_map(|found| &found.diagnostics).map(|one| one.rule);
                    rules.collect::<BTreeSet<_>>().iter().map(|rule| format!("refused: {rule}")).collect()
                }
            };
        outcomes.push_str(&format!("{name}\n  {}\n", lines.join("\n  ")));
    }
    insta::assert_snapshot!(outcomes);
}

fn report(source: SpecSource) -> String {
    let rejected = load(source, Policy::Refuse).expect_err("a bad spec is refused");
    render(&rejected.source, &rejected.diagnostics, Style::Plain)
}

fn fixture(folder: &str, name: &str) -> SpecSource {
    let source = read(&root().join(format!("tests/fixtures/{folder}/{name}.yaml")));
    SpecSource::new(format!("{folder}/{name}.yaml"), source.text)
}

#[expect(clippy::disallowed_methods, reason = "only the library itself is kept from reading files")]
fn read(path: &Path) -> SpecSource {
    let text = fs::read_to_string(path).expect("a readable fixture");
    SpecSource::new(path.display().to_string(), text)
}

fn names(folder: &str) -> BTreeSet<String> {
    let folder = root().join("tests/fixtures").join(folder);
    let entries = fs::read_dir(folder).expect("fixtures are in place");
    let paths = entries.map(|entry| entry.expect("a readable entry").path());
    paths.map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned()).collect()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
