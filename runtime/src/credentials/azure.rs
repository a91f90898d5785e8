//! Tokens of Microsoft Entra ID, from the credentials of the Azure SDK.

use std::fmt;
use std::sync::Arc;

use azure_core::credentials::TokenCredential;

use super::{BoxFuture, TokenSource, TokenSourceError};
use crate::secrets::SecretString;

/// Gets tokens of Microsoft Entra ID from a credential of the Azure SDK, such as the crate `azure_identity` has.
///
/// The credential is asked before every try of a call, and nothing is kept here. Of the credentials of `azure_identity`,
/// service principals and managed identities keep a token themselves until 5 minutes before it expires; those of developer
/// tools start the tool each time. A token that the server refuses stays where the credential keeps it. The copy that a
/// call sends is wiped; those that the credential makes are not.
///
/// ```
/// use std::sync::Arc;
///
/// use azure_core::credentials::TokenCredential;
/// use oauth_token_clients_runtime::{AzureTokenSource, Bearer};
///
/// /// What a client of Azure Resource Manager proves its right to call with.
/// fn bearer(credential: Arc<dyn TokenCredential>) -> Bearer {
///     Bearer::new(AzureTokenSource::new(credential, ["https://management.azure.com/.default"]))
/// }
/// ```
#[derive(Clone)]
pub struct AzureTokenSource {
    credential: Arc<dyn TokenCredential>,
    scopes: Vec<String>,
}

impl AzureTokenSource {
    /// Asks `credential` for tokens with these scopes, most often one that ends with `/.default`.
    pub fn new(credential: Arc<dyn TokenCredential>, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { credential, scopes: scopes.into_iter().map(Into::into).collect() }
    }
}

impl TokenSource for AzureTokenSource {
    fn token(&self) -> BoxFuture<'_, Result<SecretString, TokenSourceError>> {
        Box::pin(async {
            let scopes: Vec<&str> = self.scopes.iter().map(String::as_str).collect();
            let given = self.credential.get_token(&scopes, None).await.map_err(TokenSourceError::new)?;
            Ok(SecretString::from(given.token.secret()))
        })
    }
}

/// Without the credential, which prints what it likes.
impl fmt::Debug for AzureTokenSource {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("AzureTokenSource").field("scopes", &self.scopes).finish_non_exhaustive()
    }
}
