//! The outcomes that the golden files show.

use offersync::channel::Absent;
use offersync::engine::outcome::*;
use offersync::finding::{Refusal, Severity};
use offersync::plan::{Cause, Change, ChangeKind, Changes, FieldSort};

use crate::builder::*;

/// Four channels, two of which a guard stops.
pub fn four_channels() -> Outcome {
    Outcome { channels: vec![rozetka(), prom(), google(), kaspi()], invalid_offers: 14, ..outcome("diff") }
}

/// One of them.
pub fn one_channel() -> Outcome {
    Outcome { channels: vec![rozetka()], ..outcome("diff") }
}

fn rozetka() -> ChannelOutcome {
    let excluded = || Cause::Excluded("stock > 0".into());
    let mut changes: Vec<Change> =
        (0..17).map(|n| delete(&format!("V{}", 10_233 + n * 37), 9_000, excluded())).collect();
    changes.extend((0..4).map(|n| delete(&format!("V3087{n}"), 8_000, Cause::NotInMaster)));
    let invalid = Cause::Invalid(vec!["rozetka/picture-missing".into(), "rozetka/param-missing".into()]);
    changes.push(delete("VT5502", 1_420, invalid));
    let over = |change: Change| Change { over: Some("max-price-move"), ..change };
    changes.push(over(price(
        "V40017",
        "Байдарка надувна Desna 2, двомісна, з насосом і веслами, зелена",
        "Desna",
        (12_999, 1_299),
        8,
    )));
    changes.push(over(price("V40018", "Байдарка надувна Desna 1, біла", "Desna", (13_499, 1_349), 4)));
    changes.push(over(price("VT2210", "Термос Verba 1 л, зелений", "Verba", (1_899, 2_999), 6)));
    for n in 0..29 {
        let from = 2_000 + 20 * n;
        changes.push(price(
            &format!("VZ6{:03}", 120 + n),
            "Спальник Jasen Полонина, лівий",
            "Jasen",
            (from, from * 95 / 100),
            20,
        ));
    }
    for (n, (from, to)) in [(5_709, 4_999), (4_559, 4_929), (3_299, 3_099)].into_iter().enumerate() {
        changes.push(price(&format!("VZ66{n:02}"), "Намет Sosna Яр, тримісний", "Sosna", (from, to), 9 - n as i64));
    }
    for n in 0..11 {
        changes.push(price(&format!("VZ67{n:02}"), "Килимок", "Verba", (1_000, 1_010 + n), 2));
    }
    changes.extend((0..168).map(|n| stock(&format!("VS{n:04}"), "stock_quantity", (25 + n % 2, 24 + n % 2))));
    changes.extend((0..31).map(|n| create(&format!("VN70{n:02}"), 1_762, "Зимовий одяг")));
    let mut channel = channel("rozetka", 1_953, changes, "UAH");
    channel.guards =
        vec![guard("max-price-move", "3 listings move by more than 40 %", "0", 3, &["V40017", "V40018", "VT2210"])];
    channel
        .guards
        .push(GuardVerdict { ok: true, ..guard("max-delete", "22 of 1 953 listings, 1.1 %", "20.0 %", 22, &[]) });
    channel.excluded = vec![left_out("brand != 'NoName'", 12, &["V1"]), left_out("stock > 0", 162, &["V10233"])];
    channel.invalid =
        vec![left_out("rozetka/picture-missing", 9, &["VT5502", "VT5503"]), left_out("rozetka/name-chars", 3, &["V9"])];
    channel
}

fn prom() -> ChannelOutcome {
    let mut changes: Vec<Change> =
        (0..96).map(|n| stock(&format!("VP{n:03}"), "quantity_in_stock", (95 + n % 2, 93 + n % 3))).collect();
    let before = "Легка похідна кружка з нержавіючої сталі, об’єм 450 мл, тримає тепло до п’яти годин.";
    let after = "Легка похідна кружка з харчової нержавіючої сталі, об’єм 500 мл, тримає тепло до п’яти годин.";
    changes.push(text("VT1182", "description_ua", before, after));
    changes.extend((0..4).map(|n| create(&format!("VT990{n}"), 3_120, &format!("Кухня {n}"))));
    channel("prom", 2_128, changes, "UAH")
}

