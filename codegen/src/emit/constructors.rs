//! Emits the constructors of a client, which depend on the servers in the document.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Api, Server};
use crate::tokens::docs;
use openapi::markdown::{code, sanitize};

/// Emits the constructors of a client. If the document has one server, a caller need not name it.
pub(super) fn constructors(api: &Api) -> TokenStream {
    let server = api.servers.first();
    let shared = shared();
    match server.filter(|server| is_fixed(server)) {
        Some(server) => {
            let at = named_server(
                "at",
                &[format!("The document lists [`Self::DEFAULT_SERVER`]. {HOST_OR_URL}")],
            );
            let fixed = fixed_server(server);
            quote!(#fixed #at #shared)
        }
        None => {
            let example = server.map(|server| {
                format!("The document lists `{}`. {HOST_OR_URL}", code(&server.example()))
            });
            let new = named_server("new", &[example.unwrap_or_else(|| HOST_OR_URL.to_owned())]);
            quote!(#new #shared)
        }
    }
}

const HOST_OR_URL: &str = "A host name alone means `https`.";

/// Returns true if the document has one server without variables.
pub(super) fn is_fixed(server: &Server) -> bool {
    server.variables.is_empty()
        && server.url.starts_with("https://")
        && !server.url.contains(['?', '#'])
}

fn fixed_server(server: &Server) -> TokenStream {
    let url = server.url.trim_end_matches('/');
    let constant_docs = docs(&[match sanitize(&server.description).as_str() {
        "" => "The server that the document lists.".to_owned(),
        description => format!("The server that the document lists: {description}"),
    }]);
    let new_docs = docs(&[
        "Creates a client of the API at [`Self::DEFAULT_SERVER`] with `credentials`.".to_owned(),
        String::new(),
        "No request is sent yet.".to_owned(),
        String::new(),
        "# Errors".to_owned(),
        "Returns a [`runtime::BuildError`] if TLS cannot be set up.".to_owned(),
    ]);
    quote! {
        #constant_docs
        pub const DEFAULT_SERVER: &'static str = #url;

        #new_docs
        pub fn new(credentials: C) -> Result<Self, runtime::BuildError> {
            Self::at(Self::DEFAULT_SERVER, credentials)
        }
    }
}

fn named_server(name: &str, about: &[String]) -> TokenStream {
    let name = crate::tokens::ident(name);
    let mut lines = vec![
        "Creates a client of the API at `server` with `credentials`.".to_owned(),
        String::new(),
    ];
    lines.extend(about.iter().cloned());
    lines.extend(["No request is sent yet.".to_owned(), String::new(), "# Errors".to_owned()]);
    lines.push(
        "Returns a [`runtime::BuildError`] if `server` is not acceptable or TLS cannot be set up."
            .to_owned(),
    );
    let docs = docs(&lines);
    quote! {
        #docs
        pub fn #name(server: &str, credentials: C) -> Result<Self, runtime::BuildError> {
            Ok(Self::with_connection(Client::connection(server).build()?, credentials))
        }
    }
}

/// Emits the constructor from a connection, which every client has.
fn shared() -> TokenStream {
    quote! {
        /// Creates a client with `credentials` that uses `connection`. Other clients can use the
        /// same connection.
        pub fn with_connection(connection: runtime::Connection, credentials: C) -> Self {
            Self { connection, credentials: std::sync::Arc::new(credentials) }
        }
    }
}

/// Emits the builder of a connection with its own settings, which does not depend on credentials.
pub(super) fn connection(api: &Api) -> TokenStream {
    let path = api.servers.first().map(path_of).unwrap_or_default();
    let path = (!path.is_empty()).then(|| quote!(.path(#path)));
    quote! {
        impl Client<()> {
            /// Returns a builder of a connection to `server` with its own settings, for
            /// [`with_connection`](Self::with_connection).
            pub fn connection(server: &str) -> runtime::ConnectionBuilder {
                runtime::Connection::builder(server)#path
            }
        }
    }
}

/// Returns the path of a server's URL, without variable parts.
fn path_of(server: &Server) -> String {
    let behind_scheme = server.url.split_once("://").map_or(server.url.as_str(), |(_, rest)| rest);
    let path =
        behind_scheme.find('/').map_or("", |start| &behind_scheme[start..]).trim_end_matches('/');
    if path.contains(['{', '?', '#']) { String::new() } else { path.to_owned() }
}
