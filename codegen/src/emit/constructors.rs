//! Emits the constructors of a client, which depend on the servers in the document.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Api, Server};
use crate::tokens::docs;
use openapi::markdown::{code, sanitize};

/// Emits the constructors of a client.
pub(super) fn constructors(api: &Api) -> TokenStream {
    let listed = match api.servers.first() {
        Some(server) if is_fixed(server) => {
            "The document lists [`DEFAULT_SERVER`](super::DEFAULT_SERVER). ".to_owned()
        }
        Some(_) => {
            let servers = api.servers.iter().map(|server| format!("`{}`", code(&server.example())));
            format!("The document lists {}. ", servers.collect::<Vec<_>>().join(" and "))
        }
        None => String::new(),
    };
    let docs = docs(&[
        "Creates a client of the API at `server` with `credentials`.".to_owned(),
        String::new(),
        format!("{listed}{HOST_OR_URL}"),
        "No request is sent yet.".to_owned(),
        String::new(),
        "# Errors".to_owned(),
        "Returns a [`runtime::BuildError`] if `server` is not acceptable or TLS cannot be set up."
            .to_owned(),
    ]);
    quote! {
        #docs
        pub fn new(server: &str, credentials: C) -> Result<Self, runtime::BuildError> {
            Client::builder(server).build(credentials)
        }

        /// Creates a client with `credentials` that uses `connection`. Other clients can use the
        /// same connection.
        pub fn with_connection(connection: runtime::Connection, credentials: C) -> Self {
            Self { connection, credentials: std::sync::Arc::new(credentials) }
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

/// Emits the server that the document lists, if a caller need not complete it.
pub(super) fn default_server(api: &Api) -> Option<TokenStream> {
    let server = api.servers.first().filter(|server| is_fixed(server))?;
    let url = server.url.trim_end_matches('/');
    let docs = docs(&[match sanitize(&server.description).as_str() {
        "" => "The server that the document lists.".to_owned(),
        description => format!("The server that the document lists: {description}"),
    }]);
    Some(quote!(#docs pub const DEFAULT_SERVER: &str = #url;))
}

/// Emits the builder of a client with its own settings, which does not depend on credentials.
pub(super) fn builder(api: &Api) -> TokenStream {
    let path = api.servers.first().map(path_of).unwrap_or_default();
    let others = api.servers.iter().skip(1).filter(|server| is_fixed(server));
    let others = others.map(|server| server.url.trim_end_matches('/'));
    quote! {
        impl Client<()> {
            /// Returns a builder of a client of the API at `server` with its own settings.
            pub fn builder(server: &str) -> runtime::ClientBuilder<Self> {
                runtime::ClientBuilder::new(server)
            }
        }

        impl runtime::__codegen::ClientOf for Client<()> {
            type Client<C> = Client<C>;

            const PATH: &'static str = #path;
            const OTHER_SERVERS: &'static [&'static str] = &[#(#others),*];

            fn with_connection<C>(connection: runtime::Connection, credentials: C) -> Client<C> {
                Client::with_connection(connection, credentials)
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