fn google() -> ChannelOutcome {
    let mut changes: Vec<Change> = (0..3).map(|n| delete(&format!("VG{n}"), 100, Cause::NotInMaster)).collect();
    changes.extend((0..5).map(|n| Change {
        fields: vec![words("availability", FieldSort::Availability, "in_stock", "out_of_stock")],
        ..Change::new(ChangeKind::Update, format!("VH{n}"))
    }));
    let mut channel = channel("google", 2_048, changes, "UAH");
    channel.absent = Some(Absent::Deleted);
    channel.document = vec![number("rate", FieldSort::Money, 41, 42)];
    channel
}

fn kaspi() -> ChannelOutcome {
    let mapping = || Cause::Invalid(vec!["kaspi/category-unmapped".into()]);
    let mut changes: Vec<Change> = (0..58).map(|n| delete(&format!("VB01{n:02}"), 32_000, mapping())).collect();
    changes.extend((0..3).map(|n| delete(&format!("VB220{n}"), 28_933, Cause::NotInMaster)));
    for n in 0..391 {
        let from = 10_000 + 100 * n;
        changes.push(price(
            &format!("VB{}", 1_207 + n),
            "Электр шәйнек Qazan Q7, қара",
            &format!("Q{}", n % 9),
            (from, from * 102 / 100),
            10,
        ));
    }
    changes.extend((0..11).map(|n| stock(&format!("VC{n}"), "stockCount", (36, 34 + n % 2))));
    changes.extend((0..18).map(|n| create(&format!("VB30{n:02}"), 45_000, &format!("Ыдыс {n}"))));
    let mut channel = channel("kaspi", 974, changes, "KZT");
    channel.guards = vec![
        GuardVerdict {
            likely: "maps/kaspi.csv lacks a category that it had".into(),
            ..guard(
                "max-delete",
                "61 of 974 listings, 6.3 %",
                "5.0 %",
                61,
                &["VB0100", "VB0101", "VB0102", "VB0103", "VB0104"],
            )
        },
        GuardVerdict {
            allowed: true,
            ..guard("category-gone", "Балалар комбинезоны: all 58 listings leave", "", 58, &[])
        },
    ];
    channel
}

/// One listing with every sort of change.
pub fn every_sort() -> Outcome {
    let paragraphs = |steel: &str, volume: &str| {
        format!(
            "<p>Для походів і дому.</p><p>Легка похідна кружка з {steel} сталі, об’єм {volume} мл, тримає тепло до п’яти годин.</p>\
             <p>Не бійтеся упустити.</p><ul><li>Кришка</li><li>Ложка</li></ul>"
        )
    };
    let update = Change {
        title: "Кружка похідна Verba 470 мл, синя".into(),
        brand: "Verba".into(),
        category: "Посуд".into(),
        at_stake: Some(1_820.into()),
        stock: Some((9.into(), 14.into())),
        master_offset: Some(90_112),
        master_line: Some(1_184),
        fields: vec![
            number("price", FieldSort::Price, 1_299, 1_169),
            words("price_old", FieldSort::Money, "none", "1299"),
            words("name_ua", FieldSort::Text, "Кружка  похідна", "Кружка похідна"),
            words("description_ua", FieldSort::Text, &paragraphs("нержавіючої", "450"), &paragraphs("харчової", "500")),
            list(
                "picture",
                &["https://shop.example/1.jpg", "https://shop.example/3.jpg"],
                &["https://shop.example/1.jpg", "https://shop.example/2.jpg", "https://shop.example/3.jpg"],
            ),
            list("docket", &["a", "b", "c"], &["c", "d", "e", "f"]),
            words("param[Колір]", FieldSort::Other, "синій", "Синій"),
            number("stock_quantity", FieldSort::Stock, 9, 14),
        ],
        same_fields: Box::new([1, 3, 4, 0]),
        ..Change::new(ChangeKind::Update, "VT1182")
    };
    let gone =
        Change { title: "Гамак Jasen".into(), ..delete("V10233", 4_200, Cause::Excluded("stock > 0".into())) };
    let new = create("VN7001", 1_762, "Зимовий одяг");
    let mut rozetka = channel("rozetka", 1_953, vec![gone, update, new], "UAH");
    rozetka.field_names = ["categoryId", "name", "price", "vendor", "article"].map(String::from).to_vec();
    Outcome { channels: vec![rozetka], ..outcome("diff") }
}

