//! Header values that contain a credential.

use bytes::Bytes;
use http::header::HeaderValue;
use zeroize::Zeroizing;

use super::CredentialError;

/// Joins the parts into a header value that is never printed, and wiped after its last use.
pub(super) fn sensitive(parts: &[&str]) -> Result<HeaderValue, CredentialError> {
    let bytes = Zeroizing::new(parts.concat().into_bytes());
    let mut value = HeaderValue::from_maybe_shared(Bytes::from_owner(bytes))
        .map_err(|_| CredentialError::UnprintableHeader)?;
    value.set_sensitive(true);
    Ok(value)
}
