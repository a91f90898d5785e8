//! Tests the verdicts on source code by the compiler: a consumer that uses everything of the
//! surface before a change is compiled against the client after it.
//!
//! It must fail where a verdict says so, and nowhere else. All changes are compiled at once.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;

use changes::Source;
use codegen::surface::{Surface, Used};
use serde_json::Value;

use crate::cases::{all, client_of, package};

#[test]
fn consumers_stop_compiling_where_a_verdict_says_so_and_nowhere_else() {
    let cases = all();
    let sources = cases.iter().flat_map(|case| [case.source("before"), case.source("after")]);
    let generated = client_of(sources.collect());
    let package = package("consumers", &generated);
    let surface_of = |module: &str| {
        let index = generated.apis.iter().position(|lowered| lowered.api.name == module);
        &generated.surfaces[index.expect("each document is a module")]
    };
    let mut main = String::from("//! Consumers.\n#![allow(warnings)]\n\n");
    for case in &cases {
        let surface = surface_of(&format!("{}_before", case.module));
        for when in ["before", "after"] {
            let module = format!("{}_{when}", case.module);
            let code = consumer(&module, surface);
            package.add(&format!("examples/consumer/{module}.rs"), &code);
            writeln!(main, "mod {module};").expect("a String can be written to");
        }
    }
    package.add("examples/consumer/main.rs", &format!("{main}\nfn main() {{}}\n"));
    let (broken, messages) = broken_modules(&package);
    let wrong_before: Vec<&String> =
        broken.iter().filter(|module| module.ends_with("_before")).collect();
    assert!(wrong_before.is_empty(), "the consumer itself is wrong: {wrong_before:?}\n{messages}");
    let mut wrong = Vec::new();
    for case in &cases {
        let is_broken = broken.contains(&format!("{}_after", case.module));
        let breaks = case.changes().iter().any(|one| one.verdict.source == Source::Breaks);
        if is_broken != breaks {
            wrong.push((case.module.clone(), is_broken));
        }
    }
    assert!(
        wrong.is_empty(),
        "the compiler says otherwise (true: it breaks): {wrong:?}\n{messages}"
    );
    assert!(broken.len() > 10 && broken.len() < cases.len(), "{broken:?}");
}

/// Returns the modules of the consumer with errors, and the messages about them. They are built and
/// not only checked, so that what they depend on is compiled once for all packages.
fn broken_modules(package: &fixtures::Package) -> (BTreeSet<String>, String) {
    let arguments = ["build", "--example", "consumer", "--message-format", "json"];
    let output = package.cargo(&arguments).output().expect("cargo runs");
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    let (mut broken, mut shown) = (BTreeSet::new(), String::new());
    for line in lines.lines() {
        let Ok(line) = serde_json::from_str::<Value>(line) else { continue };
        let message = &line["message"];
        let Some(span) = primary(message).filter(|_| message["level"] == "error") else {
            continue;
        };
        let file = PathBuf::from(span["file_name"].as_str().unwrap_or_default());
        shown += message["rendered"].as_str().unwrap_or_default();
        broken.insert(file.file_stem().unwrap_or_default().to_string_lossy().into_owned());
    }
    assert!(!lines.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    (broken, shown)
}

/// Returns the location that a message is about.
fn primary(message: &Value) -> Option<&Value> {
    let spans = message["spans"].as_array()?;
    spans.iter().find(|span| span["is_primary"] == true)
}

/// Returns code that uses everything of a surface.
fn consumer(module: &str, surface: &Surface) -> String {
    let head = format!("use client::{module}::*;\nuse client::runtime;\n\n");
    let mut code = head.clone();
    // The declarations of types name each other without their module.
    let mut types = format!("use client::{module}::types::*;\n{head}");
    for (index, (name, line, used)) in surface.items().enumerate() {
        let code_of_item = use_of(index, name, line.trim(), used);
        *(if name.starts_with("types::") { &mut types } else { &mut code }) += &code_of_item;
    }
    let has_types = surface.items().any(|(name, ..)| name.starts_with("types::"));
    if has_types { format!("{code}\nmod inner {{\n{types}\n}}\n") } else { code }
}

/// Returns functions that use an item.
fn use_of(index: usize, name: &str, line: &str, used: &Used) -> String {
    let (around, last) = name.rsplit_once("::").unwrap_or(("", name));
    if line.starts_with("fn ") {
        return calls(index, around, last, line, used);
    }
    if let Some((owner, field)) = name.rsplit_once('.') {
        let ty = &used.contract;
        return format!("fn f{index}(x: {owner}) {{ let _: {ty} = x.{field}; }}\n");
    }
    if line.starts_with("struct ") || line.starts_with("enum ") {
        let generics = if name == "Client" { "<()>" } else { "" };
        return format!("fn f{index}(_: {name}{generics}) {{}}\n");
    }
    if line.starts_with("const ") {
        return format!("fn f{index}() {{ let _ = {name}; }}\n");
    }
    if line.starts_with("mod ") {
        return String::new();
    }
    match used.contract.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(ty) => {
            let ty = ty.trim_end_matches(',');
            format!("fn f{index}(x: {around}) {{ if let {name}(y) = x {{ let _: {ty} = y; }} }}\n")
        }
        None if used.contract.is_empty() => {
            format!("fn f{index}(x: {around}) {{ if let {name} = x {{}} }}\n")
        }
        None => format!("fn f{index}(x: {around}) {{ if let {name} {{ .. }} = x {{}} }}\n"),
    }
}

