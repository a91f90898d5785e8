//! Tests of tokens from Azure SDK credentials.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use azure_core::credentials::{AccessToken, TokenCredential, TokenRequestOptions};
use azure_core::error::ErrorKind as AzureErrorKind;
use azure_core::time::OffsetDateTime;
use oauth_token_clients_runtime::{
    __codegen::{Call, Method, Operation, StatusPattern},
    AzureTokenSource, Bearer, Connection, Error, ErrorKind, Response,
};

use crate::server::{Act, Server};

static READ: Operation = Operation {
    name: "read",
    method: Method::GET,
    path: "/apps",
    accept: "application/json",
    idempotent: true,
    success: &[StatusPattern::Code(200)],
    rate_limit: None,
};

/// A credential that returns these tokens, then fails. It records the requested scopes.
#[derive(Debug)]
struct FakeCredential {
    tokens: Mutex<Vec<&'static str>>,
    requested: Mutex<Vec<String>>,
}

impl FakeCredential {
    fn returning(tokens: &[&'static str]) -> Arc<Self> {
        let tokens = tokens.iter().rev().copied().collect();
        Arc::new(Self { tokens: Mutex::new(tokens), requested: Mutex::default() })
    }
}

#[async_trait::async_trait]
impl TokenCredential for FakeCredential {
    async fn get_token(
        &self,
        scopes: &[&str],
        _: Option<TokenRequestOptions<'_>>,
    ) -> azure_core::Result<AccessToken> {
        self.requested.lock().expect("no thread panicked").push(scopes.join(" "));
        let token = self.tokens.lock().expect("no thread panicked").pop();
        let token = token
            .ok_or_else(|| azure_core::Error::with_message(AzureErrorKind::Credential, "canary"))?;
        Ok(AccessToken::new(token, OffsetDateTime::UNIX_EPOCH))
    }
}

type Outcome = Result<Response<()>, Error<Infallible>>;

/// Calls the server with a token from the credential.
fn call(server: &Server, credential: Arc<FakeCredential>) -> Outcome {
    let connection = Connection::new(&server.base_url).expect("the connection is built");
    let bearer = Bearer::new(AzureTokenSource::new(
        credential,
        ["https://management.azure.com/.default", "extra"],
    ));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime starts");
    runtime.block_on(Call::new(&connection, Some(Arc::new(bearer.clone())), &READ).send_empty())
}

#[test]
fn each_attempt_sends_a_new_token_for_the_scopes() {
    let server =
        Server::start(&[Act::answer(429, &[("retry-after", "0")], ""), Act::answer(200, &[], "")]);
    let credential = FakeCredential::returning(&["first", "second"]);
    call(&server, Arc::clone(&credential)).expect("the second attempt succeeds");
    let sent: Vec<bool> = [(0, "first"), (1, "second")]
        .map(|(index, token)| {
            server.requests()[index].contains(&format!("\r\nauthorization: Bearer {token}\r\n"))
        })
        .to_vec();
    assert_eq!(sent, [true, true], "{:?}", server.requests());
    assert_eq!(
        *credential.requested.lock().expect("no thread panicked"),
        ["https://management.azure.com/.default extra"; 2]
    );
}

#[test]
fn a_failing_credential_sends_and_prints_nothing() {
    let server = Server::start(&[Act::answer(200, &[], "")]);
    let error = call(&server, FakeCredential::returning(&[])).expect_err("there is no token");
    assert_eq!((error.kind(), server.requests().len()), (ErrorKind::Credential, 0));
    let mut printed = format!("{error} {error:#} {error:?} {error:#?}");
    let mut source = std::error::Error::source(&error);
    while let Some(cause) = source {
        printed = format!("{printed} {cause} {cause:?}");
        source = cause.source();
    }
    assert!(!printed.contains("canary"), "{printed}");
}

#[test]
fn a_source_prints_its_scopes_but_not_its_credential() {
    let source = AzureTokenSource::new(FakeCredential::returning(&["canary"]), ["shown"]);
    let printed = format!("{source:?}");
    assert!(printed.contains("shown") && !printed.contains("canary"), "{printed}");
}
