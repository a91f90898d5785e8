//! The clients of this workspace.

use std::hint::black_box;

use oauth_token_clients::ghes_oauth_apps::types::CheckTokenRequest;
use oauth_token_clients::{ghes_oauth_apps as apps, ghes_oauth_authorizations as authorizations};

use super::{CLIENT_ID, CLIENT_SECRET, Error, TOKEN};

pub use apps::types::Authorization;
pub use authorizations::types::Authorization as UserAuthorization;

/// A client for each document.
#[derive(Debug)]
pub struct Client {
    apps: apps::Client<apps::credentials::App>,
    authorizations: authorizations::Client<authorizations::credentials::User>,
}

impl Client {
    /// Creates a client of the server at `address`.
    ///
    /// # Errors
    /// Returns an error if the client cannot be created.
    pub fn new(address: &str) -> Result<Self, Error> {
        let app = apps::credentials::App::new(CLIENT_ID, CLIENT_SECRET);
        let user = authorizations::credentials::User::new(CLIENT_ID, CLIENT_SECRET);
        let connection = apps::Client::builder(address).build_connection()?;
        let apps = apps::Client::with_connection(connection.clone(), app);
        Ok(Self { apps, authorizations: authorizations::Client::with_connection(connection, user) })
    }

    /// Checks a token.
    ///
    /// # Errors
    /// Returns the error of the client.
    pub async fn check_token(&self) -> Result<(), Error> {
        black_box(self.apps.check_token(&CheckTokenRequest::new(TOKEN)).send().await?.into_value());
        Ok(())
    }

    /// Lists a page of authorizations.
    ///
    /// # Errors
    /// Returns the error of the client.
    #[expect(
        deprecated,
        reason = "the vendor announced the end of an operation that is like those of others"
    )]
    pub async fn list_authorizations(&self) -> Result<(), Error> {
        black_box(
            self.authorizations
                .list_authorizations()
                .per_page(100)
                .page(2)
                .send()
                .await?
                .into_value(),
        );
        Ok(())
    }
}
