//! One document on its way: the servers that are asked, one after the other as they send us on, and the bytes that come.

use std::error::Error;
use std::io::{self, Read};
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use reqwest::Url;
use reqwest::blocking::{Client, Response};
use reqwest::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, HeaderName, LAST_MODIFIED, LOCATION};
use reqwest::redirect::Policy;

use super::address::{masked, may_be_asked};
use super::reach::resolved;
use super::{Address, MOST_REDIRECTS, Network};
use crate::finding::Refusal;
use crate::wire::input::{Kept, Spool};

/// Read and written at once.
const PIECE: usize = 256 * 1024;
/// So long a server may take to pick up.
const CONNECT: Duration = Duration::from_secs(15);
/// Characters of a server's words that a message shows.
const SHOWN: usize = 120;

/// What is wrong, and what to do.
type Wrong = (String, String);

/// Reads a document into a temporary file.
pub(super) fn document(
    address: &Address,
    network: Network,
    allows: &dyn Fn(IpAddr) -> bool,
    come: &AtomicU64,
) -> Result<Kept, Refusal> {
    let refuse = |(what, help): Wrong| Refusal::whole(address.shown(), what, help);
    let mut response = answer(address.url(), network, allows).map_err(refuse)?;
    good(&mut response).map_err(refuse)?;
    let packed = packed(&response).map_err(refuse)?;
    let modified = header(&response, LAST_MODIFIED).and_then(|text| time(&text));
    if let Some(length) = response.content_length().filter(|length| *length > network.most_bytes) {
        return Err(refuse(too_long(network, Some(length))));
    }
    let mut kept = body(address, &mut response, network, come)?;
    if packed {
        kept = kept.unpacked()?;
    }
    Ok(kept.of(modified))
}

/// The answer at the end of all redirects.
fn answer(first: &Url, network: Network, allows: &dyn Fn(IpAddr) -> bool) -> Result<Response, Wrong> {
    let mut url = first.clone();
    let sent_on = |wrong: Wrong, url: &Url| match url == first {
        true => wrong,
        false => (format!("it sends us on to {}: {}", masked(url.as_str()), wrong.0), wrong.1),
    };
    for _ in 0..=MOST_REDIRECTS {
        may_be_asked(&url).map_err(|wrong| sent_on(wrong, &url))?;
        let response = ask(&url, network, allows).map_err(|wrong| sent_on(wrong, &url))?;
        let next = response.status().is_redirection().then(|| header(&response, LOCATION)).flatten();
        let Some(next) = next else { return Ok(response) };
        url = following(&url, &next)?;
    }
    let help = "open the address in a browser, and give the one where it ends".to_owned();
    Err((format!("it sends us on more than {MOST_REDIRECTS} times"), help))
}

/// Where a server sends us on to.
pub(super) fn following(url: &Url, location: &str) -> Result<Url, Wrong> {
    let next = url.join(location).map_err(|_| {
        let help = "ask whoever keeps the server".to_owned();
        (format!("the server sends us on to «{}», which is no address", short(location)), help)
    })?;
    if url.scheme() == "https" && next.scheme() == "http" {
        let to = masked(next.as_str());
        let what = format!("it sends us on from https to {to}, where anybody on the way could change what comes");
        return Err((what, "give the address that it leads to, if that is meant".into()));
    }
    Ok(next)
}

/// Asks one server. Its name is resolved here, and the connection goes to what was found then and to nothing else.
fn ask(url: &Url, network: Network, allows: &dyn Fn(IpAddr) -> bool) -> Result<Response, Wrong> {
    let addresses = resolved(url, allows)?;
    let mut client = Client::builder()
        .user_agent(concat!("offersync/", env!("CARGO_PKG_VERSION")))
        .redirect(Policy::none())
        // a proxy would look names up by itself, and lead anywhere
        .no_proxy()
        .connect_timeout(CONNECT)
        .timeout(Duration::from_secs(network.seconds));
    if let Some(host) = url.host_str() {
        client = client.resolve_to_addrs(host, &addresses);
    }
    if url.scheme() == "http" {
        // without TLS nothing is asked of the system's certificates, which a container may not have
        client = client.tls_certs_only([]);
    }
    let client = client.build().map_err(|error| (format!("TLS cannot be used: {}", root(&error)), certificates()))?;
    let request = client.get(url.clone()).header(ACCEPT, "*/*").header(ACCEPT_ENCODING, "gzip");
    // of the request the time is that of the whole answer, not that of each piece
    let request = request.timeout(Duration::from_secs(network.seconds));
    request.send().map_err(|error| unanswered(&error, network))
}

fn certificates() -> String {
    "install the certificates of your system (ca-certificates)".into()
}

fn unanswered(error: &reqwest::Error, network: Network) -> Wrong {
    let root = root(error);
    match (error.is_timeout(), error.is_connect()) {
        (true, true) => {
            ("the server does not pick up".into(), "try again, or save the document and give the file".into())
        }
        (true, false) => too_slow(network),
        (false, true) => (format!("the server cannot be reached: {root}"), "check the address, and try again".into()),
        (false, false) => {
            (format!("the server gives no proper answer: {root}"), "try again, or ask whoever keeps the server".into())
        }
    }
}