/// Returns the credentials that satisfy a bound, one for each alternative.
fn credentials(bound: &str) -> Vec<String> {
    let of_scheme = bound.split_once("Authorizes<").and_then(|(_, rest)| rest.split_once('>'));
    if let Some((scheme, _)) = of_scheme {
        return vec![scheme.to_owned()];
    }
    let Some((_, requirement)) = bound.split_once("requirements::") else {
        return vec!["()".to_owned()];
    };
    let alternatives = requirement.trim_end_matches(',').split("Or");
    let credential = |alternative: &str| {
        let schemes: Vec<String> =
            alternative.split("And").map(|scheme| format!("credentials::{scheme}")).collect();
        match schemes.as_slice() {
            [only] if alternative == "Nothing" => only.replace("credentials::Nothing", "()"),
            [only] => only.clone(),
            several => format!("({})", several.join(", ")),
        }
    };
    alternatives.map(credential).collect()
}

/// Returns functions that call a function with arguments of the types of its declaration: one for
/// each credential with which it can be called.
fn calls(index: usize, around: &str, name: &str, line: &str, used: &Used) -> String {
    if around != "Client" {
        return call(&format!("f{index}"), around, name, used);
    }
    let held = match line.contains("Client<()>::") {
        true => vec!["()".to_owned()],
        false => credentials(&used.bound),
    };
    let calls = held.iter().enumerate().map(|(number, credential)| {
        call(&format!("f{index}_{number}"), &format!("Client<{credential}>"), name, used)
    });
    calls.collect()
}

fn call(function: &str, owner: &str, name: &str, used: &Used) -> String {
    let contract: syn::Signature = syn::parse_str(&used.contract).expect("it is a declaration");
    let receiver =
        contract.receiver().map(|receiver| match (&receiver.reference, receiver.mutability) {
            (Some(_), Some(_)) => format!("me: &mut {owner}"),
            (Some(_), None) => format!("me: &{owner}"),
            _ => format!("me: {owner}"),
        });
    let of_client = owner.strip_prefix("Client<").and_then(|rest| rest.strip_suffix('>'));
    let concrete = |ty: &str| match of_client {
        Some(credential) if ty == "C" => credential.to_owned(),
        _ => ty.replace("Self", owner),
    };
    let arguments = used.arguments.iter().enumerate();
    let arguments = arguments.map(|(index, (_, ty))| format!("a{index}: {}", concrete(ty)));
    let passed = receiver.iter().map(|_| "me".to_owned());
    let passed: Vec<String> =
        passed.chain((0..used.arguments.len()).map(|index| format!("a{index}"))).collect();
    let inputs: Vec<String> = receiver.into_iter().chain(arguments).collect();
    let output = match &contract.output {
        syn::ReturnType::Default => "()".to_owned(),
        syn::ReturnType::Type(_, ty) => quote::quote!(#ty).to_string().replace("Self", owner),
    };
    let output = if output.contains("impl ") { "_".to_owned() } else { output };
    let (asynchrony, awaited) =
        if contract.asyncness.is_some() { ("async ", ".await") } else { ("", "") };
    format!(
        "{asynchrony}fn {function}({}) {{ let _: {output} = <{owner}>::{name}({}){awaited}; }}\n",
        inputs.join(", "),
        passed.join(", ")
    )
}
