//! Everything compiled before the first offer: the sources of all channels under one
//! numbering, each channel's plan, and the codes of all that can be found.

use crate::channel::compile::compile;
use crate::channel::description::ListingOf;
use crate::channel::names::SETTINGS;
use crate::channel::plan::ChannelPlan;
use crate::channel::project::product;
use crate::channel::project::{Builder, Constant, FieldSaid, Known, Projection};
use crate::config::Config;
use crate::finding::Codes;
use crate::model::Categories;
use crate::source::Master;
use crate::wire::yaml::{Problem, Problems};

use super::channels::ChannelSetup;
use super::document::{self, Used};
use super::severities::Settled;

/// What a run works with.
#[derive(Debug)]
pub struct Prepared {
    /// The sources of all channels.
    pub projection: Projection,
    /// The channels, in the order of the run.
    pub plans: Vec<ChannelPlan>,
    /// Our codes and the channels'.
    pub codes: Codes,
    /// Those that the merchant made something else.
    pub levels: Settled,
}

/// The rows of a setting that is a table.
fn rows_of(setup: &ChannelSetup<'_>, setting: &str) -> Vec<(Constant, Constant)> {
    let given = setup.settings.iter().find(|known| known.name.strip_prefix(SETTINGS) == Some(setting));
    let Some(Constant::Table(rows)) = given.map(|given| &given.value) else { return Vec::new() };
    rows.iter().filter_map(|row| Some((row.first()?.clone(), row.get(1)?.clone()))).collect()
}

/// Compiles all channels over what the master says; `codes` are those that are known by then.
pub fn prepare(
    config: &Config,
    setups: &[ChannelSetup<'_>],
    master: &Master,
    now: &str,
    mut codes: Codes,
    problems: &Problems,
) -> Prepared {
    let mut said = master.said().to_vec();
    if setups.iter().any(|setup| setup.description.listing != ListingOf::Offer) {
        said.extend(product::said());
    }
    let (said, categories) = (said.as_slice(), master.categories());
    // the tree that paths make is not there before all is read, but a document will speak of it
    let still_to_come = Categories::default();
    let of_head = categories.or_else(|| master.has_tree().then_some(&still_to_come));
    let known = |setup: &ChannelSetup<'_>| Known {
        said,
        constants: document::known_names(config, setup, now),
        language: config.shop.language.clone(),
        categories,
    };
    let nothing = Known { said, constants: Vec::new(), language: config.shop.language.clone(), categories };
    let mut builder = Builder::new(nothing);
    let mut all_said: Vec<Vec<FieldSaid>> = Vec::new();
    for setup in setups {
        builder.know(known(setup));
        let (description, only) = (&setup.description, setup.only.as_ref());
        let fields = &description.fields;
        all_said.push(match &description.per {
            None => builder.channel(fields, description, setup.lookups.clone(), only),
            Some(setting) => builder.channel_per(&rows_of(setup, setting), fields, description, &setup.lookups, only),
        });
    }
    let mut plans = Vec::new();
    for (setup, said) in setups.iter().zip(&all_said) {
        let (_, head_said) = document::projection(config, setup, of_head, &Used::default(), now);
        let name = &setup.config.name.text;
        match compile(name, &setup.description, said, &head_said, setup.written, &mut codes) {
            Ok(plan) => plans.push(plan),
            Err(problem) => problems.add(Problem {
                code: "channel/path",
                what: format!("`{}`: {}", problem.path, problem.what),
                label: String::new(),
                help: String::new(),
                document: setup.description.document.clone(),
                bytes: 0..0,
            }),
        }
    }
    Prepared { projection: builder.finish(), plans, codes, levels: Settled::default() }
}
