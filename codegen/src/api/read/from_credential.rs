//! Reads which parameters are taken from the credential.

use serde_json::Value;

use super::Reader;
use crate::api::{
    Operation, Parameter, ParameterLocation, RustType, Scheme, SchemeKind, ValueSource,
};
use openapi::diagnostic::{Diagnostic, Location, Subject};
use openapi::extensions::FROM_CREDENTIAL;
use openapi::rule::Rule;

/// The value of the extension, which is the name of the part in `x-basic-credentials`.
const USER_ID: &str = "user-id";

/// Marks the parameters that are taken from the credential, and reports those that cannot be.
pub(super) fn read_values_of_credentials(
    reader: &mut Reader<'_>,
    schemes: &[Scheme],
    operation: &mut Operation,
) {
    let has_user_id = !operation.security.is_empty()
        && operation
            .security
            .iter()
            .all(|alternative| alternative.iter().any(|(name, _)| is_basic(schemes, name)));
    for parameter in &mut operation.parameters {
        let Some(stated) = stated(reader, parameter) else { continue };
        let problem = match problem(&stated, parameter) {
            None if has_user_id => {
                parameter.source = ValueSource::UserId;
                continue;
            }
            None => "Not every alternative of `security` has a scheme for basic authentication.",
            Some(problem) => problem,
        };
        reader.diagnostics.push(Diagnostic {
            rule: Rule::BadFromCredential,
            subject: Subject::Node,
            location: Location::Pointer(parameter.pointer.clone()),
            what: problem.to_owned(),
            why: "The credential has no value for the parameter.".to_owned(),
            help: format!("Remove `{FROM_CREDENTIAL}`, so that the caller passes the value."),
        });
    }
}

fn stated(reader: &Reader<'_>, parameter: &Parameter) -> Option<Value> {
    let node = reader.root.pointer(&parameter.pointer)?;
    reader.resolve(node).get(FROM_CREDENTIAL).cloned()
}

fn problem(stated: &Value, parameter: &Parameter) -> Option<&'static str> {
    let is_string = parameter.style.name().is_none()
        && matches!(parameter.rust_type, RustType::String | RustType::Secret);
    if stated != USER_ID {
        Some("`x-from-credential` must be `user-id`.")
    } else if parameter.location == ParameterLocation::Cookie {
        Some("`x-from-credential` is not read for a cookie.")
    } else if !parameter.required || !is_string {
        Some("A parameter with `x-from-credential` must be a required string.")
    } else {
        None
    }
}

fn is_basic(schemes: &[Scheme], name: &str) -> bool {
    let scheme = schemes.iter().find(|scheme| scheme.name == name);
    scheme.is_some_and(|scheme| matches!(scheme.kind, SchemeKind::Basic { .. }))
}
