//! Descriptions that load, and what came of them; wrong ones stand in [`wrong`].

use super::load;
use crate::channel::description::{Compare, Description, EmptyAs, Field, From, Limit, Otherwise, Part, Test};
use crate::channel::{codes, registry};
use crate::expression::Type;
use crate::finding::Severity;
use crate::model::Kind;
use crate::wire::yaml::{Document, Problem, Problems, parse};

mod wrong;
mod wrong_shapes;

/// What is read from a text, and what is wrong with it.
fn read(text: &str) -> (Option<Description>, Vec<Problem>) {
    let problems = Problems::default();
    let document = Document { name: "bazar.yaml".into(), text: text.into() };
    let description = parse(document, &problems).and_then(|node| load(&node, &problems));
    (description, problems.take())
}

fn loaded(text: &str) -> Description {
    let (description, problems) = read(text);
    let said: Vec<_> = problems.iter().map(|one| (one.line_and_column(), &one.what, &one.label)).collect();
    description.unwrap_or_else(|| panic!("{said:#?}"))
}

/// A channel of few fields, with `more` beside them.
fn channel(fields: &str, more: &str) -> String {
    let names: Vec<&str> = fields
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.trim().split(':').next())
        .collect();
    let at = names.iter().map(|name| format!(", {name}: {name}")).collect::<String>();
    format!(
        "id: bazar\ntitle: Bazar\nchecked: {{on: 2026-11-21, at: a page}}\nfields:\n  id: sku\n{fields}{more}\
         shapes:\n  feed: {{wire: xml, listings: bazar/item, at: {{id: id{at}}}}}\n"
    )
}

fn field<'d>(description: &'d Description, name: &str) -> &'d Field {
    description.fields.iter().find(|field| field.name == name).unwrap()
}

#[test]
fn a_short_form_is_a_source() {
    let description =
        loaded(&channel("  vendor: brand\n  name: [title.ru, title.uk]\n  label: \"{{ brand }}: {{ model }}!\"\n", ""));
    let From::Expression(expression) = &field(&description, "vendor").source.from else { panic!("a name") };
    assert_eq!(expression.as_name(), Some("brand"));
    assert_eq!(field(&description, "vendor").source.gives, Some(Type::Text));
    let From::FirstOf(sources) = &field(&description, "name").source.from else { panic!("the first of") };
    assert_eq!(sources.len(), 2);
    let From::Template(parts) = &field(&description, "label").source.from else { panic!("a template") };
    let shown: Vec<&str> = parts
        .iter()
        .map(|part| match part {
            Part::Text(text) => text.as_str(),
            Part::Name(name) => name.text.trim(),
        })
        .collect();
    assert_eq!(shown, ["brand", ": ", "model", "!"]);
}

#[test]
fn a_field_says_all_that_it_can() {
    let description = loaded(&channel(
        "  price: {from: price, kind: money, need: required, above: 0, decimals: 2, default: 0, empty: \"-\", about: what it costs}\n  \
           old: {from: [promo_price, {from: price, when: old_price}, {value: \"5\"}], kind: money, above: price, else: 7}\n  \
           pictures: {from: pictures, kind: list, of: url, items: 1..15, compare: set, join: \"|\", escape: \\}\n  \
           seen: {from: promo_start, kind: time, volatile: true}\n",
        "",
    ));
    let price = field(&description, "price");
    assert_eq!((price.kind, price.compare, price.required), (Kind::Money, Compare::Number, true));
    assert_eq!(price.spelling.decimals, Some(2));
    assert_eq!(price.spelling.default.as_deref(), Some("0"));
    assert_eq!(price.spelling.empty, Some(EmptyAs::Text("-".into())));
    let codes: Vec<&str> = price.rules.iter().map(|rule| rule.code.as_str()).collect();
    assert_eq!(codes, ["price-need", "price-above"]);
    let old = field(&description, "old");
    assert!(matches!(&old.rules[0].test, Test::Above(Limit::Field(1))));
    assert!(matches!(&old.source.otherwise, Some(Otherwise::Text(text)) if text == "7"));
    let pictures = field(&description, "pictures");
    assert_eq!((pictures.of, pictures.compare), (Kind::Url, Compare::Set));
    assert!(field(&description, "seen").volatile);
}

