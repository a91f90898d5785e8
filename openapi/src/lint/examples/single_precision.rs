//! Bounds of numbers in single precision, which many decimals have in common: 0.1 and
//! 0.10000000149011612 are the same `float`.

use serde_json::{Map, Value, json};

use crate::object::{Object, Schema};

/// Returns the bound of a `format: float` so that both the shortest decimal of its `float` and the
/// exact one satisfy it. An exclusive bound stays as it is.
pub(super) fn bound(keyword: &str, value: &Value, members: &Map<String, Value>) -> Option<Value> {
    let is_exclusive = match keyword {
        "minimum" => members.is_true("exclusiveMinimum"),
        _ => members.is_true("exclusiveMaximum"),
    };
    let bound = value.as_f64().filter(|_| members.format() == "float" && !is_exclusive)?;
    let rounded = bound as f32;
    let (exact, shortest) = (f64::from(rounded), rounded.to_string().parse().ok()?);
    let edge = if keyword == "minimum" { exact.min(shortest) } else { exact.max(shortest) };
    edge.is_finite().then(|| json!(edge))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::bound;

    #[test]
    fn decimals_of_one_float_satisfy_its_bounds() {
        let float = json!({"format": "float"});
        let float = float.as_object().expect("an object");
        for text in [0.1, 0.100_000_001_490_116_12] {
            let edge =
                |keyword| bound(keyword, &json!(text), float).as_ref().and_then(Value::as_f64);
            let (least, most) =
                (edge("minimum").expect("a bound"), edge("maximum").expect("a bound"));
            assert!(least <= 0.1 && 0.100_000_001_490_116_12 <= most);
            assert!(0.099_999 < least && most < 0.100_001);
        }
        let exclusive = json!({"format": "float", "exclusiveMinimum": true});
        let double = json!({"format": "double"});
        for members in [exclusive, double] {
            let members = members.as_object().expect("an object");
            assert_eq!(bound("minimum", &json!(0.1), members), None);
        }
        assert_eq!(bound("maximum", &json!(1e300), float), None);
    }
}
