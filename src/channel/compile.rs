//! From a description to a plan: fields with the codes of all that is demanded of them,
//! rules over numbers, shapes as trees to write and to read.

use std::sync::{Arc, LazyLock};

use rust_decimal::prelude::ToPrimitive;

use crate::finding::{CodeNo, Codes, Levels, Severity};
use crate::model::Kind;

use super::codes;
use super::description::{
    Compare, Description, Field, FieldNo, Forbidden, ListingOf, ListingRule, ListingTest, Range, Row, Rule, Shape,
    Spelling, Test,
};
use super::pattern::Pattern;
use super::plan::{
    ChannelPlan, Compared, FieldCodes, FieldPlan, ListingRulePlan, ListingTestPlan, Matcher, RulePlan, ShapePlan,
    TestPlan,
};
use super::project::FieldSaid;
use super::read::ReadPlan;
use super::roles::{roles, root, variants};
use super::screen::{Rules, Screen};
use super::spelling::SpellingPlan;
use super::unasked::{Unasked, is_looked_up};
use super::within_cell::named_by;
use super::write::{WritePlan, WriteProblem, number_of};

/// Compiles a description for one channel of the config. `said` and `head_said` tell what anybody says about each
/// field; `written` is the shape that the config asks for.
pub fn compile(
    name: &str,
    description: &Description,
    said: &[FieldSaid],
    head_said: &[FieldSaid],
    written: usize,
    codes: &mut Codes,
) -> Result<ChannelPlan, WriteProblem> {
    for code in codes::all(description) {
        if codes.number(&code.id).is_none() {
            codes.add(code);
        }
    }
    let mut compiler = Compiler { description, codes: &*codes, sets: 0 };
    let fields = compiler.fields(&description.fields, said, "");
    let head = compiler.fields(&description.head, head_said, codes::HEAD);
    let rules = description.rules.iter().map(|rule| compiler.listing_rule(rule)).collect();
    let shapes =
        description.shapes.iter().map(|shape| compiler.shape(shape, &fields, &head)).collect::<Result<_, _>>()?;
    Ok(ChannelPlan {
        name: name.to_owned(),
        title: description.title.clone(),
        unique_sets: compiler.sets,
        listing: description.listing,
        roles: roles(&description.fields),
        // beside the product's listing each variant has its own
        variants: variants(&description.fields).filter(|_| description.listing == ListingOf::Product),
        names_offers: description.fields.iter().any(Field::is_of_offers),
        fields,
        head,
        rules,
        shapes,
        written,
        absent: description.absent,
        quarantine: description.quarantine.clone(),
        currencies: description.currencies.clone(),
        levels: Levels::default(),
    })
}

struct Compiler<'d, 'c> {
    description: &'d Description,
    codes: &'c Codes,
    sets: usize,
}

impl Compiler<'_, '_> {
    fn fields(&mut self, fields: &[Field], said: &[FieldSaid], prefix: &str) -> Vec<FieldPlan> {
        let silent = FieldSaid::default();
        let all = fields.iter().enumerate();
        all.map(|(number, field)| self.field(field, fields, said.get(number).unwrap_or(&silent), prefix)).collect()
    }

    fn field(&mut self, field: &Field, beside: &[Field], said: &FieldSaid, within: &str) -> FieldPlan {
        let fields = self.fields(&field.fields, &said.fields, &codes::within(within, &field.name));
        let rules: Vec<RulePlan> = field.rules.iter().map(|rule| self.rule(rule, beside)).collect();
        let is_currency = root(&field.source) == Some("currency");
        let codes = self.field_codes(within, field);
        let is_looked_into = field.kind == Kind::Choice || is_currency || codes.marks != CodeNo::NONE;
        FieldPlan {
            name: field.name.clone(),
            kind: field.kind,
            compare: field.compare,
            volatile: field.volatile,
            required: field.required,
            said: said.said,
            looked_up: is_looked_up(field),
            of_first_offer: within.is_empty() && field.is_of_first_offer(self.description.listing),
            is_currency,
            spelling: SpellingPlan::new(field.kind, &field.spelling, &Spelling::default()),
            codes,
            screen: (!is_looked_into).then(|| Screen::new(&rules)),
            may_be_missing: !rules.iter().any(|rule| matches!(rule.test, TestPlan::Need)),
            judged_by_text: !is_looked_into
                && matches!(field.kind, Kind::Text | Kind::Html)
                && !rules.is_empty()
                && rules.len() <= Rules::OF_ONE_FIELD
                && rules.iter().all(RulePlan::is_of_text),
            rules,
            key: field.key.clone(),
            holds_unique: fields.iter().any(|inner| inner.holds_unique || inner.rules.iter().any(is_unique)),
            needed: numbers_of(&fields, |inner| inner.required || inner.rules.iter().any(RulePlan::is_demand)),
            looking_up: numbers_of(&fields, |inner| inner.looked_up),
            tables: numbers_of(&fields, |inner| inner.kind == Kind::Table),
            fields,
        }
    }

