//! What the lint finds in specs that a client could be made of, and what it does not find.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use openapi::diagnostic::Diagnostic;
use openapi::policy::Policy;
use openapi::report::{Style, render, render_github, render_json};
use openapi::rule::Rule;
use openapi::source::SpecSource;
use serde_json::Value;

/// The findings of `rules` in a spec.
fn findings(source: SpecSource, rules: &[Rule]) -> Vec<Diagnostic> {
    let found = codegen::lint(vec![source], Policy::Refuse).into_iter().flat_map(|found| found.diagnostics);
    found.filter(|diagnostic| rules.contains(&diagnostic.rule)).collect()
}

/// Finds in `fixtures/findings/<name>.yaml` what the report in `snapshots/` says.
fn find(name: &str, rules: &[Rule]) {
    let source = fixture(name);
    let found = findings(source.clone(), rules);
    for rule in rules {
        assert!(found.iter().any(|diagnostic| diagnostic.rule == *rule), "{rule} finds nothing");
    }
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!(name, render(&source, &found, Style::Plain));
    });
}

/// Finds nothing.
fn pass(name: &str, rules: &[Rule]) {
    let source = fixture(name);
    let found = findings(source.clone(), rules);
    assert!(found.is_empty(), "{}", render(&source, &found, Style::Plain));
}

macro_rules! fixtures {
    ($($check:ident $name:ident: $($rule:ident)*;)*) => {
        $(#[test] fn $name() { $check(stringify!($name), &[$(Rule::$rule),*]); })*

        #[test]
        fn every_fixture_has_a_test() {
            assert_eq!(names(), BTreeSet::from([$(stringify!($name).to_owned()),*]));
        }
    };
}

fixtures! {
    find values_that_readers_take_differently: ChangingValue;
    pass values_that_all_readers_take_alike: ChangingValue;
    pass numbers_of_json: ChangingValue;
    find words_in_brackets_are_no_json: ChangingValue;
    find texts_that_a_comment_cuts: CutText;
    pass comments_that_cut_no_text: CutText;
    find examples_that_break_their_schema: ExampleBreaksSchema;
    pass examples_that_fit: ExampleBreaksSchema;
    find example_of_a_secret: ExampleBreaksSchema DefaultBreaksSchema;
    find defaults_and_enums_of_another_type: DefaultBreaksSchema EnumBreaksType;
    find constraints_of_another_type: IdleConstraint ArrayWithoutItems;
    pass constraints_of_their_type: IdleConstraint ArrayWithoutItems;
    find neighbours_of_references: SiblingOfReference;
    find components_that_nothing_uses: UnusedComponent;
    find names_of_components_with_other_signs: BadComponentName;
    find discriminators_and_links_that_lead_nowhere: DanglingMapping DiscriminatorWithoutProperty DanglingLink;
    find servers_that_cannot_be_called: BadServerVariable;
    find formats_that_nobody_knows: UnknownFormat;
    pass formats_that_are_known: UnknownFormat;
    find media_types_that_are_none: BadMediaType;
    pass media_types_that_vendors_have: BadMediaType;
    find scopes_that_no_flow_gives: BadScope;
    pass scopes_that_flows_give: BadScope;
    find paths_that_are_the_same: PathClash;
    pass paths_that_differ: PathClash;
    find acceptances_that_accept_nothing: BadAcceptance UnusedAcceptance ToBeFilledIn;
    find values_that_never_end: EndlessSchema;
    find names_that_collide: CollidingNames;
    pass names_that_differ: CollidingNames;
    find names_that_are_bad_rust: KeywordName SplitAcronym;
}

/// Flow style puts a secret on the line of what is wrong beside it.
#[test]
fn no_report_shows_the_example_of_a_secret() {
    let source = fixture("example_of_a_secret");
    let found = findings(source.clone(), &[Rule::ExampleBreaksSchema, Rule::DefaultBreaksSchema]);
    assert_eq!(found.len(), 3);
    let human = render(&source, &found, Style::Plain) + &render(&source, &found, Style::Colored);
    let others = format!("{:?}{}", render_json(&source, &found), render_github(&source, &found));
    assert!(!human.contains("canary") && !others.contains("canary"), "{human}{others}");
}

/// In each spec of the workspace, any example that is replaced by a value of another type is found.
#[test]
fn every_example_of_the_specs_is_held_against_its_schema() {
    let mut checked = 0;
    for source in specs() {
        let root: Value = serde_yaml::from_str(&source.text).expect("a spec is YAML");
        let mut pointers = Vec::new();
        examples("", &root, &mut pointers);
        for pointer in &pointers {
            let mut broken = root.clone();
            *broken.pointer_mut(pointer).expect("the example is there") = serde_json::json!([[{ "broken": [true] }]]);
            let broken = SpecSource::new(source.path.clone(), broken.to_string());
            let found = findings(broken, &[Rule::ExampleBreaksSchema]);
            let is_there = |found: &Diagnostic| found.location.pointer().is_some_and(|at| at.starts_with(pointer));
            assert!(found.len() == 1 && is_there(&found[0]), "{} {pointer}: {found:?}", source.path);
        }
        checked += pointers.len();
    }
    assert!(checked > 40, "only {checked} examples were found");
}

/// A finding inside of an example is one at the object that holds the example, and not at those around it.
#[test]
fn a_finding_deep_in_an_example_is_accepted_at_its_schema() {
    let text = fixture("examples_that_break_their_schema").text;
    let accepting = r#"x-lint-ignore: {example-breaks-schema: "The page has it so."}, "#;
    let example = "content: {application/json: {schema: {$ref: '#/components/schemas/Widget'}, example: {name: ok";
    let number = |text: &str| findings(SpecSource::new("specs/a.yaml", text), &[Rule::ExampleBreaksSchema]).len();
    let at_holder = text.replace(example, &example.replace("{schema", &format!("{{{accepting}schema")));
    let around = text.replace("'200':", &format!("'200':\n          {}", accepting.trim_end_matches(", ")));
    assert!(at_holder.len() > text.len() && around.len() > text.len());
    assert_eq!((number(&at_holder), number(&around)), (number(&text) - 1, number(&text)));
}

/// JSON pointers to examples, and to the values of named ones.
fn examples(pointer: &str, node: &Value, found: &mut Vec<String>) {
    let is_named = pointer.rsplit('/').nth(1) == Some("examples");
    match node {
        Value::Object(members) => members.iter().for_each(|(name, value)| {
            let pointer = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
            if name == "example" || is_named && name == "value" {
                found.push(pointer);
            } else {
                examples(&pointer, value, found);
            }
        }),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| examples(&format!("{pointer}/{index}"), item, found));
        }
        _ => {}
    }
}

fn names() -> BTreeSet<String> {
    let entries = files(&root().join("tests/fixtures/findings"));
    entries.iter().map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned()).collect()
}

fn specs() -> Vec<SpecSource> {
    let paths = files(&root().join("../specs"));
    paths.iter().map(|path| SpecSource::new(format!("specs/{}", name(path)), read(path))).collect()
}

fn fixture(name: &str) -> SpecSource {
    SpecSource::new(format!("specs/{name}.yaml"), read(&root().join(format!("tests/fixtures/findings/{name}.yaml"))))
}

fn name(path: &Path) -> String {
    path.file_name().expect("a file has a name").to_string_lossy().into_owned()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    entries.map(|entry| entry.expect("a readable entry").path()).collect()
}

#[expect(clippy::disallowed_methods, reason = "only the library itself is kept from reading files")]
fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("a readable file")
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
