//! Feeds and exports at addresses: real servers on loopback, from the command line to the exit code.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use flate2::Compression;
use flate2::write::GzEncoder;
use offersync::cli::Exit;
use offersync::engine;

use super::world::{Ran, World};

/// A server that gives each path its answer; how many connections it had.
struct Server {
    port: u16,
    connections: Arc<AtomicUsize>,
}

impl Server {
    fn new(answers: Vec<(&'static str, Vec<u8>)>) -> Server {
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
            }
        });
        Server { port, connections }
    }

    fn at(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn asked(&self) -> usize {
        self.connections.swap(0, Ordering::Relaxed)
    }
}

fn path_asked(stream: &mut TcpStream) -> String {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|read| read == 1) {
        head.push(byte[0]);
    }
    String::from_utf8_lossy(&head).split(' ').nth(1).unwrap_or("").to_owned()
}

fn answer(status: &str, headers: &str, length: usize, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\n\r\n").as_bytes(), body].concat()
}

fn good(body: &[u8]) -> Vec<u8> {
    answer("200 OK", "", body.len(), body)
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn feed(price: u32) -> Vec<u8> {
    format!(
        "<yml_catalog date=\"2026-11-21 10:00\"><shop><currencies><currency id=\"UAH\" rate=\"1\"/></currencies>\
         <categories><category id=\"1\">Посуд</category></categories><offers><offer id=\"SV1\" available=\"true\">\
         <price>{price}</price><currencyId>UAH</currencyId><categoryId>1</categoryId>\
         <picture>https://svitanok.example/1.jpg</picture><vendor>Rosynka</vendor><stock_quantity>5</stock_quantity>\
         <name>Чайник 2 л, синій</name><name_ua>Чайник 2 л, синій</name_ua><description>Чайник</description>\
         <description_ua>Чайник</description_ua><param name=\"Колір\">синій</param></offer></offers></shop></yml_catalog>"
    )
    .into_bytes()
}

fn server() -> Server {
    let whole = feed(349);
    Server::new(vec![
        ("/feed.xml", good(&whole)),
        ("/new.xml", good(&feed(399))),
        ("/moved", answer("301 Moved Permanently", "Location: /feed.xml\r\n", 0, b"")),
        ("/feed.xml.gz", good(&packed(&whole))),
        ("/encoded", answer("200 OK", "Content-Encoding: gzip\r\n", packed(&whole).len(), &packed(&whole))),
        ("/cut", answer("200 OK", "", whole.len(), &whole[..whole.len() - 30])),
        // the server itself has only a part of it, and says so
        ("/ends-early", good(&whole[..whole.len() - 30])),
        ("/page", good(b"<!DOCTYPE html><html><head><title>Log in</title></head></html>")),
        ("/gone", answer("404 Not Found", "", 4, b"gone")),
        ("/empty", good(b"")),
        ("/none", good(b"<yml_catalog date=\"2026-11-21 10:00\"><shop><offers></offers></shop></yml_catalog>")),
        ("/file", answer("302 Found", "Location: file:///etc/hostname\r\n", 0, b"")),
    ])
}

fn run_in(folder: &Path, arguments: &[&str]) -> Ran {
    World::at(folder).run(arguments, &engine::run)
}

fn run(arguments: &[&str]) -> Ran {
    run_in(tempfile::tempdir().unwrap().path(), arguments)
}

#[test]
fn a_feed_at_an_address_is_judged_however_it_is_packed() {
    let server = server();
    for path in ["/feed.xml", "/moved", "/feed.xml.gz", "/encoded"] {
        let ran = run(&["validate", "--private", "--as", "rozetka", &server.at(path)]);
        assert_eq!(ran.exit, Exit::Clean, "{path}: {}{}", ran.stdout, ran.stderr);
        let head = format!("{}, ", server.at(path));
        assert!(ran.stdout.starts_with(&head) && ran.stdout.contains("1 offer, read as rozetka"), "{}", ran.stdout);
    }
    let ran = run(&["diff", "--private", "--as", "rozetka", &server.at("/feed.xml"), &server.at("/new.xml")]);
    assert_eq!(ran.exit, Exit::Found, "{}", ran.stderr);
    assert!(ran.stdout.contains("349 → 399"), "{}", ran.stdout);
}

#[test]
fn what_does_not_come_whole_and_right_is_refused() {
    let server = server();
    for (path, said) in [
        ("/cut", "it is cut: the connection ended after "),
        ("/ends-early", "the file is cut"),
        ("/page", "this is a web page"),
        ("/gone", "the server answers 404 Not Found, with «gone»"),
        ("/empty", "the file is empty"),
        ("/none", "there is not a single listing in it"),
        ("/file", "`file:` is not read; only http: and https: are"),
    ] {
        let ran = run(&["validate", "--private", "--as", "rozetka", &server.at(path)]);
        assert_eq!(ran.exit, Exit::Failed, "{path}: {}", ran.stdout);
        assert!(ran.stderr.contains(said) && ran.stderr.contains(&server.at(path)), "{path}: {}", ran.stderr);
        assert_eq!(ran.stdout, "", "{path}");
    }
    let ran = run(&["validate", "--private", "--format", "json", "--as", "auto", &server.at("/page")]);
    assert!(ran.stdout.contains("this is a web page") && ran.stdout.contains("\"exit\":2"), "{}", ran.stdout);
}

#[test]
fn private_places_are_read_only_where_somebody_allows_it() {
    let server = server();
    let address = server.at("/feed.xml");
    let ran = run(&["validate", "--as", "rozetka", &address]);
    assert_eq!(ran.exit, Exit::Failed);
    assert!(ran.stderr.contains("lies in a private network or on this machine"), "{}", ran.stderr);
    let by_name = address.replace("127.0.0.1", "localhost");
    assert!(run(&["validate", "--as", "rozetka", &by_name]).stderr.contains("`localhost` leads to "));
    assert_eq!(server.asked(), 0);
    let folder = tempfile::tempdir().unwrap();
    let mut world = World::at(folder.path());
    world.env.push(("OFFERSYNC_NETWORK_PRIVATE", "true".into()));
    assert_eq!(world.run(&["validate", "--as", "rozetka", &address], &engine::run).exit, Exit::Clean);
    world.env.push(("OFFERSYNC_OFFLINE", "1".into()));
    let ran = world.run(&["validate", "--as", "rozetka", &address], &engine::run);
    assert_eq!((ran.exit, server.asked()), (Exit::Failed, 1));
    assert!(ran.stderr.contains("`--offline` keeps off the network"), "{}", ran.stderr);
    assert_eq!(run(&["validate", "--offline", "--as", "rozetka", &address]).exit, Exit::Failed);
    assert_eq!(server.asked(), 0);
}

#[test]
fn a_password_in_an_address_is_refused_and_not_shown() {
    let ran = run(&["validate", "--as", "rozetka", "https://shop:geheim@svitanok.example/feed.xml"]);
    assert_eq!(ran.exit, Exit::Failed);
    assert!(ran.stderr.contains("a user or a password stands in the address"), "{}", ran.stderr);
    assert!(!format!("{ran:?}").contains("geheim"));
}

/// A shop whose export stands at an address.
fn shop(export: &str, network: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let config = format!(
        "version: 1\nshop: {{language: uk, currency: UAH}}\nnetwork: {network}\n\
         master: {{file: catalog.csv, fields: {{attributes: {{column: params, split: \"|\", pair: \"=\"}}}}}}\n\
         channels:\n  rozetka: {{export: \"{export}\"}}\n"
    );
    std::fs::write(folder.path().join("offersync.yaml"), config).unwrap();
    let catalog = "sku;title;price;stock;brand;category;pictures;description;params\n\
                   SV1;Чайник 2 л, синій;399;5;Rosynka;1;https://svitanok.example/1.jpg;Чайник;Колір=синій\n";
    std::fs::write(folder.path().join("catalog.csv"), catalog).unwrap();
    folder
}

#[test]
fn an_export_at_an_address_is_what_a_diff_compares_with() {
    let server = server();
    let allowed = shop(&server.at("/feed.xml"), "{private: true}");
    let ran = run_in(allowed.path(), &["diff"]);
    assert_eq!(ran.exit, Exit::Found, "{}", ran.stderr);
    assert!(ran.stdout.contains("349 → 399") && ran.stdout.contains(&server.at("/feed.xml")), "{}", ran.stdout);
    assert_eq!(server.asked(), 1);
    assert_ne!(run_in(allowed.path(), &["validate"]).exit, Exit::Failed);
    assert_eq!(server.asked(), 0, "validate asks nobody");
    let offline = run_in(allowed.path(), &["diff", "--offline"]);
    assert_eq!((offline.exit, server.asked()), (Exit::Failed, 0));
    assert!(offline.stdout.contains("`--offline` keeps off the network"), "{}", offline.stdout);
    let refused = run_in(shop(&server.at("/feed.xml"), "{seconds: 5}").path(), &["diff"]);
    assert_eq!((refused.exit, server.asked()), (Exit::Failed, 0));
    let long = run_in(shop(&server.at("/cut"), "{private: true}").path(), &["diff"]);
    assert_eq!(long.exit, Exit::Failed);
    assert!(long.stdout.contains("it is cut"), "{}", long.stdout);
}
