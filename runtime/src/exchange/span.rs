//! Tracing spans of calls, with OpenTelemetry's names for HTTP clients and without parameter
//! values.

#[cfg(feature = "tracing")]
pub(crate) use enabled::{CallSpan, in_span};

#[cfg(not(feature = "tracing"))]
pub(crate) use disabled::{CallSpan, in_span};

#[cfg(feature = "tracing")]
mod enabled {
    use std::time::SystemTime;

    use httpdate::HttpDate;
    use tracing::field::{Empty, display};
    use tracing::{Instrument, Span, info_span, warn};

    use crate::errors::ErrorKind;
    use crate::request::Operation;
    use crate::response::{Notices, Received};

    /// The span of a call.
    pub(crate) struct CallSpan(Span);

    impl CallSpan {
        pub(crate) fn of(operation: &'static Operation) -> Self {
            Self(info_span!(
                "http_client_call",
                otel.name = %format_args!("{} {}", operation.method, operation.path),
                otel.kind = "client",
                http.request.method = %operation.method,
                url.template = operation.path,
                http.response.status_code = Empty,
                http.request.resend_count = Empty,
                http.response.request_id = Empty,
                error.type = Empty,
            ))
        }

        pub(crate) fn record_outcome(
            &self,
            received: Option<&Received>,
            error: Option<ErrorKind>,
            attempts: u32,
        ) {
            if let Some(received) = received {
                self.0.record("http.response.status_code", received.status.as_u16());
                if let Some(id) = received.request_id() {
                    self.0.record("http.response.request_id", id);
                }
                self.announce(&Notices::of(&received.headers));
            }
            if attempts > 1 {
                self.0.record("http.request.resend_count", attempts - 1);
            }
            if let Some(kind) = error {
                self.0.record("error.type", tracing::field::debug(kind));
            }
        }

        /// Records an event if the server announces a deprecation or an end. The server's texts are
        /// not recorded.
        fn announce(&self, notices: &Notices) {
            let date = |time: Option<SystemTime>| time.map(HttpDate::from).map(display);
            if notices.is_deprecated() || notices.sunset().is_some() {
                warn!(
                    parent: &self.0,
                    deprecated = notices.is_deprecated(),
                    deprecation = date(notices.deprecation()),
                    sunset = date(notices.sunset()),
                    "the server announces a deprecation or an end; `notices` returns more",
                );
            }
        }
    }

    /// Runs `work` in the span.
    pub(crate) async fn in_span<T>(span: &CallSpan, work: impl Future<Output = T>) -> T {
        work.instrument(span.0.clone()).await
    }
}

#[cfg(not(feature = "tracing"))]
mod disabled {
    use crate::errors::ErrorKind;
    use crate::request::Operation;
    use crate::response::Received;

    /// A placeholder for the span in a build without the feature `tracing`.
    pub(crate) struct CallSpan;

    impl CallSpan {
        pub(crate) fn of(_: &'static Operation) -> Self {
            Self
        }

        pub(crate) fn record_outcome(&self, _: Option<&Received>, _: Option<ErrorKind>, _: u32) {}
    }

    /// Runs `work`.
    pub(crate) async fn in_span<T>(_: &CallSpan, work: impl Future<Output = T>) -> T {
        work.await
    }
}
