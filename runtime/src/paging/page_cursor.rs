//! The position in a paged list.

use std::collections::BTreeSet;

use http::header::LINK;
use serde::de::DeserializeOwned;
use url::Url;

use super::PageNumber;
use crate::errors::{Cause, DocumentedError, Error, Failure};
use crate::exchange::send_prepared;
use crate::request::{InvalidRequestError, PreparedCall};
use crate::response::{Received, Response, links_to};
use crate::secrets::RawBody;

/// A page, an error in its place, or `None` after the last page.
pub(crate) type Page<T, E> = Option<Result<Response<Vec<T>>, Error<E>>>;

/// The position of the next page of a list.
pub(crate) struct PageCursor {
    prepared: PreparedCall,
    number: Option<PageNumber>,
    position: Position,
    visited: BTreeSet<String>,
}

enum Position {
    At(Url, UrlSource),
    /// This response links to a page of another origin.
    CrossOrigin(Box<Received>),
    /// The number of the next page violates a constraint.
    Invalid(InvalidRequestError),
    End,
}

/// The source of the URL of a page.
enum UrlSource {
    /// The caller or a link.
    Given,
    /// The page number after that of the page with this body.
    Counted(RawBody),
}

impl PageCursor {
    pub(crate) fn new(prepared: PreparedCall, number: Option<PageNumber>) -> Self {
        let position = Position::At(prepared.url.clone(), UrlSource::Given);
        Self { prepared, number, position, visited: BTreeSet::new() }
    }

    /// Requests the next page. Returns `None` after the last page.
    pub(crate) async fn next_page<T: DeserializeOwned, E: DocumentedError>(
        &mut self,
    ) -> Page<T, E> {
        let (url, source) = match std::mem::replace(&mut self.position, Position::End) {
            Position::End => return None,
            Position::CrossOrigin(received) => {
                return Some(Err(self.error(Cause::CrossOriginLink, Some(*received))));
            }
            Position::Invalid(invalid) => {
                return Some(Err(self.error(Cause::InvalidRequest(invalid), None)));
            }
            Position::At(url, source) => (url, source),
        };
        self.prepared.url = url.clone();
        let page =
            match send_prepared(&self.prepared, |received, _| received.json::<Vec<T>>()).await {
                Ok(page) => page,
                Err(error) => {
                    if error.is_retryable() {
                        self.position = Position::At(url, source);
                    }
                    return Some(Err(error));
                }
            };
        // A server that ignores the number returns the same page each time.
        if matches!(source, UrlSource::Counted(before) if before.expose_bytes() == page.raw_body().expose_bytes())
        {
            return None;
        }
        self.visited.insert(url.to_string());
        self.position = self.next_position(&url, &page);
        Some(Ok(page))
    }

    fn error<E>(&self, cause: Cause<E>, received: Option<Received>) -> Error<E> {
        let sent = received.is_some();
        let attempts = u32::from(sent);
        let unsent = Failure::unsent(self.prepared.operation, cause);
        Error::new(Failure { received, attempts, sent, ..unsent })
    }

    fn next_position<T>(&self, url: &Url, page: &Response<Vec<T>>) -> Position {
        let received = page.received();
        let target = links_to(&received.headers, "next").next();
        let linked = target.and_then(|target| url.join(target).ok());
        if target.is_some() && linked.is_none() {
            // A link that is not a URL is not the end of the list.
            return Position::CrossOrigin(Box::new(received.clone()));
        }
        let next = match (linked, self.number) {
            (Some(next), _) => {
                let is_same = next.origin() == url.origin();
                let next =
                    if is_same { Some(next) } else { self.prepared.connection.allowed(&next) };
                match next {
                    Some(next) => Position::At(next, UrlSource::Given),
                    None => Position::CrossOrigin(Box::new(received.clone())),
                }
            }
            (None, Some(number)) if !received.headers.contains_key(LINK) && !is_last(page) => {
                match number.next_url(url) {
                    Ok(Some(next)) => Position::At(next, UrlSource::Counted(received.body.clone())),
                    Ok(None) => Position::End,
                    Err(invalid) => Position::Invalid(invalid),
                }
            }
            (None, _) => Position::End,
        };
        match next {
            Position::At(mut next, source) => {
                // A fragment is not sent.
                next.set_fragment(None);
                match self.visited.contains(next.as_str()) {
                    true => Position::End,
                    false => Position::At(next, source),
                }
            }
            next => next,
        }
    }
}

/// Returns true if a page has no items, decoded or not. It is the last one then.
fn is_last<T>(page: &Response<Vec<T>>) -> bool {
    page.value().is_empty() && page.undecoded().is_empty()
}
