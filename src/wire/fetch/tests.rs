//! Real servers on loopback, and what comes of them.

use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;
use crate::wire::encoding::{EncodingChoice, Sniff};

const TEXT: &str = "<yml_catalog><shop/></yml_catalog>";

/// A server that answers each path with these bytes and then closes; how many connections it had.
fn serve(answers: Vec<(&'static str, Vec<u8>)>) -> (u16, Arc<AtomicUsize>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&connections);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            counted.fetch_add(1, Ordering::Relaxed);
            let path = path_asked(&mut stream);
            let answer = answers.iter().find(|answer| answer.0 == path).map_or(&b""[..], |answer| &answer.1);
            // whoever asked may have left
            let _ = stream.write_all(answer);
            if path.starts_with("/slow") {
                std::thread::sleep(Duration::from_secs(5));
            }
        }
    });
    (port, connections)
}

fn path_asked(stream: &mut std::net::TcpStream) -> String {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|read| read == 1) {
        head.push(byte[0]);
    }
    String::from_utf8_lossy(&head).split(' ').nth(1).unwrap_or("").to_owned()
}

fn answer(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 {status}\r\n{headers}\r\n").as_bytes(), body].concat()
}

/// With its length.
fn good(headers: &str, body: &[u8]) -> Vec<u8> {
    answer("200 OK", &format!("{headers}Content-Length: {}\r\n", body.len()), body)
}

