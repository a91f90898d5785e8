//! Tests the verdicts on built programs on the wire: the client before a change sends its calls to
//! a double of the server after it. Where a request or an outcome is not as it was, a verdict must
//! say so.

use std::collections::BTreeSet;

use changes::Deployed;
use codegen::api::{Api, Operation, Response, Status};
use serde_json::{Value, json};

use crate::cases::{Case, all, api, client_of, package};
use crate::request::refused;

/// The changes that must be seen to fail on the wire, so that the test is known to look.
const SEEN_FAILING: usize = 15;

#[test]
fn what_is_said_to_keep_working_works_on_the_wire() {
    let cases = all();
    let generated = client_of(cases.iter().map(|case| case.source("before")).collect());
    let after = client_of(cases.iter().map(|case| case.source("after")).collect());
    let package = package("built-programs", &generated);
    package.add("examples/wire/main.rs", include_str!("wire_main.rs"));
    let pairs = cases.iter().map(|case| {
        let [one, other] = ["before", "after"].map(|when| format!("{}_{when}", case.module));
        (case, api(&generated, &one), api(&after, &other))
    });
    let pairs: Vec<(&Case, &Api, &Api)> = pairs.collect();
    let calls: Vec<Value> = pairs.iter().flat_map(|(_, one, other)| calls(one, other)).collect();
    package.add("calls.json", &Value::Array(calls).to_string());
    let results = run(&package);
    let (mut wrong, mut failing) = (Vec::new(), BTreeSet::new());
    for (case, one, other) in &pairs {
        let failed = failures(one, other, &results);
        let is_told =
            case.changes().iter().any(|change| change.verdict.deployed != Deployed::Works);
        match (failed.is_empty(), is_told) {
            (false, false) => wrong.push(format!("{}: {}", case.module, failed.join("; "))),
            (false, true) => drop(failing.insert(&case.module)),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "said to work, and seen to fail: {wrong:#?}");
    assert!(failing.len() >= SEEN_FAILING, "only these were seen to fail: {failing:?}");
}

/// Returns the operation after a change: the one of the same name, or else the only one.
fn counterpart<'a>(operation: &Operation, after: &'a Api) -> Option<&'a Operation> {
    let same = after.operations.iter().find(|other| other.rust_name == operation.rust_name);
    same.or(after.operations.first().filter(|_| after.operations.len() == 1))
}

/// Returns the calls of the client before a change, with each success of both documents.
fn calls(before: &Api, after: &Api) -> Vec<Value> {
    let mut calls = Vec::new();
    for operation in &before.operations {
        for (api, operation_there) in
            [(before, Some(operation)), (after, counterpart(operation, after))]
        {
            for response in operation_there.into_iter().flat_map(Operation::successes) {
                let name = format!("{}/{}", before.name, operation.rust_name);
                calls.push(call(&name, api, response));
            }
        }
    }
    calls
}

fn call(name: &str, api: &Api, response: &Response) -> Value {
    let status = match response.status {
        Status::Code(code) => code,
        Status::Range(digit) => digit * 100,
        Status::Default => 200,
    };
    let body = api.sample_of_response(response).map(Value::to_string).unwrap_or_default();
    let media_type = response.body.as_ref().map(|body| body.media_type.clone());
    json!({
        "name": name, "of": api.name, "status": status,
        "media_type": media_type.unwrap_or_default(), "body": body,
    })
}

/// Returns what fails of the calls of the client before a change, at the server after it.
fn failures(before: &Api, after: &Api, results: &[Value]) -> Vec<String> {
    let mut failed = Vec::new();
    for operation in &before.operations {
        let name = format!("{}/{}", before.name, operation.rust_name);
        let of = |api: &Api| -> Vec<&Value> {
            let here = |result: &&Value| {
                result["call"]["name"] == *name && result["call"]["of"] == *api.name
            };
            results.iter().filter(here).collect()
        };
        let is_good = |result: &Value| {
            result["outcome"].as_str().is_some_and(|outcome| outcome.starts_with("Ok"))
        };
        // What fails at the server before the change as well says nothing.
        if !of(before).iter().all(|result| is_good(result)) {
            continue;
        }
        let Some(other) = counterpart(operation, after) else {
            failed.push(format!("{name} is gone"));
            continue;
        };
        for result in of(after) {
            if !is_good(result) {
                let outcome = result["outcome"].as_str().unwrap_or_default();
                failed.push(outcome.lines().take(2).collect::<Vec<_>>().join(" "));
            }
            let request = result["request"].as_str().unwrap_or_default();
            failed.extend(refused(request, after, other));
        }
    }
    failed
}

/// Runs the calls, and returns their results.
fn run(package: &fixtures::Package) -> Vec<Value> {
    let output = package.cargo(&["run", "--example", "wire"]).output().expect("cargo runs");
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}
