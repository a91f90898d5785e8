//! The request plan: all facts of a document, one per line, for review.

use std::fmt::Write as _;

use serde_json::Value;

use crate::api::{
    Api, Direction, Encoding, Example, Header, Operation, Parameter, ParameterLocation, RustType,
    Schema, ValueSource,
};

use crate::schema::properties_in_order;
use crate::tokens::rust_type;
use openapi::marks::PROPERTY_ORDER;
use openapi::object::Schema as _;
use openapi::reference::schema_name;

/// Renders the plan of `api`.
#[must_use]
pub fn render(api: &Api) -> String {
    let mut plan = Plan::default();
    plan.line(0, format_args!("{} {}", api.title, api.version));
    let source = &api.source;
    plan.line(
        0,
        format_args!(
            "source {} | {} | {} | {}",
            source.vendor, source.title, source.version, source.document
        ),
    );
    for server in &api.servers {
        plan.line(0, format_args!("server {}", server.url));
        for variable in &server.variables {
            let allowed = variable.allowed.join(" | ");
            plan.line(1, format_args!("{} = {} {allowed}", variable.name, variable.default));
        }
    }
    if let Some(limit) = &api.rate_limit {
        let statuses: Vec<String> = limit.status_codes.iter().map(u16::to_string).collect();
        let crate::api::RateLimit { remaining, reset, message, wait, .. } = limit;
        let statuses = statuses.join(" | ");
        plan.line(
            0,
            format_args!("rate limit {statuses}: {remaining}, {reset}, {message:?}, {wait} s"),
        );
    }
    for scheme in &api.schemes {
        plan.line(0, format_args!("credential {} {}", scheme.rust_name, scheme.facts));
    }
    for operation in &api.operations {
        plan.operation(operation);
    }
    for schema in &api.schemas {
        plan.schema(schema);
    }
    plan.0
}

#[derive(Default)]
struct Plan(String);

impl Plan {
    fn line(&mut self, depth: usize, line: std::fmt::Arguments<'_>) {
        let text = line.to_string();
        // Writing into a String cannot fail.
        let _ = writeln!(self.0, "{}{}", "  ".repeat(depth), text.trim_end());
    }

    fn operation(&mut self, operation: &Operation) {
        self.0.push('\n');
        let deprecated = if operation.deprecated { " (deprecated)" } else { "" };
        self.line(0, format_args!("{}{deprecated} = {}", operation.rust_name, operation.id));
        self.line(1, format_args!("{} {}", operation.method, operation.path));
        if !operation.servers.is_empty() {
            self.line(1, format_args!("at {}", operation.servers.join(" or ")));
        }
        self.line(1, format_args!("credentials {}", security(operation)));
        self.line(1, format_args!("accept {}", operation.accept));
        self.line(1, format_args!("{}idempotent", if operation.idempotent { "" } else { "not " }));
        if let Some(name) = &operation.page_parameter {
            self.line(1, format_args!("pages counted by {name}"));
        }
        for parameter in &operation.parameters {
            self.parameter(parameter);
        }
        if let Some(body) = &operation.body {
            let required = if body.required { "required" } else { "optional" };
            self.line(
                1,
                format_args!("body {required} {} {}", body.media_type, type_text(&body.rust_type)),
            );
            if !body.media_type_choices.is_empty() {
                self.line(2, format_args!("of {}", body.media_type_choices.join(" or ")));
            }
            for (name, encoding) in &body.encodings {
                self.line(2, format_args!("{name} {}", encoding_text(encoding)));
            }
            self.examples(&body.examples);
        }
        for response in &operation.responses {
            let body = response.body.as_ref().map_or_else(
                || "no body".to_owned(),
                |body| format!("{} {}", body.media_type, type_text(&body.rust_type)),
            );
            self.line(1, format_args!("{} {body}", response.status));
            for header in &response.headers {
                self.header(header);
            }
            if let Some(body) = &response.body {
                if body.rust_type.named().is_none() {
                    self.line(2, format_args!("as {}", facts(&body.schema)));
                }
                self.examples(&body.examples);
            }
        }
    }

