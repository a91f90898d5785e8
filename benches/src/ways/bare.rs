//! Plain reqwest: the request is built beforehand, and nothing is decoded.

use std::hint::black_box;

use reqwest::Request;
use reqwest::header::ACCEPT;
use serde_json::json;

use super::{CLIENT_ID, CLIENT_SECRET, Error, Operation, TOKEN};

/// A connection, and a request for each operation.
#[derive(Debug)]
pub struct Client {
    http: reqwest::Client,
    check_token: Request,
    list_authorizations: Request,
}

impl Client {
    /// Creates a client of the server at `address`.
    ///
    /// # Errors
    /// Returns an error if the client cannot be created.
    pub fn new(address: &str) -> Result<Self, Error> {
        let http = super::by_hand::http()?;
        let check_token = http
            .post(format!("{address}/api/v3/applications/{CLIENT_ID}/token"))
            .basic_auth(CLIENT_ID, Some(CLIENT_SECRET))
            .header(ACCEPT, "application/vnd.github+json")
            .json(&json!({"access_token": TOKEN}))
            .build()?;
        let list_authorizations = http
            .get(format!("{address}/api/v3/authorizations?per_page=100&page=2"))
            .basic_auth(CLIENT_ID, Some(CLIENT_SECRET))
            .header(ACCEPT, "application/vnd.github.v3+json")
            .build()?;
        Ok(Self { http, check_token, list_authorizations })
    }

    /// Sends a copy of the request and reads the response.
    ///
    /// # Errors
    /// Returns the error of reqwest.
    pub async fn call(&self, operation: Operation) -> Result<(), Error> {
        let request = match operation {
            Operation::CheckToken => &self.check_token,
            Operation::ListAuthorizations => &self.list_authorizations,
        };
        let request = request.try_clone().ok_or("the body can be sent again")?;
        black_box(self.http.execute(request).await?.bytes().await?);
        Ok(())
    }
}
