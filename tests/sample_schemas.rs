//! Every sample in the specs is valid against its documented schema.

use codegen::api::{Api, Sample};
use contract_tests::specs::GENERATED;
use serde_json::{Map, Value, json};

#[test]
fn every_sample_is_valid_against_its_schema() {
    let mut checked = 0;
    for lowered in &GENERATED.apis {
        let api = &lowered.api;
        for operation in &api.operations {
            for parameter in &operation.parameters {
                checked += check(api, &operation.id, &parameter.schema, &parameter.samples);
            }
            if let Some(body) = &operation.body {
                checked += check(api, &operation.id, &body.schema, &body.samples);
            }
            for response in &operation.responses {
                if let Some(body) = &response.body {
                    checked += check(api, &operation.id, &body.schema, &body.samples);
                }
                for header in &response.headers {
                    checked += check(api, &operation.id, &header.schema, &header.samples);
                }
            }
        }
    }
    assert!(checked > 50, "only {checked} samples were found");
}

#[test]
fn an_invalid_sample_is_found() {
    let api = &GENERATED.apis[0].api;
    assert!(validate(api, &json!({"type": "string", "maxLength": 3}), &json!("four")).is_err());
    assert!(validate(api, &json!({"type": "string", "nullable": true}), &Value::Null).is_ok());
    assert!(validate(api, &json!({"type": "string"}), &Value::Null).is_err());
}

#[track_caller]
fn check(api: &Api, operation: &str, schema: &Value, samples: &[Sample]) -> usize {
    for sample in samples {
        if let Err(reason) = validate(api, schema, &sample.value) {
            panic!("{} {operation} sample {}: {reason}", api.name, sample.name);
        }
    }
    samples.len()
}

fn validate(api: &Api, schema: &Value, sample: &Value) -> Result<(), String> {
    let schemas: Map<String, Value> =
        api.schemas.iter().map(|schema| (schema.name.clone(), json_schema(&schema.documented))).collect();
    let mut root = json_schema(schema);
    root["components"] = json!({ "schemas": schemas });
    let validator = jsonschema::draft4::new(&root).map_err(|error| error.to_string())?;
    validator.validate(sample).map_err(|error| error.to_string())
}

/// OpenAPI's `nullable` in terms of JSON Schema.
fn json_schema(schema: &Value) -> Value {
    match schema {
        Value::Object(members) => {
            let mut members: Map<String, Value> =
                members.iter().map(|(keyword, value)| (keyword.clone(), json_schema(value))).collect();
            if members.remove("nullable") == Some(Value::Bool(true))
                && let Some(ty) = members.remove("type")
            {
                members.insert("type".to_owned(), json!([ty, "null"]));
            }
            Value::Object(members)
        }
        Value::Array(items) => items.iter().map(json_schema).collect(),
        scalar => scalar.clone(),
    }
}