    /// Codes of what is checked without being asked.
    fn field_codes(&self, within: &str, field: &Field) -> FieldCodes {
        let code = |unasked: Unasked| self.code(&codes::code_of(within, &field.name, unasked.name()));
        FieldCodes {
            kind: code(Unasked::Kind),
            choice: code(Unasked::Choice),
            decimals: code(Unasked::Decimals),
            currency: code(Unasked::Currency),
            join: code(Unasked::Join),
            marks: code(Unasked::Marks),
            lookup: code(Unasked::Lookup),
            key: code(Unasked::Key),
            varies: code(Unasked::Varies),
            ignored: code(Unasked::Ignored),
            refused: code(Unasked::Refused),
            twice: code(Unasked::Twice),
        }
    }

    /// The number of a code of this channel. One that its description cannot have has none.
    fn code(&self, name: &str) -> CodeNo {
        self.codes.number(&format!("{}/{name}", self.description.id)).unwrap_or(CodeNo::NONE)
    }

    fn rule(&mut self, rule: &Rule, beside: &[Field]) -> RulePlan {
        RulePlan {
            family: family(&rule.test),
            test: self.test(&rule.test),
            code: self.code(&rule.code),
            is_error: rule.severity == Severity::Error,
            is_allowed: false,
            when: rule.when.as_ref().map(|when| when.compile(&mut |name| number_of(beside, name))),
            within: rule.within.clone(),
            whole: rule.whole,
            unit: rule.unit,
        }
    }

    fn test(&mut self, test: &Test) -> TestPlan {
        match test {
            Test::Need => TestPlan::Need,
            Test::Chars(range) => TestPlan::Chars { range: *range, surely: surely_within(range) },
            Test::Bytes(range) => TestPlan::Bytes(*range),
            Test::Items(range) => TestPlan::Items(*range),
            Test::Range(range) => TestPlan::Range(*range),
            Test::Above(limit) => TestPlan::Above(limit.clone()),
            Test::Below(limit) => TestPlan::Below(limit.clone()),
            Test::Pattern(pattern) => TestPlan::Pattern(Matcher::of(pattern)),
            Test::Forbid(Forbidden::Pattern(pattern)) => TestPlan::Forbid(Matcher::Pattern(pattern.clone())),
            Test::Forbid(Forbidden::Html) => named(&HTML),
            Test::Forbid(Forbidden::Url) => named(&URL),
            Test::Forbid(Forbidden::Capitals) => TestPlan::ForbidCapitals,
            Test::Is(is) => TestPlan::Is(*is),
            Test::Unique { without, fold } => {
                self.sets += 1;
                TestPlan::Unique { set: self.sets - 1, without: without.clone(), fold: *fold }
            }
            Test::Declared(table) => TestPlan::Declared(*table),
            Test::Requires(fields) => TestPlan::Requires(fields.clone()),
            Test::Distinct(field) => TestPlan::Distinct(*field),
            Test::Among(among) => TestPlan::Among(Arc::clone(&among.list)),
        }
    }

    fn listing_rule(&mut self, rule: &ListingRule) -> ListingRulePlan {
        let fields = &self.description.fields;
        let code = self.code(&rule.code);
        let compiled =
            |expression: &crate::expression::Expression| expression.compile(&mut |name| number_of(fields, name));
        let (test, field) = match &rule.test {
            ListingTest::Together(fields) => (ListingTestPlan::Together(fields.clone()), fields.first().copied()),
            ListingTest::AnyOf(fields) => (ListingTestPlan::AnyOf(fields.clone()), fields.first().copied()),
            ListingTest::OneOf(fields) => (ListingTestPlan::OneOf(fields.clone()), fields.first().copied()),
            ListingTest::Assert(condition) => {
                let first =
                    condition.names().first().and_then(|used| fields.iter().position(|field| field.name == used.name));
                (ListingTestPlan::Assert(compiled(condition)), first)
            }
        };
        let when = rule.when.as_ref().map(|when| compiled(when));
        ListingRulePlan { test, code, is_error: rule.severity == Severity::Error, when, field }
    }

