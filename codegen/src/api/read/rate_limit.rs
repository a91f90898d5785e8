//! Reads the way in which a server tells of an exceeded rate limit.

use serde_json::Value;

use super::Reader;
use crate::api::RateLimit;
use openapi::extensions::RATE_LIMIT;
use openapi::object::Object;

const POINTER: &str = "/info/x-rate-limit";

/// Reads `x-rate-limit` of `info`. Its shape has been checked, but not its status codes and the
/// names of its headers.
pub(super) fn read_rate_limit(reader: &mut Reader<'_>) -> Option<RateLimit> {
    let stated = reader.root["info"].get(RATE_LIMIT)?;
    let codes: Vec<&str> =
        stated.array("status-codes").iter().filter_map(Value::as_str).map(str::trim).collect();
    let status_codes: Vec<u16> =
        codes.iter().filter_map(|code| code.parse().ok()).filter(is_error).collect();
    let names = ["remaining", "reset"].map(|name| stated.trimmed(name).to_ascii_lowercase());
    let what = match () {
        () if status_codes.is_empty() || status_codes.len() < codes.len() => {
            "a rate limit whose `status-codes` are not codes of errors, such as `429`"
        }
        () if !names.iter().all(|name| is_header_name(name)) => {
            "a rate limit with a header whose name is not a token"
        }
        () => {
            let [remaining, reset] = names;
            let message = stated.trimmed("message").to_owned();
            let wait = stated.get("wait").and_then(Value::as_u64).unwrap_or_default();
            return Some(RateLimit { status_codes, remaining, reset, message, wait });
        }
    };
    if !reader.refuses(POINTER, what, "Write three digits, and names such as `x-ratelimit-reset`") {
        reader.note(POINTER, format!("left out {what}"));
    }
    None
}

fn is_error(code: &u16) -> bool {
    (400..600).contains(code)
}

/// Returns true for a name that a header can have, or none.
fn is_header_name(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}
