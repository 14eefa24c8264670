//! One listing as it stands in an export.

use super::export::{Dialect, ExportStyle, TextStyle};
use super::offer::Offer;
use super::prose::{push_money, push_number};
use super::random::Random;
use super::topic;

/// Writes listings into one buffer that is used again and again.
pub struct ListingWriter {
    style: ExportStyle,
    seed: u64,
    bytes: String,
    children: Vec<String>,
}

/// How one number, name or text is spelled this time.
struct Spelling {
    style: ExportStyle,
    random: Random,
}

impl ListingWriter {
    pub fn new(style: ExportStyle, seed: u64) -> Self {
        ListingWriter { style, seed, bytes: String::new(), children: Vec::new() }
    }

    /// The listing's bytes.
    pub fn listing(&mut self, offer: &Offer, number: u64) -> &[u8] {
        let random = Random::of(self.seed, topic::SPELLING, number);
        let mut spelling = Spelling { style: self.style, random };
        self.bytes.clear();
        if self.style.dialect == Dialect::Foreign {
            self.in_foreign_words(offer, &mut spelling);
            return self.bytes.as_bytes();
        }
        self.open(offer);
        self.amounts(offer);
        self.texts(offer);
        self.attributes(offer);
        self.bytes.push_str("      </offer>\n");
        self.bytes.as_bytes()
    }

    /// The end of the document, with its own line ends.
    pub fn ended(&mut self, end: &str) -> &[u8] {
        self.bytes.clear();
        self.bytes.push_str(end);
        if self.style.dialect == Dialect::Foreign {
            self.bytes = self.bytes.replace('\n', "\r\n");
        }
        self.bytes.as_bytes()
    }

    fn open(&mut self, offer: &Offer) {
        let out = &mut self.bytes;
        let available = match (offer.pieces(), self.style.dialect) {
            (0, Dialect::Prom) => "",
            (0, _) => "false",
            _ => "true",
        };
        out.extend(["      <offer id=\"", &offer.sku, "\" available=\"", available, "\""]);
        if self.style.dialect == Dialect::Prom && !offer.group.is_empty() {
            out.extend([" group_id=\"", &offer.group, "\""]);
        }
        out.push_str(">\n");
    }

    fn amounts(&mut self, offer: &Offer) {
        let prom = self.style.dialect == Dialect::Prom;
        element(&mut self.bytes, "url", |out| escape(out, &offer.url));
        element(&mut self.bytes, "price", |out| push_money(out, offer.price, '.'));
        if let Some(old) = offer.old_price {
            let name = if prom { "oldprice" } else { "price_old" };
            element(&mut self.bytes, name, |out| push_money(out, old, '.'));
        }
        element(&mut self.bytes, "currencyId", |out| out.push_str("UAH"));
        element(&mut self.bytes, "categoryId", |out| push_number(out, offer.category));
        for picture in &offer.pictures {
            element(&mut self.bytes, "picture", |out| escape(out, picture));
        }
        element(&mut self.bytes, "vendor", |out| escape(out, offer.brand));
        let codes: &[(&str, &str)] = if prom {
            &[("vendorCode", &offer.mpn), ("barcode", &offer.gtin), ("country_of_origin", offer.country)]
        } else {
            &[("article", &offer.mpn)]
        };
        for (name, code) in codes.iter().filter(|(_, code)| !code.is_empty()) {
            element(&mut self.bytes, name, |out| escape(out, code));
        }
        let stock = self.style.dialect.name_of(super::Field::Stock);
        element(&mut self.bytes, stock, |out| push_number(out, offer.pieces()));
    }

    fn texts(&mut self, offer: &Offer) {
        let [uk, ru, _] = &offer.title;
        element(&mut self.bytes, "name", |out| escape(out, ru));
        element(&mut self.bytes, "name_ua", |out| escape(out, uk));
        let style = self.style.text;
        let [uk, ru, _] = &offer.description;
        element(&mut self.bytes, "description", |out| markup(out, ru, style));
        element(&mut self.bytes, "description_ua", |out| markup(out, uk, style));
    }

    fn attributes(&mut self, offer: &Offer) {
        for (name, value, unit) in &offer.attributes {
            let out = &mut self.bytes;
            out.push_str("        <param name=\"");
            escape(out, name);
            match (self.style.dialect, *unit) {
                (_, "") => {}
                (Dialect::Prom, unit) => out.extend(["\" unit=\"", unit]),
                (_, unit) => out.extend([", ", unit]),
            }
            out.push_str("\">");
            escape(out, value);
            out.push_str("</param>\n");
        }
    }