    fn shape(&mut self, shape: &Shape, fields: &[FieldPlan], head: &[FieldPlan]) -> Result<ShapePlan, WriteProblem> {
        let description = self.description;
        let key = shape.key.clone().unwrap_or_else(|| description.key.clone());
        let in_key: Vec<FieldNo> = key.iter().flatten().copied().collect();
        let write = match shape.read_only {
            true => None,
            false => Some(WritePlan::new(shape, &description.head, &description.fields, &|number, part| {
                let said = |field: &FieldPlan| part.map_or(Some(field.said), |part| Some(field.fields.get(part)?.said));
                fields.get(number).and_then(said).unwrap_or(false)
            })?),
        };
        let folds_blanks = shape.wire.table().is_some_and(|form| form.folds_blanks());
        let place = Place { outermost: true, folds_blanks };
        Ok(ShapePlan {
            name: shape.name.clone(),
            wire: shape.wire,
            read_only: shape.read_only,
            advice: shape.advice.as_ref().map(|advice| (self.code(&advice.code), advice.why.clone())),
            complete: shape.complete,
            missing_is_unsaid: shape.missing_is_unsaid,
            compared: compared(&description.fields, fields, &shape.at, &in_key, place),
            head_compared: compared(&description.head, head, &shape.head, &[], place),
            carried: (0..fields.len()).map(|number| shape.at.iter().any(|row| row.0 == number)).collect(),
            gather: shape.gather.clone(),
            read: ReadPlan::new(shape, &description.head, &description.fields),
            key,
            write,
        })
    }
}

static HTML: LazyLock<Option<Pattern>> =
    LazyLock::new(|| Pattern::new(r"<[A-Za-z/][^>]*>|&(#\d+|#x[0-9A-Fa-f]+|[A-Za-z]+);").ok());
static URL: LazyLock<Option<Pattern>> = LazyLock::new(|| Pattern::new(r"(?i)\b(https?://|www\.)\S+").ok());

fn named(pattern: &LazyLock<Option<Pattern>>) -> TestPlan {
    // the patterns are constants of this file; one that does not compile would fail every test of the suite
    match &**pattern {
        Some(pattern) => TestPlan::Forbid(Matcher::Pattern(pattern.clone())),
        None => TestPlan::ForbidCapitals,
    }
}

/// Rules of one test are a family.
fn family(test: &Test) -> u8 {
    match test {
        Test::Need => 0,
        Test::Chars(_) => 1,
        Test::Bytes(_) => 2,
        Test::Items(_) => 3,
        Test::Range(_) => 4,
        Test::Above(_) => 5,
        Test::Below(_) => 6,
        Test::Pattern(_) => 7,
        Test::Forbid(_) => 8,
        Test::Is(_) => 9,
        Test::Unique { .. } => 10,
        Test::Declared(_) => 11,
        Test::Requires(_) => 12,
        Test::Distinct(_) => 13,
        Test::Among(_) => 14,
    }
}

/// Where fields are compared.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// They are of the listing or the document itself, and of no table's row.
    outermost: bool,
    /// Blanks and line ends are alike there.
    folds_blanks: bool,
}

