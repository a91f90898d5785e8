//! Lists that come in pages.

use std::collections::BTreeSet;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use reqwest::Url;
use serde::de::DeserializeOwned;

use crate::call::Prepared;
use crate::error::{Cause, Failure};
use crate::send::send_prepared;
use crate::{BoxFuture, Call, DocumentedError, Error, InvalidRequest, Operation, Received, Response, link};

impl<'c> Call<'c> {
    /// Asks for a list page by page, following `Link: rel="next"`.
    pub fn pages<T, E>(self) -> Pages<'c, T, E>
    where
        T: DeserializeOwned + Send + 'c,
        E: DocumentedError + Send + 'c,
    {
        let operation = self.operation();
        let walk = self.prepare().map(|prepared| Walk::new(operation, prepared));
        Pages(match walk {
            Ok(walk) => State::Idle(Box::new(walk)),
            Err(invalid) => State::Refused(operation, Some(invalid)),
        })
    }
}

/// The pages of a list, as a stream.
///
/// The stream ends behind the page without a next one. It follows links within the origin of the client only, and none
/// twice. An error keeps the position: polling again asks for the same page again.
#[must_use = "streams do nothing until they are polled"]
pub struct Pages<'c, T, E>(State<'c, T, E>);

type Page<T, E> = Option<Result<Response<Vec<T>>, Error<E>>>;

enum State<'c, T, E> {
    Refused(&'static Operation, Option<InvalidRequest>),
    Idle(Box<Walk<'c>>),
    Asking(BoxFuture<'c, (Box<Walk<'c>>, Page<T, E>)>),
    Between,
}

/// Where in the list the next page is.
struct Walk<'c> {
    operation: &'static Operation,
    prepared: Prepared<'c>,
    position: Position,
    visited: BTreeSet<String>,
}

enum Position {
    At(Url),
    /// The server named a page of another origin in this response.
    Foreign(Box<Received>),
    End,
}

impl<'c> Walk<'c> {
    fn new(operation: &'static Operation, prepared: Prepared<'c>) -> Self {
        let position = Position::At(prepared.url.clone());
        Self { operation, prepared, position, visited: BTreeSet::new() }
    }

    /// The next page, or nothing behind the last one.
    async fn next<T: DeserializeOwned, E: DocumentedError>(&mut self) -> Page<T, E> {
        match std::mem::replace(&mut self.position, Position::End) {
            Position::End => None,
            Position::Foreign(received) => {
                let (operation, received) = (self.operation, Some(*received));
                Some(Err(Error::new(Failure {
                    operation,
                    cause: Cause::ForeignLink,
                    received,
                    refused: None,
                    attempts: 1,
                })))
            }
            Position::At(url) => {
                self.prepared.url = url.clone();
                let sent = send_prepared(&self.prepared, Received::json::<Vec<T>>).await;
                match &sent {
                    Ok(page) => {
                        self.visited.insert(url.to_string());
                        self.position = self.behind(&url, page.received());
                    }
                    Err(_) => self.position = Position::At(url),
                }
                Some(sent)
            }
        }
    }

    fn behind(&self, url: &Url, received: &Received) -> Position {
        let Some(next) = link::next(&received.headers).and_then(|target| url.join(target).ok()) else {
            return Position::End;
        };
        if next.origin() != url.origin() {
            return Position::Foreign(Box::new(received.clone()));
        }
        if self.visited.contains(next.as_str()) { Position::End } else { Position::At(next) }
    }
}

impl<T, E> Stream for Pages<'_, T, E>
where
    T: DeserializeOwned + Send,
    E: DocumentedError + Send,
{
    type Item = Result<Response<Vec<T>>, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match std::mem::replace(&mut self.0, State::Between) {
                State::Between => return Poll::Ready(None),
                State::Refused(operation, invalid) => {
                    self.0 = State::Refused(operation, None);
                    let failure = |invalid| Failure {
                        operation,
                        cause: Cause::InvalidRequest(invalid),
                        received: None,
                        refused: None,
                        attempts: 0,
                    };
                    return Poll::Ready(invalid.map(|invalid| Err(Error::new(failure(invalid)))));
                }
                State::Idle(mut walk) => {
                    self.0 = State::Asking(Box::pin(async move {
                        let page = walk.next().await;
                        (walk, page)
                    }));
                }
                State::Asking(mut future) => match future.as_mut().poll(context) {
                    Poll::Pending => {
                        self.0 = State::Asking(future);
                        return Poll::Pending;
                    }
                    Poll::Ready((walk, page)) => {
                        self.0 = State::Idle(walk);
                        return Poll::Ready(page);
                    }
                },
            }
        }
    }
}

impl<T, E> Unpin for Pages<'_, T, E> {}

impl<'c, T, E> Pages<'c, T, E> {
    /// The items of all pages, one by one.
    pub fn items(self) -> Items<'c, T, E> {
        Items { pages: self, page: Vec::new().into_iter() }
    }
}

impl<T, E> fmt::Debug for Pages<'_, T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Pages").finish_non_exhaustive()
    }
}

/// The items of a list that comes in pages, as a stream. An error keeps the position, as with [`Pages`].
#[must_use = "streams do nothing until they are polled"]
pub struct Items<'c, T, E> {
    pages: Pages<'c, T, E>,
    page: std::vec::IntoIter<T>,
}

impl<T, E> Stream for Items<'_, T, E>
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
                Some(Ok(page)) => self.page = page.into_inner().into_iter(),
            }
        }
    }
}

impl<T, E> Unpin for Items<'_, T, E> {}

impl<T, E> fmt::Debug for Items<'_, T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Items").finish_non_exhaustive()
    }
}
