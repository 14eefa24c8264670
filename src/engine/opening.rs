//! Opening the master: how the config says that it is read, and what of it the config got wrong.

use crate::config::schema::{Format, Quote};
use crate::config::{Config, FilePath};
use crate::finding::{Codes, Refusal};
use crate::source::{CategoriesFile, MappingProblem, Master, MasterOptions, OpenError};
use crate::wire::encoding::EncodingChoice;
use crate::wire::yaml::{Problem, Problems};

use super::channels;
use super::exported::{self, Opened};
use super::request::{Request, Stop};

/// The master, and what was noticed while it was opened; `None` where `problems` were added.
pub fn master(request: &Request<'_>, codes: &mut Codes, problems: &Problems) -> Result<Option<Opened>, Stop> {
    let config = request.config;
    let file = request.master.as_ref().unwrap_or(&config.master.file);
    let Some(uses) = &config.master.exported_by else { return Ok(own(config, file, problems)?.map(Opened::own)) };
    match exported::open(request, (file, uses), codes, problems) {
        Err(Stop::Refused(refusal)) => Ok(refuse(config, file, refusal, problems).map(|()| None)?),
        opened => opened,
    }
}

/// A master of one's own; `None` where `problems` were added.
pub fn own(config: &Config, file: &FilePath, problems: &Problems) -> Result<Option<Master>, Refusal> {
    let options = options(config, file);
    let categories = config.master.categories.as_ref();
    let refusal = match Master::open(&options) {
        Ok(master) => return Ok(Some(master)),
        Err(OpenError::Mapping(mapping)) => {
            mapping.into_iter().for_each(|one| problems.add(problem(config, one)));
            return Ok(None);
        }
        Err(OpenError::Refused(refusal)) => refusal,
    };
    let Some(categories) = categories.filter(|categories| categories.shown == refusal.input) else {
        if let Some(file) = categories.filter(|file| !file.path.exists()) {
            let missing = Refusal::whole(&file.shown, "there is no such file", "check the path and its spelling");
            problems.add(channels::unreadable(config, file, &missing));
        }
        return refuse(config, file, refusal, problems).map(|()| None);
    };
    // which columns there are does not hang on the categories
    if let Err(OpenError::Mapping(mapping)) = Master::open(&MasterOptions { categories: None, ..options }) {
        mapping.into_iter().for_each(|one| problems.add(problem(config, one)));
    }
    refuse(config, categories, refusal, problems).map(|()| None)
}

/// A refusal that stands beside other slips, or of a file that is not there, is a problem of the config. One that is
/// alone is told by itself: there is more to show of it. A file that the command line names has no place in the config.
fn refuse(config: &Config, file: &FilePath, refusal: Refusal, problems: &Problems) -> Result<(), Refusal> {
    let master = &config.master;
    let is_named_there = file == &master.file || master.categories.as_ref() == Some(file);
    match is_named_there && (!problems.is_empty() || !file.path.exists()) {
        true => problems.add(channels::unreadable(config, file, &refusal)),
        false if problems.is_empty() => return Err(refusal),
        false => {}
    }
    Ok(())
}

fn options(config: &Config, file: &FilePath) -> MasterOptions {
    let master = &config.master;
    let format = master.format_of(&file.path);
    let categories = master.categories.as_ref();
    MasterOptions {
        notation: format.notation(),
        items: master.items.clone(),
        delimiter: master.delimiter.or((format == Format::Tsv).then_some(b'\t')),
        quote: match master.quote {
            Quote::Mark(mark) => Some(mark),
            Quote::None => None,
        },
        encoding: master.encoding.map_or(EncodingChoice::Auto, EncodingChoice::Named),
        header: master.header,
        decimal: master.decimal,
        language: config.shop.language.clone(),
        fields: master.fields.clone(),
        categories: categories.map(|file| CategoriesFile { path: file.path.clone(), shown_as: file.shown.clone() }),
        ..MasterOptions::new(&file.path, &file.shown)
    }
}

/// Where columns and config disagree, at its place in the config.
pub fn problem(config: &Config, mapping: MappingProblem) -> Problem {
    let place = mapping.mapping.and_then(|number| config.master.fields.get(number)).map(|field| field.bytes.clone());
    let bytes = place.unwrap_or(config.master.file.bytes.clone());
    config.problem(bytes, mapping.code, mapping.what, mapping.label)
}
