//! Stoplight Prism, the other implementation: a mock server that checks the requests that it gets
//! against a document.
//!
//! Prism reads OpenAPI 3.0 and 3.1 as they are published, has its own parser, router, decoder of
//! styles and validator, and needs no code of its user. Only its command line and HTTP are used.

use std::fs::File;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use thiserror::Error;

use super::error::ConformanceError;
use super::verdict::Verdict;
use crate::io::files::{Action, Cannot};
use crate::io::messages;
use crate::io::process::not_started;

/// The package of npm, the only place with the version.
const PACKAGE: &str = "@stoplight/prism-cli";
const VERSION: &str = "5.14.2";

/// The longest time that the server may take to read a document.
const START: Duration = Duration::from_secs(300);

/// The longest time that it may take for a request.
const ANSWER: Duration = Duration::from_secs(60);

/// The tool that is missing.
#[derive(Debug, Error)]
pub(crate) enum MissingTool {
    /// There is no such program.
    #[error("prism {VERSION} is missing, which checks requests against OpenAPI documents")]
    NotInstalled,
    /// Another version gives other results.
    #[error("prism is there in version {0}, and the report needs {VERSION}")]
    OtherVersion(String),
}

impl MissingTool {
    /// Returns the command that installs the tool.
    pub(crate) fn install(&self) -> String {
        format!(
            "`npm install --global --ignore-scripts {PACKAGE}@{VERSION}` installs it; npm comes with Node.js"
        )
    }
}

/// Returns the tool if it is missing.
///
/// # Errors
/// If it is not installed, or in another version.
pub(crate) fn check() -> Result<(), MissingTool> {
    let output = Command::new("prism").arg("--version").output();
    let output = output.map_err(|_| MissingTool::NotInstalled)?;
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    match version.as_str() {
        VERSION => Ok(()),
        _ => Err(MissingTool::OtherVersion(version)),
    }
}

/// A running mock server, which ends when it is dropped.
pub(super) struct Mock {
    process: Child,
    address: SocketAddr,
}

impl Drop for Mock {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Mock {
    /// Starts a server for a document. Returns the reason if it does not read the document.
    ///
    /// # Errors
    /// If it cannot be run.
    pub(super) fn start(
        document: &Path,
        log: &Path,
    ) -> Result<Result<Self, String>, ConformanceError> {
        // The port is free again when the listener is dropped.
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let output = File::create(log).or_cannot(Action::Write, log)?;
        let errors = output.try_clone().or_cannot(Action::Write, log)?;
        let mut command = Command::new("prism");
        command
            .args(["mock", "--multiprocess", "false", "--host", "127.0.0.1", "--port"])
            .arg(address.port().to_string())
            .arg(document)
            .stdin(Stdio::null())
            .stdout(output)
            .stderr(errors);
        let process = command.spawn().map_err(|error| not_started(&command, error))?;
        let mut mock = Self { process, address };
        let started = Instant::now();
        while TcpStream::connect(address).is_err() {
            let has_ended = mock.process.try_wait()?.is_some();
            if has_ended || started.elapsed() > START {
                messages::attention("Failed", &format!("see {}", log.display()));
                return Ok(Err("the other implementation does not read it".to_owned()));
            }
            thread::sleep(Duration::from_millis(100));
        }
        Ok(Ok(mock))
    }

    /// Sends a recorded request and returns the verdict on it.
    pub(super) fn judge(&self, request: &[u8]) -> Verdict {
        match self.exchange(request) {
            Ok(response) => Verdict::of_response(&String::from_utf8_lossy(&response)),
            Err(error) => Verdict::Unmatched(format!("there was no answer: {error}")),
        }
    }

    fn exchange(&self, request: &[u8]) -> io::Result<Vec<u8>> {
        let mut stream = TcpStream::connect(self.address)?;
        stream.set_read_timeout(Some(ANSWER))?;
        let line = request.windows(2).position(|pair| pair == b"\r\n").unwrap_or_default();
        stream.write_all(&request[..line])?;
        stream.write_all(b"\r\nconnection: close")?;
        stream.write_all(&request[line..])?;
        let mut response = Vec::new();
        stream.read_to_end(&mut response)?;
        Ok(response)
    }
}
