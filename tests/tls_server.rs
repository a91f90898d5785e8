//! A server on loopback that speaks HTTP/2 over TLS, with a self-signed certificate.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::{Error, ServerConfig};

/// A running server.
pub(crate) struct TlsServer {
    pub base_url: String,
    /// The certificate, for clients that trust it.
    pub certificate: reqwest::Certificate,
    handshakes: Receiver<Result<(), Error>>,
}

impl TlsServer {
    /// Starts a server that sends `response` to every request of clients that trust it.
    pub(crate) fn start(response: http::Response<&'static [u8]>) -> Self {
        let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()])
            .expect("a certificate can be made");
        let certificate = made.cert.der().clone();
        let key = PrivateKeyDer::Pkcs8(made.signing_key.serialize_der().into());
        let mut config = ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.clone()], key)
            .expect("the key is that of the certificate");
        config.alpn_protocols = vec![b"h2".to_vec()];
        let listener =
            std::net::TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        listener.set_nonblocking(true).expect("the listener can be polled");
        let base_url = format!("https://{}", listener.local_addr().expect("the listener is bound"));
        let (told, handshakes) = channel();
        std::thread::spawn(move || {
            contract_tests::server::block_on(serve(
                listener,
                TlsAcceptor::from(Arc::new(config)),
                told,
                response,
            ))
        });
        let certificate =
            reqwest::Certificate::from_der(&certificate).expect("it is a certificate");
        Self { base_url, certificate, handshakes }
    }

    /// Returns the result of the next handshake on the server's side.
    pub(crate) fn handshake(&self) -> Result<(), Error> {
        self.handshakes.recv_timeout(Duration::from_secs(20)).expect("a client connects")
    }
}

async fn serve(
    listener: std::net::TcpListener,
    acceptor: TlsAcceptor,
    told: Sender<Result<(), Error>>,
    response: http::Response<&'static [u8]>,
) {
    let listener = TcpListener::from_std(listener).expect("the listener can be polled");
    loop {
        let (stream, _) = listener.accept().await.expect("a client connects");
        let ended = answer(stream, &acceptor, &told, &response).await;
        // A client may be gone before all is sent; that is its right.
        drop(ended);
    }
}

async fn answer(
    stream: TcpStream,
    acceptor: &TlsAcceptor,
    told: &Sender<Result<(), Error>>,
    response: &http::Response<&'static [u8]>,
) -> Result<(), h2::Error> {
    let accepted = acceptor.accept(stream).await.map_err(of_tls);
    // The test may have failed already.
    let _ = told.send(accepted.as_ref().map(drop).map_err(Clone::clone));
    let Ok(stream) = accepted else { return Ok(()) };
    let mut connection = h2::server::handshake(stream).await?;
    while let Some(request) = connection.accept().await {
        let (_, mut responder) = request?;
        let (head, body) = response.clone().into_parts();
        responder
            .send_response(http::Response::from_parts(head, ()), false)?
            .send_data((*body).into(), true)?;
    }
    Ok(())
}

fn of_tls(error: io::Error) -> Error {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<Error>());
    inner.cloned().unwrap_or_else(|| Error::General(error.to_string()))
}
