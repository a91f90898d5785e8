//! Changes and removes nodes of each spec in turn: no change is without a verdict, and the verdict
//! on code is that of the public surface. `--ignored` tries every node, which takes minutes.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use changes::{Effect, Rule, Source, State, compare};
use codegen::package::Package;
use libtest_mimic::{Arguments, Trial};
use openapi::policy::Policy;
use openapi::source::SpecSource;
use serde_json::{Value, json};

/// The nodes of each spec that are tried.
const MOST_NODES: usize = 40;
/// The nodes of which one has its surface made, too, which takes much longer.
const NODES_FOR_A_SURFACE: usize = 4;

fn main() -> ExitCode {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let paths = std::fs::read_dir(folder).expect("specs/ can be read");
    let mut paths: Vec<PathBuf> =
        paths.map(|entry| entry.expect("specs/ can be read").path()).collect();
    paths.sort();
    let trial = |path: &PathBuf, name: &str, most_nodes: usize| {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(path).expect("a spec is text");
        Trial::test(format!("{name}_of_{stem}_have_a_verdict"), move || {
            check(&stem, &text, most_nodes);
            Ok(())
        })
    };
    let trials = paths.iter().flat_map(|path| {
        let all = trial(path, "all_changes", usize::MAX).with_ignored_flag(true);
        [trial(path, "changes", MOST_NODES), all]
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}

fn check(stem: &str, text: &str, most_nodes: usize) {
    let source = SpecSource::new(format!("specs/{stem}.yaml"), text);
    let spec = openapi::load(source, Policy::Refuse).expect("a spec is good").root;
    let before = Seen::of(stem, &spec, true).expect("a spec is good");
    let mut pointers = Vec::new();
    nodes("", &spec, &mut pointers);
    let step = pointers.len().div_ceil(most_nodes);
    let mut tried = 0;
    let mut wrong = Vec::new();
    for (index, pointer) in pointers.iter().step_by(step).enumerate() {
        for (how, mutated) in mutations(&spec, pointer) {
            if let Some(after) = Seen::of(stem, &mutated, index % NODES_FOR_A_SURFACE == 0) {
                tried += 1;
                wrong.extend(
                    before.misjudged(&after).map(|what| format!("{pointer} {how}: {what}")),
                );
            }
        }
    }
    assert!(tried > 20 && wrong.is_empty(), "{stem}, {tried} tried: {wrong:#?}");
}

/// A state, and what a reviewer sees of it.
struct Seen {
    state: State,
    plan: String,
    surface: Option<BTreeSet<String>>,
}

impl Seen {
    /// Returns `None` if the document is refused.
    fn of(stem: &str, spec: &Value, with_surface: bool) -> Option<Self> {
        let source = SpecSource::new(format!("specs/{stem}.yaml"), spec.to_string());
        let state = State::read(source.clone(), Policy::Refuse).ok()?;
        let surface = if with_surface { Some(surface(source)?) } else { None };
        Some(Self { plan: codegen::plan::render(&state.api), state, surface })
    }

    /// Returns what is wrong with the changes from this state to another one.
    fn misjudged(&self, after: &Self) -> Option<String> {
        let changes = compare(&self.state, &after.state);
        let rules: Vec<&str> = changes.iter().map(|change| change.rule.id()).collect();
        let surfaces = self.surface.as_ref().zip(after.surface.as_ref());
        let is_other = surfaces.is_some_and(|(one, other)| one != other);
        if (is_other || self.plan != after.plan) && changes.is_empty() {
            return Some("nothing is told".to_owned());
        }
        if changes.iter().any(|change| change.rule == Rule::Other) {
            return Some(format!("no rule knows it: {rules:?}"));
        }
        let (before, after) = surfaces?;
        let still: BTreeSet<String> = after.iter().map(|line| used(line)).collect();
        let unbound: BTreeSet<&str> =
            after.iter().filter(|line| !line.contains(" where ")).map(String::as_str).collect();
        let is_there = |line: &str| {
            let without_bound = line.split(" where ").next().unwrap_or_default();
            still.contains(&used(line)) || unbound.contains(without_bound)
        };
        let gone: Vec<&String> = before.iter().filter(|line| !is_there(line)).collect();
        let breaks = !gone.is_empty();
        let told = changes.iter().any(|change| change.verdict.source == Source::Breaks);
        let is_silent =
            changes.iter().any(|change| matches!(change.verdict.effect, Effect::Silent(_)));
        (breaks != told && !is_silent).then(|| format!("{rules:?}, but {gone:?} are gone"))
    }
}

/// Returns the lines of the public surface.
fn surface(source: SpecSource) -> Option<BTreeSet<String>> {
    let generated = codegen::generate(&Package::default(), vec![source], Policy::Refuse).ok()?;
    let lines = generated.surfaces.first()?.lines();
    Some(lines.lines().map(|line| line.replace(" #deprecated", "")).collect())
}

/// Returns what code depends on in a line: not the names of arguments.
fn used(line: &str) -> String {
    let Some((name, arguments)) = line.split_once('(').filter(|_| line.starts_with("fn ")) else {
        return line.to_owned();
    };
    let (arguments, rest) = arguments.split_once(") ->").unwrap_or((arguments, ""));
    let types = arguments.split(", ").map(|one| one.split_once(": ").map_or(one, |(_, of)| of));
    format!("{name}({}) ->{rest}", types.collect::<Vec<_>>().join(", "))
}

fn mutations(spec: &Value, pointer: &str) -> Vec<(&'static str, Value)> {
    let (parent, name) = pointer.rsplit_once('/').expect("a node has a parent");
    let mut without = spec.clone();
    match without.pointer_mut(parent) {
        Some(Value::Object(entries)) => drop(entries.remove(&openapi::pointer::unescape(name))),
        Some(Value::Array(items)) => drop(items.remove(name.parse().expect("it is an index"))),
        _ => unreachable!("the parent of a node is a collection"),
    }
    let mut other = spec.clone();
    let changed = match spec.pointer(pointer) {
        Some(Value::Bool(value)) => json!(!value),
        Some(Value::Number(number)) => json!(number.as_i64().unwrap_or_default() + 1),
        Some(Value::String(text)) => json!(format!("{text}x")),
        _ => return vec![("removed", without)],
    };
    *other.pointer_mut(pointer).expect("the node is there") = changed;
    vec![("removed", without), ("changed", other)]
}

/// Collects the JSON pointers of all nodes but those of examples.
fn nodes(pointer: &str, node: &Value, found: &mut Vec<String>) {
    let children: Vec<(String, &Value)> = match node {
        Value::Object(entries) => entries.iter().map(|(name, one)| (name.clone(), one)).collect(),
        Value::Array(items) => (0..).map(|index: usize| index.to_string()).zip(items).collect(),
        _ => Vec::new(),
    };
    for (name, child) in children {
        let pointer = openapi::pointer::child(pointer, &name);
        found.push(pointer.clone());
        if !["example", "value", "x-lint-ignore"].contains(&name.as_str()) {
            nodes(&pointer, child, found);
        }
    }
}
