//! What to try next: for a person at a terminal, apart from the report itself.

use super::{Sheet, closing};
use crate::engine::outcome::ChannelOutcome;
use crate::finding::Severity;
use crate::plan::ChangeKind;
use crate::report::View;
use crate::report::text::visible;

/// Hints at most.
const AT_MOST: usize = 3;

pub(super) fn hints(sheet: Sheet<'_>) -> Vec<String> {
    if !sheet.look.is_terminal || sheet.options.quiet || sheet.options.view == View::NameOnly {
        return Vec::new();
    }
    let mut hints = match sheet.outcome.command.as_str() {
        "validate" => of_validate(sheet),
        "render" => of_render(sheet),
        _ => of_diff(sheet),
    };
    hints.truncate(AT_MOST);
    hints.iter().map(|hint| visible(hint, sheet.look.unicode).into_owned()).collect()
}

fn of_diff(sheet: Sheet<'_>) -> Vec<String> {
    if closing::is_clean(sheet.outcome) {
        return Vec::new();
    }
    let channels = &sheet.outcome.channels;
    let mut hints = Vec::new();
    match channels.as_slice() {
        // two files that were compared by themselves have no channel in a config
        [_] if sheet.outcome.config.is_empty() => {
            hints.extend(["--full".into(), "--by brand".into(), "--limit 0".into()]);
        }
        [channel] => {
            if channel.counts.delete > 0 && !sheet.options.names_kind(ChangeKind::Delete) {
                hints.push(sheet.command(&format!("diff {} --only delete", channel.id)));
            }
            let first = channel.changes.iter().find(|change| change.kind == ChangeKind::Update);
            let field = first.and_then(|change| Some((change, change.weightiest(|_| true)?)));
            if let Some((change, field)) = field {
                hints.push(sheet.command(&format!(
                    "why {} {}",
                    super::quoted(&change.key),
                    super::quoted(&field.name)
                )));
            }
            hints.push("--full, --by brand, --by category, --limit 0".into());
        }
        channels => {
            let stopped = channels.iter().find(|channel| channel.is_refused());
            if let Some(channel) = stopped.or_else(|| channels.iter().find(|channel| channel.differs())) {
                hints.push(sheet.command(&format!("diff {}", channel.id)));
            }
            hints.extend(ready(sheet, channels));
        }
    }
    hints
}

/// The command that writes what is ready, where something else is not.
fn ready(sheet: Sheet<'_>, channels: &[ChannelOutcome]) -> Option<String> {
    let is_ready = |channel: &&ChannelOutcome| channel.differs() && !channel.is_refused() && channel.failed.is_none();
    let ready: Vec<&str> = channels.iter().filter(is_ready).map(|channel| channel.id.as_str()).collect();
    let stopped = channels.iter().any(ChannelOutcome::is_refused);
    (stopped && !ready.is_empty()).then(|| sheet.command(&format!("render {}", ready.join(" "))))
}

fn of_validate(sheet: Sheet<'_>) -> Vec<String> {
    let of_channels = sheet.outcome.channels.iter().flat_map(|channel| &channel.findings);
    let groups = || sheet.outcome.findings.iter().chain(of_channels.clone());
    let worst = groups().max_by_key(|group| (group.severity, group.count));
    let mut hints = Vec::new();
    if let Some(worst) = worst.filter(|group| group.severity > Severity::Note) {
        hints.push(format!("offersync explain {}", worst.code));
    }
    if groups().any(|group| group.places.len() > 3) && sheet.options.limit.is_none() {
        hints.push("every place: --limit 0 or -o json=findings.json".into());
    }
    hints
}

fn of_render(sheet: Sheet<'_>) -> Vec<String> {
    let refused = sheet.outcome.channels.iter().filter(|channel| channel.is_refused());
    refused.map(|channel| sheet.command(&format!("diff {}", channel.id))).collect()
}
