//! Writes a consumer's first call: with strings as inputs for the readme, and with the document's
//! examples for the documentation of a method.

use proc_macro2::Literal;

use super::constructors::is_fixed;
use super::outcomes::{self, Success};
use super::sample_calls::{credential_parts, credential_schemes};
use super::values::{MOST_SHOWN, Optional, Strings, Values, Written};
use crate::api::{Api, Body, Operation, ParameterLocation, RustType, Server};
use crate::package::Package;
use openapi::markdown::sanitize;

/// The longest string of an example, in characters. A longer one is replaced with its name.
const LONGEST_STRING: usize = 60;

/// The longest statement that stays on one line.
const WIDTH: usize = 100;

/// A call of an operation.
struct FirstCall {
    /// The imports.
    imports: String,
    /// The expression that creates the client, followed by the calls on it.
    client: Vec<String>,
    /// The body, if it has its own type.
    body: Option<Written>,
    /// The call of the method, followed by the setters.
    call: Vec<String>,
}

/// Returns the lines of a method's example, which compiles. Returns `None` if the call is too
/// complex for a first one.
pub(super) fn method_example(
    package: &Package,
    api: &Api,
    operation: &Operation,
) -> Option<Vec<String>> {
    let mut strings = |name: &str, example: &str| {
        let shown = if example.chars().count() > LONGEST_STRING { name } else { example };
        Literal::string(shown).to_string()
    };
    let first = first_call(package, api, operation, Optional::Shown, &mut strings)?;
    let mut lines = vec![first.imports, String::new()];
    // What only makes a function of the example is not shown.
    lines.push("# async fn example() -> Result<(), Box<dyn std::error::Error>> {".to_owned());
    let (start, chain) = first.client.split_first()?;
    let mut chain = chain.to_vec();
    let start = match chain.last_mut() {
        Some(last) => {
            last.push('?');
            format!("let client = {start}")
        }
        None => format!("let client = {start}?"),
    };
    lines.extend(statement(&start, &chain));
    if let Some(Written { value, setters }) = &first.body {
        lines.extend(statement(&format!("let body = {value}"), setters));
    }
    let chain: Vec<String> = first.call.into_iter().chain([".await?".to_owned()]).collect();
    lines.extend(statement("let response = client", &chain));
    lines.push(match outcomes::success(operation) {
        Success::Empty => "println!(\"{}\", response.status());".to_owned(),
        _ => "println!(\"{}: {:?}\", response.status(), response.value());".to_owned(),
    });
    lines.extend(["# Ok(())", "# }"].map(str::to_owned));
    // It could end the block that it stands in.
    let is_safe = !lines.iter().any(|line| line.contains("```"));
    is_safe.then_some(lines)
}

/// Returns the first call of a consumer, for the readme. It compiles as a doctest.
pub(super) fn readme_example(
    package: &Package,
    api: &Api,
    operation: &Operation,
) -> Option<String> {
    let mut inputs: Vec<String> = Vec::new();
    let mut strings = |name: &str, _: &str| {
        if !inputs.iter().any(|known| known == name) {
            inputs.push(name.to_owned());
        }
        name.to_owned()
    };
    let first = first_call(package, api, operation, Optional::LeftOut, &mut strings)?;
    if inputs.iter().any(|input| ["body", "client", "response"].contains(&input.as_str())) {
        return None;
    }
    Some(format!(
        "{imports}\n\n/// {what}.\n\
         async fn {function}({inputs}) -> Result<(), Box<dyn std::error::Error>> {{\n    \
         let client = {client}?;\n{body}    \
         let response = client{call}.await?;\n    \
         println!(\"{{}}: {{:?}}\", response.status(), response.value());\n    \
         Ok(())\n}}\n# let _ = {function};\n",
        imports = first.imports,
        what = capitalized(sanitize(&operation.summary).to_lowercase().trim_end_matches('.')),
        function = operation.rust_name,
        inputs = inputs.iter().map(|input| format!("{input}: &str")).collect::<Vec<_>>().join(", "),
        client = first.client.concat(),
        body =
            first.body.map(|body| format!("    let body = {};\n", body.value)).unwrap_or_default(),
        call = first.call.concat(),
    ))
}

