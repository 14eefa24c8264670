//! Where a name leads: it is resolved here, once, what may not be spoken to is left out, and only what remains is
//! connected to. So no answer of a name server can lead a run into a private network behind our back.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs};

use reqwest::Url;

/// Whether an address leads to this machine, into a private network, or to no single machine of the internet.
pub fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_private_v4(address),
        IpAddr::V6(address) => match embedded(address) {
            Some(inner) => is_private_v4(inner),
            None => is_private_v6(address),
        },
    }
}

fn is_private_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_documentation()
        // "this network", carriers' own, protocols' own, for benchmarks; many receivers, kept for later
        || a == 0
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (b == 18 || b == 19))
        || a >= 224
}

fn is_private_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    address.is_unspecified()
        || address.is_loopback()
        || address.is_multicast()
        || address.is_unique_local()
        || address.is_unicast_link_local()
        // sites' own, as they once were; documentation; to be thrown away
        || first & 0xFFC0 == 0xFEC0
        || (first == 0x2001 && second == 0x0DB8)
        || (first == 0x0100 && second == 0)
}

/// The old address in a new one: what leads there in the end.
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let of = |high: u16, low: u16| Ipv4Addr::from(u32::from(high) << 16 | u32::from(low));
    match address.segments() {
        // ::1 and :: are no old addresses
        [0, 0, 0, 0, 0, 0, 0, 0 | 1] => None,
        // compatible, mapped, translated, and through 6to4
        [0, 0, 0, 0, 0, 0 | 0xFFFF, high, low] | [0, 0, 0, 0, 0xFFFF, 0, high, low] => Some(of(high, low)),
        [0x64, 0xFF9B, 0, 0, 0, 0, high, low] => Some(of(high, low)),
        [0x2002, high, low, ..] => Some(of(high, low)),
        _ => None,
    }
}

/// What a server's name leads to, as far as it may be spoken to; else what is wrong, and what to do.
pub(super) fn resolved(url: &Url, allows: &dyn Fn(IpAddr) -> bool) -> Result<Vec<SocketAddr>, (String, String)> {
    let (host, port) = (url.host_str().unwrap_or(""), url.port_or_known_default().unwrap_or(443));
    let plain = host.trim_matches(['[', ']']);
    let found: Vec<SocketAddr> = match plain.parse::<IpAddr>() {
        Ok(address) => vec![SocketAddr::new(address, port)],
        Err(_) => (host, port).to_socket_addrs().map(Iterator::collect).map_err(|_| unknown(host))?,
    };
    if found.is_empty() {
        return Err(unknown(host));
    }
    let allowed: Vec<SocketAddr> = found.iter().copied().filter(|one| allows(one.ip())).collect();
    match (allowed.is_empty(), found.first()) {
        (true, Some(first)) => {
            let leads = if plain.parse() == Ok(first.ip()) {
                format!("`{host}` lies")
            } else {
                format!("`{host}` leads to {}, which lies", first.ip())
            };
            let what = format!("{leads} in a private network or on this machine, and such places are not read");
            Err((what, "if it is meant, allow it: `network: {private: true}` in the config, or `--private`".into()))
        }
        _ => Ok(allowed),
    }
}

fn unknown(host: &str) -> (String, String) {
    (format!("no server is known by the name `{host}`"), "check the address, and that the network is there".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_places_are_known_in_all_their_forms() {
        for text in [
            "127.0.0.1",
            "127.9.9.9",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.0.1",
            "169.254.169.254",
            "0.0.0.0",
            "0.1.2.3",
            "100.64.0.1",
            "192.0.0.8",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "fdab::1",
            "ff02::1",
            "fec0::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::10.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "2002:7f00:1::",
            "2002:c0a8:1::1",
            "2001:db8::1",
            "100::1",
            "::ffff:0:10.0.0.1",
        ] {
            assert!(is_private(text.parse().unwrap()), "{text}");
        }
        for text in [
            "1.1.1.1",
            "172.15.0.1",
            "172.32.0.1",
            "100.63.0.1",
            "100.128.0.1",
            "192.0.1.1",
            "198.17.0.1",
            "223.1.1.1",
            "2606:4700::1111",
            "::ffff:1.1.1.1",
            "64:ff9b::101:101",
            "2002:101:101::1",
        ] {
            assert!(!is_private(text.parse().unwrap()), "{text}");
        }
    }
}
