//! Keys in `[…]`: a name that takes none says what is written instead.

use super::all_are_refused;

#[test]
fn what_takes_no_key_says_what_to_write() {
    all_are_refused(&[
        ("brand['x']", "brand", "`brand` takes no key in `[…]`: it is text", "write the name alone"),
        (
            "pictures['0']",
            "pictures",
            "`pictures` takes no key in `[…]`: it is a list",
            "the first is `pictures.first`, those after it `pictures.rest`",
        ),
        (
            "pictures[0]",
            "pictures",
            "`pictures` takes no key in `[…]`: it is a list",
            "the first is `pictures.first`, those after it `pictures.rest`",
        ),
    ]);
}
