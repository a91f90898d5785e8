//! The data flow: load, lint in parallel with lower, emit, harden and format, then assemble.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use openapi::diagnostic::Diagnostic;
use openapi::lint::{accept, lint as lint_document};
use openapi::policy::Policy;
use openapi::rule::Rule;
use openapi::source::SpecSource;
use openapi::{Document, Findings, load};

use crate::emit::{ExampleTest, Module};
use crate::file_tree::FileTree;
use crate::inventory::Inventory;
use crate::lower::{Lowered, lower};
use crate::package::Package;
use crate::parallel::{self, Job};
use crate::progress::{Observer, ignored, observed};
use crate::surface::Surface;
use crate::{client_rules, emit, harden, samples};

/// Generates `package`, the client crate for `sources`, whose order makes no difference.
///
/// # Errors
/// Returns the findings of all documents if there is an error in one of them.
pub fn generate(
    package: &Package,
    sources: Vec<SpecSource>,
    policy: Policy,
) -> Result<Generated, Vec<Findings>> {
    generate_observed(package, sources, policy, &ignored)
}

/// Does the same as [`generate`], and tells `observer` which documents are being gone through.
///
/// # Errors
/// Returns the findings of all documents if there is an error in one of them.
pub fn generate_observed(
    package: &Package,
    sources: Vec<SpecSource>,
    policy: Policy,
    observer: Observer<'_>,
) -> Result<Generated, Vec<Findings>> {
    assemble(package, sources, |sources| {
        let job = |source: SpecSource| -> Job<'_, Client> {
            let path = source.path.clone();
            Box::new(move || observed(observer, &path, || generate_client(package, source, policy)))
        };
        parallel::run(sources.into_iter().map(job).collect())
    })
}

/// Generates the client of a document. A panic becomes a finding.
pub(crate) fn generate_client(package: &Package, source: SpecSource, policy: Policy) -> Client {
    if let Some(feature) = package.feature(source.stem()) {
        let diagnostics = vec![source.taken_name(feature.name.as_str())];
        return Client { output: None, findings: Findings { source, diagnostics } };
    }
    let outcome = catch_unwind(AssertUnwindSafe(|| match load(source.clone(), policy) {
        Ok(document) => client_of(package, document),
        Err(findings) => Client { output: None, findings },
    }));
    outcome.unwrap_or_else(|panic| {
        let diagnostics = vec![Diagnostic::panicked(panic.as_ref())];
        Client { output: None, findings: Findings { source, diagnostics } }
    })
}

/// Checks a document against the rules, and generates its client in parallel.
fn client_of(package: &Package, document: Document) -> Client {
    let (found, generated) =
        parallel::both(|| lint_document(&document), || generate_files(package, &document));
    let mut diagnostics = document.diagnostics.clone();
    diagnostics.extend(found);
    match &generated {
        Ok((lowered, _)) => {
            diagnostics.extend_from_slice(&lowered.found);
            diagnostics.extend(client_rules::check(lowered, document.policy));
        }
        Err(errors) => diagnostics.extend_from_slice(errors),
    }
    let diagnostics = accept(&document, diagnostics, generated.is_ok());
    let inventory = Inventory::of(&document.root, &diagnostics);
    let findings = Findings { source: document.source, diagnostics };
    let generated = generated.ok().filter(|_| !findings.have_errors());
    let output = generated.map(|(lowered, module)| Output { lowered, module, inventory });
    Client { output, findings }
}

/// Lowers a document and emits, hardens and formats its files. Documents with errors have none.
fn generate_files(
    package: &Package,
    document: &Document,
) -> Result<(Lowered, Module), Vec<Diagnostic>> {
    if document.has_errors() {
        return Err(Vec::new());
    }
    let mut lowered = lower(document)?;
    lowered.found.extend(samples::add(document, &mut lowered.api));
    emit_files(package, lowered).map_err(|refusal| vec![refusal])
}

/// The largest number of schemas of a document that become any JSON. If there are more, something
/// else is wrong.
const MOST_REPLACED: usize = 32;

