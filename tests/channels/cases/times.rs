//! Days, times and spans of time: in a format, in the shop's zone, and back.

use super::Case;

/// Fields of days and times with these formats of the day, the time and the span's ends.
fn dated(day: &str, time: &str, span: &str) -> String {
    format!(
        r#"
fields:
  id: {{from: sku, need: required, unique: true}}
  time: {{from: promo_start, kind: time{time}}}
  day: {{from: promo_start, kind: date{day}}}
  span: {{from: promo_start, to: promo_end, kind: interval{span}}}
shapes:
  feed: {{wire: xml, listings: shop/offer, at: {{id: "@id", time: time, day: day, span: span}}}}
"#
    )
}

const MASTER: &str = "sku,promo_start,promo_end\nA,2026-12-01 10:00:30,2026-12-31 23:59";

#[test]
fn a_format_holds_in_writing_and_is_read_back() {
    let description =
        dated(r#", format: "%d/%m/%Y""#, r#", format: "%d/%m/%Y %H:%M""#, r#", format: "%d/%m/%Y %H:%M""#);
    let case = Case::of(&description, MASTER);
    // the seconds that no document holds are no difference
    let feed = case.says(&[
        "<time>01/12/2026 10:00</time>",
        "<day>01/12/2026</day>",
        "<span>01/12/2026 10:00/31/12/2026 23:59</span>",
    ]);
    case.reads(&Case::changed(&feed, "<day>01/12", "<day>02/12"), &[("A", &["day"])]);
    case.reads(&Case::changed(&feed, "<time>01/12/2026 10:00", "<time>01/12/2026 11:00"), &[("A", &["time"])]);
    case.reads(&Case::changed(&feed, "31/12/2026 23:59", "30/12/2026 23:59"), &[("A", &["span"])]);
    // another program may write ISO 8601, with the zone or without it
    for iso in ["2026-12-01T10:00", "2026-12-01 10:00:00", "2026-12-01T10:00:00+02:00", "2026-12-01T08:00:00Z"] {
        case.reads(&Case::changed(&feed, "<time>01/12/2026 10:00", &format!("<time>{iso}")), &[]);
    }
    case.reads(&Case::changed(&feed, "<day>01/12/2026", "<day>2026-12-01"), &[]);
    case.reads(&Case::changed(&feed, "<time>01/12/2026 10:00", "<time>скоро"), &[("A", &["time"])]);
}

#[test]
fn a_time_without_a_zone_is_in_the_shops() {
    let case = Case::of(&dated("", "", ""), MASTER);
    let feed = case.says(&[
        "<time>2026-12-01T10:00:30+02:00</time>",
        "<day>2026-12-01</day>",
        "<span>2026-12-01T10:00:30+02:00/2026-12-31T23:59:00+02:00</span>",
    ]);
    for same in ["2026-12-01T10:00:30", "2026-12-01T08:00:30Z", "2026-12-01T11:00:30+03:00"] {
        case.reads(&Case::changed(&feed, "<time>2026-12-01T10:00:30+02:00", &format!("<time>{same}")), &[]);
        case.reads(&Case::changed(&feed, "<span>2026-12-01T10:00:30+02:00", &format!("<span>{same}")), &[]);
    }
    let moved = Case::changed(&feed, "<time>2026-12-01T10:00:30+02:00", "<time>2026-12-01T10:00:30Z");
    case.reads(&moved, &[("A", &["time"])]);
    // the hour of summer, and a day that is another one elsewhere
    let case = Case::of(&dated("", "", ""), "sku,promo_start,promo_end\nA,2026-06-30T22:30Z,2026-07-01 10:00");
    case.says(&["<day>2026-07-01</day>", "<time>2026-06-30T22:30:00+00:00<", "/2026-07-01T10:00:00+03:00</span>"]);
}

#[test]
fn where_nobody_names_the_shops_zone_a_format_with_one_is_in_utc_and_all_else_has_none() {
    let description = dated("", r#", format: "%Y-%m-%d %H:%M %z""#, "");
    let case = Case::of(&description, MASTER);
    case.says(&["<time>2026-12-01 10:00 +0200</time>"]);
    let case = Case::of(&description, MASTER);
    let config = case.world.text("offersync.yaml").replace("timezone: Europe/Kyiv\n", "");
    case.world.write("offersync.yaml", config);
    let feed = case.says(&["<time>2026-12-01 10:00 +0000</time>", "<span>2026-12-01T10:00:30/2026-12-31T23:59:00<"]);
    case.reads(&Case::changed(&feed, "10:00 +0000", "12:00 +0200"), &[]);
    case.reads(&Case::changed(&feed, "10:00 +0000", "10:00 +0200"), &[("A", &["time"])]);
}

#[test]
fn a_day_has_no_hour_for_a_format_that_writes_one() {
    let description = dated(r#", format: "%d.%m.%Y %H:%M""#, r#", format: "%d.%m.%Y %H:%M""#, "");
    let case = Case::of(&description, "sku,promo_start,promo_end\nA,2026-12-01,2026-12-31");
    assert_eq!(case.told(), ["«2026-12-01»: 2026-12-01 has no hour, and `%d.%m.%Y %H:%M` writes one"]);
    let case = Case::of(&description, MASTER);
    case.says(&["<day>01.12.2026 00:00</day>"]);
}

#[test]
fn a_span_that_ends_before_it_begins_is_none() {
    for (master, told) in [
        ("2026-12-31,2026-12-01", "its end, 2026-12-01, comes before its beginning, 2026-12-31"),
        ("2026-12-02 10:00,2026-12-01", "its end, 2026-12-01, comes before its beginning, 2026-12-02T10:00:00"),
        (
            "2026-12-01T09:00Z,2026-12-01 10:59",
            "its end, 2026-12-01T10:59:00, comes before its beginning, 2026-12-01T09:00:00+00:00",
        ),
    ] {
        let case = Case::of(&dated("", "", ""), &format!("sku,promo_start,promo_end\nA,{master}"));
        let found = case.told();
        assert!(found.len() == 1 && found[0].ends_with(told), "{found:?}");
    }
    // the whole of one day
    let case = Case::of(&dated("", "", ""), "sku,promo_start,promo_end\nA,2026-12-01,2026-12-01");
    let feed = case.says(&["<span>2026-12-01/2026-12-01</span>"]);
    case.reads(&Case::changed(&feed, "/2026-12-01<", "/2026-11-30<"), &[("A", &["span"])]);
}
