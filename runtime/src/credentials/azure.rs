//! Microsoft Entra ID tokens from Azure SDK credentials.

use std::fmt;
use std::sync::Arc;

use azure_core::credentials::TokenCredential;

use super::{TokenSource, TokenSourceError};
use crate::secrets::SecretString;

/// A source of Microsoft Entra ID tokens that asks an Azure SDK credential, such as those in the
/// crate `azure_identity`.
///
/// Requires the feature `azure_core`.
///
/// The credential is asked before each attempt of a call; this type caches nothing. In
/// `azure_identity`, service principals and managed identities cache a token until 5 minutes before
/// it expires; developer tool credentials run the tool each time. A token that the server refuses
/// stays in the credential's cache. The copy that a call sends is wiped, but the credential's own
/// copies are not.
///
/// ```
/// use std::sync::Arc;
///
/// use azure_core::credentials::TokenCredential;
/// use oauth_token_clients_runtime::{AzureTokenSource, Bearer};
///
/// /// Returns a bearer token for Azure Resource Manager.
/// fn bearer(credential: Arc<dyn TokenCredential>) -> Bearer {
///     Bearer::new(AzureTokenSource::new(credential, ["https://management.azure.com/.default"]))
/// }
/// ```
#[cfg_attr(docsrs, doc(cfg(feature = "azure_core")))]
#[derive(Clone)]
pub struct AzureTokenSource {
    credential: Arc<dyn TokenCredential>,
    scopes: Vec<String>,
}

impl AzureTokenSource {
    /// Creates a source that asks `credential` for tokens with these scopes, usually one that ends
    /// with `/.default`.
    pub fn new(
        credential: Arc<dyn TokenCredential>,
        scopes: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        Self { credential, scopes: scopes.into_iter().map(Into::into).collect() }
    }
}

impl TokenSource for AzureTokenSource {
    async fn token(&self) -> Result<SecretString, TokenSourceError> {
        let scopes: Vec<&str> = self.scopes.iter().map(String::as_str).collect();
        let token =
            self.credential.get_token(&scopes, None).await.map_err(TokenSourceError::new)?;
        Ok(SecretString::from(token.token.secret()))
    }
}

/// Leaves out the credential, whose `Debug` may print secrets.
impl fmt::Debug for AzureTokenSource {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("AzureTokenSource")
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}