/// How the fields take part in comparisons where a shape has these rows.
fn compared(
    fields: &[Field],
    plans: &[FieldPlan],
    rows: &[(FieldNo, Vec<Row>)],
    in_key: &[FieldNo],
    place: Place,
) -> Vec<Compared> {
    let of = |(number, (field, plan)): (usize, (&Field, &FieldPlan))| {
        let rows = rows.iter().find(|row| row.0 == number).map(|row| row.1.as_slice()).unwrap_or(&[]);
        let first = rows.first();
        let default_row = Row::default();
        let row = first.unwrap_or(&default_row);
        let spelling = |row: &Row| SpellingPlan::new(field.kind, &field.spelling, &row.spelling);
        let alternative = |row: &Row| {
            (row.when.as_ref().map(|when| when.compile(&mut |name| number_of(fields, name))), spelling(row))
        };
        let several = rows.len() > 1;
        let counts = first.is_some() && !plan.volatile && !in_key.contains(&number);
        let how = if counts { row.compare.unwrap_or(field.compare) } else { Compare::Not };
        Compared {
            how: if plan.said { how } else { Compare::Not },
            is_unsaid: how != Compare::Not && !plan.said,
            folds_blanks: place.folds_blanks,
            marks: row.marks.clone(),
            node: node_name(row, place.outermost, &field.name),
            spelling: if several { spelling(row).of_whole_items() } else { spelling(row) },
            alternatives: if several { rows.iter().map(alternative).collect() } else { Vec::new() },
            fields: compared(&field.fields, &plan.fields, &row.at, &[], Place { outermost: false, ..place }),
        }
    };
    fields.iter().zip(plans).enumerate().map(of).collect()
}

/// A field's name in the document: `price`, `available` for `@available`, `name[ua]` for `name[@lang=ua]`; within a
/// row what stands behind the row's name: nothing for its own text, `@rate`, `/value[@lang=uk]`.
fn node_name(row: &Row, outermost: bool, field: &str) -> String {
    let text = row.path.text.as_str();
    match (outermost, text) {
        (true, "" | ".") => field.to_owned(),
        (_, _) if row.path.is_numbered() => format!("/{field}"),
        (true, text) if row.path.steps.is_empty() => text.trim_start_matches('@').to_owned(),
        (true, text) if row.path.attribute.is_none() => row.path.steps.last().map_or_else(
            || text.to_owned(),
            |step| match step.told_by.as_slice() {
                [] => step.name.clone(),
                told => {
                    let which: Vec<&str> = told.iter().map(|told| told.1.as_str()).collect();
                    format!("{}[{}]", step.name, which.join(","))
                }
            },
        ),
        (true, text) => text.to_owned(),
        (false, "" | ".") => String::new(),
        // it stands under the row's own name
        (false, _) if named_by(&row.path).is_some() => String::new(),
        (false, text) if text.starts_with('@') => text.to_owned(),
        (false, text) => format!("/{text}"),
    }
}

fn is_unique(rule: &RulePlan) -> bool {
    matches!(rule.test, TestPlan::Unique { .. })
}

/// The numbers of the fields that are so.
fn numbers_of(fields: &[FieldPlan], wanted: impl Fn(&FieldPlan) -> bool) -> Vec<FieldNo> {
    fields.iter().enumerate().filter(|(_, field)| wanted(field)).map(|(number, _)| number).collect()
}

/// How many bytes a text may have so that its characters are surely within a range.
fn surely_within(range: &Range) -> Option<usize> {
    let has_least = range.from.is_some_and(|least| !least.is_zero());
    let most = range.to.map_or(Some(usize::MAX), |most| most.to_usize());
    most.filter(|_| !has_least)
}

impl Matcher {
    /// A pattern as a whole-text match; one class of ASCII characters, once or more, as a table.
    pub fn of(pattern: &Pattern) -> Matcher {
        let inner = Test::written(pattern);
        let class = inner.strip_prefix('[').and_then(|rest| rest.strip_suffix("]+")).and_then(byte_class);
        match class {
            Some(class) => Matcher::Bytes(Box::new(class)),
            None => Matcher::Pattern(pattern.clone()),
        }
    }
}

/// The bytes of a class such as `A-Za-z0-9`; `None` where it holds anything else than single ASCII letters, digits
/// and their ranges.
fn byte_class(class: &str) -> Option<[bool; 256]> {
    let mut table = [false; 256];
    let bytes = class.as_bytes();
    let plain = |byte: u8| byte.is_ascii_alphanumeric();
    let mut at = 0;
    while let Some(first) = bytes.get(at).copied().filter(|byte| plain(*byte)) {
        match (bytes.get(at + 1), bytes.get(at + 2)) {
            (Some(b'-'), Some(last)) if plain(*last) => {
                (first..=*last).for_each(|byte| table[usize::from(byte)] = true);
                at += 3;
            }
            _ => {
                table[usize::from(first)] = true;
                at += 1;
            }
        }
    }
    (at == bytes.len() && at > 0).then_some(table)
}
