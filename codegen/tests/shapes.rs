//! Shapes that other documents have: what becomes of each, what is refused, and that all of it compiles.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::package::Package;
use openapi::Findings;
use openapi::diagnostic::Diagnostic;
use openapi::policy::Policy;
use openapi::report::{Style, render};
use openapi::rule::Severity;
use openapi::source::SpecSource;

#[path = "support/compile.rs"]
mod compile;
#[path = "support/essence.rs"]
mod essence;

use essence::essence;

/// Snapshots what `fixtures/shapes/<name>.yaml` becomes.
fn check(name: &str) {
    let generated = match codegen::generate(&Package::default(), vec![fixture("shapes", name)], Policy::Repair) {
        Ok(generated) => generated,
        Err(rejected) => panic!("{}", render(&rejected[0].source, &rejected[0].diagnostics, Style::Plain)),
    };
    let mut shown = String::new();
    for note in generated.apis.iter().flat_map(|lowered| &lowered.notes) {
        writeln!(shown, "{note}").expect("a String can be written to");
    }
    for (file, most_lines) in [("types", 105), ("outcomes", 30), ("headers", 30), ("operations", 40), ("client", 30)] {
        let Some(text) = generated.files.get(&format!("src/{name}/{file}.rs")) else { continue };
        let text = essence(text);
        let lines: Vec<&str> = text.lines().collect();
        if lines.is_empty() {
            continue;
        }
        let left = lines.len().saturating_sub(most_lines);
        let more = if left > 0 { format!("\n… {left} more lines") } else { String::new() };
        let lines = lines[..lines.len() - left].join("\n");
        write!(shown, "\n--- {file}\n{lines}{more}\n").expect("a String can be written to");
    }
    snapshot(&format!("shapes__{name}"), &shown);
}

/// Refuses `fixtures/unsupported/<name>.yaml` as a spec, with the report in `snapshots/`.
fn refuse(name: &str) {
    let mut found = codegen::lint(vec![fixture("unsupported", name)], Policy::Refuse);
    let keeps_from_generating =
        |found: &Diagnostic| found.severity() == Severity::Error && !found.rule.group().is_for_specs_alone();
    found.iter_mut().for_each(|found| found.diagnostics.retain(keeps_from_generating));
    assert!(found.iter().any(Findings::have_errors), "{name} is accepted");
    let reports = found.iter().map(|found| render(&found.source, &found.diagnostics, Style::Plain));
    snapshot(&format!("unsupported__{name}"), &reports.collect::<String>());
}

fn snapshot(name: &str, text: &str) {
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, text);
    });
}

macro_rules! fixtures {
    ($module:ident, $folder:literal, $check:ident: $($name:ident)*) => {
        mod $module {
            $(#[test] fn $name() { super::$check(stringify!($name)); })*

            #[test]
            fn every_fixture_has_a_test() {
                let tests = std::collections::BTreeSet::from([$(stringify!($name).to_owned()),*]);
                assert_eq!(super::names($folder), tests);
            }
        }
    };
}

fixtures! { shapes, "shapes", check:
    acronyms
    additional_properties
    all_methods
    all_of
    all_of_around_one_reference
    alternative_security
    alternatives_as_parameter
    alternatives_with_read_only_members
    any_of
    array_parameters
    bodies_of_every_type
    bodiless_error_beside_default
    colliding_names
    component_references
    constraints_on_members
    constraints_on_parameters
    cookies
    date_times
    deprecated_things
    enum_variant_names
    enums_as_parameters
    enums_sent_and_received
    flags_in_a_part
    form_request
    free_form_objects
    header_parameters
    hostile_descriptions
    inline_bodies_of_one_operation
    integer_enums
    json_media_types
    left_out
    list_without_a_type
    maps
    members_that_callers_need
    multipart_requests
    named_simple_parameters
    named_simple_schemas
    names_asked_for
    names_of_arguments
    names_of_members
    names_of_operations
    names_of_optional_members
    names_of_schemas_in_other_spellings
    names_of_schemas_like_the_prelude
    names_of_schemas_like_the_runtime
    names_of_schemas_like_traits
    names_of_setters
    nested_inline_objects
    no_security_at_all
    not_is_not_enforced
    nullable_references
    numbered_pages
    numbers
    object_parameters
    objects_without_a_type
    one_of
    only_a_default_response
    optional_body
    optional_collections
    pages_of_several_statuses
    parameter_with_content
    parameters_of_one_name
    path_item_references
    path_parameters
    path_styles
    published_oddities
    queries_in_paths
    query_styles
    read_only_and_write_only
    recursion
    recursive_collections
    relative_server
    required_and_nullable_members
    responses_of_every_type
    responses_other_than_json
    restated_read_only_members
    secret_parameters
    secrets_in_all_of
    secrets_in_bodies
    secrets_in_headers
    secrets_without_a_type
    security
    security_of_other_kinds
    sent_and_received
    several_request_media_types
    status_ranges
    subtypes_of_a_discriminator
    success_body_by_status
    success_statuses_share_a_body
    success_statuses_without_a_body
    untyped_parameter
}

fixtures! { unsupported, "unsupported", refuse:
    contradictions
    dots_in_a_path
    header_with_a_space
    headers_of_the_connection
    list_without_a_type
    pages_that_nothing_counts
    pattern_that_does_not_parse
    query_in_a_path
    secret_of_many_kinds
    secret_of_many_maps
    security_schemes
    styles_of_other_places
    websockets
}

#[test]
fn fixtures_hold_one_idea() {
    for folder in ["shapes", "unsupported"] {
        for name in names(folder) {
            let lines = fixture(folder, &name).text.lines().count();
            assert!(lines <= 30, "{folder}/{name}.yaml has {lines} lines");
        }
    }
}

fn names(folder: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(root().join("tests/fixtures").join(folder)).expect("the folder is there");
    entries
        .map(|entry| {
            let path = entry.expect("a readable entry").path();
            path.file_stem().expect("a fixture has a name").to_string_lossy().into_owned()
        })
        .collect()
}

fn fixture(folder: &str, name: &str) -> SpecSource {
    let text = read(&root().join("tests/fixtures").join(folder).join(format!("{name}.yaml")));
    SpecSource::new(format!("specs/{name}.yaml"), text)
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