#[test]
fn a_table_has_fields_of_its_own() {
    let description = loaded(&channel(
        "  param:\n    from: attributes\n    where: name != 'x' and offer.unit\n    key: [name, unit]\n    \
         else: [{name: Title, value: Default}]\n    fields: {name: name, unit: unit, value: {from: value, kind: list}}\n",
        "",
    ));
    let param = field(&description, "param");
    assert_eq!((param.kind, param.compare, param.key.as_slice()), (Kind::Table, Compare::Set, &[0, 1][..]));
    let Some(Otherwise::Rows(rows)) = &param.source.otherwise else { panic!("rows") };
    assert_eq!(rows, &[vec![("name".into(), "Title".into()), ("value".into(), "Default".into())]]);
    assert!(param.only.is_some());
    // without an `at` the sub-fields stand under their own names
    let standing = &description.shapes[0].at.last().unwrap().1[0].at;
    let paths: Vec<&str> = standing.iter().map(|row| row.1[0].path.text.as_str()).collect();
    assert_eq!(paths, ["name", "unit", "value"]);
}

#[test]
fn an_advised_field_is_a_warning_and_no_requirement() {
    let description = loaded(&channel(
        "  a: {from: brand, need: advised}\n  b: {from: model, rules: [{need: required, when: a}, {chars: 5, whole: false}]}\n  \
           c: {from: mpn, rules: [{need: required, severity: warning, fix: do, why: so}]}\n",
        "",
    ));
    let of = |name| {
        let field = field(&description, name);
        (field.required, field.rules[0].severity)
    };
    assert_eq!(of("a"), (false, Severity::Warning));
    assert_eq!(of("b"), (false, Severity::Error), "a condition does not require it always");
    assert_eq!(of("c"), (true, Severity::Warning));
    let rule = &field(&description, "c").rules[0];
    assert_eq!((rule.words.fix.as_str(), rule.words.why.as_str()), ("do", "so"));
}

#[test]
fn a_shape_can_be_like_another() {
    let description = loaded(
        "id: bazar\ntitle: Bazar\nchecked: {on: 2026-11-21, at: [a page]}\nkey: [id, [a, b]]\n\
         fields: {id: sku, a: brand, b: model, c: mpn}\n\
         shapes:\n  \
           feed: {wire: xml, listings: {path: x/y, refused: x/z}, at: [id, {a: \"@a\"}, b, c], indent: none}\n  \
           export: {like: feed, read_only: true, complete: false, missing: unsaid, key: a, detect: [q/r, \"!@s\"], \
             without: [id, c], at: {b: q/b}}\n",
    );
    let [feed, export] = description.shapes.as_slice() else { panic!("two shapes") };
    let names = |shape: &crate::channel::description::Shape| {
        shape.at.iter().map(|row| format!("{} {}", row.0, row.1[0].path.text)).collect::<Vec<_>>()
    };
    assert_eq!(names(feed), ["1 @a", "0 id", "2 b", "3 c"], "attributes stand first");
    assert_eq!(names(export), ["1 @a", "2 q/b"]);
    assert_eq!((export.read_only, export.complete, export.missing_is_unsaid, export.indent), (true, false, true, None));
    assert_eq!(description.key, [vec![0], vec![1, 2]]);
    assert_eq!(export.key, Some(vec![vec![1]]));
    let detect: Vec<(bool, &str)> = export.detect.iter().map(|one| (one.0, one.1.text.as_str())).collect();
    assert_eq!(detect, [(true, "q/r"), (false, "@s")]);
    assert_eq!(feed.listings.refused[0].text, "x/z");
}

#[test]
fn the_built_in_channels_mean_what_they_say() {
    for channel in registry::BUILT_IN {
        let description = loaded(channel.text);
        // of products each offer has its own
        let offers = description.fields.iter().find(|field| field.is_of_offers());
        let fields = offers.map_or(&description.fields, |offers| &offers.fields);
        let price = fields.iter().find(|field| field.name == "price").unwrap();
        // where something else may say what is paid, only under a condition
        let is_needed = price.required || price.rules.iter().any(|rule| rule.code == "price-need");
        assert!(is_needed && price.kind == Kind::Money, "{}", channel.name);
        if offers.is_some() {
            continue;
        }
        let codes = codes::all(&description);
        let id = |name: &str| format!("{}/{name}", channel.name);
        let what = |name: &str| codes.iter().find(|code| code.id == id(name)).map(|code| code.what.clone());
        assert_eq!(what("price-above").as_deref(), Some("`price` is not above 0"));
        assert_eq!(what("price-need").as_deref(), Some("`price` is missing"));
        assert_eq!(what("price-kind").as_deref(), Some("`price` does not hold what it should"));
        let has_tree = description.head.iter().any(|field| field.name == "category");
        assert_eq!(what("head-category-name-need").as_deref(), has_tree.then_some("`name` is missing"));
        assert!(what("id-kind").is_none(), "any text is a text");
    }
}
