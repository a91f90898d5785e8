//! The objects of OpenAPI 3.0.3 and their keywords, as data.
//!
//! Source: <https://spec.openapis.org/oas/v3.0.3#schema>. The OAuth Flow Object is three kinds
//! here, because its required keywords depend on the flow.

use super::kinds::Kind::{self, *};
use super::kinds::Rest::{self, Expressions, Extensions, Requirements, Statuses, Templates};
use super::kinds::Shape::{self, *};

/// A kind of object.
pub(crate) struct Object {
    pub(crate) kind: Kind,
    /// Its name in the standard, without the word "Object".
    pub(crate) name: &'static str,
    pub(crate) keywords: &'static [Keyword],
    /// The keys that it may have besides its keywords.
    pub(crate) rest: Rest,
}

/// A keyword of an object.
pub(crate) struct Keyword {
    pub(crate) name: &'static str,
    pub(crate) shape: Shape,
    pub(crate) need: Need,
}

/// The necessity of a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    Required,
    Optional,
}

/// Returns the table's entry for a kind.
pub(crate) fn object(kind: Kind) -> &'static Object {
    OBJECTS.iter().find(|object| object.kind == kind).expect("every kind has an entry")
}

const fn object_of(kind: Kind, name: &'static str, keywords: &'static [Keyword]) -> Object {
    Object { kind, name, keywords, rest: Extensions }
}

const fn map_of(kind: Kind, name: &'static str, rest: Rest) -> Object {
    Object { kind, name, keywords: &[], rest }
}

const fn must(name: &'static str, shape: Shape) -> Keyword {
    Keyword { name, shape, need: Need::Required }
}

const fn may(name: &'static str, shape: Shape) -> Keyword {
    Keyword { name, shape, need: Need::Optional }
}

const PARAMETER_STYLES: Shape =
    Choice(&["matrix", "label", "form", "simple", "spaceDelimited", "pipeDelimited", "deepObject"]);
const ENCODING_STYLES: Shape = Choice(&["form", "spaceDelimited", "pipeDelimited", "deepObject"]);
const TYPES: Shape = Choice(&["array", "boolean", "integer", "number", "object", "string"]);
const SCHEMES: Shape = Choice(&["apiKey", "http", "oauth2", "openIdConnect"]);