/// A catalog of 700 000 offers of which some 170 000 change.
pub fn large() -> Outcome {
    let mut changes: Vec<Change> = Vec::new();
    let gone = |n: i64, cause| Change { brand: "Baza".into(), ..delete(&format!("S9{n:07}"), 2_850, cause) };
    changes.extend((0..3_398).map(|n| gone(n, Cause::NotInMaster)));
    changes.extend((0..42).map(|n| gone(5_000 + n, Cause::Invalid(vec![format!("rozetka/code-{}", n % 3)]))));
    let move_by = |n: i64, permille: i64, brand: &str| {
        let from = 20_000 + 10 * (n % 700);
        let title = format!("Товар {n} з доволі довгою назвою, яка не вміщується в рядок");
        price(&format!("S{n:08}"), &title, brand, (from, from + from * permille / 1_000), 1 + n % 7)
    };
    changes.extend((0..12_340).map(|n| move_by(n, -50, "Jasen")));
    changes.extend((20_000..28_906).map(|n| move_by(n, 30, &format!("B{}", n % 50))));
    changes.extend((30_000..52_435).map(|n| move_by(n, (n % 331) - 182, &format!("B{}", n % 604))));
    for n in 0..13_928 {
        let base = format!("Опис товару {n}. Гарний вибір.");
        let (from, to) = match n {
            0..9_400 => (format!("{base} Безкоштовна доставка!"), base),
            n => (base.clone(), base.replace("Гарний", &format!("Гарний{n}"))),
        };
        changes.push(text(&format!("D{n:08}"), "description_ua", &from, &to));
    }
    changes.extend((0..104_212).map(|n| stock(&format!("Q{n:08}"), "stock_quantity", (49 + n % 2, 48 + n % 2))));
    changes.extend((0..6_999).map(|n| Change {
        brand: if n < 6_120 { "Modna".into() } else { "Inša".into() },
        ..create(&format!("N{n:08}"), 886, &format!("Розділ {}", n % 212))
    }));
    let mut outcome = outcome("diff");
    outcome.master.offers = 700_000;
    outcome.elapsed = std::time::Duration::from_millis(1_420);
    outcome.channels = vec![channel("rozetka", 696_441, changes, "UAH")];
    outcome
}

/// Findings in a catalog and on three channels.
pub fn findings() -> Outcome {
    let mut outcome = outcome("validate");
    let mut digit =
        finding(Severity::Error, "catalog/gtin-check", "the last digit of the GTIN is wrong", "", "data/goods.csv", 3);
    let line = "VT5502;Термос Verba 1 л;4820000000018;1 899,00;6;Термоси;;";
    digit.places = vec![
        with_snippet(place(214, 25, "VT5502", "gtin", "should end in 7"), line, "4820000000018"),
        place(871, 25, "VT6120", "gtin", "should end in 4"),
        place(1_502, 25, "VZ7014", "gtin", "should end in 0"),
    ];
    let mut params = finding(
        Severity::Error,
        "rozetka/param-missing",
        "an offer needs at least one param",
        "map a column to `attributes`",
        "data/goods.csv",
        12,
    );
    params.in_common = "brand is Jasen".into();
    params.places = (0..8).map(|n| place(41 + 37 * n, 1, &format!("V1000{n}"), "param", "")).collect();
    let mut old = finding(
        Severity::Warning,
        "rozetka/oldprice-low",
        "the old price is not above the price",
        "",
        "data/goods.csv",
        311,
    );
    old.places = (0..3)
        .map(|n| place(50 + n, 30, &format!("V{n}"), "price_old", "price_old «1299» is not above price «1299»"))
        .collect();
    let mut note =
        finding(Severity::Note, "feed/name", "the shop has no name", "write `shop: {name: …}`", "offersync.yaml", 1);
    note.places = vec![place(2, 1, "", "name", "")];
    outcome.findings = vec![digit];
    outcome.invalid_offers = 29;
    let seen = |id: &str, desired, excluded: Vec<LeftOut>, invalid| ChannelOutcome {
        desired,
        offers: desired,
        excluded,
        invalid: vec![left_out("x/y", invalid, &["V1"])],
        ..channel(id, 0, vec![], "")
    };
    outcome.channels = vec![
        seen("rozetka", 1_962, vec![left_out("stock > 0", 162, &[]), left_out("brand != 'NoName'", 12, &[])], 12),
        seen("prom", 2_132, vec![left_out("price >= 50", 9, &[])], 7),
        seen("kaspi", 931, vec![left_out("category without a mapping", 1_210, &[])], 7),
    ];
    outcome.channels[0].findings = vec![old, params];
    outcome.channels[1].findings = vec![note];
    outcome
}