fn sent_on(to: &str) -> Vec<u8> {
    answer("302 Found", &format!("Location: {to}\r\nContent-Length: 0\r\n"), b"")
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

/// As if the loopback address 127.0.0.1 were a place of the internet, and nothing else on this machine.
fn allows() -> Allows {
    Arc::new(|address| address == IpAddr::V4(Ipv4Addr::LOCALHOST) || !is_private(address))
}

fn bounds() -> Network {
    Network { seconds: 10, ..Network::default() }
}

fn read(url: &str, network: Network) -> Result<Kept, Refusal> {
    let address = Address::read(url).unwrap();
    fetch_from(&address, network, allows(), &AtomicBool::new(false), &|_| {})
}

/// The text of a document that one server gives.
fn text_of(answered: Vec<u8>) -> Result<String, Refusal> {
    let (port, _) = serve(vec![("/feed.xml", answered)]);
    let kept = read(&format!("http://127.0.0.1:{port}/feed.xml"), bounds())?;
    kept.open(EncodingChoice::Auto, Sniff::Xml)?.text()
}

fn what(answered: Vec<u8>) -> String {
    text_of(answered).unwrap_err().what
}

#[test]
fn a_document_comes_whole_however_it_is_sent() {
    let chunked = "Transfer-Encoding: chunked\r\n";
    let (half, rest) = TEXT.split_at(10);
    let chunks = format!("a\r\n{half}\r\n{:x}\r\n{rest}\r\n0\r\n\r\n", rest.len());
    for answered in [
        good("", TEXT.as_bytes()),
        answer("200 OK", chunked, chunks.as_bytes()),
        // the end of the connection is the end of the text
        answer("200 OK", "", TEXT.as_bytes()),
        good("Content-Encoding: gzip\r\n", &packed(TEXT.as_bytes())),
        good("Content-Type: application/gzip\r\n", &packed(TEXT.as_bytes())),
        // a packed file that is packed once more on its way
        good("Content-Encoding: gzip\r\n", &packed(&packed(TEXT.as_bytes()))),
        good("Content-Encoding: identity\r\nContent-Type: text/html\r\n", TEXT.as_bytes()),
    ] {
        assert_eq!(text_of(answered).unwrap(), TEXT);
    }
}

#[test]
fn the_time_of_the_last_change_is_the_servers() {
    let answered = good("Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT\r\n", TEXT.as_bytes());
    let (port, _) = serve(vec![("/a.xml", answered)]);
    let kept = read(&format!("http://127.0.0.1:{port}/a.xml"), bounds()).unwrap();
    let input = kept.open(EncodingChoice::Auto, Sniff::Xml).unwrap();
    let time = input.modified().unwrap().duration_since(std::time::SystemTime::UNIX_EPOCH).unwrap();
    assert_eq!(time.as_secs(), 784_111_777);
}

#[test]
fn a_cut_document_is_refused_and_says_how_much_came() {
    let cut = answer("200 OK", "Content-Length: 100\r\n", TEXT.as_bytes());
    assert_eq!(what(cut), "it is cut: the connection ended after 34 of 100 bytes");
    let chunked = "Transfer-Encoding: chunked\r\n";
    for chunks in ["22\r\n<yml_catalog><shop/></yml_catalog>", "5\r\n<yml_\r\n", "5\r\n<ym"] {
        let said = what(answer("200 OK", chunked, chunks.as_bytes()));
        assert!(said.starts_with("it is cut: the connection ended after "), "{said}");
    }
    let short = packed(TEXT.as_bytes());
    let said = what(good("Content-Encoding: gzip\r\n", &short[..short.len() - 9]));
    assert_eq!(said, "the gzip archive is cut");
}

#[test]
fn what_is_no_document_is_refused_by_what_came() {
    let page = b"<html><head><title>Log in\n please</title></head></html>";
    let wrong = |status: &str, body: &[u8]| what(answer(status, &format!("Content-Length: {}\r\n", body.len()), body));
    assert_eq!(wrong("404 Not Found", page), "the server answers 404 Not Found, with «Log in please»");
    assert_eq!(wrong("500 Oops", b"no database"), "the server answers 500 Internal Server Error, with «no database»");
    assert_eq!(wrong("206 Partial Content", b"\0"), "the server answers 206 Partial Content");
    assert_eq!(wrong("204 No Content", b""), "the server answers 204 No Content");
    let said = what(good("Content-Encoding: br\r\n", b"x"));
    assert_eq!(said, "the server packs it as `br`, where gzip was asked for");
    let said = what(good("Content-Encoding: gzip\r\n", TEXT.as_bytes()));
    assert!(said.starts_with("the gzip archive is damaged"), "{said}");
    let said = what(b"no HTTP at all".to_vec());
    assert!(said.starts_with("the server gives no proper answer"), "{said}");
}

#[test]
fn a_server_may_send_us_on_but_not_anywhere_and_not_forever() {
    let (port, connections) = serve(vec![
        ("/1", sent_on("/2")),
        ("/2", sent_on("3?x=1")),
        ("/3?x=1", good("", TEXT.as_bytes())),
        ("/ring", sent_on("/ring")),
        ("/file", sent_on("file:///etc/passwd")),
        ("/user", sent_on("http://shop:geheim@127.0.0.1/")),
        ("/machine", sent_on("http://127.0.0.2:1/")),
        ("/network", sent_on("http://10.1.2.3/feed.xml")),
        ("/cloud", sent_on("http://169.254.169.254/latest/")),
        ("/six", sent_on("http://[::1]:1/")),
        ("/mapped", sent_on("http://[::ffff:10.0.0.1]/")),
        ("/number", sent_on("http://2130706434/")),
        ("/no", sent_on("http://")),
    ]);
    let at = |path: &str| read(&format!("http://127.0.0.1:{port}{path}"), bounds()).map(|_| ()).map_err(|no| no.what);
    assert_eq!(at("/1"), Ok(()));
    connections.store(0, Ordering::Relaxed);
    assert_eq!(at("/ring"), Err("it sends us on more than 5 times".into()));
    assert_eq!(connections.load(Ordering::Relaxed), MOST_REDIRECTS + 1);
    let file = "it sends us on to file:///etc/passwd: `file:` is not read; only http: and https: are";
    assert_eq!(at("/file"), Err(file.into()));
    let user = at("/user").unwrap_err();
    assert!(user.contains("a user or a password stands in the address") && !user.contains("geheim"), "{user}");
    let private = "lies in a private network or on this machine, and such places are not read";
    for (path, place) in [
        ("/machine", "http://127.0.0.2:1/: `127.0.0.2`"),
        ("/network", "http://10.1.2.3/feed.xml: `10.1.2.3`"),
        ("/cloud", "http://169.254.169.254/latest/: `169.254.169.254`"),
        ("/six", "http://[::1]:1/: `[::1]`"),
        ("/mapped", "http://[::ffff:a00:1]/: `[::ffff:a00:1]`"),
        ("/number", "http://127.0.0.2/: `127.0.0.2`"),
    ] {
        assert_eq!(at(path), Err(format!("it sends us on to {place} {private}")));
    }
    assert_eq!(at("/no"), Err("the server sends us on to «http://», which is no address".into()));
}

#[test]
fn nobody_is_sent_on_from_https_to_http() {
    let from = |url: &str, location: &str| {
        let sent = transfer::following(Address::read(url).unwrap().url(), location);
        sent.map(|url| url.to_string()).map_err(|wrong| wrong.0)
    };
    assert_eq!(from("http://a.example/x", "https://b.example/"), Ok("https://b.example/".into()));
    assert_eq!(from("https://a.example/x/y", "../z"), Ok("https://a.example/z".into()));
    let refused = from("https://a.example/", "http://user:geheim@b.example/z").unwrap_err();
    assert!(refused.starts_with("it sends us on from https to http://●●●●@b.example/z, where"), "{refused}");
    assert!(!refused.contains("geheim"));
}

#[test]
fn private_places_are_refused_before_anybody_is_spoken_to() {
    let (port, connections) = serve(vec![("/a", good("", TEXT.as_bytes()))]);
    let ask = |host: &str, network: Network| {
        let address = Address::read(&format!("http://{host}:{port}/a")).unwrap();
        fetch(&address, network, &AtomicBool::new(false), &|_| {}).map(|_| ()).map_err(|no| no.what)
    };
    for (host, said) in [("127.0.0.1", "`127.0.0.1` lies in"), ("localhost", "`localhost` leads to ")] {
        let refused = ask(host, bounds()).unwrap_err();
        assert!(refused.starts_with(said), "{refused}");
    }
    assert_eq!(connections.load(Ordering::Relaxed), 0);
    assert_eq!(ask("127.0.0.1", Network { private: true, ..bounds() }), Ok(()));
    assert_eq!(connections.load(Ordering::Relaxed), 1);
    let offline = ask("127.0.0.1", Network { private: true, offline: true, ..bounds() });
    assert_eq!(offline, Err("`--offline` keeps off the network".into()));
    assert_eq!(connections.load(Ordering::Relaxed), 1);
}

#[test]
fn a_document_that_is_too_long_is_not_read_to_its_end() {
    let body = vec![b' '; 3_000_000];
    let network = Network { most_bytes: 1_000_000, ..bounds() };
    let (port, _) = serve(vec![("/said", good("", &body)), ("/unsaid", answer("200 OK", "", &body))]);
    let at = |path: &str| read(&format!("http://127.0.0.1:{port}{path}"), network).unwrap_err().what;
    assert_eq!(at("/said"), "it is longer than the 1000000 bytes that are allowed, it has 3000000");
    assert_eq!(at("/unsaid"), "it is longer than the 1000000 bytes that are allowed");
}

#[test]
fn a_document_that_takes_too_long_is_given_up() {
    let network = Network { seconds: 1, ..Network::default() };
    let begun = answer("200 OK", "Content-Length: 100\r\n", b"<yml_catalog>");
    let (silent, _) = serve(vec![("/slow", Vec::new())]);
    let (halting, _) = serve(vec![("/slow", begun)]);
    for port in [silent, halting] {
        let said = read(&format!("http://127.0.0.1:{port}/slow"), network).unwrap_err().what;
        assert_eq!(said, "it took longer than 1 s");
    }
}

#[test]
fn a_person_who_stops_it_does_not_wait_for_the_server() {
    let (port, _) = serve(vec![("/slow", Vec::new())]);
    let address = Address::read(&format!("http://127.0.0.1:{port}/slow")).unwrap();
    let stopped = AtomicBool::new(true);
    let refused = fetch_from(&address, bounds(), allows(), &stopped, &|_| {}).unwrap_err();
    assert_eq!(refused.what, "it was stopped");
}

#[test]
fn nobody_there_is_said_in_words() {
    let closed = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
    let said = read(&format!("http://127.0.0.1:{closed}/a"), bounds()).unwrap_err().what;
    assert_eq!(said, "the server cannot be reached: Connection refused");
}

#[test]
fn addresses_are_read_and_never_show_a_password() {
    for text in ["https://kalyna.example/feed.xml?page=2&lang=uk#top", "http://[2606:4700::1]/"] {
        assert_eq!(Address::read(text).unwrap().shown(), text);
    }
    let address = Address::read("https://kalyna.example/feed.xml?page=2&hash_tag=geheim&apiKey=geheim2#top").unwrap();
    assert_eq!(address.shown(), "https://kalyna.example/feed.xml?page=2&hash_tag=●●●●&apiKey=●●●●#top");
    assert!(address.url().as_str().contains("geheim2") && !address.to_string().contains("geheim"));
    for (text, shown, what) in [
        ("sftp://host/x", "sftp://host/x", "`sftp:` is not read"),
        ("https://shop:geheim@host/x", "https://●●●●@host/x", "a user or a password stands"),
        ("https://shop@host/x@y", "https://●●●●@host/x@y", "a user or a password stands"),
        ("http://", "http://", "it is no address"),
        ("https://a b/", "https://a b/", "it is no address"),
        ("https://shop:geheim@ho st/", "https://●●●●@ho st/", "it is no address"),
    ] {
        let wrong = Address::read(text).unwrap_err();
        assert_eq!(wrong.shown, shown);
        assert!(wrong.what.starts_with(what), "{}", wrong.what);
        assert!(!format!("{wrong:?}").contains("geheim"));
    }
    assert!(is_address("https://kalyna.example/feed.xml") && is_address("sftp://host/x"));
    assert!(!is_address("C:\\feeds\\x.xml") && !is_address("out/a.xml"));
}
