//! `cargo xtask lint` and `explain`.

use serde_json::Value;

use crate::{SPEC, workspace, write, xtask};

/// Returns the findings that `--format json` prints: rule, location and severity.
fn findings(output: &str) -> Vec<String> {
    let findings: Value = serde_json::from_str(output).expect("the findings are JSON");
    let text = |finding: &Value, member: &str| finding[member].to_string().replace('"', "");
    let line = |finding: &Value| {
        ["path", "line", "column", "rule", "severity"].map(|member| text(finding, member)).join(" ")
    };
    findings.as_array().expect("a list").iter().map(line).collect()
}

#[test]
fn findings_of_all_specs_are_in_order_with_their_locations() {
    let folder = workspace();
    let root = folder.path();
    write(root, "specs/gadgets.yaml", "openapi: 3.1.0\n");
    write(
        root,
        "specs/widgets.yaml",
        &SPEC.replace("description", "descripton").replace("title", "titel"),
    );
    let (code, output, messages) = xtask(root, &["lint", "--format", "json"]);
    assert_eq!(code, 100, "{messages}");
    let errors: Vec<String> =
        findings(&output).into_iter().filter(|line| line.ends_with("error")).collect();
    assert_eq!(
        errors,
        [
            "specs/gadgets.yaml 1 10 openapi-too-new error",
            "specs/widgets.yaml 3 3 unknown-keyword error",
            "specs/widgets.yaml 11 11 unknown-keyword error",
        ]
    );
    assert!(messages.contains("Linted 2 specs: 3 errors"), "{messages}");
    assert!(!root.join("generated").exists(), "nothing is written");
}

#[test]
fn every_format_tells_the_same() {
    let folder = workspace();
    let root = folder.path();
    write(root, "specs/widgets.yaml", &SPEC.replace("responses:", "respones: # 100%"));
    let (_, human, _) = xtask(root, &["lint", "widgets"]);
    for shown in ["error[unknown-keyword]", "specs/widgets.yaml:9:7", "Did you mean `responses`?"] {
        assert!(human.contains(shown), "{human}");
    }
    let (_, github, _) = xtask(root, &["lint", "widgets", "--format", "github"]);
    let annotation = "::error file=specs/widgets.yaml,line=9,col=7,title=unknown-keyword::`respones` is not a keyword";
    assert!(
        github.contains(annotation) && github.contains("%0ADid you mean `responses`?"),
        "{github}"
    );
    let (code, json, _) = xtask(root, &["lint", "specs/widgets.yaml", "--format", "json"]);
    assert!(
        code == 1 && json.is_empty(),
        "a path is relative to the current folder, not to the workspace"
    );
}

#[test]
fn vendors_documents_have_fewer_rules_and_limits() {
    let folder = workspace();
    let root = folder.path();
    write(root, "1-vendor.api.json", &SPEC.replace("'1'", "\"1\""));
    let path = root.join("1-vendor.api.json").display().to_string();
    let (code, output, messages) = xtask(root, &["lint", &path]);
    assert_eq!((code, output.as_str()), (0, ""), "{messages}");
    write(root, "1-vendor.api.json", &format!("[{}]", "a: b, ".repeat(400_000)));
    let (code, output, _) = xtask(root, &["lint", &path, "--time-limit", "1"]);
    assert!(code == 100 && output.contains("error[generator-stopped]"), "{output}");
    write(root, "1-vendor.api.json", SPEC);
    let (code, output, messages) = xtask(root, &["lint", &path, "--memory-limit", "60"]);
    let is_told = output.contains("more memory than 60 MiB")
        && output.contains("Raise the limit by `--memory-limit`");
    assert!(code == 100 && is_told || !cfg!(unix), "{output}{messages}");
    write(root, "1-vendor.api.json", &"[".repeat(200_000));
    let (code, output, messages) = xtask(root, &["lint", &path]);
    assert!(code == 100 && output.contains("error[too-deep]"), "{output}{messages}");
}

#[test]
fn errors_that_hide_others_say_so() {
    let folder = workspace();
    let root = folder.path();
    let more = "1 error; more may be found once these are corrected";
    write(root, "specs/widgets.yaml", &SPEC.replace("responses", "respones"));
    for format in ["human", "json", "github"] {
        let (_, output, messages) = xtask(root, &["lint", "--format", format]);
        assert!(
            messages.contains(&format!("Linted 1 spec: {more}")) && !output.contains("more may"),
            "{messages}"
        );
    }
    let (_, _, messages) = xtask(root, &["regen"]);
    assert!(messages.contains("1 error in 1 spec; more may be found"), "{messages}");
    write(root, "specs/widgets.yaml", &SPEC.replace("title: Widgets", "title: TODO"));
    let (code, _, messages) = xtask(root, &["lint"]);
    assert!(
        code == 100
            && messages.contains("Linted 1 spec: 1 error, ")
            && !messages.contains("more may"),
        "{messages}"
    );
}

