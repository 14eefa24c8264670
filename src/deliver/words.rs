//! What the system says of a file that it could not write, in plain words.

/// An error with its causes, and what to do; what the system says of a file in plain words.
pub fn in_words(error: &anyhow::Error) -> (String, &'static str) {
    let mut words: Vec<String> = Vec::new();
    let mut help = "";
    for cause in error.chain() {
        match cause.downcast_ref::<std::io::Error>() {
            Some(error) => {
                let (what, to_do) = of_system(error);
                // an error that only carries another one says the same again
                if words.last() != Some(&what) {
                    words.push(what);
                }
                help = to_do;
            }
            None => words.push(cause.to_string()),
        }
    }
    (words.join(": "), help)
}

fn of_system(error: &std::io::Error) -> (String, &'static str) {
    use std::io::ErrorKind;
    let (what, help) = match error.kind() {
        ErrorKind::NotFound => ("there is no such file or folder", "check the path and its spelling"),
        ErrorKind::PermissionDenied => {
            ("it is not permitted", "give the user that runs offersync the right to write there")
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            ("there is no room left", "free some space, then run again")
        }
        ErrorKind::ReadOnlyFilesystem => ("the disk can only be read", "name a place that can be written to"),
        ErrorKind::NotADirectory => ("a part of its path is no folder", "check the path and its spelling"),
        _ => {
            let text = error.to_string();
            // the number says nothing to a merchant
            let plain = text.split(" (os error").next().unwrap_or(&text);
            return (plain.to_owned(), "");
        }
    };
    (what.to_owned(), help)
}

#[cfg(test)]
mod tests {
    use std::io;

    use anyhow::Context;

    use super::*;

    #[test]
    fn what_the_system_says_is_put_in_plain_words() {
        let told = |kind: io::ErrorKind| {
            let error: anyhow::Result<()> = Err(io::Error::from(kind)).context("cannot make the folder out");
            in_words(&error.unwrap_err())
        };
        let (what, help) = told(io::ErrorKind::PermissionDenied);
        assert_eq!(what, "cannot make the folder out: it is not permitted");
        assert!(help.contains("right to write"));
        let odd = anyhow::Error::new(io::Error::from_raw_os_error(5));
        assert!(!in_words(&odd).0.contains("os error"));
    }
}