/// Emits, hardens and formats the files of a lowered document.
///
/// A schema that progenitor rejects, or of which it makes other types than expected, becomes any
/// JSON if the policy allows it, and the files are emitted again.
fn emit_files(package: &Package, mut lowered: Lowered) -> Result<(Lowered, Module), Diagnostic> {
    let is_about_a_schema =
        |rule| matches!(rule, Rule::ProgenitorRefused | Rule::ProgenitorChanged);
    let mut attempt = 0;
    loop {
        let types = || harden::harden(&lowered.api, emit::types(&lowered)?);
        let refusal = match emit::module(package, &lowered.api, types) {
            Ok(module) => return Ok((lowered, module)),
            Err(refusal) => refusal,
        };
        let pointer = refusal.location.pointer().filter(|_| is_about_a_schema(refusal.rule));
        let is_replaced = attempt < MOST_REPLACED
            && pointer.is_some_and(|pointer| lowered.take_as_any_json(pointer));
        if !is_replaced {
            return Err(refusal);
        }
        attempt += 1;
    }
}

/// Assembles one crate from the clients of all documents, which `clients_of` generates.
pub(crate) fn assemble(
    package: &Package,
    mut sources: Vec<SpecSource>,
    clients_of: impl FnOnce(Vec<SpecSource>) -> Vec<Client>,
) -> Result<Generated, Vec<Findings>> {
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    let mut names = BTreeSet::new();
    let (sources, repeated): (Vec<_>, Vec<_>) =
        sources.into_iter().partition(|source| names.insert(source.stem().to_owned()));
    let mut generated = Generated::default();
    let mut findings: Vec<Findings> = repeated.into_iter().map(repeated_name).collect();
    for client in clients_of(sources) {
        if let Some(output) = client.output {
            generated.apis.push(output.lowered);
            generated.inventories.push(output.inventory);
            generated.surfaces.push(output.module.surface);
            generated.examples.extend(output.module.examples);
            generated.files.extend(output.module.files);
        }
        findings.extend(Some(client.findings).filter(|found| !found.diagnostics.is_empty()));
    }
    findings.sort_by(|one, other| one.source.path.cmp(&other.source.path));
    if findings.iter().any(Findings::have_errors) {
        return Err(findings);
    }
    match emit::package(
        package,
        generated.apis.iter().map(|lowered| &lowered.api),
        &generated.files,
    ) {
        Ok(shared) => generated.files.extend(shared),
        Err(diagnostic) => {
            let source = SpecSource::new("specs", "");
            findings.push(Findings { source, diagnostics: vec![diagnostic] });
            return Err(findings);
        }
    }
    Ok(Generated { warnings: findings, ..generated })
}

fn repeated_name(source: SpecSource) -> Findings {
    let diagnostics = vec![source.repeated_name()];
    Findings { source, diagnostics }
}

/// Returns everything that is found in `sources`, whose order makes no difference, whatever package
/// they are for.
#[must_use]
pub fn lint(sources: Vec<SpecSource>, policy: Policy) -> Vec<Findings> {
    generate(&Package::default(), sources, policy)
        .map_or_else(|findings| findings, |generated| generated.warnings)
}

/// Returns the same for a package, and the public names of `before`, its files on disk, that a
/// consumer would miss in what `sources` give. Tells `observer` which documents are being gone
/// through.
#[must_use]
pub fn lint_against(
    package: &Package,
    sources: Vec<SpecSource>,
    policy: Policy,
    before: &FileTree,
    observer: Observer<'_>,
) -> Vec<Findings> {
    let by_stem: BTreeMap<String, SpecSource> =
        sources.iter().map(|source| (source.stem().to_owned(), source.clone())).collect();
    let generated = match generate_observed(package, sources, policy, observer) {
        Ok(generated) => generated,
        Err(findings) => return findings,
    };
    let mut found = generated.warnings;
    for lowered in &generated.apis {
        let Some(source) = by_stem.get(&lowered.api.name) else { continue };
        let diagnostics = client_rules::changed_names(lowered, before, &generated.files);
        match found.iter_mut().find(|findings| findings.source.path == source.path) {
            Some(findings) => findings.diagnostics.extend(diagnostics),
            None if diagnostics.is_empty() => {}
            None => found.push(Findings { source: source.clone(), diagnostics }),
        }
    }
    found
}