    fn parameter(&mut self, parameter: &Parameter) {
        let location = match parameter.location {
            ParameterLocation::Path => "path",
            ParameterLocation::Query => "query",
            ParameterLocation::Header => "header",
            ParameterLocation::Cookie => "cookie",
        };
        let required = if parameter.required { "required" } else { "optional" };
        let source = match &parameter.source {
            ValueSource::Caller => String::new(),
            ValueSource::Constant(constant) => format!("always {constant}"),
            ValueSource::UserId => "from the credential".to_owned(),
        };
        let explode = if parameter.explode { "explode" } else { "" };
        let deprecated = if parameter.deprecated { "deprecated" } else { "" };
        let style = parameter.style.name().map(|name| format!("style {name}")).unwrap_or_default();
        let facts = [required, &facts(&parameter.schema), &source, &style, explode, deprecated]
            .map(str::to_owned);
        let facts: Vec<String> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
        self.line(
            1,
            format_args!(
                "{location} {} as {}: {}",
                parameter.name,
                parameter.rust_name,
                facts.join(", ")
            ),
        );
        self.examples(&parameter.examples);
    }

    fn header(&mut self, header: &Header) {
        let required = if header.required { "required, " } else { "" };
        self.line(2, format_args!("header {}: {required}{}", header.name, facts(&header.schema)));
        for example in &header.examples {
            self.line(3, format_args!("example {} {}", example.name, example.value));
        }
    }

    fn examples(&mut self, examples: &[Example]) {
        for example in examples {
            self.line(
                2,
                format_args!("example {}: {} {}", example.name, example.summary, example.value),
            );
        }
    }

    fn schema(&mut self, schema: &Schema) {
        self.0.push('\n');
        let direction = match schema.direction {
            Direction::Request => "Request",
            Direction::Response => "Response",
        };
        self.line(0, format_args!("{direction} {}: {}", schema.name, facts(&schema.documented)));
        for (name, property) in properties_in_order(&schema.documented) {
            let required = if schema.documented.requires(name) { "required, " } else { "" };
            self.line(1, format_args!("{name}: {required}{}", facts(property)));
        }
    }
}

fn encoding_text(encoding: &Encoding) -> String {
    match encoding {
        Encoding::Styled(style, is_exploded) => {
            let explode = if *is_exploded { ", explode" } else { "" };
            format!("in style {}{explode}", style.name().unwrap_or_default())
        }
        Encoding::Json(media_type) | Encoding::MediaType(media_type) => format!("as {media_type}"),
    }
}

fn security(operation: &Operation) -> String {
    let alternatives = operation.security.iter().map(|schemes| {
        let schemes =
            schemes.iter().map(|(name, scopes)| format!("{name}{}", in_parentheses(scopes)));
        schemes.collect::<Vec<_>>().join(" and ")
    });
    let text = alternatives.collect::<Vec<_>>().join(" or ");
    if text.is_empty() { "none".to_owned() } else { text }
}

fn in_parentheses(scopes: &[String]) -> String {
    if scopes.is_empty() { String::new() } else { format!("({})", scopes.join(" ")) }
}

fn type_text(value: &RustType) -> String {
    rust_type(value).to_string().replace(' ', "")
}

/// Returns all keywords of a schema that are not shown elsewhere, on one line.
fn facts(schema: &Value) -> String {
    const ELSEWHERE: [&str; 5] = ["description", "properties", "required", PROPERTY_ORDER, "$ref"];
    let keywords = schema.as_object().into_iter().flatten();
    let keywords = keywords
        .filter(|(keyword, _)| !ELSEWHERE.contains(&keyword.as_str()) && *keyword != "type");
    let keywords = keywords.map(|(keyword, value)| match (keyword.as_str(), value) {
        ("items" | "additionalProperties", Value::Object(_)) => {
            format!("{keyword} ({})", facts(value))
        }
        _ => format!("{keyword} {value}"),
    });
    schema_name(schema)
        .or(schema.stated_type())
        .map(str::to_owned)
        .into_iter()
        .chain(keywords)
        .collect::<Vec<_>>()
        .join(", ")
}
