//! `--name-only`: channel, kind and key with tabs between, for other programs.

use std::io::{self, Write};

use super::{Parts, Sheet};
use crate::report::text::visible;

pub(super) fn write(sheet: Sheet<'_>, out: &mut dyn Write) -> io::Result<()> {
    for channel in &sheet.outcome.channels {
        for change in Parts::of(channel, sheet).all() {
            let key = visible(&change.key, sheet.look.unicode);
            writeln!(out, "{}\t{}\t{key}", visible(&channel.id, sheet.look.unicode), change.kind.name())?;
        }
    }
    Ok(())
}