/// The removal of a status code removes a variant, which no name can restore.
#[test]
fn a_status_that_went_away_is_to_be_documented_again() {
    let folder = workspace();
    let root = folder.path();
    let with_errors = format!(
        "{SPEC}        '404':\n          description: None.\n        '410':\n          description: Gone.\n"
    );
    write(root, "specs/widgets.yaml", &with_errors);
    assert_eq!(xtask(root, &["regen"]).0, 0);
    write(
        root,
        "specs/widgets.yaml",
        with_errors.split_once("        '410'").expect("it is there").0,
    );
    let (code, findings, _) = xtask(root, &["lint"]);
    assert!(
        code == 0 && findings.contains("`widgets::outcomes::ListWidgetsError::Gone` is removed"),
        "{findings}"
    );
    assert!(
        findings.contains("help: Document the status code again")
            && !findings.contains("`x-rust-name`"),
        "{findings}"
    );
}

#[test]
fn files_that_are_no_specs_do_not_go_unnoticed() {
    for (name, better) in
        [("gadgets.json", "specs/gadgets.yaml"), ("gadgets.YAML", "specs/gadgets.yaml")]
    {
        let folder = workspace();
        write(folder.path(), &format!("specs/{name}"), SPEC);
        for command in ["lint", "regen", "list"] {
            let (code, _, messages) = xtask(folder.path(), &[command]);
            assert!(
                code == 1 && messages.contains(&format!("specs/{name} would be left out")),
                "{messages}"
            );
            assert!(messages.contains(&format!("rename it to {better}")), "{messages}");
        }
    }
    let folder = workspace();
    write(folder.path(), "specs/gadgets.yml.bak", SPEC);
    for silent in ["README.md", ".gadgets.yaml", "gadgets.yaml~"] {
        write(folder.path(), &format!("specs/{silent}"), SPEC);
    }
    for command in ["lint", "regen", "list"] {
        let (code, _, messages) = xtask(folder.path(), &[command]);
        let ignored: Vec<&str> = messages.lines().filter(|line| line.contains("Ignored")).collect();
        let expected =
            "     Ignored specs/gadgets.yml.bak: rename it to end in `.yaml`, or move it elsewhere";
        assert_eq!((code, ignored), (0, vec![expected]), "{messages}");
    }
}

#[test]
fn a_name_that_no_module_can_have_is_a_finding() {
    let folder = workspace();
    write(folder.path(), "specs/Widget-Parts.yaml", SPEC);
    let (code, output, _) = xtask(folder.path(), &["lint"]);
    assert!(
        code == 100
            && output.contains("error[file-name]")
            && output.contains("`widget_parts.yaml`"),
        "{output}"
    );
}

#[test]
fn what_is_not_there_is_a_failure_of_the_command() {
    let folder = workspace();
    let (code, output, messages) = xtask(folder.path(), &["lint", "gadgets"]);
    assert_eq!((code, output.as_str()), (1, ""));
    assert!(messages.contains("cannot read gadgets") && messages.contains("next: "), "{messages}");
    assert!(!messages.contains("did you mean"), "{messages}");
    for near in ["widgts", "wdg"] {
        let (_, _, messages) = xtask(folder.path(), &["lint", near]);
        assert!(messages.contains("did you mean `widgets`?"), "{messages}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn what_cannot_be_printed_is_a_failure_of_the_command() {
    let full = std::fs::File::create("/dev/full").expect("Linux has a device that is full");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_xtask"));
    let output = command
        .arg("explain")
        .stdout(full)
        .stderr(std::process::Stdio::piped())
        .output()
        .expect("xtask runs");
    let messages = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(1) && messages.contains("cannot print"), "{messages}");
}

#[test]
fn rules_are_listed_and_explained() {
    let folder = workspace();
    let (code, list, _) = xtask(folder.path(), &["explain"]);
    assert!(
        code == 0 && list.lines().any(|line| line.starts_with("path-clash (error, OpenAPI)")),
        "{list}"
    );
    let (code, text, _) = xtask(folder.path(), &["explain", "path-clash"]);
    assert!(code == 0 && text.contains("## Bad") && text.contains("## Good"), "{text}");
    let (code, _, messages) = xtask(folder.path(), &["explain", "path-clsh"]);
    assert!(code == 1 && messages.contains("did you mean `path-clash`"), "{messages}");
}
