//! The changes that the fixtures show.

use std::fs;

use changes::{Change, Rule, State, compare};
use codegen::Generated;
use codegen::api::Api;
use codegen::package::{Name, Package, Runtime};
use openapi::policy::Policy;
use openapi::source::SpecSource;

/// A change: the name of its modules, and the states before and after it.
pub(crate) struct Case {
    pub(crate) module: String,
    pub(crate) before: State,
    pub(crate) after: State,
}

impl Case {
    fn read(rule: Rule) -> Option<Self> {
        let module = rule.id().replace('-', "_");
        let state = |file: &str| {
            let root = env!("CARGO_MANIFEST_DIR");
            let path = format!("{root}/tests/fixtures/{}/{file}", rule.id());
            let text = fs::read_to_string(path).ok()?;
            State::read(SpecSource::new("widgets.yaml", text), Policy::Repair).ok()
        };
        let (before, after) = (state("before.yaml")?, state("after.yaml")?);
        Some(Self { module, before, after })
    }

    /// Returns the changes.
    pub(crate) fn changes(&self) -> Vec<Change> {
        compare(&self.before, &self.after)
    }

    /// Returns the document `before` or `after`, for a module of its own.
    pub(crate) fn source(&self, when: &str) -> SpecSource {
        let state = if when == "before" { &self.before } else { &self.after };
        let name = format!("{}_{when}.yaml", self.module);
        SpecSource::new(name, state.document.source.text.clone())
    }
}

/// Returns the changes of all fixtures.
pub(crate) fn all() -> Vec<Case> {
    let cases: Vec<Case> = Rule::ALL.iter().filter_map(|rule| Case::read(*rule)).collect();
    assert!(cases.len() > 100, "there are {} cases", cases.len());
    cases
}

/// Returns the client of documents.
pub(crate) fn client_of(sources: Vec<SpecSource>) -> Generated {
    let name = |name: &str| Name::try_from(name.to_owned()).expect("it is a name");
    let path = format!("{}/../runtime", env!("CARGO_MANIFEST_DIR"));
    let of_tests = Package {
        runtime: Runtime { name: name("oauth-token-clients-runtime"), path },
        ..Package::default()
    };
    let generated = codegen::generate(&of_tests, sources, Policy::Repair);
    generated.unwrap_or_else(|found| panic!("{:?}", found[0].diagnostics))
}

/// Returns the API of a module.
pub(crate) fn api<'c>(client: &'c Generated, module: &str) -> &'c Api {
    let mut apis = client.apis.iter().map(|lowered| &lowered.api);
    apis.find(|api| api.name == module).expect("each document is a module")
}

/// Writes the package of a client.
pub(crate) fn package(name: &str, client: &Generated) -> fixtures::Package {
    let features: Vec<&str> = client.apis.iter().map(|lowered| lowered.api.name.as_str()).collect();
    fixtures::Package::write(env!("CARGO_TARGET_TMPDIR"), name, &client.files, &features, "")
}
