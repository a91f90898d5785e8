//! Reads the way in which a server tells of an exceeded rate limit.

use serde_json::Value;

use super::Reader;
use super::parameters::is_header_name;
use crate::api::RateLimit;
use openapi::extensions::RATE_LIMIT;
use openapi::object::Object;

const POINTER: &str = "/info/x-rate-limit";

/// Reads `x-rate-limit` of `info`. Its shape has been checked, but not its status codes and the
/// names of its headers.
pub(super) fn read_rate_limit(reader: &mut Reader<'_>) -> Option<RateLimit> {
    let stated = reader.root["info"].get(RATE_LIMIT)?;
    let codes = stated.array("status-codes").iter().filter_map(Value::as_str).map(error_code);
    let status_codes = codes.collect::<Option<Vec<u16>>>().filter(|codes| !codes.is_empty());
    let Some(status_codes) = status_codes else {
        leave_out(
            reader,
            "a rate limit whose `status-codes` are not codes of errors, such as `429`",
        );
        return None;
    };
    let names = ["remaining", "reset"].map(|name| stated.trimmed(name).to_ascii_lowercase());
    if !names.iter().all(|name| name.is_empty() || is_header_name(name)) {
        leave_out(reader, "a rate limit with a header whose name is not a token");
        return None;
    }
    let [remaining, reset] = names;
    let message = stated.trimmed("message").to_owned();
    let wait = stated.get("wait").and_then(Value::as_u64).unwrap_or_default();
    Some(RateLimit { status_codes, remaining, reset, message, wait })
}

fn leave_out(reader: &mut Reader<'_>, what: &str) {
    if !reader.refuses(POINTER, what, "Write three digits, and names such as `x-ratelimit-reset`") {
        reader.note(POINTER, format!("left out {what}"));
    }
}

fn error_code(stated: &str) -> Option<u16> {
    stated.trim().parse().ok().filter(|code| (400..600).contains(code))
}

#[cfg(test)]
mod tests {
    use super::error_code;

    #[test]
    fn codes_are_those_of_errors() {
        for (stated, expected) in
            [("400", Some(400)), (" 599", Some(599)), ("399", None), ("600", None), ("4XX", None)]
        {
            assert_eq!(error_code(stated), expected, "{stated}");
        }
    }
}
