//! Rust types of the values that operations send and receive.
//!
//! At this point, every schema with properties, variants or alternatives is a named one. Only
//! scalars, arrays and maps are inline.

use openapi::marks::FILE;
use openapi::object::{Object, Schema};
use openapi::reference::schema_name;
use serde_json::Value;

/// A Rust type, as generated code spells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RustType {
    /// `bool`
    Bool,
    /// `i32`
    Int32,
    /// `i64`
    Int64,
    /// `u64`
    UInt64,
    /// `f32`
    Float32,
    /// `f64`
    Float64,
    /// `String`
    String,
    /// The runtime's `SecretString`.
    Secret,
    /// A type of the API's `types` module.
    Named(String),
    /// `Vec<_>`
    List(Box<RustType>),
    /// `BTreeMap<String, _>`
    Map(Box<RustType>),
    /// `Option<_>`, for null.
    Nullable(Box<RustType>),
    /// Any JSON.
    Any,
    /// Bytes of any kind: the runtime's `RawBody`.
    Raw,
    /// A file in a multipart body: the runtime's `FilePart`.
    File,
}

/// Returns the type of a schema's values.
pub fn type_of(schema: &Value) -> RustType {
    let not_null = type_of_not_null(schema);
    let is_nullable = schema.is_nullable() && not_null != RustType::Any;
    if is_nullable { RustType::Nullable(Box::new(not_null)) } else { not_null }
}

/// Returns the type of a schema's values other than null.
pub fn type_of_not_null(schema: &Value) -> RustType {
    if let Some(name) = schema_name(schema) {
        return RustType::Named(name.to_owned());
    }
    if let [only] = schema.subschemas()
        && schema_name(only).is_some()
    {
        return type_of(only);
    }
    match schema.stated_type() {
        Some("boolean") => RustType::Bool,
        Some("integer") if schema.format() == "int32" => RustType::Int32,
        Some("integer") if schema.format() == "uint64" => RustType::UInt64,
        Some("integer") => RustType::Int64,
        Some("number") if schema.format() == "float" => RustType::Float32,
        Some("number") => RustType::Float64,
        Some("string") if schema.has(FILE) => RustType::File,
        Some("string") if schema.is_secret() => RustType::Secret,
        Some("string") => RustType::String,
        Some("array") => {
            RustType::List(Box::new(schema.get("items").map_or(RustType::Any, type_of)))
        }
        Some("object") => match schema.get("additionalProperties") {
            Some(values @ Value::Object(_)) => RustType::Map(Box::new(type_of(values))),
            _ => RustType::Map(Box::new(RustType::Any)),
        },
        _ => RustType::Any,
    }
}

impl RustType {
    /// Returns the named type inside, if there is one.
    pub fn named(&self) -> Option<&str> {
        match self {
            Self::Named(name) => Some(name),
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.named(),
            _ => None,
        }
    }

    /// Returns true if it is a secret or a collection of secrets.
    pub fn is_secret(&self) -> bool {
        match self {
            Self::Secret => true,
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.is_secret(),
            _ => false,
        }
    }

    /// Returns true if it is an integer.
    pub fn is_integer(&self) -> bool {
        matches!(self, Self::Int32 | Self::Int64 | Self::UInt64)
    }

    /// Returns true if it is a number or a boolean, which are passed by value.
    pub fn is_number(&self) -> bool {
        self.is_integer() || matches!(self, Self::Bool | Self::Float32 | Self::Float64)
    }
}