/// A feed by itself.
pub fn feed_by_itself() -> Outcome {
    let mut name = finding(
        Severity::Error,
        "rozetka/name-unique",
        "the same name stands in more than one offer",
        "add what differs (size, article) to the name",
        "feed.xml",
        9,
    );
    let line = "      <name>Куртка зимова Jasen Полонина, синя</name>";
    name.places = vec![
        with_snippet(place(5_120, 13, "V10138", "name", ""), line, "Куртка зимова Jasen Полонина, синя"),
        place(5_157, 13, "V10139", "name", ""),
        place(5_194, 13, "V10140", "name", ""),
    ];
    let mut attribute =
        finding(Severity::Error, "rozetka/attribute-unknown", "an offer has no such attribute", "", "feed.xml", 1);
    let line = "    <offer id=\"V10161\" \u{430}vailable=\"true\">";
    attribute.places = vec![with_snippet(
        place(6_003, 24, "V10161", "", "begins with the Cyrillic а; write available"),
        line,
        "\u{430}vailable",
    )];
    let mut outcome = Outcome { config: String::new(), master: MasterSeen::default(), ..outcome("validate") };
    let mut channel = channel("rozetka", 12_641, vec![], "");
    channel.existing =
        channel.existing.map(|existing| ExistingSeen { path: "feed.xml".into(), bytes: 61_349_000, ..existing });
    channel.checked_on = "2026-11-21".into();
    channel.checked = Some(Checked { listings: 12_641, with_errors: 10, with_warnings: 427 });
    channel.findings = vec![attribute, name];
    outcome.channels = vec![channel];
    outcome
}

/// Feeds of which each has another fate.
pub fn rendered() -> Outcome {
    let mut shop = four_channels();
    shop.command = "render".into();
    shop.elapsed = std::time::Duration::from_millis(1_240);
    let fates = [FeedFate::Written, FeedFate::Written, FeedFate::Equal, FeedFate::Refused];
    for (channel, fate) in shop.channels.iter_mut().zip(fates) {
        let path = format!("out/{}.xml", channel.id);
        channel.feed = Some(FeedSeen {
            path,
            bytes: 4_104_000 + channel.desired,
            digest: "xxh3:1".into(),
            listings: channel.desired,
            fate,
        });
    }
    shop.channels[0].guards.clear();
    shop.channels[2].counts = Counts { same: 2_048, ..Counts::default() };
    shop.channels[2].changes = Changes::default();
    shop.channels[2].document.clear();
    shop.channels.push(failed());
    shop
}

/// A channel of which nothing could be found out.
pub fn failed() -> ChannelOutcome {
    let refusal = Refusal::whole("exports/hotline.xml", "the file is empty", "fetch it again");
    ChannelOutcome { id: "hotline".into(), failed: Some(refusal), ..ChannelOutcome::default() }
}
