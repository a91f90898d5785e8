//! Reports on many findings: errors first, a few of each rule, a line for each placeholder.

use crate::{SPEC, workspace, write, xtask};

/// Returns a spec with this number of operations without descriptions, and a misspelt keyword in
/// the first ones.
fn spec(operations: usize, misspelt: usize) -> String {
    let (head, operation) = SPEC.split_once("  /widgets:\n").expect("there is a path");
    let operation = |number: usize| {
        let keyword = if number < misspelt { "sumary" } else { "summary" };
        let id = format!("list_widgets_{number}\n      {keyword}: Widgets");
        format!("  /widgets/{number}:\n{}", operation.replace("list_widgets", &id))
    };
    head.to_owned() + &(0..operations).map(operation).collect::<String>()
}

/// The rules of the findings in a report, in its order.
fn rules(report: &str) -> Vec<&str> {
    let heads =
        report.lines().filter(|line| line.starts_with("error[") || line.starts_with("warning["));
    heads.filter_map(|line| line.split_once(']').map(|(head, _)| head)).collect()
}

#[test]
fn the_findings_of_a_rule_are_folded_after_three_and_errors_come_first() {
    let folder = workspace();
    let root = folder.path();
    write(root, "specs/widgets.yaml", &spec(6, 0));
    write(root, "specs/zebras.yaml", &SPEC.replace("title: Widgets", "title: TODO"));
    let (code, report, messages) = xtask(root, &["lint"]);
    assert_eq!(code, 100);
    assert!(messages.contains("Linted 2 specs: 1 error, "), "{messages}");
    let found = rules(&report);
    assert_eq!(found.iter().filter(|rule| **rule == "error[placeholder").count(), 1);
    assert_eq!(found[0], "error[placeholder", "{report}");
    assert_eq!(
        found.iter().filter(|rule| **rule == "warning[no-error-response").count(),
        5,
        "{report}"
    );
    let more =
        "\n\nwarning[no-error-response]: and 3 more like it in specs/widgets.yaml: `--all`\n\n";
    assert!(report.contains(more), "{report}");
    let (_, all, _) = xtask(root, &["lint", "--all"]);
    assert_eq!(
        rules(&all).iter().filter(|rule| **rule == "warning[no-error-response").count(),
        7,
        "{all}"
    );
    assert!(!all.contains("more like it") && rules(&all)[0] == "error[placeholder", "{all}");
}

#[test]
fn regen_folds_as_lint_does() {
    let folder = workspace();
    let root = folder.path();
    write(root, "specs/widgets.yaml", &spec(9, 6));
    let more = "error[unknown-keyword]: and 3 more like it in specs/widgets.yaml: `--all`\n";
    let (code, _, messages) = xtask(root, &["regen"]);
    assert!(
        code == 1 && messages.contains(more) && messages.contains("error: 6 errors in 1 spec"),
        "{messages}"
    );
    let (_, _, messages) = xtask(root, &["regen", "--all"]);
    assert!(!messages.contains("more like it") && rules(&messages).len() == 6, "{messages}");
    let (_, _, messages) = xtask(root, &["list"]);
    assert!(messages.contains("in specs/widgets.yaml: `cargo xtask lint --all`"), "{messages}");
    write(root, "specs/widgets.yaml", &spec(6, 0));
    let (code, _, messages) = xtask(root, &["regen"]);
    assert!(
        code == 0 && messages.contains(" Found ") && messages.contains(" warnings\n"),
        "{messages}"
    );
}

#[test]
fn corpus_folds_the_errors_of_what_it_refuses() {
    let folder = workspace();
    let root = folder.path();
    write(root, "specs/widgets.yaml", &format!("{SPEC}{}", "openapi: 3.0.3\n".repeat(5)));
    let documents = root.join("specs").display().to_string();
    let (code, output, _) = xtask(root, &["corpus", &documents]);
    let errors =
        |output: &str| output.lines().filter(|line| line.starts_with("widgets.yaml:1")).count();
    assert!(code == 100 && errors(&output) == 3, "{output}");
    assert!(
        output.contains("\nduplicate-key: and 2 more like it in widgets.yaml: `--all`\n"),
        "{output}"
    );
    let (_, output, _) = xtask(root, &["corpus", &documents, "--all"]);
    assert_eq!(errors(&output), 5, "{output}");
}

#[test]
fn programs_are_told_everything() {
    let folder = workspace();
    write(folder.path(), "specs/widgets.yaml", &spec(6, 0));
    for (format, marks) in
        [("json", "\"rule\": \"no-error-response\""), ("github", "title=no-error-response")]
    {
        let (_, output, _) = xtask(folder.path(), &["lint", "--format", format]);
        assert_eq!(output.matches(marks).count(), 6, "{output}");
    }
}

#[test]
fn placeholders_take_a_line_each_and_all_are_shown() {
    let folder = workspace();
    let root = folder.path();
    assert_eq!(xtask(root, &["new", "gadgets"]).0, 0);
    let (code, report, messages) = xtask(root, &["lint", "gadgets"]);
    assert!(code == 100, "{messages}");
    let lines: Vec<&str> = report.lines().collect();
    let listed = lines
        .iter()
        .filter(|line| line.starts_with("error[placeholder]: specs/gadgets.yaml:"))
        .count();
    assert!(
        listed > 20 && lines.len() == listed + 2,
        "a line each, and one that says what to do: {report}"
    );
    assert!(lines[listed].starts_with("  = help: Write what the page says"), "{report}");
    assert!(messages.contains(&format!("Linted 1 spec: {listed} errors")), "{messages}");
}
