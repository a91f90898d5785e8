//! The client that progenitor generates from the specs, as far as it can.

use std::hint::black_box;
use std::time::Duration;

use reqwest::header::{AUTHORIZATION, HeaderMap};

use super::{CLIENT_ID, CLIENT_SECRET, Error, TOKEN, USER_AGENT};

#[allow(
    missing_docs,
    unreachable_pub,
    unused_imports,
    clippy::all,
    clippy::allow_attributes_without_reason,
    clippy::too_many_lines,
    clippy::unwrap_used,
    rustdoc::all,
    reason = "progenitor's code, as it writes it"
)]
mod emitted {
    pub(super) mod apps {
        include!(concat!(env!("OUT_DIR"), "/ghes_oauth_apps.rs"));
    }

    pub(super) mod authorizations {
        include!(concat!(env!("OUT_DIR"), "/ghes_oauth_authorizations.rs"));
    }
}

use emitted::{apps, authorizations};

pub use apps::types::Authorization;
pub use authorizations::types::Authorization as UserAuthorization;

/// A client for each document.
#[derive(Debug)]
pub struct Client {
    apps: apps::Client,
    authorizations: authorizations::Client,
}

impl Client {
    /// Creates a client of the server at `address`.
    ///
    /// progenitor leaves the credential to the HTTP client.
    ///
    /// # Errors
    /// Returns an error if the client cannot be created.
    pub fn new(address: &str) -> Result<Self, Error> {
        let basic = reqwest::Client::new()
            .get(address)
            .basic_auth(CLIENT_ID, Some(CLIENT_SECRET))
            .build()?;
        let headers =
            HeaderMap::from_iter([(AUTHORIZATION, basic.headers()[AUTHORIZATION].clone())]);
        let http = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .connect_timeout(Duration::from_secs(10))
            .timeout(Duration::from_secs(30))
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .default_headers(headers)
            .build()?;
        let base_url = format!("{address}/api/v3");
        let apps = apps::Client::new_with_client(&base_url, http.clone());
        Ok(Self { apps, authorizations: authorizations::Client::new_with_client(&base_url, http) })
    }

    /// Checks a token.
    ///
    /// # Errors
    /// Returns the error of progenitor's client.
    pub async fn check_token(&self) -> Result<(), Error> {
        let call =
            self.apps.check_token().client_id(CLIENT_ID).body_map(|body| body.access_token(TOKEN));
        black_box(call.send().await?.into_inner());
        Ok(())
    }

    /// Lists a page of authorizations.
    ///
    /// # Errors
    /// Returns the error of progenitor's client.
    pub async fn list_authorizations(&self) -> Result<(), Error> {
        let call = self.authorizations.list_authorizations().per_page(100).page(2);
        black_box(call.send().await?.into_inner());
        Ok(())
    }
}
