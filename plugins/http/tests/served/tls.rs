//! Servers that speak TLS, or should.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::Duration;

use runsheet_http::request::Http;

use crate::{Server, driver, driver_in, told_by};

/// A server that takes one connection and does this with it.
fn serving(then: fn(TcpStream)) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a port");
    let port = listener.local_addr().expect("it has one").port();
    thread::spawn(move || {
        let (stream, _) = listener.accept().expect("somebody comes");
        then(stream);
    });
    format!("https://127.0.0.1:{port}")
}

/// It hears all and says nothing.
fn mute(mut stream: TcpStream) {
    std::io::copy(&mut stream, &mut std::io::sink()).ok();
}

/// It begins an answer that never comes to its end: a byte whenever it has heard nothing for a while.
fn dripping(mut stream: TcpStream) {
    let mut heard = [0; 1024];
    let first = stream.read_exact(&mut heard[..1]);
    first.expect("a handshake begins");
    let pause = stream.set_read_timeout(Some(Duration::from_millis(20)));
    pause.expect("it is some time");
    // The head of a record of a handshake with 16,000 bytes.
    let mut told = stream.write_all(&[22, 3, 3, 62, 128, 2]);
    while told.is_ok() && !matches!(stream.read(&mut heard), Ok(0)) {
        told = stream.write_all(&[0]);
    }
}

const SOON: &str = r#"{"url": "/", "timeout": {"$": "duration", "v": 500}}"#;

#[tokio::test]
async fn a_handshake_that_comes_to_no_end_is_ended_with_the_timeout() {
    for server in [mute, dripping] {
        let told = told_by(&driver(&serving(server)), &Http, SOON).await;
        assert!(told.starts_with("no-connection: "), "{told}");
        assert!(told.contains("the server took too long"), "{told}");
    }
}

/// A certificate for this machine with its key, in one file.
fn certificate() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let file = folder.join("localhost.pem");
    let key = folder.join("localhost.key");
    let made = Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
        ])
        .args(["-nodes", "-days", "2", "-subj", "/CN=localhost"])
        .args(["-addext", "subjectAltName=DNS:localhost", "-keyout"])
        .arg(&key)
        .arg("-out")
        .arg(&file)
        .output()
        .expect("there is OpenSSL");
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    let key = std::fs::read(&key).expect("it was made");
    let both = [std::fs::read(&file).expect("it was made"), key].concat();
    std::fs::write(&file, both).expect("room");
    file
}

#[tokio::test]
async fn a_server_with_tls_is_asked_believed_and_waited_for_no_longer_than_the_timeout() {
    let certificate = certificate();
    let server = Server::with(&[&certificate], "https://localhost");
    let trusts = [(
        "SSL_CERT_FILE".to_owned(),
        certificate.display().to_string(),
    )];
    let environment = std::env::vars().chain(trusts).collect();
    let trusting = driver_in(&server.base, environment);
    let version = r#"{"url": "/version", "says": "version: {version:int}"}"#;
    let told = told_by(&trusting, &Http, version).await;
    assert!(told.ends_with("changed=false"), "{told}");
    for url in ["/held", "/drip"] {
        let with = SOON.replace("\"/\"", &format!("\"{url}\""));
        let told = told_by(&trusting, &Http, &with).await;
        assert!(told.starts_with("timeout: "), "{told}");
        assert!(told.contains("the server took too long"), "{told}");
    }
    let told = told_by(&driver(&server.base), &Http, version).await;
    assert!(told.starts_with("untrusted: "), "{told}");
}
