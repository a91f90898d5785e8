//! Uses the clients as a long-running service would: calls that are stored and spawned, pages on
//! another task, several credentials, a token source and a transport of its own.

use std::future::IntoFuture;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::TryStreamExt;
use oauth_token_clients::runtime::http::{Request, Response as HttpResponse};
use oauth_token_clients::runtime::transport::{Body, BoxFuture, Transport, TransportError};
use oauth_token_clients::runtime::blocking::Executor;
use oauth_token_clients::runtime::{AttemptHook, Authorizes, FinishedAttempt, RawBody};
use oauth_token_clients::{
    BuildError, CallOptions, Error, ErrorKind, Response, RetryPolicy, SecretString, TokenSource,
    TokenSourceError, azure_container_apps, ghes_oauth_apps, ghes_oauth_authorizations,
};

type Answer = (u16, &'static str, &'static str);

/// Answers every request in memory, and keeps its method, path and credential.
#[derive(Clone, Debug)]
struct InMemory {
    answer: fn(&str) -> Answer,
    seen: Arc<Mutex<Vec<String>>>,
}

impl InMemory {
    fn new(answer: fn(&str) -> Answer) -> Self {
        Self { answer, seen: Arc::default() }
    }

    fn seen(&self) -> Vec<String> {
        self.seen.lock().expect("no task panicked").clone()
    }
}

impl Transport for InMemory {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<HttpResponse<Body>, TransportError>> {
        let path = request.uri().path_and_query().expect("a request has a path").to_string();
        let credential = request.headers()["authorization"].to_str().expect("it is text").to_owned();
        let line = format!("{} {path} {credential}", request.method());
        self.seen.lock().expect("no task panicked").push(line);
        let (status, link, body) = (self.answer)(&path);
        let answer = HttpResponse::builder().status(status).header("link", link).body(Body::from(body));
        Box::pin(async { answer.map_err(TransportError::unsendable) })
    }
}

