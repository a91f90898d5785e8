//! The objects of OpenAPI 3.0.3 and their keywords, as data.
//!
//! Source: <https://spec.openapis.org/oas/v3.0.3#schema>. The OAuth Flow Object is three kinds here, because its
//! required keywords depend on the flow.

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
        must("openapi", Text), must("info", One(Info)), must("paths", One(Paths)),
        may("servers", List(Server)), may("components", One(Components)),
        may("security", List(SecurityRequirement)), may("tags", List(Tag)), may("externalDocs", One(ExternalDocs)),
    ]),
    object_of(Info, "Info", &[
        must("title", Text), must("version", Text), may("description", Text),
        may("termsOfService", Text), may("contact", One(Contact)), may("license", One(License)),
    ]),
    object_of(Contact, "Contact", &[may("name", Text), may("url", Text), may("email", Text)]),
    object_of(License, "License", &[must("name", Text), may("url", Text)]),
    object_of(Server, "Server", &[
        must("url", Text), may("description", Text), may("variables", Map(ServerVariable)),
    ]),
    object_of(ServerVariable, "Server Variable", &[
        must("default", Text), may("enum", Texts), may("description", Text),
    ]),
    object_of(Components, "Components", &[
        may("schemas", Map(Schema)), may("responses", Map(Response)), may("parameters", Map(Parameter)),
        may("examples", Map(Example)), may("requestBodies", Map(RequestBody)), may("headers", Map(Header)),
        may("securitySchemes", Map(SecurityScheme)), may("links", Map(Link)), may("callbacks", Map(Callback)),
    ]),
    map_of(Paths, "Paths", Templates),
    object_of(PathItem, "Path Item", &[
        may("$ref", Text), may("summary", Text), may("description", Text),
        may("get", One(Operation)), may("put", One(Operation)), may("post", One(Operation)),
        may("delete", One(Operation)), may("options", One(Operation)), may("head", One(Operation)),
        may("patch", One(Operation)), may("trace", One(Operation)),
        may("servers", List(Server)), may("parameters", List(Parameter)),
    ]),
    object_of(Operation, "Operation", &[
        must("responses", One(Responses)), may("operationId", Text), may("summary", Text), may("description", Text),
        may("tags", Texts), may("externalDocs", One(ExternalDocs)), may("parameters", List(Parameter)),
        may("requestBody", One(RequestBody)), may("callbacks", Map(Callback)), may("deprecated", Flag),
        may("security", List(SecurityRequirement)), may("servers", List(Server)),
    ]),
    object_of(ExternalDocs, "External Documentation", &[must("url", Text), may("description", Text)]),
    object_of(Parameter, "Parameter", &[
        must("name", Text), must("in", Choice(&["query", "header", "path", "cookie"])),
        may("description", Text), may("required", Flag), may("deprecated", Flag), may("allowEmptyValue", Flag),
        may("style", PARAMETER_STYLES), may("explode", Flag), may("allowReserved", Flag), may("schema", One(Schema)),
        may("example", Any), may("examples", Map(Example)), may("content", Map(MediaType)),
    ]),
    object_of(RequestBody, "Request Body", &[
        must("content", Map(MediaType)), may("description", Text), may("required", Flag),
    ]),
    object_of(MediaType, "Media Type", &[
        may("schema", One(Schema)), may("example", Any), may("examples", Map(Example)), may("encoding", Map(Encoding)),
    ]),
    object_of(Encoding, "Encoding", &[
        may("contentType", Text), may("headers", Map(Header)), may("style", ENCODING_STYLES),
        may("explode", Flag), may("allowReserved", Flag),
    ]),
    Object {
        kind: Responses, name: "Responses", rest: Statuses,
        keywords: &[may("default", One(Response))],
    },
    object_of(Response, "Response", &[
        must("description", Text), may("headers", Map(Header)), may("content", Map(MediaType)), may("links", Map(Link)),
    ]),
    map_of(Callback, "Callback", Expressions),
    object_of(Example, "Example", &[
        may("summary", Text), may("description", Text), may("value", Any), may("externalValue", Text),
    ]),
    object_of(Link, "Link", &[
        may("operationRef", Text), may("operationId", Text), may("parameters", AnyMap),
        may("requestBody", Any), may("description", Text), may("server", One(Server)),
    ]),
    object_of(Header, "Header", &[
        may("description", Text), may("required", Flag), may("deprecated", Flag), may("allowEmptyValue", Flag),
        may("style", Choice(&["simple"])), may("explode", Flag), may("allowReserved", Flag),
        may("schema", One(Schema)), may("example", Any), may("examples", Map(Example)), may("content", Map(MediaType)),
    ]),
    object_of(Tag, "Tag", &[must("name", Text), may("description", Text), may("externalDocs", One(ExternalDocs))]),
    object_of(Reference, "Reference", &[must("$ref", Text)]),
    object_of(Schema, "Schema", &[
        may("title", Text), may("multipleOf", Number), may("maximum", Number), may("exclusiveMaximum", Flag),
        may("minimum", Number), may("exclusiveMinimum", Flag), may("maxLength", Count), may("minLength", Count),
        may("pattern", Text), may("maxItems", Count), may("minItems", Count), may("uniqueItems", Flag),
        may("maxProperties", Count), may("minProperties", Count), may("required", Texts), may("enum", AnyList),
        may("type", TYPES), may("allOf", List(Schema)), may("oneOf", List(Schema)), may("anyOf", List(Schema)),
        may("not", One(Schema)), may("items", One(Schema)), may("properties", Map(Schema)),
        may("additionalProperties", OneOrFlag(Schema)), may("description", Text), may("format", Text),
        may("default", Any), may("nullable", Flag), may("discriminator", One(Discriminator)), may("readOnly", Flag),
        may("writeOnly", Flag), may("xml", One(Xml)), may("externalDocs", One(ExternalDocs)), may("example", Any),
        may("deprecated", Flag),
    ]),
    object_of(Discriminator, "Discriminator", &[must("propertyName", Text), may("mapping", TextMap)]),
    object_of(Xml, "XML", &[
        may("name", Text), may("namespace", Text), may("prefix", Text), may("attribute", Flag), may("wrapped", Flag),
    ]),
    object_of(SecurityScheme, "Security Scheme", &[
        must("type", SCHEMES), may("description", Text), may("name", Text),
        may("in", Choice(&["query", "header", "cookie"])), may("scheme", Text), may("bearerFormat", Text),
        may("flows", One(OAuthFlows)), may("openIdConnectUrl", Text),
    ]),
    object_of(OAuthFlows, "OAuth Flows", &[
        may("implicit", One(ImplicitFlow)), may("password", One(TokenFlow)),
        may("clientCredentials", One(TokenFlow)), may("authorizationCode", One(CodeFlow)),
    ]),
    object_of(ImplicitFlow, "OAuth Flow", &[
        must("authorizationUrl", Text), must("scopes", TextMap), may("tokenUrl", Text), may("refreshUrl", Text),
    ]),
    object_of(TokenFlow, "OAuth Flow", &[
        must("tokenUrl", Text), must("scopes", TextMap), may("authorizationUrl", Text), may("refreshUrl", Text),
    ]),
    object_of(CodeFlow, "OAuth Flow", &[
        must("authorizationUrl", Text), must("tokenUrl", Text), must("scopes", TextMap), may("refreshUrl", Text),
    ]),
    map_of(SecurityRequirement, "Security Requirement", Requirements),
];

#[cfg(test)]
mod tests {
    use super::{Kind, OBJECTS, Shape, object};

    #[test]
    fn every_kind_that_the_table_names_has_an_entry() {
        for keyword in OBJECTS.iter().flat_map(|entry| entry.keywords) {
            if let Shape::One(kind) | Shape::OneOrFlag(kind) | Shape::List(kind) | Shape::Map(kind) = keyword.shape {
                assert!(!object(kind).name.is_empty());
            }
        }
        assert_eq!(object(Kind::PathItem).name, "Path Item");
    }
}
