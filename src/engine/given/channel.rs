//! The channels whose rules may count for a feed, as far as a description tells without a config.

use super::ByRules;
use crate::channel::compile::compile;
use crate::channel::description::{Description, Field};
use crate::channel::plan::ChannelPlan;
use crate::channel::project::{FieldSaid, KnownName};
use crate::channel::registry;
use crate::config::{Config, Uses, load};
use crate::engine::channels;
use crate::engine::request::Stop;
use crate::finding::{CodeNo, Codes, Known, Refusal};
use crate::model::suggestion;
use crate::wire::yaml::Problems;

/// A channel, or one of its further documents.
#[derive(Debug)]
pub(super) struct Channel {
    /// Its name; a further document's stands behind it.
    pub id: String,
    pub description: Description,
}

/// The channels that come into question: all that are built in, or the one that was named.
pub(super) fn candidates(config: &Config, by: &ByRules) -> Result<Vec<Channel>, Stop> {
    let problems = Problems::default();
    let described = |uses: &Uses| -> Result<Vec<Channel>, Stop> {
        let Some(description) = channels::description(config, uses, &problems) else {
            return Err(Stop::Problems(problems.take()));
        };
        Ok(with_documents(config, description, &problems))
    };
    let found = match by {
        ByRules::Auto => {
            let mut all = Vec::new();
            for name in registry::names() {
                all.extend(described(&Uses::BuiltIn(name.to_owned()))?);
            }
            all
        }
        ByRules::BuiltIn(name, part) => {
            let all = described(&Uses::BuiltIn(name.clone()))?;
            one_of(all, name, part.as_deref())?
        }
        ByRules::Described(file) => {
            // a config's message would speak of the config
            load::text_of(&file.path, &file.shown)?;
            described(&Uses::File(file.clone()))?.into_iter().take(1).collect()
        }
    };
    match problems.take() {
        wrong if wrong.is_empty() => Ok(found),
        wrong => Err(Stop::Problems(wrong)),
    }
}

/// A channel, and its further documents behind it.
fn with_documents(config: &Config, mut description: Description, problems: &Problems) -> Vec<Channel> {
    let id = description.id.clone();
    let further = std::mem::take(&mut description.documents);
    let further = further.into_iter().map(|(name, inner)| (format!("{id}.{name}"), inner));
    let all = std::iter::once((id.clone(), description)).chain(further);
    let settled = all.map(|(id, description)| {
        let (description, _): (Description, Vec<KnownName>) = channels::of_master(config, description, problems);
        Channel { id, description }
    });
    settled.collect()
}

fn one_of(mut all: Vec<Channel>, name: &str, part: Option<&str>) -> Result<Vec<Channel>, Stop> {
    let Some(part) = part else {
        all.truncate(1);
        return Ok(all);
    };
    let names: Vec<String> = all.iter().filter_map(|one| one.id.split_once('.')).map(|one| one.1.to_owned()).collect();
    let wanted = format!("{name}.{part}");
    all.retain(|one| one.id == wanted);
    if all.is_empty() {
        let help = suggestion(part, names.iter().map(String::as_str), "`offersync channels`");
        return Err(Refusal::whole(&wanted, format!("{name} has no further document `{part}`"), help).into());
    }
    Ok(all)
}

impl Channel {
    /// Compiled for a document of this shape, in which every field may be said.
    pub fn plan(&self, shape: usize, codes: &mut Codes) -> Result<ChannelPlan, Stop> {
        let (said, head) = (all_said(&self.description.fields), all_said(&self.description.head));
        let plan = compile(&self.id, &self.description, &said, &head, shape, codes).map_err(|problem| {
            let what = format!("the description of {}: `{}`: {}", self.description.title, problem.path, problem.what);
            Stop::Failed(anyhow::anyhow!(what))
        })?;
        FIXES.iter().for_each(|(code, fix)| codes.put_fix(CodeNo::from(*code), fix));
        let of_a_master: Vec<(CodeNo, String)> = codes
            .iter()
            .filter(|(_, code)| code.fix.starts_with(MAPS))
            .map(|(number, code)| (number, format!("{TO_A_FEED}{}", code.fix)))
            .collect();
        of_a_master.iter().for_each(|(code, fix)| codes.put_fix(*code, fix));
        Ok(plan)
    }
}

/// How a description tells what to do in a config.
const MAPS: &str = "map ";
/// What is said before that of a feed that may come from anywhere.
const TO_A_FEED: &str = "let the feed say it; in a config: ";

/// What to do where nobody knows who wrote the feed, and nothing was compared.
const FIXES: [(Known, &str); 6] = [
    (Known::KeyEqual, "give each listing a key of its own, or remove the later one"),
    (Known::EscapedCData, "let the program that writes it put the section there as it is, without escaping its marks"),
    (Known::RowKey, "name what the value is of, or leave the row out"),
    (Known::Markup, "let the program that writes it put texts with markup in CDATA sections"),
    (Known::ListingPlace, "move it to where the channel looks for listings"),
    (Known::Strange, "see whether one is misspelt; what the channel has no word for it does not read"),
];

fn all_said(fields: &[Field]) -> Vec<FieldSaid> {
    fields.iter().map(|field| FieldSaid { said: true, fields: all_said(&field.fields) }).collect()
}
