//! Tests that no change of a spec goes unnoticed: a reviewer sees it, or the generator reports it.

use std::num::NonZero;
use std::process::ExitCode;
use std::thread;

use contract_tests::specs::{PACKAGE, sources};
use libtest_mimic::{Arguments, Trial};
use openapi::policy::Policy;
use openapi::source::SpecSource;
use serde_json::{Value, json};

/// The snapshots of a spec that a reviewer sees.
struct Reviewed {
    plan: String,
    surface: String,
}

impl Reviewed {
    fn of(stem: &str, spec: &Value) -> Self {
        let plan = plan(stem, spec).expect("the spec itself is accepted");
        Self { plan, surface: generated_surface(stem, spec).expect("the spec itself is accepted") }
    }

    /// Returns true if a reviewer sees no difference. The plan is much faster to render, so it
    /// comes first.
    fn shows_no_change_to(&self, stem: &str, spec: &Value) -> bool {
        plan(stem, spec).as_ref() == Some(&self.plan)
            && generated_surface(stem, spec).as_ref() == Some(&self.surface)
    }
}

fn source(stem: &str, spec: &Value) -> SpecSource {
    SpecSource::new(format!("specs/{stem}.yaml"), spec.to_string())
}

/// Returns the plan, or `None` if the spec is rejected.
fn plan(stem: &str, spec: &Value) -> Option<String> {
    let document = openapi::load(source(stem, spec), Policy::Refuse).ok()?;
    let lowered = codegen::lower::lower(&document).ok()?;
    Some(codegen::plan::render(&lowered.api))
}

/// Returns the surface, or `None` if there is any finding.
fn generated_surface(stem: &str, spec: &Value) -> Option<String> {
    let generated = codegen::generate(&PACKAGE, vec![source(stem, spec)], Policy::Refuse).ok()?;
    if !generated.warnings.is_empty() {
        return None;
    }
    Some(generated.surfaces.first()?.lines())
}

/// Returns the JSON pointers of all nodes of a spec, except descriptions and summaries.
fn nodes(pointer: &str, node: &Value, found: &mut Vec<String>) {
    let children: Vec<(String, &Value)> = match node {
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| (name.replace('~', "~0").replace('/', "~1"), value))
            .collect(),
        Value::Array(items) => {
            items.iter().enumerate().map(|(index, value)| (index.to_string(), value)).collect()
        }
        _ => Vec::new(),
    };
    for (name, child) in children {
        let pointer = format!("{pointer}/{name}");
        let is_reason = pointer.rsplit('/').nth(1) == Some("x-lint-ignore");
        let is_prose =
            child.is_string() && (is_reason || matches!(name.as_str(), "description" | "summary"));
        if !is_prose {
            found.push(pointer.clone());
        }
        nodes(&pointer, child, found);
    }
}

fn changed(value: &Value) -> Value {
    match value {
        Value::Bool(flag) => json!(!flag),
        Value::Number(number) => json!(number.as_i64().unwrap_or_default() + 1),
        Value::String(text) => json!(format!("{text}x")),
        _ => Value::Null,
    }
}

fn remove(spec: &mut Value, pointer: &str) {
    let (parent, name) = pointer.rsplit_once('/').expect("a node has a parent");
    match spec.pointer_mut(parent) {
        Some(Value::Object(members)) => {
            drop(members.remove(&name.replace("~1", "/").replace("~0", "~")))
        }
        Some(Value::Array(items)) => {
            drop(items.remove(name.parse().expect("an index is a number")))
        }
        _ => unreachable!("the parent of a node is a collection"),
    }
}

/// Returns true if a node has no effect: `false` is the default of every boolean in OpenAPI, and
/// the type of an enum is that of its values.
fn restates(spec: &Value, pointer: &str) -> bool {
    let parent = pointer.strip_suffix("/type").and_then(|parent| spec.pointer(parent));
    spec.pointer(pointer) == Some(&Value::Bool(false))
        || parent.is_some_and(|parent| parent.get("enum").is_some())
}

/// Examples of specs with more nodes are tried whole, not property by property.
const MOST_NODES: usize = 300;

/// Returns JSON pointers to the nodes of a spec that are changed.
fn tried(spec: &Value) -> Vec<String> {
    let mut pointers = Vec::new();
    nodes("", spec, &mut pointers);
    if pointers.len() > MOST_NODES {
        pointers.retain(|pointer| !pointer.contains("/value/"));
    }
    pointers
}

/// Changes and removes a node in turn; returns the changes that a reviewer does not see.
fn unseen(stem: &str, spec: &Value, before: &Reviewed, pointer: &str) -> Vec<String> {
    let mut unseen = Vec::new();
    let mut without = spec.clone();
    remove(&mut without, pointer);
    if !restates(spec, pointer) && before.shows_no_change_to(stem, &without) {
        unseen.push(format!("{pointer} removed"));
    }
    let mut other = spec.clone();
    if let Some(node) =
        other.pointer_mut(pointer).filter(|node| !node.is_object() && !node.is_array())
    {
        *node = changed(node);
        if before.shows_no_change_to(stem, &other) {
            unseen.push(format!("{pointer} changed"));
        }
    }
    unseen
}

/// Changes and removes every node of a spec in turn. The largest spec takes longer than all others,
/// so that all processors share its nodes.
fn check(source: &SpecSource) {
    let stem = source.stem();
    let spec: Value = serde_yaml::from_str(&source.text).expect("the spec is YAML");
    let before = Reviewed::of(stem, &spec);
    let pointers = tried(&spec);
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let share = |first: usize| {
        let pointers = pointers.iter().skip(first).step_by(threads);
        pointers.flat_map(|pointer| unseen(stem, &spec, &before, pointer)).collect::<Vec<_>>()
    };
    let unseen: Vec<String> = thread::scope(|scope| {
        let shares: Vec<_> = (0..threads).map(|first| scope.spawn(move || share(first))).collect();
        shares
            .into_iter()
            .flat_map(|share| share.join().expect("no change makes the generator panic"))
            .collect()
    });
    assert!(
        pointers.len() > 50 && unseen.is_empty(),
        "{stem}: unseen of {} nodes: {unseen:#?}",
        pointers.len()
    );
}

/// Each spec is a test of its own.
fn main() -> ExitCode {
    let trial = |source: SpecSource| {
        Trial::test(format!("every_change_of_{}_is_seen", source.stem()), move || {
            check(&source);
            Ok(())
        })
    };
    libtest_mimic::run(&Arguments::from_args(), sources().into_iter().map(trial).collect())
        .exit_code()
}
