//! All slips of a config in one run: those that it shows by itself, and those that only descriptions, tables and the
//! header of the master can tell. Nothing is read but what that takes.

use crate::config::Config;
use crate::config::draft::{Draft, in_order};
use crate::finding::Refusal;
use crate::source::Master;
use crate::wire::yaml::{Problem, Problems};

use super::{channels, opening, setting_keys, severities};

/// What is wrong with a config that shows slips by itself, together with all else that is wrong. What may only follow
/// from one of them is left for the next run.
pub fn of_draft(draft: Draft) -> Vec<Problem> {
    let found = draft.config.as_ref().map_or(Vec::new(), |config| beyond(config, &draft));
    draft.with(found)
}

/// What is wrong with the channels that were asked for, and with all others: a config is mended once.
pub(super) fn of_all(config: &Config, asked: &[usize], problems: Problems) -> Vec<Problem> {
    let others: Vec<usize> = (0..config.channels.len()).filter(|number| !asked.contains(number)).collect();
    channels::set_up(config, &others, &problems);
    severities::slips(config, &problems);
    in_order(problems.take(), &config.document.name)
}

fn beyond(config: &Config, draft: &Draft) -> Vec<Problem> {
    let problems = Problems::default();
    let all: Vec<usize> = (0..config.channels.len()).collect();
    let setups = channels::set_up(config, &all, &problems);
    let opened = master(config, draft, &problems);
    if let Some(master) = opened.filter(|_| !draft.doubts_master()) {
        setups.iter().for_each(|setup| setting_keys::check(config, setup, master.said(), &problems));
    }
    severities::slips(config, &problems);
    let mut found = problems.take();
    found.retain(|problem| !follows(problem, config, draft));
    found
}

/// The master as far as its header; of an export only the description is looked at.
fn master(config: &Config, draft: &Draft, problems: &Problems) -> Option<Master> {
    let file = &config.master.file;
    if config.master.is_unknown() {
        return None;
    }
    let Some(uses) = &config.master.exported_by else {
        // a file that cannot be read stands beside the slips that are known already
        let opened = opening::own(config, file, problems);
        return opened
            .inspect_err(|refusal| {
                // how it is read may be what is wrong already
                if !draft.doubts_master() {
                    problems.add(channels::unreadable(config, file, refusal));
                }
            })
            .ok()
            .flatten();
    };
    if let Some(description) = channels::description(config, uses, problems) {
        channels::of_master(config, description, problems);
    }
    if !file.path.exists() {
        let missing = Refusal::whole(&file.shown, "there is no such file", "check the path and its spelling");
        problems.add(channels::unreadable(config, file, &missing));
    }
    None
}

/// Whether a problem may be there only because of another: a setting is missing where `settings` was misspelled, a
/// column for the SKU where its line could not be read.
fn follows(problem: &Problem, config: &Config, draft: &Draft) -> bool {
    if problem.document.name != config.document.name {
        return false;
    }
    match problem.code {
        "config/missing-setting" => draft.doubts_channel(problem.bytes.start),
        "config/missing-key" => draft.doubts_master(),
        _ => false,
    }
}