/// What an error comes from in the end, without the numbers of a system.
fn root(error: &reqwest::Error) -> String {
    let mut inner: &dyn Error = error;
    while let Some(source) = inner.source() {
        inner = source;
    }
    let said = inner.to_string();
    said.split(" (os error").next().unwrap_or(&said).to_owned()
}

/// Refuses an answer that is no document.
fn good(response: &mut Response) -> Result<(), Wrong> {
    let status = response.status();
    if status == 200 {
        return Ok(());
    }
    let named = match status.canonical_reason() {
        Some(reason) => format!("{} {reason}", status.as_u16()),
        None => status.as_u16().to_string(),
    };
    let words = words(response);
    let words = if words.is_empty() { words } else { format!(", with «{words}»") };
    let help = match status.as_u16() {
        401 | 403 => "the server wants to know who asks: give the address that it has for the channel itself",
        404 | 410 => "check the address and its spelling",
        429 | 500.. => "try again later",
        _ => "open the address in a browser, and give the one of the document itself",
    };
    Err((format!("the server answers {named}{words}"), help.into()))
}

/// The beginning of what a server says beside an error; nothing of a web page but its title.
fn words(response: &mut Response) -> String {
    let mut bytes = Vec::new();
    // what of it cannot be read is not worth a second error
    let _ = response.take(4096).read_to_end(&mut bytes);
    let text = String::from_utf8_lossy(&bytes);
    let lower = text.to_ascii_lowercase();
    let title = lower.find("<title>").zip(lower.find("</title>"));
    match title {
        Some((from, to)) => short(text.get(from + 7..to).unwrap_or("")),
        None if lower.contains('<') || lower.contains('\0') => String::new(),
        None => short(&text),
    }
}

fn short(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(SHOWN).collect()
}

/// Whether the bytes are packed on their way; another packing than the one that we asked for is refused.
fn packed(response: &Response) -> Result<bool, Wrong> {
    let Some(coding) = header(response, CONTENT_ENCODING) else { return Ok(false) };
    match coding.trim().to_ascii_lowercase().as_str() {
        "" | "identity" => Ok(false),
        "gzip" | "x-gzip" => Ok(true),
        _ => {
            let what = format!("the server packs it as `{}`, where gzip was asked for", short(&coding));
            Err((what, "ask whoever keeps the server".into()))
        }
    }
}

fn header(response: &Response, name: HeaderName) -> Option<String> {
    response.headers().get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}

/// A time as HTTP writes it: `Sun, 06 Nov 1994 08:49:37 GMT`.
fn time(text: &str) -> Option<SystemTime> {
    let time = jiff::fmt::rfc2822::parse(text.trim()).ok()?;
    Some(SystemTime::from(time.timestamp()))
}

/// The bytes of a document, all of them.
fn body(address: &Address, response: &mut Response, network: Network, come: &AtomicU64) -> Result<Kept, Refusal> {
    let refuse = |(what, help): Wrong| Refusal::whole(address.shown(), what, help);
    let promised = response.content_length();
    let mut spool = Spool::begin(address.shown())?;
    let mut piece = vec![0; PIECE];
    loop {
        match response.read(&mut piece) {
            Ok(0) => break,
            Ok(read) => {
                spool.add_bytes(piece.get(..read).unwrap_or_default())?;
                come.fetch_add(read as u64, Ordering::Relaxed);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(refuse(broken(&error, spool.len(), promised, network))),
        }
        if spool.len() > network.most_bytes {
            return Err(refuse(too_long(network, None)));
        }
    }
    // a server that promised more than it sent is noticed below us; here it is made sure of
    match promised.filter(|promised| *promised != spool.len()) {
        Some(promised) => Err(refuse(cut(spool.len(), Some(promised)))),
        None => spool.kept(),
    }
}

fn broken(error: &io::Error, come: u64, promised: Option<u64>, network: Network) -> Wrong {
    let of_reqwest = error.get_ref().and_then(|inner| inner.downcast_ref::<reqwest::Error>());
    match of_reqwest.is_some_and(reqwest::Error::is_timeout) {
        true => too_slow(network),
        false => cut(come, promised),
    }
}

fn cut(come: u64, promised: Option<u64>) -> Wrong {
    let of = promised.map_or(String::new(), |promised| format!(" of {promised}"));
    (
        format!("it is cut: the connection ended after {come}{of} bytes"),
        "try again, or ask whoever keeps the server".into(),
    )
}

fn too_slow(network: Network) -> Wrong {
    let what = format!("it took longer than {} s", network.seconds);
    (what, "try again, or allow more: `network: {seconds: …}` in the config".into())
}

fn too_long(network: Network, length: Option<u64>) -> Wrong {
    let has = length.map_or(String::new(), |length| format!(", it has {length}"));
    let what = format!("it is longer than the {} bytes that are allowed{has}", network.most_bytes);
    (what, "check that it is a feed; if it is, allow more: `network: {megabytes: …}` in the config".into())
}
