//! The ways to make a call.

pub mod bare;
pub mod by_hand;
pub mod ours;
pub mod progenitor;

/// Any error.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

/// The app that the calls are made for.
pub const CLIENT_ID: &str = "Iv1.8a61f9b3a7aba766";
/// The secret of the app.
pub const CLIENT_SECRET: &str = "1b3a7aba766f8a61f9b3a7aba766f8a61f9b3a7a";
/// The token that is checked.
pub const TOKEN: &str = "e72e16c7e42f292c6912e7710c838347ae178b4a";
/// The value of the `User-Agent` header, which the vendor's server requires.
pub const USER_AGENT: &str = "benches";

/// A way to make a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// reqwest with a request that is built beforehand, and without decoding: the part that all
    /// ways have in common.
    Bare,
    /// reqwest, as a careful user calls it.
    ByHand,
    /// The client that progenitor generates.
    Progenitor,
    /// The client of this workspace.
    Ours,
}

/// The operation that is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// POST with a path parameter, a JSON body and Basic authentication.
    CheckToken,
    /// GET with two query parameters and Basic authentication.
    ListAuthorizations,
}

impl Way {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Bare, Self::ByHand, Self::Progenitor, Self::Ours];

    /// Returns the name on the command line and in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Bare => "reqwest-alone",
            Self::ByHand => "by-hand",
            Self::Progenitor => "progenitor",
            Self::Ours => "ours",
        }
    }
}

impl Operation {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::CheckToken, Self::ListAuthorizations];

    /// Returns the name on the command line and in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::CheckToken => "check_token",
            Self::ListAuthorizations => "list_authorizations",
        }
    }
}

/// A client of one way.
#[derive(Debug)]
pub enum Client {
    /// See [`Way::Bare`].
    Bare(Box<bare::Client>),
    /// See [`Way::ByHand`].
    ByHand(by_hand::Client),
    /// See [`Way::Progenitor`].
    Progenitor(progenitor::Client),
    /// See [`Way::Ours`].
    Ours(ours::Client),
}

impl Client {
    /// Creates a client of the server at `address`.
    ///
    /// # Errors
    /// Returns an error if the client cannot be created.
    pub fn new(way: Way, address: &str) -> Result<Self, Error> {
        Ok(match way {
            Way::Bare => Self::Bare(Box::new(bare::Client::new(address)?)),
            Way::ByHand => Self::ByHand(by_hand::Client::new(address)?),
            Way::Progenitor => Self::Progenitor(progenitor::Client::new(address)?),
            Way::Ours => Self::Ours(ours::Client::new(address)?),
        })
    }

    /// Makes the call.
    ///
    /// # Errors
    /// Returns the error of the call.
    pub async fn call(&self, operation: Operation) -> Result<(), Error> {
        match (self, operation) {
            (Self::Bare(client), operation) => client.call(operation).await,
            (Self::ByHand(client), Operation::CheckToken) => client.check_token().await,
            (Self::ByHand(client), Operation::ListAuthorizations) => {
                client.list_authorizations().await
            }
            (Self::Progenitor(client), Operation::CheckToken) => client.check_token().await,
            (Self::Progenitor(client), Operation::ListAuthorizations) => {
                client.list_authorizations().await
            }
            (Self::Ours(client), Operation::CheckToken) => client.check_token().await,
            (Self::Ours(client), Operation::ListAuthorizations) => {
                client.list_authorizations().await
            }
        }
    }
}

/// Decodes the server's response in the same way as the client, and does nothing else.
///
/// # Errors
/// Returns the error of decoding.
pub fn decode(way: Way, operation: Operation, answer: &[u8]) -> Result<(), Error> {
    fn decode<T: serde::de::DeserializeOwned>(answer: &[u8]) -> Result<(), Error> {
        std::hint::black_box(serde_json::from_slice::<T>(answer)?);
        Ok(())
    }
    match (way, operation) {
        (Way::Bare, _) => Ok(()),
        (Way::ByHand, Operation::CheckToken) => decode::<by_hand::Authorization>(answer),
        (Way::ByHand, Operation::ListAuthorizations) => {
            decode::<Vec<by_hand::Authorization>>(answer)
        }
        (Way::Progenitor, Operation::CheckToken) => decode::<progenitor::Authorization>(answer),
        (Way::Progenitor, Operation::ListAuthorizations) => {
            decode::<Vec<progenitor::UserAuthorization>>(answer)
        }
        (Way::Ours, Operation::CheckToken) => decode::<ours::Authorization>(answer),
        (Way::Ours, Operation::ListAuthorizations) => {
            decode::<Vec<ours::UserAuthorization>>(answer)
        }
    }
}