/// The client crate for a set of documents.
#[derive(Debug, Default)]
pub struct Generated {
    /// Everything under `generated/`.
    pub files: FileTree,
    /// The lowered documents, sorted by name.
    pub apis: Vec<Lowered>,
    /// The inventories of the documents, in the same order.
    pub inventories: Vec<Inventory>,
    /// The public surface of each API, in the same order.
    pub surfaces: Vec<Surface>,
    /// The tests of all examples.
    pub examples: Vec<ExampleTest>,
    /// The findings of documents with warnings, sorted by name.
    pub warnings: Vec<Findings>,
}

/// The client of a document, and the findings about it.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    /// `None` if there are errors.
    pub(crate) output: Option<Output>,
    pub(crate) findings: Findings,
}

/// The client of a document without errors.
#[derive(Clone, Debug)]
pub(crate) struct Output {
    pub(crate) lowered: Lowered,
    pub(crate) module: Module,
    pub(crate) inventory: Inventory,
}

#[cfg(test)]
mod tests {
    use openapi::policy::Policy;
    use openapi::rule::Rule;
    use openapi::source::SpecSource;

    use serde_json::json;

    use super::{emit_files, generate};
    use crate::emit::schema_types::tests::refused;
    use crate::package::Package;

    #[test]
    fn a_rejected_schema_of_a_vendors_document_becomes_any_json() {
        let (lowered, module) = emit_files(&Package::default(), refused("", Policy::Repair))
            .expect("the other schemas are typed");
        assert!(
            lowered
                .notes
                .iter()
                .any(|note| note.pass == "any_json" && note.pointer.ends_with("/Part"))
        );
        let types = &module.files["src/widgets/types.rs"];
        assert!(types.contains("pub struct Part(pub serde_json::Value);"), "{types}");
        assert!(types.contains("pub part: Option<Part>"), "{types}");
    }

    #[test]
    fn a_schema_with_types_that_no_pass_expects_becomes_any_json() {
        let with_part = |policy| {
            let mut lowered = refused("", policy);
            let part = json!({"type": "integer", "oneOf": [{"enum": [1]}, {"enum": [2]}]});
            let part = serde_json::from_value(part).expect("it is a schema");
            let components = lowered.openapi.components.as_mut().expect("there are schemas");
            components.schemas.insert("Part".to_owned(), part);
            emit_files(&Package::default(), lowered)
        };
        let (lowered, module) = with_part(Policy::Repair).expect("the other schemas are typed");
        let found: Vec<Rule> = lowered.found.iter().map(|found| found.rule).collect();
        assert_eq!(found, [Rule::UntypedSchema]);
        let types = &module.files["src/widgets/types.rs"];
        assert!(types.contains("pub struct Part(pub serde_json::Value);"), "{types}");
        let refusal = with_part(Policy::Refuse).err().map(|refusal| refusal.rule);
        assert_eq!(refusal, Some(Rule::ProgenitorChanged));
    }

    #[test]
    fn specs_and_secrets_stay_refused() {
        for (format, policy) in
            [("", Policy::Refuse), (r#", "format": "password""#, Policy::Repair)]
        {
            let refusal = emit_files(&Package::default(), refused(format, policy))
                .err()
                .map(|refusal| refusal.rule);
            assert_eq!(refusal, Some(Rule::ProgenitorRefused), "{format}");
        }
    }

    #[test]
    fn operations_left_out_and_wrong_examples_are_counted() {
        let document = r#"
openapi: 3.0.3
info: {title: Widgets, version: '1'}
paths:
  /widgets:
    get:
      responses:
        '200':
          description: All widgets.
          content: {application/json: {schema: {type: array, items: {type: integer}}, example: [1, {a: 2}]}}
    put: {responses: {'200': {description: One, content: {application/json: {schema: {type: integer}, example: 1}}}}}
  /widgets/../gadgets:
    get: {responses: {'204': {description: None}}}
"#;
        let source = SpecSource::new("widgets.yaml", document);
        let generated = generate(&Package::default(), vec![source], Policy::Repair)
            .unwrap_or_else(|found| panic!("{found:?}"));
        assert_eq!(generated.apis[0].api.operations.len(), 2);
        assert_eq!(generated.inventories[0].operations, 3);
        assert_eq!(generated.inventories[0].wrong_examples, [serde_json::json!([1, {"a": 2}])]);
    }
}
