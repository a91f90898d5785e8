//! The rules that our own specs are held to: what each one finds, and what it lets pass.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::lint;
use codegen::package::Package;
use openapi::Findings;
use openapi::policy::Policy;
use openapi::report::{Style, render};
use openapi::rule::Rule;
use openapi::source::SpecSource;

/// Finds what the rule says in `fixtures/lint/<name>.yaml`, with the report in `snapshots/`, and maybe other things.
fn finds(rule: Rule, name: &str) {
    let report = report(findings(name), |found| found == rule);
    assert!(!report.is_empty(), "{rule} finds nothing");
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!(name, report);
    });
}

/// Finds nothing that the rule says in `fixtures/lint/<name>.yaml`, and maybe other things.
fn passes(rule: Rule, name: &str) {
    assert_eq!(report(findings(name), |found| found == rule), "");
}

macro_rules! fixtures {
    ($($name:ident $verb:ident $rule:ident)*) => {
        $(#[test] fn $name() { $verb(Rule::$rule, stringify!($name)); })*

        #[test]
        fn every_fixture_has_a_test() {
            assert_eq!(names(), BTreeSet::from([$(stringify!($name),)* "accepted", "complete"].map(str::to_owned)));
        }
    };
}

fixtures! {
    codes_that_are_sent finds UnmarkedSecret
    names_of_secrets finds UnmarkedSecret
    names_of_no_secrets passes UnmarkedSecret
    redaction_defeated finds RedactionDefeated
    redaction_that_works passes RedactionDefeated
    credentials_in_urls finds CredentialInUrl
    no_security_anywhere finds OperationWithoutSecurity
    operations_without_security finds OperationWithoutSecurity
    no_retry_statement finds NoRetryStatement
    incomplete_source finds NoSource
    no_source finds NoSource
    no_description finds NoDescription
    empty_status_descriptions finds EmptyStatusDescription
    no_sample finds NoSample
    no_success_response finds NoSuccessResponse
    successes_of_every_kind passes NoSuccessResponse
    no_error_response finds NoErrorResponse
    no_required_statement finds NoRequiredStatement
    bodies_that_say_whether_they_are_required passes NoRequiredStatement
    schemas_without_a_type finds MissingType
    schemas_whose_type_is_known passes MissingType
    lists_without_paging finds ListWithoutPaging
    creations_without_location finds CreationWithoutLocation
    placeholders finds ToBeFilledIn
}

#[test]
fn nothing_is_found_in_a_complete_spec() {
    assert_eq!(report(findings("complete"), |_| true), "");
}

#[test]
fn every_finding_can_be_accepted_where_it_is() {
    assert_eq!(report(findings("accepted"), |_| true), "");
}

#[test]
fn documents_from_elsewhere_are_not_held_to_them() {
    for name in names() {
        let found = lint(vec![fixture(&name)], Policy::Repair);
        assert_eq!(report(found, |rule| rule.group().is_for_specs_alone()), "", "{name}");
    }
}

/// What the rule lets pass is typed as a secret: nothing of these types could be printed.
#[test]
fn what_is_not_defeated_becomes_a_secret_type() {
    let generated = codegen::generate(&Package::default(), vec![fixture("redaction_that_works")], Policy::Repair).ok();
    let files = generated.expect("the fixture is one that a client can be made of").files;
    let types = files.get("src/redaction_that_works/types.rs").expect("there are types");
    let (_, token) = types.split_once("pub struct Token {").expect("there is a type for the response");
    let (fields, _) = token.split_once("\n}").expect("the type ends");
    let fields: Vec<&str> = fields.lines().filter(|line| line.trim_start().starts_with("pub ")).collect();
    assert!(fields.len() == 10 && fields.iter().all(|field| field.contains("SecretString")), "{fields:#?}");
    let client = files.get("src/redaction_that_works/client.rs").expect("there is a client");
    assert!(client.contains("token: &runtime::SecretString"));
}

fn findings(name: &str) -> Vec<Findings> {
    lint(vec![fixture(name)], Policy::Refuse)
}

/// What was found of the rules that are asked for.
fn report(findings: Vec<Findings>, is_asked_for: impl Fn(Rule) -> bool) -> String {
    let reports = findings.into_iter().map(|mut found| {
        found.diagnostics.retain(|diagnostic| is_asked_for(diagnostic.rule));
        render(&found.source, &found.diagnostics, Style::Plain)
    });
    reports.collect()
}

#[expect(clippy::disallowed_methods, reason = "only the library itself is kept from reading files")]
fn fixture(name: &str) -> SpecSource {
    let text = fs::read_to_string(folder().join(format!("{name}.yaml"))).expect("a readable fixture");
    SpecSource::new(format!("lint/{name}.yaml"), text)
}

fn names() -> BTreeSet<String> {
    let entries = fs::read_dir(folder()).expect("fixtures are in place");
    let paths = entries.map(|entry| entry.expect("a readable entry").path());
    paths.map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned()).collect()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lint")
}