fn authorization(_: &str) -> Answer {
    (200, "", r#"{"id": 1, "token": "canary", "scopes": null}"#)
}

fn two_pages(path: &str) -> Answer {
    match path.ends_with("page=2") {
        true => (200, "", r#"[{"id": 2}]"#),
        false => (200, r#"<https://github.example.com/api/v3/applications/grants?page=2>; rel="next""#, r#"[{"id": 1}]"#),
    }
}

/// A call can be stored, awaited without `send`, and spawned.
async fn calls_are_values() -> Result<(), BuildError> {
    use ghes_oauth_apps::{Client, credentials::App, operations, types};

    struct Job {
        call: operations::CheckToken,
    }

    fn job(secret: &str, transport: InMemory) -> Result<Job, BuildError> {
        // Neither the client nor the body outlives the call's making.
        let client = Client::builder("github.example.com")
            .transport(transport)
            .attempt_timeout(Duration::from_secs(5))
            .retry(RetryPolicy::never())
            .build(App::new("id", secret))?;
        let body = types::CheckTokenRequest::new("token");
        Ok(Job { call: client.check_token(&body) })
    }

    let transport = InMemory::new(authorization);
    let spawned = tokio::spawn(job("secret", transport.clone())?.call.into_future());
    let response = spawned.await.expect("the task ends").expect("the server answers");
    assert_eq!((response.status().as_u16(), response.attempts()), (200, 1));
    assert_eq!(response.value().id, Some(1));
    let ids: Response<Option<i64>> = response.map(|authorization| authorization.id);
    assert_eq!((ids.raw_body().is_empty(), ids.into_value()), (false, Some(1)));

    let awaited = job("secret", transport.clone())?.call.options(CallOptions::new()).await;
    let token = awaited.expect("the server answers").into_value().token.expect("it is there");
    assert_eq!((format!("{token:?}").as_str(), token.expose_secret()), ("[redacted]", "canary"));
    assert_eq!(transport.seen(), ["POST /api/v3/applications/id/token Basic aWQ6c2VjcmV0"; 2]);
    Ok(())
}

/// Pages can be read by another task than the one that made them.
#[expect(deprecated)]
async fn pages_move_to_another_task() -> Result<(), BuildError> {
    use ghes_oauth_authorizations::{Client, credentials::User};

    let transport = InMemory::new(two_pages);
    let client = Client::builder("github.example.com").transport(transport.clone()).build(User::new("u", "p"))?;
    let pages = client.list_grants().per_page(1).pages();
    drop(client);
    let grants = tokio::spawn(async move { pages.items().try_collect::<Vec<_>>().await });
    let grants = grants.await.expect("the task ends").expect("the server answers");
    assert_eq!(grants.iter().map(|grant| grant.id).collect::<Vec<_>>(), [Some(1), Some(2)]);
    assert_eq!(transport.seen().len(), 2);
    Ok(())
}

/// Several credentials satisfy the operations of each, in any order, also when they are shared.
#[expect(deprecated)]
async fn credentials_stand_in_any_order() -> Result<(), BuildError> {
    use ghes_oauth_authorizations::credentials::{App, User};
    use ghes_oauth_authorizations::Client;

    async fn both<C: Authorizes<App> + Authorizes<User>>(credentials: C) -> Result<(), BuildError> {
        let transport = InMemory::new(authorization);
        let client = Client::builder("github.example.com").transport(transport.clone()).build(credentials)?;
        client.check_authorization(&SecretString::from("token")).await.expect("an app's call");
        client.get_authorization(1).await.expect("a user's call");
        let seen = transport.seen();
        assert!(seen[0].ends_with("Basic YTpz") && seen[1].ends_with("Basic dTpw"), "{seen:?}");
        Ok(())
    }

    let (app, user) = (App::new("a", "s"), User::new("u", "p"));
    let other = ghes_oauth_apps::credentials::App::new("other", "other");
    both((app.clone(), user.clone())).await?;
    both((user.clone(), app.clone())).await?;
    both((other.clone(), app.clone(), user.clone())).await?;
    both((other, user.clone(), app.clone())).await?;
    both(Arc::new((user, app))).await
}

/// A source of tokens is a plain `async fn`, and a client has the server of its document.
async fn tokens_come_from_a_source() -> Result<(), BuildError> {
    use azure_container_apps::{Client, DEFAULT_SERVER, credentials::AzureAuth, outcomes::GetAuthTokenError};

    struct Minted;

    impl TokenSource for Minted {
        async fn token(&self) -> Result<SecretString, TokenSourceError> {
            tokio::task::yield_now().await;
            Ok(SecretString::from("minted"))
        }
    }

    fn teapot(_: &str) -> Answer {
        (418, "", r#"{"error": {"code": "Teapot"}, "steeped": true}"#)
    }

    #[derive(serde::Deserialize)]
    struct Steeped {
        steeped: bool,
    }

    let transport = InMemory::new(teapot);
    let client = Client::builder(DEFAULT_SERVER)
        .transport(transport.clone())
        .build(AzureAuth::from_source(Minted))?;
    let subscription = "8efdecc5-919e-44eb-b179-915dca89ebf9";
    let error: Error<GetAuthTokenError> =
        client.get_auth_token(subscription, "group", "app").await.expect_err("it is a teapot");
    let steeped = error.json::<Steeped>().expect("a response arrived").expect("it is such JSON");
    assert!(steeped.steeped, "{error}");
    assert_eq!(error.kind(), ErrorKind::Documented);
    assert_eq!(error.raw_body().map(RawBody::len), Some(46));
    assert!(transport.seen()[0].ends_with("Bearer minted"), "{:?}", transport.seen());
    Ok(())
}

/// Code that is not async calls within a runtime, and a hook counts what is sent.
#[expect(deprecated)]
fn calls_block(executor: &Executor) -> Result<(), BuildError> {
    use ghes_oauth_authorizations::{Client, credentials::User};

    #[derive(Clone, Default)]
    struct Counted(Arc<Mutex<Vec<String>>>);

    impl AttemptHook for Counted {
        fn after_attempt(&self, attempt: &FinishedAttempt<'_>) {
            let line = format!("{} {:?}", attempt.path_template(), attempt.status());
            self.0.lock().expect("no hook panicked").push(line);
        }
    }

    let counted = Counted::default();
    let client = Client::builder("github.example.com")
        .transport(InMemory::new(two_pages))
        .hook(counted.clone())
        .build(User::new("u", "p"))?;
    let page = executor.block_on(client.list_grants()).expect("the server answers");
    assert_eq!(page.value().len(), 1);
    let grants = executor.iter(client.list_grants().per_page(1).pages().items());
    assert_eq!(grants.map(|grant| grant.expect("the server answers").id).collect::<Vec<_>>(), [Some(1), Some(2)]);
    assert_eq!(*counted.0.lock().expect("no hook panicked"), ["/applications/grants Some(200)"; 3]);
    Ok(())
}

/// Does each of these.
pub async fn run() -> Result<(), BuildError> {
    calls_are_values().await?;
    pages_move_to_another_task().await?;
    credentials_stand_in_any_order().await?;
    tokens_come_from_a_source().await?;
    calls_block(&Executor::new().expect("a thread starts"))
}
