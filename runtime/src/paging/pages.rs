//! Streams of the pages and items of a list.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::PageNumber;
use super::page_cursor::{Page, PageCursor};
use crate::errors::{Cause, DocumentedError, Error, Failure};
use crate::request::{Call, InvalidRequestError, Operation};
use crate::response::Response;
use crate::transport::BoxFuture;

impl Call {
    /// Requests a list page by page, following `Link: rel="next"`.
    pub fn pages<T, E>(self) -> Pages<T, E>
    where
        T: DeserializeOwned + Send + 'static,
        E: DocumentedError + Send + 'static,
    {
        self.paged(None)
    }

    /// Requests a list page by page, following `Link: rel="next"`, or by page number if the server
    /// sends no `Link` header.
    pub fn numbered_pages<T, E>(self, number: PageNumber) -> Pages<T, E>
    where
        T: DeserializeOwned + Send + 'static,
        E: DocumentedError + Send + 'static,
    {
        self.paged(Some(number))
    }

    fn paged<T, E>(self, number: Option<PageNumber>) -> Pages<T, E> {
        let operation = self.operation();
        Pages(match self.prepare() {
            Ok(prepared) => State::Idle(Box::new(PageCursor::new(prepared, number))),
            Err(invalid) => State::Invalid(operation, Some(invalid)),
        })
    }
}

/// A stream of the pages of a list.
///
/// The stream ends after the last page. It follows only links within the origin of the client and
/// to origins that the caller has allowed, and each only once. If pages are requested by number, an
/// empty page ends the list, and so does one with the same bytes as the page before. After a
/// retryable error ([`Error::is_retryable`]) the position is kept: polling again requests the same
/// page. Any other error ends the stream.
#[must_use = "streams do nothing until they are polled"]
pub struct Pages<T, E>(State<T, E>);

enum State<T, E> {
    Invalid(&'static Operation, Option<InvalidRequestError>),
    Idle(Box<PageCursor>),
    Loading(BoxFuture<'static, (Box<PageCursor>, Page<T, E>)>),
    Taken,
}

impl<T, E> Stream for Pages<T, E>
where
    T: DeserializeOwned + Send,
    E: DocumentedError + Send,
{
    type Item = Result<Response<Vec<T>>, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match std::mem::replace(&mut self.0, State::Taken) {
                State::Taken => return Poll::Ready(None),
                State::Invalid(operation, invalid) => {
                    self.0 = State::Invalid(operation, None);
                    let failure =
                        |invalid| Failure::unsent(operation, Cause::InvalidRequest(invalid));
                    return Poll::Ready(invalid.map(|invalid| Err(Error::new(failure(invalid)))));
                }
                State::Idle(mut cursor) => {
                    self.0 = State::Loading(Box::pin(async move {
                        let page = cursor.next_page().await;
                        (cursor, page)
                    }));
                }
                State::Loading(mut future) => match future.as_mut().poll(context) {
                    Poll::Pending => {
                        self.0 = State::Loading(future);
                        return Poll::Pending;
                    }
                    Poll::Ready((cursor, page)) => {
                        self.0 = State::Idle(cursor);
                        return Poll::Ready(page);
                    }
                },
            }
        }
    }
}

impl<T, E> Unpin for Pages<T, E> {}

impl<T, E> Pages<T, E> {
    /// Converts to a stream of the items of all pages.
    pub fn items(self) -> Items<T, E> {
        Items { pages: self, page: Vec::new().into_iter(), undecoded: Vec::new() }
    }
}

impl<T, E> fmt::Debug for Pages<T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Pages").finish_non_exhaustive()
    }
}

/// A stream of the items of all pages of a list. After an error it behaves like [`Pages`].
#[must_use = "streams do nothing until they are polled"]
pub struct Items<T, E> {
    pages: Pages<T, E>,
    page: std::vec::IntoIter<T>,
    undecoded: Vec<String>,
}

impl<T, E> Items<T, E> {
    /// Returns the JSON pointers (RFC 6901) of what was left out of the pages so far, because it is
    /// not of the documented type: items, and properties of items. Each points into the body of its
    /// page, which [`Pages`] tells apart.
    pub fn undecoded(&self) -> &[String] {
        &self.undecoded
    }
}

impl<T, E> Stream for Items<T, E>
where
    T: DeserializeOwned + Send,
    E: DocumentedError + Send,
{
    type Item = Result<T, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(page)) => {
                    self.undecoded.extend_from_slice(page.undecoded());
                    self.page = page.into_value().into_iter();
                }
            }
        }
    }
}

impl<T, E> Unpin for Items<T, E> {}

impl<T, E> fmt::Debug for Items<T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Items").finish_non_exhaustive()
    }
}
