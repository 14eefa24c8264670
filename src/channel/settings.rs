//! What the merchant answered, put into a description: rules and rows speak of the
//! listing's fields only, so `settings.NAME` in their conditions becomes its value.

use std::sync::Arc;

use super::category_list::CategoryList;
use super::description::{Description, Field, ListingTest, Row, Source, Test};
use super::project::{Constant, KnownName};
use crate::expression::{Expression, What};
use crate::model::Unit;

/// Puts the answers into every condition and amount of a description. A name that nobody answered stays: it
/// is not there.
pub fn settle(description: &mut Description, answers: &[KnownName]) {
    let answers = Answers(answers);
    let Description { head, fields, rules, shapes, back, back_of_rows, .. } = description;
    head.iter_mut().chain(fields.iter_mut()).for_each(|field| answers.field(field));
    for rule in rules {
        answers.condition(&mut rule.when);
        if let ListingTest::Assert(holds) = &mut rule.test {
            answers.expression(holds);
        }
    }
    for (_, rows) in shapes.iter_mut().flat_map(|shape| shape.head.iter_mut().chain(&mut shape.at)) {
        rows.iter_mut().for_each(|row| answers.row(row));
    }
    back.iter_mut().chain(back_of_rows).for_each(|(_, source)| answers.source(source));
}

/// Puts a list of categories, with what the merchant's file says, wherever a description speaks of it.
pub fn put_list(description: &mut Description, setting: &str, list: &Arc<CategoryList>) {
    for known in description.settings.iter_mut().filter(|known| known.name == setting) {
        known.list = Some(Arc::clone(list));
    }
    let Description { head, fields, .. } = description;
    head.iter_mut().chain(fields.iter_mut()).for_each(|field| list_of_field(field, setting, list));
}

fn list_of_field(field: &mut Field, setting: &str, list: &Arc<CategoryList>) {
    for rule in &mut field.rules {
        let tested = if let Test::Among(among) = &mut rule.test { Some(among) } else { None };
        let within = rule.within.as_mut().map(|within| &mut within.among);
        for among in tested.into_iter().chain(within).filter(|among| among.setting == setting) {
            among.list = Arc::clone(list);
        }
    }
    field.fields.iter_mut().for_each(|inner| list_of_field(inner, setting, list));
}

struct Answers<'a>(&'a [KnownName]);

impl Answers<'_> {
    fn field(&self, field: &mut Field) {
        self.source(&mut field.source);
        self.condition(&mut field.only);
        field.rules.iter_mut().for_each(|rule| self.condition(&mut rule.when));
        field.fields.iter_mut().for_each(|inner| self.field(inner));
    }

    /// A source that is a bare name is found by that name; everything else is computed.
    fn source(&self, source: &mut Source) {
        use super::description::From;
        self.condition(&mut source.when);
        source.to.iter_mut().for_each(|to| self.source(to));
        match &mut source.from {
            From::Expression(expression) if expression.as_name().is_none() => self.expression(expression),
            From::FirstOf(members) => members.iter_mut().for_each(|member| self.source(member)),
            _ => {}
        }
    }

    fn row(&self, row: &mut Row) {
        self.condition(&mut row.when);
        row.at.iter_mut().flat_map(|inner| &mut inner.1).for_each(|inner| self.row(inner));
    }

    fn condition(&self, condition: &mut Option<Arc<Expression>>) {
        condition.iter_mut().for_each(|expression| self.expression(expression));
    }

    fn expression(&self, expression: &mut Arc<Expression>) {
        let speaks_of_one = expression.names().iter().any(|used| self.value(used.name).is_some());
        if speaks_of_one {
            *expression = Arc::new(expression.replaced(&|name| self.value(name)));
        }
    }

    fn value(&self, name: &str) -> Option<What> {
        match &self.0.iter().find(|answer| answer.name == name)?.value {
            Constant::Text(text) => Some(What::Text(text.clone())),
            Constant::Flag(flag) => Some(What::Flag(*flag)),
            Constant::Number(amount, Unit::NONE) => Some(What::Number(*amount)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::channel::load;
    use crate::wire::yaml::{Document, Problems, parse};

    const TEXT: &str = "
id: bazar
title: Bazar
checked: {on: 2026-11-21, at: a page}
settings: {short: {kind: flag}, least: {kind: number}, firm: {need: required}}
fields:
  id: sku
  firm: settings.firm
  cheap: {from: price < settings.least, kind: flag, rules: [{need: required, when: not settings.short}]}
rules: [{assert: firm == settings.firm or settings.short, code: firm, fix: mend it}]
shapes:
  feed: {wire: xml, listings: a/b, at: {id: id, firm: [{path: x, when: settings.short}, {path: y}], cheap: cheap}}
";

    /// The conditions and amounts once the answers stand in them.
    fn settled(answers: &[(&str, Constant)]) -> Vec<String> {
        let problems = Problems::default();
        let node = parse(Document { name: "bazar.yaml".into(), text: TEXT.into() }, &problems).unwrap();
        let mut description = load(&node, &problems).unwrap_or_else(|| panic!("{:?}", problems.take()));
        let known = |(name, value): &(&str, Constant)| KnownName {
            name: format!("settings.{name}"),
            value: value.clone(),
            rows: Vec::new(),
        };
        settle(&mut description, &answers.iter().map(known).collect::<Vec<_>>());
        let source = |number: usize| match &description.fields[number].source.from {
            crate::channel::description::From::Expression(expression) => expression.tree.to_string(),
            other => panic!("{other:?}"),
        };
        let ListingTest::Assert(holds) = &description.rules[0].test else { panic!("an assertion") };
        let rule = description.fields[2].rules[0].when.as_ref();
        let row = description.shapes[0].at[1].1[0].when.as_ref();
        let shown = |when: Option<&Arc<Expression>>| when.map(|when| when.tree.to_string()).unwrap_or_default();
        vec![source(1), source(2), shown(rule), holds.tree.to_string(), shown(row)]
    }

    #[test]
    fn answers_stand_where_they_are_spoken_of() {
        let answers = [
            ("short", Constant::Flag(true)),
            ("least", Constant::Number(Decimal::from(50), Unit::NONE)),
            ("firm", Constant::Text("40127".into())),
        ];
        let expected = ["settings.firm", "price < 50", "not true", "firm == '40127' or true", "true"];
        assert_eq!(settled(&answers), expected, "a bare name keeps its own way");
    }

    #[test]
    fn what_nobody_answered_is_not_there() {
        let expected = ["settings.firm", "price < settings.least", "not settings.short"];
        let all = settled(&[("short", Constant::Unsaid)]);
        assert_eq!(all[..3], expected);
        assert_eq!(all[4], "settings.short");
    }
}
