//! Tests of what is left out, and of what is kept.

use std::collections::BTreeMap;
use std::fmt::Debug;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::super::decoded::decode;
use crate::secrets::wiped_by;

#[derive(Debug, Default, Deserialize, PartialEq)]
#[serde(default)]
struct Grant {
    token: Option<String>,
    id: Option<i64>,
    ratio: Option<f64>,
    is_active: Option<bool>,
    scopes: Option<Vec<String>>,
    labels: Option<BTreeMap<String, String>>,
    app: Option<Box<Grant>>,
    errors: Option<Vec<Grant>>,
    #[serde(flatten)]
    others: BTreeMap<String, i32>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(untagged)]
enum Either {
    Grant(Vec<i64>),
    Name(String),
}

#[track_caller]
fn check<T: DeserializeOwned + PartialEq + Debug, const N: usize>(
    json: &str,
    fitting: &str,
    undecoded: [&str; N],
) {
    let decoded = decode::<T>(json.as_bytes()).expect("the value fits as a whole");
    let expected: T = serde_json::from_str(fitting).expect("the expected value fits");
    assert_eq!((decoded.undecoded(), &*decoded), (&undecoded.map(str::to_owned)[..], &expected));
}

#[test]
fn what_fits_is_complete() {
    check::<Grant, _>(r#"{"token": "t", "id": 1}"#, r#"{"token": "t", "id": 1}"#, []);
}

#[test]
fn a_property_of_another_type_is_left_out() {
    let json = r#"{"id": "x", "token": "t", "is_active": 1, "app": "gone"}"#;
    check::<Grant, _>(json, r#"{"token": "t"}"#, ["/app", "/id", "/is_active"]);
}

#[test]
fn items_are_named_by_their_positions_in_the_body() {
    let json = r#"{"token": "t", "scopes": [null, "a", 1, null, "b", {}, "c", 2]}"#;
    let undecoded = ["/scopes/0", "/scopes/2", "/scopes/3", "/scopes/5", "/scopes/7"];
    check::<Grant, _>(json, r#"{"token": "t", "scopes": ["a", "b", "c"]}"#, undecoded);
}

#[test]
fn values_of_maps_are_left_out() {
    let json = r#"{"labels": {"a/b": null, "c": "d", "e~f": []}}"#;
    check::<Grant, _>(json, r#"{"labels": {"c": "d"}}"#, ["/labels/a~1b", "/labels/e~0f"]);
}

#[test]
fn nested_misfits_leave_the_rest() {
    let json =
        r#"{"app": {"id": true, "token": "t"}, "errors": [null, {"id": []}, "words", {"id": 2}]}"#;
    let fitting = r#"{"app": {"token": "t"}, "errors": [{}, {"id": 2}]}"#;
    check::<Grant, _>(json, fitting, ["/app/id", "/errors/0", "/errors/1/id", "/errors/2"]);
}

#[test]
fn entries_that_no_field_takes_are_found_by_trial() {
    let json = r#"{"token": "t", "one": 1, "two": "x", "three": 3, "four": null}"#;
    check::<Grant, _>(json, r#"{"token": "t", "one": 1, "three": 3}"#, ["/four", "/two"]);
}

#[test]
fn integers_may_have_fractions_and_exponents() {
    check::<Grant, _>(r#"{"id": 5.0}"#, r#"{"id": 5}"#, []);
    check::<Grant, _>(r#"{"id": 1e3}"#, r#"{"id": 1000}"#, []);
    check::<Grant, _>(r#"{"id": 5.5}"#, "{}", ["/id"]);
    check::<Grant, _>(r#"{"id": 1e300}"#, "{}", ["/id"]);
}

#[test]
fn numbers_may_be_quoted() {
    check::<Grant, _>(r#"{"id": "12", "ratio": "5.5"}"#, r#"{"id": 12, "ratio": 5.5}"#, []);
    check::<Grant, _>(r#"{"id": "5.0"}"#, r#"{"id": 5}"#, []);
    check::<Grant, _>(r#"{"id": "007", "is_active": "1"}"#, "{}", ["/id", "/is_active"]);
}

#[test]
fn parts_of_alternatives_are_left_out() {
    check::<Vec<Either>, _>(r#"["a", [1, "x"], [2], 5]"#, r#"["a", [1], [2]]"#, ["/1/1", "/3"]);
}

/// A value with entries that no field takes, which serde reads as a whole first.
#[derive(Debug, Deserialize, PartialEq)]
struct Others<T> {
    #[serde(flatten)]
    others: BTreeMap<String, T>,
}

#[test]
fn what_is_within_other_entries_is_left_out_alone() {
    let json = r#"{"k": {"token": "t", "errors": ["words", {"id": 1}]}, "l": {"id": "7"}}"#;
    let fitting = r#"{"k": {"token": "t", "errors": [{"id": 1}]}, "l": {"id": 7}}"#;
    check::<Others<Grant>, _>(json, fitting, ["/k/errors/0"]);
    check::<Others<i64>, _>(r#"{"n": 5.0, "s": "8"}"#, r#"{"n": 5, "s": 8}"#, []);
    let json = r#"{"m": {"n": 5, "p": null}}"#;
    check::<Others<BTreeMap<String, i64>>, _>(json, r#"{"m": {"n": 5}}"#, ["/m/p"]);
}

#[test]
fn a_value_of_another_kind_is_an_error() {
    for json in ["[]x", "{", "5", "\"words\"", "null"] {
        assert!(decode::<Grant>(json.as_bytes()).is_err(), "{json}");
        assert!(decode::<Vec<Grant>>(json.as_bytes()).is_err(), "{json}");
    }
    for json in ["[]", r#"["t", 1]"#] {
        assert!(decode::<Plain>(json.as_bytes()).is_err(), "{json}");
    }
    assert!(decode::<Vec<Plain>>(b"{}").is_err());
}

/// A type for which the derived code takes an array, too.
#[derive(Debug, Default, Deserialize, PartialEq)]
#[serde(default)]
struct Plain {
    token: Option<String>,
    inner: Option<Box<Plain>>,
}

#[test]
fn an_array_is_no_object() {
    let json = r#"{"token": "t", "inner": ["a"]}"#;
    check::<Plain, _>(json, r#"{"token": "t"}"#, ["/inner"]);
    check::<Vec<Plain>, _>(r#"[["a"], {"token": "t"}, []]"#, r#"[{"token": "t"}]"#, ["/0", "/2"]);
}

#[test]
fn any_number_of_nulls_leaves_the_other_items() {
    let json = format!(r#"{{"scopes": [{} "a"]}}"#, "null, ".repeat(100_000));
    let decoded = decode::<Grant>(json.as_bytes()).expect("the rest fits");
    assert_eq!(decoded.scopes.as_deref(), Some(&["a".to_owned()][..]));
    assert_eq!(decoded.undecoded().len(), 100_000);
}

#[test]
fn many_misfits_take_what_is_around_them_along() {
    let items = vec!["[\"x\"]"; 300_000].join(",");
    let json = format!(r#"{{"token": "t", "scopes": [{items}]}}"#);
    let decoded = decode::<Grant>(json.as_bytes()).expect("the rest fits");
    assert_eq!(decoded.token.as_deref(), Some("t"));
    assert_eq!(decoded.scopes, None);
    assert_eq!(decoded.undecoded().first().map(String::as_str), Some("/scopes"));
}

#[test]
fn what_no_type_represents_is_left_out_alone() {
    let json = r#"{"token": "t", "id": 1e999, "ratio": -1e400, "scopes": ["\ud800", "a", "x\udc00", null],
        "labels": {"k/l": "\udfff\ud800", "m": "\ud83d\ude00"}, "errors": [{"id": 1e999}, {"id": 2}]}"#;
    let fitting =
        r#"{"token": "t", "scopes": ["a"], "labels": {"m": "😀"}, "errors": [{}, {"id": 2}]}"#;
    let undecoded =
        ["/errors/0/id", "/id", "/labels/k~1l", "/ratio", "/scopes/0", "/scopes/2", "/scopes/3"];
    check::<Grant, _>(json, fitting, undecoded);
    check::<Grant, _>(r#"{"token": "t", "\ud800": 1}"#, r#"{"token": "t", "���": 1}"#, []);
    check::<Vec<f64>, _>("[1e999, 1, 1e999, 2, -1e999]", "[1, 2]", ["/0", "/2", "/4"]);
    check::<Vec<Vec<f64>>, _>("[[1e999], null, [1, 1e999]]", "[[], [1]]", ["/0/0", "/1", "/2/1"]);
    for json in [r#""\ud800""#, "1e999", r#"{"token": "t", "id": 1e999"#, r#"["\ud8"]"#] {
        assert!(decode::<serde_json::Value>(json.as_bytes()).is_err(), "{json}");
    }
}

#[test]
fn bytes_that_are_no_utf8_cost_their_string_alone() {
    let decoded = decode::<Plain>(b"{\"token\": \"caf\xe9\", \"inner\": {\"token\": \"t\"}}");
    let decoded = decoded.expect("the rest fits");
    assert_eq!(decoded.undecoded(), ["/token"]);
    assert_eq!(decoded.inner.as_ref().and_then(|inner| inner.token.as_deref()), Some("t"));
    for json in [&b"{\"token\": \xff}"[..], b"\xff{}", b"{\"token\": \"\\\xff\"}"] {
        assert!(decode::<Plain>(json).is_err(), "{json:?}");
    }
    // An escaped backslash is no escape of what follows.
    let decoded = decode::<Plain>(b"{\"token\": \"\\\\\xff\"}").expect("the rest fits");
    assert_eq!(decoded.undecoded(), ["/token"]);
}

#[derive(Debug, Default, Deserialize, PartialEq)]
#[serde(default)]
struct Deep {
    token: Option<String>,
    any: Option<serde_json::Value>,
    inner: Option<Box<Deep>>,
}

#[test]
fn what_is_nested_too_deeply_is_left_out_alone() {
    for levels in [128, 100_000] {
        let (open, close) = ("[".repeat(levels), "]".repeat(levels));
        let json = format!(r#"{{"token": "t", "any": [1, {open}{close}]}}"#);
        let decoded = decode::<Deep>(json.as_bytes()).expect("the rest fits");
        assert_eq!(decoded.token.as_deref(), Some("t"));
        assert_eq!(decoded.undecoded(), [format!("/any/1{}", "/0".repeat(125))]);
    }
    let (open, close) = (r#"{"inner": "#.repeat(1000), "}".repeat(1000));
    let decoded = decode::<Deep>(format!("{open}{{}}{close}").as_bytes()).expect("the rest fits");
    assert_eq!(decoded.undecoded(), ["/inner".repeat(127)]);
}

#[test]
fn many_values_that_no_type_represents_take_no_more_than_their_number() {
    let json = format!("[{} 1]", "1e999, ".repeat(200_000));
    let decoded = decode::<Vec<f64>>(json.as_bytes()).expect("the rest fits");
    assert_eq!((decoded.len(), decoded.undecoded().len()), (1, 200_000));
}

#[test]
fn an_array_is_no_object_among_other_entries() {
    #[derive(Debug, Deserialize)]
    struct Open {
        #[serde(flatten)]
        others: crate::secrets::AdditionalProperties<Vec<Plain>>,
    }
    let decoded = decode::<Open>(br#"{"k": [["a"], {"token": "t"}], "l": "m"}"#);
    let decoded = decoded.expect("the rest fits");
    assert_eq!(decoded.undecoded(), ["/k/0", "/l"]);
    assert_eq!(decoded.others["k"].len(), 1);
    assert_eq!(decoded.others.len(), 1);
}

/// Whatever is left out, replaced, tried or kept, no copy of a string stays behind.
#[track_caller]
fn check_wiped<const N: usize>(json: &str, mut strings: [&str; N]) {
    strings.sort_unstable();
    assert_eq!(wiped_by(|| decode::<Grant>(json.as_bytes())), strings, "{json}");
}

#[test]
fn every_string_of_a_body_is_wiped_once() {
    check_wiped(r#"{"token": "t", "id": "x", "scopes": ["a", 1, "b"]}"#, ["t", "x", "a", "b"]);
    check_wiped(r#"{"token": "t", "id": "5", "app": ["a"]}"#, ["t", "5", "a"]);
    check_wiped(r#"{"app": {"token": ["a", {"b": "c"}]}, "id": []}"#, ["a", "c"]);
    check_wiped(r#"{"token": "t", "x": [1, "two", "3"], "y": "z"}"#, ["t", "two", "3", "z"]);
    check_wiped(r#"{"token": "t", "id": 1e999, "scopes": ["a", "\ud800"]}"#, ["t", "a"]);
    check_wiped(r#"["a", {"token": "t"}]"#, ["a", "t"]);
}

#[test]
fn what_fits_is_never_copied() {
    check_wiped(r#"{"token": "t", "scopes": ["a"]}"#, []);
}
