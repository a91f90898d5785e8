//! Where in a list that comes in pages a caller is, and which page is next.

use std::collections::BTreeSet;

use reqwest::Url;
use reqwest::header::LINK;
use serde::de::DeserializeOwned;

use super::{PageNumber, link_header};
use crate::errors::{Cause, DocumentedError, Error, Failure};
use crate::exchange::send_prepared;
use crate::request::{InvalidRequest, PreparedCall};
use crate::response::{Received, Response};
use crate::secrets::RawBody;

/// A page, an error in place of one, or nothing behind the last one.
pub(crate) type Page<T, E> = Option<Result<Response<Vec<T>>, Error<E>>>;

/// Where in the list the next page is.
pub(crate) struct PageCursor<'c> {
    prepared: PreparedCall<'c>,
    number: Option<PageNumber>,
    position: Position,
    visited: BTreeSet<String>,
}

enum Position {
    At(Url, FoundBy),
    /// The server named a page of another origin in this response.
    CrossOrigin(Box<Received>),
    /// The document does not allow the number of the next page.
    Invalid(InvalidRequest),
    End,
}

/// How the address of a page was found.
enum FoundBy {
    /// It was named: by the caller or by a link.
    Link,
    /// It was counted from the page with this body.
    Number(RawBody),
}

impl<'c> PageCursor<'c> {
    pub(crate) fn new(prepared: PreparedCall<'c>, number: Option<PageNumber>) -> Self {
        let position = Position::At(prepared.url.clone(), FoundBy::Link);
        Self { prepared, number, position, visited: BTreeSet::new() }
    }

    /// The next page, or nothing behind the last one.
    pub(crate) async fn next_page<T: DeserializeOwned, E: DocumentedError>(&mut self) -> Page<T, E> {
        let (url, found_by) = match std::mem::replace(&mut self.position, Position::End) {
            Position::End => return None,
            Position::CrossOrigin(received) => return Some(Err(self.error(Cause::CrossOriginLink, Some(*received)))),
            Position::Invalid(invalid) => return Some(Err(self.error(Cause::InvalidRequest(invalid), None))),
            Position::At(url, found_by) => (url, found_by),
        };
        self.prepared.url = url.clone();
        let page = match send_prepared(&self.prepared, |received, _| received.json::<Vec<T>>()).await {
            Ok(page) => page,
            Err(error) => {
                if error.is_retryable() {
                    self.position = Position::At(url, found_by);
                }
                return Some(Err(error));
            }
        };
        // A server that does not heed the number gives the same page for each.
        if matches!(found_by, FoundBy::Number(before) if before.expose_bytes() == page.raw_body().expose_bytes()) {
            return None;
        }
        self.visited.insert(url.to_string());
        self.position = self.next_position(&url, &page);
        Some(Ok(page))
    }

    fn error<E>(&self, cause: Cause<E>, received: Option<Received>) -> Error<E> {
        let sent = received.is_some();
        let (operation, attempts) = (self.prepared.operation, u32::from(sent));
        Error::new(Failure { operation, cause, received, refused: None, attempts, sent })
    }

    fn next_position<T>(&self, url: &Url, page: &Response<Vec<T>>) -> Position {
        let received = page.received();
        let target = link_header::next_link(&received.headers);
        let linked = target.and_then(|target| url.join(target).ok());
        if target.is_some() && linked.is_none() {
            // A next page that cannot be asked for is not the end.
            return Position::CrossOrigin(Box::new(received.clone()));
        }
        let next = match (linked, self.number) {
            (Some(next), _) if next.origin() != url.origin() => Position::CrossOrigin(Box::new(received.clone())),
            (Some(next), _) => Position::At(next, FoundBy::Link),
            (None, Some(number)) if !received.headers.contains_key(LINK) && !page.is_empty() => {
                match number.next_url(url) {
                    Ok(Some(next)) => Position::At(next, FoundBy::Number(received.body.clone())),
                    Ok(None) => Position::End,
                    Err(invalid) => Position::Invalid(invalid),
                }
            }
            (None, _) => Position::End,
        };
        match next {
            Position::At(next, _) if self.visited.contains(next.as_str()) => Position::End,
            next => next,
        }
    }
}
