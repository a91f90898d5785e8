//! Tests the verdicts on built programs on the wire: the client before a change sends its calls to
//! a double of the server after it. Where a request or an outcome is not as it was, a verdict must
//! say so.

use std::collections::BTreeSet;
use std::process::Command;

use changes::Deployed;
use codegen::api::{Api, Operation, Parameter, ParameterLocation, Response, SchemeKind, Status};
use openapi::object::Object as _;
use serde_json::{Value, json};

use crate::cases::{Case, all, client_of};
use crate::package::{folder, target, write, write_client};

/// The changes that must be seen to fail on the wire, so that the test is known to look.
const SEEN_FAILING: usize = 15;

#[test]
fn what_is_said_to_keep_working_works_on_the_wire() {
    let cases = all();
    let package = folder("built-programs");
    let generated = client_of(cases.iter().map(|case| case.source("before")).collect());
    let after = client_of(cases.iter().map(|case| case.source("after")).collect());
    let features = write_client(&package, &generated);
    write(&package.join("examples/wire/main.rs"), include_str!("wire_main.rs"));
    let apis = |client: &codegen::Generated| -> Vec<Api> {
        client.apis.iter().map(|lowered| lowered.api.clone()).collect()
    };
    let (before, after) = (apis(&generated), apis(&after));
    let api = |apis: &[Api], name: &str| {
        apis.iter().find(|api| api.name == name).cloned().expect("each document is a module")
    };
    let pairs: Vec<(&Case, Api, Api)> = cases
        .iter()
        .map(|case| {
            let [one, other] = ["before", "after"].map(|when| format!("{}_{when}", case.module));
            (case, api(&before, &one), api(&after, &other))
        })
        .collect();
    let calls: Vec<Value> = pairs.iter().flat_map(|(_, one, other)| calls(one, other)).collect();
    write(&package.join("calls.json"), &Value::Array(calls).to_string());
    let results = run(&package, &features);
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

/// Returns why a server would refuse a request.
fn refused(request: &str, api: &Api, operation: &Operation) -> Vec<String> {
    let mut reasons = Vec::new();
    let (head, body) = request.split_once("\r\n\r\n").unwrap_or((request, ""));
    let mut lines = head.lines();
    let mut first = lines.next().unwrap_or_default().split(' ');
    let (method, target) = (first.next().unwrap_or_default(), first.next().unwrap_or_default());
    let headers: Vec<(String, &str)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value))
        .collect();
    let header = |name: &str| headers.iter().find(|(known, _)| *known == name).map(|one| one.1);
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    if method != operation.method {
        reasons.push(format!("it is sent as {method}"));
    }
    if !fits(path, &operation.path) {
        reasons.push(format!("it goes to {path}"));
    }
    let is_there = |parameter: &Parameter| match parameter.location {
        ParameterLocation::Path => true,
        ParameterLocation::Query => {
            query.split('&').any(|pair| pair.split(['=', '[', '%']).next() == Some(&parameter.name))
        }
        ParameterLocation::Header => header(&parameter.name.to_ascii_lowercase()).is_some(),
        ParameterLocation::Cookie => {
            header("cookie").is_some_and(|cookie| cookie.contains(&format!("{}=", parameter.name)))
        }
    };
    let missing = operation.parameters.iter().filter(|one| one.required && !is_there(one));
    reasons.extend(missing.map(|parameter| format!("it lacks `{}`", parameter.name)));
    if let Some(expected) = operation.body.as_ref().filter(|body| body.required) {
        let schema = expected.rust_type.named().and_then(|name| api.schema(name));
        let sent: Value = serde_json::from_str(body).unwrap_or_default();
        let required = schema.map(|schema| schema.documented.array("required")).unwrap_or_default();
        let lacks =
            |name: &&Value| sent.is_object() && !sent.has(name.as_str().unwrap_or_default());
        reasons.extend(required.iter().filter(lacks).map(|name| format!("its body lacks {name}")));
        if body.is_empty() {
            reasons.push("it has no body".to_owned());
        }
    }
    let holds = |name: &str| {
        let scheme = api.schemes.iter().find(|scheme| scheme.name == name);
        scheme.is_some_and(|scheme| match &scheme.kind {
            SchemeKind::Basic { .. } => {
                header("authorization").is_some_and(|value| value.starts_with("Basic "))
            }
            SchemeKind::Token { header: name, prefix } => {
                header(name).is_some_and(|value| value.starts_with(prefix.as_str()))
            }
            SchemeKind::QueryKey(name) => query.contains(&format!("{name}=")),
            SchemeKind::CookieKey(name) => {
                header("cookie").is_some_and(|cookie| cookie.contains(&format!("{name}=")))
            }
        })
    };
    let satisfied = |schemes: &Vec<(String, Vec<String>)>| schemes.iter().all(|one| holds(&one.0));
    if !operation.security.is_empty() && !operation.security.iter().any(satisfied) {
        reasons.push("it has no credential".to_owned());
    }
    reasons
}

/// Returns true if a path ends like a template.
fn fits(path: &str, template: &str) -> bool {
    let (steps, expected): (Vec<&str>, Vec<&str>) =
        (path.split('/').collect(), template.split('/').skip(1).collect());
    let Some(start) = steps.len().checked_sub(expected.len()) else { return false };
    steps[start..].iter().zip(expected).all(|(step, name)| name.contains('{') || *step == name)
}

/// Runs the calls, and returns their results.
fn run(package: &std::path::Path, features: &str) -> Vec<Value> {
    let output = Command::new(env!("CARGO"))
        .args(["run", "--offline", "--quiet", "--example", "wire"])
        .args(["--no-default-features", "--features", features])
        .current_dir(package)
        .env("CARGO_TARGET_DIR", target())
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .output()
        .expect("cargo runs");
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}