    /// The same meaning as for Rozetka, in another order and spelling for every listing.
    fn in_foreign_words(&mut self, offer: &Offer, spelling: &mut Spelling) {
        let mut children = std::mem::take(&mut self.children);
        children.clear();
        spelling.children(offer, &mut children);
        let rest = children.split_off(children.len() - offer.pictures.len());
        // pictures keep their order among themselves; all other children may stand anywhere
        for at in (1..children.len()).rev() {
            children.swap(at, spelling.random.place(at + 1));
        }
        children.extend(rest);
        let available = if offer.pieces() == 0 { "false" } else { "true" };
        if spelling.random.chance(300) {
            self.bytes.push_str("<!-- тут був <offer id=\"0\"> -->");
        }
        let space = if spelling.random.chance(5_000) { " " } else { "\r\n   " };
        self.bytes.extend(["<offer", space, "available='", available, "'", space, "id='", &offer.sku, "'>"]);
        for child in &children {
            self.bytes.push_str(child);
            self.bytes.push_str(if spelling.random.chance(7_000) { "\r\n" } else { "" });
        }
        self.bytes.push_str("</offer >\r\n");
        self.children = children;
    }
}

impl Spelling {
    /// One child per text; the pictures last.
    fn children(&mut self, offer: &Offer, into: &mut Vec<String>) {
        into.push(self.element("price", |out, random| amount(out, offer.price, random)));
        if let Some(old) = offer.old_price {
            into.push(self.either("price_old", "old_price", |out, random| amount(out, old, random)));
        }
        into.push(self.element("currencyId", |out, _| out.push_str("UAH")));
        into.push(self.element("categoryId", |out, _| push_number(out, offer.category)));
        into.push(self.element("vendor", |out, _| escape(out, offer.brand)));
        into.push(self.element("article", |out, _| escape(out, &offer.mpn)));
        into.push(self.element("url", |out, _| escape(out, &offer.url)));
        into.push(self.element("quantity_in_stock", |out, _| push_number(out, offer.pieces())));
        let [uk, ru, _] = &offer.title;
        into.push(self.either("name", "model", |out, random| in_references(out, ru, random)));
        into.push(self.either("name_ua", "model_ua", |out, random| in_references(out, uk, random)));
        let style = self.random.pick(&[TextStyle::CData, TextStyle::Escaped]);
        let [uk, ru, _] = &offer.description;
        into.push(self.element("description", |out, _| markup(out, ru, style)));
        into.push(self.element("description_ua", |out, _| markup(out, uk, style)));
        for (name, value, unit) in &offer.attributes {
            let name = if unit.is_empty() { (*name).to_owned() } else { format!("{name}, {unit}") };
            let mut param = String::from("<param name='");
            escape(&mut param, &name);
            param.push_str("'\t>");
            markup(&mut param, value, style);
            param.push_str("</param>");
            into.push(param);
        }
        if self.random.chance(5_000) {
            into.push("<delivery/>".to_owned());
        }
        for picture in &offer.pictures {
            into.push(self.element("picture", |out, _| escape(out, picture)));
        }
    }

    fn either(&mut self, one: &str, other: &str, fill: impl FnOnce(&mut String, &mut Random)) -> String {
        let name = if self.random.chance(5_000) { one } else { other };
        self.element(name, fill)
    }

    fn element(&mut self, name: &str, fill: impl FnOnce(&mut String, &mut Random)) -> String {
        let blank = self.random.pick(&["", "", "", " ", "\r\n  "]);
        let mut out = format!("<{name}>{blank}");
        fill(&mut out, &mut self.random);
        out.extend([blank, "</", name, ">"]);
        out
    }
}

/// An amount with a point or a comma, with blanks between thousands or without, with kopecks where needed.
fn amount(out: &mut String, kopecks: u64, random: &mut Random) {
    let point = if random.chance(5_000) { '.' } else { ',' };
    if kopecks.is_multiple_of(100) && random.chance(5_000) {
        push_number(out, kopecks / 100);
    } else if kopecks >= 100_000 && random.chance(2_000) {
        push_number(out, kopecks / 100_000);
        out.push(random.pick(&[' ', '\u{a0}']));
        super::prose::push_padded(out, kopecks / 100 % 1_000, 3);
        out.push(point);
        super::prose::push_padded(out, kopecks % 100, 2);
    } else {
        push_money(out, kopecks, point);
    }
}

/// A text with some letters as numbers.
fn in_references(out: &mut String, text: &str, random: &mut Random) {
    if random.chance(8_000) {
        return escape(out, text);
    }
    for c in text.chars() {
        match random.below(4) {
            0 => out.push_str(&format!("&#{};", u32::from(c))),
            1 => out.push_str(&format!("&#x{:X};", u32::from(c))),
            _ => escape(out, c.encode_utf8(&mut [0; 4])),
        }
    }
}

fn element(out: &mut String, name: &str, fill: impl FnOnce(&mut String)) {
    out.extend(["        <", name, ">"]);
    fill(out);
    out.extend(["</", name, ">\n"]);
}

fn markup(out: &mut String, text: &str, style: TextStyle) {
    match style {
        TextStyle::Escaped => escape(out, text),
        TextStyle::CData => {
            out.push_str("<![CDATA[");
            for (nth, part) in text.split("]]>").enumerate() {
                out.push_str(if nth == 0 { "" } else { "]]]]><![CDATA[>" });
                out.push_str(part);
            }
            out.push_str("]]>");
        }
    }
}

/// A text with the five characters escaped that every channel asks for.
fn escape(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&apos;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}
