//! reqwest as a careful user calls it: values cannot change the path, time is limited, redirects
//! are not followed, and an error keeps the server's message. Nothing is retried.

use std::hint::black_box;
use std::time::Duration;

use reqwest::header::ACCEPT;
use reqwest::{Response, Url};
use serde::{Deserialize, Serialize};

use super::{CLIENT_ID, CLIENT_SECRET, Error, TOKEN, USER_AGENT};

#[derive(Serialize)]
struct CheckToken<'t> {
    access_token: &'t str,
}

/// A token in a response.
#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "what is decoded is not looked at")]
pub struct Authorization {
    id: Option<i64>,
    url: Option<String>,
    scopes: Option<Vec<String>>,
    token: Option<String>,
    token_last_eight: Option<String>,
    hashed_token: Option<String>,
    app: Option<App>,
    note: Option<String>,
    note_url: Option<String>,
    updated_at: Option<String>,
    created_at: Option<String>,
    fingerprint: Option<String>,
    expires_at: Option<String>,
    user: Option<User>,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "what is decoded is not looked at")]
struct App {
    url: Option<String>,
    name: Option<String>,
    client_id: Option<String>,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "what is decoded is not looked at")]
struct User {
    login: Option<String>,
    id: Option<i64>,
    node_id: Option<String>,
    avatar_url: Option<String>,
    gravatar_id: Option<String>,
    url: Option<String>,
    html_url: Option<String>,
    followers_url: Option<String>,
    following_url: Option<String>,
    gists_url: Option<String>,
    starred_url: Option<String>,
    subscriptions_url: Option<String>,
    organizations_url: Option<String>,
    repos_url: Option<String>,
    events_url: Option<String>,
    received_events_url: Option<String>,
    #[serde(rename = "type")]
    account_type: Option<String>,
    site_admin: Option<bool>,
}

/// A connection and the address of its server.
#[derive(Debug)]
pub struct Client {
    http: reqwest::Client,
    base_url: Url,
}

/// reqwest's client with the limits that a careful user sets.
pub(super) fn http() -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder()
        .user_agent(USER_AGENT)
        .connect_timeout(Duration::from_secs(10))
        .timeout(Duration::from_secs(30))
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
}

impl Client {
    /// Creates a client of the server at `address`.
    ///
    /// # Errors
    /// Returns an error if the client cannot be created.
    pub fn new(address: &str) -> Result<Self, Error> {
        Ok(Self { http: http()?, base_url: Url::parse(&format!("{address}/api/v3"))? })
    }

    /// Checks a token.
    ///
    /// # Errors
    /// Returns the error of reqwest or the server.
    pub async fn check_token(&self) -> Result<(), Error> {
        let url = self.url(&["applications", CLIENT_ID, "token"])?;
        let request = self
            .http
            .post(url)
            .basic_auth(CLIENT_ID, Some(CLIENT_SECRET))
            .header(ACCEPT, "application/vnd.github+json")
            .json(&CheckToken { access_token: TOKEN });
        let authorization: Authorization = success(request.send().await?).await?.json().await?;
        black_box(authorization);
        Ok(())
    }

    /// Lists a page of authorizations.
    ///
    /// # Errors
    /// Returns the error of reqwest or the server.
    pub async fn list_authorizations(&self) -> Result<(), Error> {
        let request = self
            .http
            .get(self.url(&["authorizations"])?)
            .basic_auth(CLIENT_ID, Some(CLIENT_SECRET))
            .header(ACCEPT, "application/vnd.github.v3+json")
            .query(&[("per_page", 100), ("page", 2)]);
        let authorizations: Vec<Authorization> =
            success(request.send().await?).await?.json().await?;
        black_box(authorizations);
        Ok(())
    }

    fn url(&self, segments: &[&str]) -> Result<Url, Error> {
        let mut url = self.base_url.clone();
        url.path_segments_mut().map_err(|()| "the base URL has no path")?.extend(segments);
        Ok(url)
    }
}

async fn success(response: Response) -> Result<Response, Error> {
    let status = response.status();
    match status.is_success() {
        true => Ok(response),
        false => Err(format!("{status}: {}", response.text().await?).into()),
    }
}
