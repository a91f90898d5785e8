//! A request that a server received, held against a document.

use codegen::api::{Api, Operation, Parameter, ParameterLocation, SchemeKind};
use openapi::object::Object as _;
use serde_json::Value;

/// The parts of a request.
struct Request<'r> {
    method: &'r str,
    path: &'r str,
    query: &'r str,
    /// The names are in lowercase.
    headers: Vec<(String, &'r str)>,
    body: &'r str,
}

/// Returns why a server would refuse a request.
pub(crate) fn refused(request: &str, api: &Api, operation: &Operation) -> Vec<String> {
    let request = Request::read(request);
    let mut reasons = Vec::new();
    if request.method != operation.method {
        reasons.push(format!("it is sent as {}", request.method));
    }
    if !fits(request.path, &operation.path) {
        reasons.push(format!("it goes to {}", request.path));
    }
    let missing = operation.parameters.iter().filter(|one| one.required && !request.has(one));
    reasons.extend(missing.map(|parameter| format!("it lacks `{}`", parameter.name)));
    if let Some(expected) = operation.body.as_ref().filter(|body| body.required) {
        let schema = expected.rust_type.named().and_then(|name| api.schema(name));
        let required = schema.map(|schema| schema.documented.array("required")).unwrap_or_default();
        let lacking = request.lacking(required);
        reasons.extend(lacking.map(|name| format!("its body lacks {name}")));
        if request.body.is_empty() {
            reasons.push("it has no body".to_owned());
        }
    }
    let holds = |name: &str| {
        let scheme = api.schemes.iter().find(|scheme| scheme.name == name);
        scheme.is_some_and(|scheme| request.is_authorized(&scheme.kind))
    };
    let satisfied = |schemes: &Vec<(String, Vec<String>)>| schemes.iter().all(|one| holds(&one.0));
    if !operation.security.is_empty() && !operation.security.iter().any(satisfied) {
        reasons.push("it has no credential".to_owned());
    }
    reasons
}

impl<'r> Request<'r> {
    fn read(text: &'r str) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((text, ""));
        let mut lines = head.lines();
        let mut first = lines.next().unwrap_or_default().split(' ');
        let (method, target) = (first.next().unwrap_or_default(), first.next().unwrap_or_default());
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let headers = lines.filter_map(|line| line.split_once(": "));
        let headers = headers.map(|(name, value)| (name.to_ascii_lowercase(), value)).collect();
        Self { method, path, query, headers, body }
    }

    fn header(&self, name: &str) -> Option<&'r str> {
        let name = name.to_ascii_lowercase();
        self.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }

    fn has_cookie(&self, name: &str) -> bool {
        self.header("cookie").is_some_and(|cookie| cookie.contains(&format!("{name}=")))
    }

    fn has_query(&self, name: &str) -> bool {
        self.query.split('&').any(|pair| pair.split(['=', '[', '%']).next() == Some(name))
    }

    fn has(&self, parameter: &Parameter) -> bool {
        match parameter.location {
            ParameterLocation::Path => true,
            ParameterLocation::Query => self.has_query(&parameter.name),
            ParameterLocation::Header => self.header(&parameter.name).is_some(),
            ParameterLocation::Cookie => self.has_cookie(&parameter.name),
        }
    }

    /// Returns the required properties that the body, if it is an object, does not have.
    fn lacking<'v>(&self, required: &'v [Value]) -> impl Iterator<Item = &'v Value> + use<'v> {
        let sent: Value = serde_json::from_str(self.body).unwrap_or_default();
        required
            .iter()
            .filter(move |name| sent.is_object() && !sent.has(name.as_str().unwrap_or_default()))
    }

    fn is_authorized(&self, kind: &SchemeKind) -> bool {
        let starts = |name: &str, prefix: &str| {
            self.header(name).is_some_and(|value| value.starts_with(prefix))
        };
        match kind {
            SchemeKind::Basic { .. } => starts("authorization", "Basic "),
            SchemeKind::Token { header, prefix } => starts(header, prefix),
            SchemeKind::QueryKey(name) => self.has_query(name),
            SchemeKind::CookieKey(name) => self.has_cookie(name),
        }
    }
}

/// Returns true if a path ends like a template.
fn fits(path: &str, template: &str) -> bool {
    let (steps, expected): (Vec<&str>, Vec<&str>) =
        (path.split('/').collect(), template.split('/').skip(1).collect());
    let Some(start) = steps.len().checked_sub(expected.len()) else { return false };
    steps[start..].iter().zip(expected).all(|(step, name)| name.contains('{') || *step == name)
}
