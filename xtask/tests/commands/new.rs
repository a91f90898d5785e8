//! `cargo xtask new`: from the scaffold to a client.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::{read, workspace, write, xtask};

/// Returns the rule and the name of the property of every finding, sorted.
fn findings(root: &Path) -> Vec<(String, String)> {
    let (_, output, messages) = xtask(root, &["lint", "gadgets", "--format", "json"]);
    let findings: Value =
        serde_json::from_str(&output).unwrap_or_else(|error| panic!("{error}: {messages}"));
    let finding = |finding: &Value| {
        let subject = finding["subject"][0].as_str().expect("a placeholder has a name");
        let property = subject.rsplit('/').next().unwrap_or_default();
        (finding["rule"].as_str().unwrap_or_default().to_owned(), property.to_owned())
    };
    let mut findings: Vec<_> = findings.as_array().expect("a list").iter().map(finding).collect();
    findings.sort();
    findings
}

/// Returns the line with a value in place of the placeholder.
fn filled_in(line: &str) -> String {
    let Some((key, _)) = line.split_once(": TODO") else { return line.replace("TODO", "gadgets") };
    let value = match key.trim_start_matches([' ', '-']) {
        "url" => "https://gadgets.example.com/api",
        "operationId" => "create_gadget",
        "version" => "'1'",
        "summary" => "A gadget",
        "description" | "title" => "All about gadgets.",
        _ => "gadget",
    };
    format!("{key}: {value}")
}

#[test]
fn lint_finds_exactly_what_is_to_be_filled_in_and_then_nothing() {
    let folder = workspace();
    let root = folder.path();
    let (code, steps, messages) = xtask(root, &["new", "gadgets"]);
    assert!(code == 0 && messages.contains("Created specs/gadgets.yaml"), "{messages}");
    for (index, step) in ["specs/gadgets.yaml", "`cargo xtask lint gadgets`", "`cargo xtask regen`"]
        .iter()
        .enumerate()
    {
        let line = steps.lines().find(|line| line.starts_with(&format!("  {}. ", index + 1)));
        assert!(line.is_some_and(|line| line.contains(step)), "{steps}");
    }
    let scaffold = read(root, "specs/gadgets.yaml");
    let keys = scaffold.lines().filter_map(|line| line.split_once(": TODO"));
    let mut keys: Vec<_> =
        keys.map(|(key, _)| key.trim_start_matches([' ', '-']).to_owned()).collect();
    let paths =
        scaffold.lines().filter_map(|line| line.strip_prefix("  /TODO/")?.strip_suffix(':'));
    keys.extend(paths.map(str::to_owned));
    keys.sort();
    assert!(keys.len() > 20, "{scaffold}");
    let expected: Vec<_> = keys.into_iter().map(|key| ("placeholder".to_owned(), key)).collect();
    assert_eq!(findings(root), expected);
    assert_eq!(xtask(root, &["regen"]).0, 1);

    let spec: String = scaffold.lines().map(|line| filled_in(line) + "\n").collect();
    write(root, "specs/gadgets.yaml", &spec);
    assert_eq!(findings(root), []);
    let (code, _, messages) = xtask(root, &["regen"]);
    assert!(code == 0 && messages.contains("Generated gadgets"), "{messages}");
    assert!(read(root, "generated/src/gadgets/client.rs").contains("fn create_gadget"));
}

#[track_caller]
fn check_refused(root: &Path, name: &str, better: &str) {
    let (code, output, messages) = xtask(root, &["new", name]);
    assert_eq!((code, output.as_str()), (1, ""), "{name}");
    assert!(messages.contains("is not a valid module name"), "{messages}");
    let command = format!("next: `cargo xtask --root {} new {better}`", root.display());
    assert!(messages.contains(&command), "{name}: {messages}");
}

#[test]
fn names_that_can_name_no_module_are_refused_with_a_better_one() {
    let folder = workspace();
    let root = folder.path();
    for (name, better) in [
        ("Gadgets", "gadgets"),
        ("my-gadgets", "my_gadgets"),
        ("specs/gadgets.yaml", "gadgets"),
        ("../gadgets", "gadgets"),
        ("2fa", "n2fa"),
        ("runtime", "runtime_api"),
        ("\u{1b}[2J", "n2j"),
        ("é", "unnamed_api"),
        ("", "empty"),
    ] {
        check_refused(root, name, better);
    }
    for name in ["aux", "nul", "com1", "lpt9"] {
        let (code, _, messages) = xtask(root, &["new", name]);
        assert!(code == 1 && messages.contains(&format!("`{name}` names a device")), "{messages}");
        assert!(messages.contains(&format!(" new {name}_api`")), "{messages}");
    }
    let files = fs::read_dir(root.join("specs")).expect("specs/ is there").count();
    assert_eq!(files, 1);
}

#[test]
fn a_spec_that_is_there_is_not_touched() {
    let folder = workspace();
    let root = folder.path();
    write(root, "specs/gadgets.yml", "openapi: 3.0.3\n");
    for (name, file) in [("widgets", "specs/widgets.yaml"), ("gadgets", "specs/gadgets.yml")] {
        let before = read(root, file);
        let (code, _, messages) = xtask(root, &["new", name]);
        assert!(code == 1 && messages.contains(&format!("{file} is there already")), "{messages}");
        assert!(messages.contains("next: "), "{messages}");
        assert_eq!(read(root, file), before);
    }
    let (code, _, messages) = xtask(&root.join("nowhere"), &["new", "gadgets"]);
    assert!(code == 1 && messages.contains("cannot write specs/gadgets.yaml"), "{messages}");
}