// Rows of several keywords show an object at a glance; one keyword a line would fill four pages.
#[rustfmt::skip]
static OBJECTS: &[Object] = &[
    object_of(OpenApi, "OpenAPI", &[
        must("openapi", String), must("info", One(Info)), must("paths", One(Paths)),
        may("servers", Array(Server)), may("components", One(Components)),
        may("security", Array(SecurityRequirement)), may("tags", Array(Tag)), may("externalDocs", One(ExternalDocs)),
    ]),
    object_of(Info, "Info", &[
        must("title", String), must("version", String), may("description", String),
        may("termsOfService", String), may("contact", One(Contact)), may("license", One(License)),
    ]),
    object_of(Contact, "Contact", &[may("name", String), may("url", String), may("email", String)]),
    object_of(License, "License", &[must("name", String), may("url", String)]),
    object_of(Server, "Server", &[
        must("url", String), may("description", String), may("variables", Map(ServerVariable)),
    ]),
    object_of(ServerVariable, "Server Variable", &[
        must("default", String), may("enum", Strings), may("description", String),
    ]),
    object_of(Components, "Components", &[
        may("schemas", Map(Schema)), may("responses", Map(Response)), may("parameters", Map(Parameter)),
        may("examples", Map(Example)), may("requestBodies", Map(RequestBody)), may("headers", Map(Header)),
        may("securitySchemes", Map(SecurityScheme)), may("links", Map(Link)), may("callbacks", Map(Callback)),
    ]),
    map_of(Paths, "Paths", Templates),
    object_of(PathItem, "Path Item", &[
        may("$ref", String), may("summary", String), may("description", String),
        may("get", One(Operation)), may("put", One(Operation)), may("post", One(Operation)),
        may("delete", One(Operation)), may("options", One(Operation)), may("head", One(Operation)),
        may("patch", One(Operation)), may("trace", One(Operation)),
        may("servers", Array(Server)), may("parameters", Array(Parameter)),
    ]),
    object_of(Operation, "Operation", &[
        must("responses", One(Responses)), may("operationId", String), may("summary", String), may("description", String),
        may("tags", Strings), may("externalDocs", One(ExternalDocs)), may("parameters", Array(Parameter)),
        may("requestBody", One(RequestBody)), may("callbacks", Map(Callback)), may("deprecated", Boolean),
        may("security", Array(SecurityRequirement)), may("servers", Array(Server)),
    ]),
    object_of(ExternalDocs, "External Documentation", &[must("url", String), may("description", String)]),
    object_of(Parameter, "Parameter", &[
        must("name", String), must("in", Choice(&["query", "header", "path", "cookie"])),
        may("description", String), may("required", Boolean), may("deprecated", Boolean), may("allowEmptyValue", Boolean),
        may("style", PARAMETER_STYLES), may("explode", Boolean), may("allowReserved", Boolean), may("schema", One(Schema)),
        may("example", Any), may("examples", Map(Example)), may("content", Map(MediaType)),
    ]),
    object_of(RequestBody, "Request Body", &[
        must("content", Map(MediaType)), may("description", String), may("required", Boolean),
    ]),
    object_of(MediaType, "Media Type", &[
        may("schema", One(Schema)), may("example", Any), may("examples", Map(Example)), may("encoding", Map(Encoding)),
    ]),
    object_of(Encoding, "Encoding", &[
        may("contentType", String), may("headers", Map(Header)), may("style", ENCODING_STYLES),
        may("explode", Boolean), may("allowReserved", Boolean),
    ]),
    Object {
        kind: Responses, name: "Responses", rest: Statuses,
        keywords: &[may("default", One(Response))],
    },
    object_of(Response, "Response", &[
        must("description", String), may("headers", Map(Header)), may("content", Map(MediaType)), may("links", Map(Link)),
    ]),
    map_of(Callback, "Callback", Expressions),
    object_of(Example, "Example", &[
        may("summary", String), may("description", String), may("value", Any), may("externalValue", String),
    ]),
    object_of(Link, "Link", &[
        may("operationRef", String), may("operationId", String), may("parameters", AnyMap),
        may("requestBody", Any), may("description", String), may("server", One(Server)),
    ]),
    object_of(Header, "Header", &[
        may("description", String), may("required", Boolean), may("deprecated", Boolean), may("allowEmptyValue", Boolean),
        may("style", Choice(&["simple"])), may("explode", Boolean), may("allowReserved", Boolean),
        may("schema", One(Schema)), may("example", Any), may("examples", Map(Example)), may("content", Map(MediaType)),
    ]),
    object_of(Tag, "Tag", &[must("name", String), may("description", String), may("externalDocs", One(ExternalDocs))]),
    object_of(Reference, "Reference", &[must("$ref", String)]),
    object_of(Schema, "Schema", &[
        may("title", String), may("multipleOf", Number), may("maximum", Number), may("exclusiveMaximum", Boolean),
        may("minimum", Number), may("exclusiveMinimum", Boolean), may("maxLength", Count), may("minLength", Count),
        may("pattern", String), may("maxItems", Count), may("minItems", Count), may("uniqueItems", Boolean),
        may("maxProperties", Count), may("minProperties", Count), may("required", Strings), may("enum", AnyArray),
        may("type", TYPES), may("allOf", Array(Schema)), may("oneOf", Array(Schema)), may("anyOf", Array(Schema)),
        may("not", One(Schema)), may("items", One(Schema)), may("properties", Map(Schema)),
        may("additionalProperties", OneOrBoolean(Schema)), may("description", String), may("format", String),
        may("default", Any), may("nullable", Boolean), may("discriminator", One(Discriminator)), may("readOnly", Boolean),
        may("writeOnly", Boolean), may("xml", One(Xml)), may("externalDocs", One(ExternalDocs)), may("example", Any),
        may("deprecated", Boolean),
    ]),
    object_of(Discriminator, "Discriminator", &[must("propertyName", String), may("mapping", StringMap)]),
    object_of(Xml, "XML", &[
        may("name", String), may("namespace", String), may("prefix", String), may("attribute", Boolean), may("wrapped", Boolean),
    ]),
    object_of(SecurityScheme, "Security Scheme", &[
        must("type", SCHEMES), may("description", String), may("name", String),
        may("in", Choice(&["query", "header", "cookie"])), may("scheme", String), may("bearerFormat", String),
        may("flows", One(OAuthFlows)), may("openIdConnectUrl", String),
    ]),
    object_of(OAuthFlows, "OAuth Flows", &[
        may("implicit", One(ImplicitFlow)), may("password", One(TokenFlow)),
        may("clientCredentials", One(TokenFlow)), may("authorizationCode", One(CodeFlow)),
    ]),
    object_of(ImplicitFlow, "OAuth Flow", &[
        must("authorizationUrl", String), must("scopes", StringMap), may("tokenUrl", String), may("refreshUrl", String),
    ]),
    object_of(TokenFlow, "OAuth Flow", &[
        must("tokenUrl", String), must("scopes", StringMap), may("authorizationUrl", String), may("refreshUrl", String),
    ]),
    object_of(CodeFlow, "OAuth Flow", &[
        must("authorizationUrl", String), must("tokenUrl", String), must("scopes", StringMap), may("refreshUrl", String),
    ]),
    map_of(SecurityRequirement, "Security Requirement", Requirements),
];

#[cfg(test)]
mod tests {
    use super::{Kind, OBJECTS, Shape, object};

    #[test]
    fn every_kind_that_the_table_names_has_an_entry() {
        for keyword in OBJECTS.iter().flat_map(|entry| entry.keywords) {
            if let Shape::One(kind)
            | Shape::OneOrBoolean(kind)
            | Shape::Array(kind)
            | Shape::Map(kind) = keyword.shape
            {
                assert!(!object(kind).name.is_empty());
            }
        }
        assert_eq!(object(Kind::PathItem).name, "Path Item");
    }
}