fn first_call<'v>(
    package: &Package,
    api: &'v Api,
    operation: &Operation,
    optional: Optional,
    strings: &'v mut Strings<'v>,
) -> Option<FirstCall> {
    let mut values = Values::new(api, strings);
    let client = client(api, operation, &mut values);
    let mut arguments = Vec::new();
    for parameter in operation.arguments() {
        let value = api.sample_of_parameter(parameter)?;
        arguments.push(values.argument(&parameter.rust_name, &parameter.rust_type, value)?);
    }
    let (mut prepared, mut setters) = (None, Vec::new());
    match &operation.body {
        Some(body) if body.required => {
            let (written, argument) = self::body(api, operation, body, optional, &mut values)?;
            prepared = written;
            arguments.extend(media_type(body));
            arguments.push(argument);
        }
        Some(body) if optional == Optional::Shown => {
            if let Some((written, argument)) =
                self::body(api, operation, body, optional, &mut values)
            {
                prepared = written;
                let arguments: Vec<String> =
                    media_type(body).into_iter().chain([argument]).collect();
                setters.push(format!(".body({})", arguments.join(", ")));
            }
        }
        None if optional == Optional::Shown => setters = queries(api, operation, &mut values),
        _ => {}
    }
    let method = format!(".{}({})", operation.rust_name, arguments.join(", "));
    let call = [method].into_iter().chain(setters).collect();
    let has_credentials = !credential_schemes(api, operation).is_empty();
    let names_server =
        api.servers.first().is_some_and(is_fixed) && operation.origins().next().is_none();
    let imports = imports(
        package,
        api,
        &[
            ("DEFAULT_SERVER", names_server),
            ("credentials", has_credentials),
            ("types", values.name_types()),
        ],
    );
    Some(FirstCall { imports, client, body: prepared, call })
}

fn client(api: &Api, operation: &Operation, values: &mut Values<'_>) -> Vec<String> {
    let mut written = Vec::new();
    for scheme in credential_schemes(api, operation) {
        let parts = credential_parts(scheme).into_iter().map(|part| values.string(part, part));
        let parts: Vec<String> = parts.collect();
        written.push(format!("credentials::{}::new({})", scheme.rust_name, parts.join(", ")));
    }
    let credentials = match written.as_slice() {
        [one] => one.clone(),
        several => format!("({})", several.join(", ")),
    };
    let server = api.servers.first();
    if let Some(origin) = operation.origins().next() {
        let server = server.map_or_else(|| "https://api.example.com".to_owned(), Server::example);
        let (server, origin) = (Literal::string(&server), Literal::string(origin));
        return vec![
            format!("Client::builder({server})"),
            format!(".allow_origin({origin})"),
            format!(".build({credentials})"),
        ];
    }
    if server.is_some_and(is_fixed) {
        return vec![format!("Client::new(DEFAULT_SERVER, {credentials})")];
    }
    let host = server.map(Server::host).filter(|host| !host.is_empty());
    let host = Literal::string(host.as_deref().unwrap_or("api.example.com"));
    vec![format!("Client::new({host}, {credentials})")]
}

/// Returns the body as an argument. A body with its own type is created before the call.
fn body(
    api: &Api,
    operation: &Operation,
    body: &Body,
    optional: Optional,
    values: &mut Values<'_>,
) -> Option<(Option<Written>, String)> {
    let value = api.sample_of_body(operation)?;
    match &body.rust_type {
        RustType::Named(name) => {
            let written = values.body(api.schema(name)?, value, optional)?;
            Some((Some(written), "&body".to_owned()))
        }
        other => Some((None, values.argument("body", other, value)?)),
    }
}

/// Returns the media type of a body as an argument, if the caller chooses it.
fn media_type(body: &Body) -> Option<String> {
    let is_chosen = !body.media_type_choices.is_empty();
    is_chosen.then(|| Literal::string(&body.media_type).to_string())
}

/// Returns the setters of the first query parameters.
fn queries(api: &Api, operation: &Operation, values: &mut Values<'_>) -> Vec<String> {
    let optional = operation.setters().filter(|parameter| {
        parameter.location == ParameterLocation::Query && !parameter.deprecated
    });
    let setters = optional.filter_map(|parameter| {
        let value = api.sample_of_parameter(parameter)?;
        let value = values.argument(&parameter.rust_name, &parameter.rust_type, value)?;
        Some(format!(".{}({value})", parameter.rust_name))
    });
    setters.take(MOST_SHOWN).collect()
}

/// Returns the import of the client and of the used modules.
fn imports(package: &Package, api: &Api, modules: &[(&str, bool)]) -> String {
    let path = format!("{}::{}", package.name.in_rust(), api.name);
    let used: Vec<&str> =
        modules.iter().filter(|(_, is_used)| *is_used).map(|(name, _)| *name).collect();
    match used.as_slice() {
        [] => format!("use {path}::Client;"),
        used => format!("use {path}::{{Client, {}}};", used.join(", ")),
    }
}

/// Returns a statement on one line, or with its chain of calls on several lines.
fn statement(start: &str, chain: &[String]) -> Vec<String> {
    let line = format!("{start}{};", chain.concat());
    if line.len() <= WIDTH || chain.is_empty() {
        return vec![line];
    }
    let mut lines = vec![start.to_owned()];
    lines.extend(chain.iter().map(|call| format!("    {call}")));
    if let Some(last) = lines.last_mut() {
        last.push(';');
    }
    lines
}

fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    characters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
