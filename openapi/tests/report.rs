//! Reports: where findings are, and that nothing but that is shown.

use openapi::load;
use openapi::policy::Policy;
use openapi::report::{Coloring, render, render_github, render_json};
use openapi::source::SpecSource;

use crate::document;
use crate::support::{findings, shown};

fn report(source: SpecSource) -> String {
    shown(&load(source, Policy::Refuse).expect_err("the document is refused"))
}

#[test]
fn locations_are_the_same_with_both_line_ends() {
    let unix = document("load/refused/findings_in_the_order_of_the_source_text.yaml");
    let windows = SpecSource::new(unix.path.clone(), unix.text.replace('\n', "\r\n"));
    assert_eq!(report(windows), report(unix));
}

#[test]
fn long_lines_are_cut() {
    let text = format!(
        "{{\"openapi\": \"3.0.3\", \"x-long\": \"{}\", \"colour\": 1}}",
        "ä".repeat(100_000)
    );
    let report = report(SpecSource::new("specs/long.yaml", text));
    assert!(report.contains("specs/long.yaml:1:100036"), "{report}");
    assert!(report.lines().all(|line| line.chars().count() < 250), "{report}");
}

#[test]
fn colors_change_nothing_but_colors() {
    let source = document("load/refused/circular_reference.yaml");
    let refused = load(source, Policy::Refuse).expect_err("the document is refused");
    let colored = render(&refused.source, &refused.diagnostics, Coloring::Colored);
    let mut plain = String::new();
    for piece in colored.split('\u{1b}') {
        plain.push_str(
            piece
                .split_once('m')
                .map_or(piece, |(code, text)| if code.starts_with('[') { text } else { piece }),
        );
    }
    assert!(colored.contains('\u{1b}'));
    assert_eq!(plain, shown(&refused));
}

/// In flow style, a secret can be on the same line as a finding.
#[test]
fn no_report_shows_the_example_of_a_secret() {
    for (path, count) in [
        ("lint/example-breaks-schema/finds_example_of_a_secret.yaml", 2),
        ("lint/default-breaks-schema/finds_default_of_a_secret.yaml", 1),
        ("lint/undescribed-property/finds_misspelt_names_of_secrets.yaml", 3),
    ] {
        let source = document(path);
        assert!(source.text.contains("canary"));
        let mut found = findings(source.clone(), Policy::Refuse);
        found.retain(|found| path.contains(found.rule.id()));
        assert_eq!(found.len(), count, "{path}");
        let human =
            render(&source, &found, Coloring::Plain) + &render(&source, &found, Coloring::Colored);
        let others =
            format!("{:?}{}", render_json(&source, &found), render_github(&source, &found));
        assert!(!human.contains("canary") && !others.contains("canary"), "{human}{others}");
    }
}
