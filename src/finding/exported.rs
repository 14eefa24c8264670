//! The program's own codes about what a channel has, with all their texts.

use super::{FixedCode, Known, Severity};

/// What is said of an export, in the order of [`Known`].
pub(super) const OF_AN_EXPORT: &[FixedCode] = &[
    FixedCode {
        known: Known::KeyMissing,
        id: "export/key-missing",
        severity: Severity::Error,
        what: "a listing without a key",
        why: "It cannot be compared with anything in the master, and the channel itself has no name for it.",
        example: "<offer available=\"true\">  →  <offer id=\"KT1182\" available=\"true\">",
        fix: "give it the key of its offer, or remove it",
    },
    FixedCode {
        known: Known::KeyEqual,
        id: "export/key-equal",
        severity: Severity::Error,
        what: "the same key stands in more than one listing",
        why: "Which of them the channel shows cannot be known; only the first was compared.",
        example: "<offer id=\"KT1182\"> twice  →  once",
        fix: "render the feed anew; an offer that goes stands there once",
    },
    FixedCode {
        known: Known::EscapedCData,
        id: "export/cdata-escaped",
        severity: Severity::Warning,
        what: "a CDATA section was escaped and stands there as text",
        why: "Customers may see the characters `<![CDATA[` on the page. Its inside was compared.",
        example: "&lt;![CDATA[<p>…  →  <![CDATA[<p>…",
        fix: "render the feed anew",
    },
    FixedCode {
        known: Known::RowKey,
        id: "export/row-key",
        severity: Severity::Warning,
        what: "a row stands without its key",
        why: "It says a value and not of what, so the channel cannot show it; some refuse the offer for it.",
        example: "<param name=\"\">синій</param>  →  <param name=\"Колір\">синій</param>",
        fix: "render the feed anew",
    },
    FixedCode {
        known: Known::RowParts,
        id: "export/row-parts",
        severity: Severity::Warning,
        what: "a row in a cell has more parts than its header names",
        why: "What stands behind the last of them is read by nobody; mostly a text holds the mark between parts, and no quotes hold \
          it together. A comma within a number makes two rows of one in the same way.",
        example: "cutoff(country:hour): UA:15:30  →  UA:\"15:30\"",
        fix: "put quotes around the text that holds the mark, or name the part in the header",
    },
    FixedCode {
        known: Known::Markup,
        id: "export/markup",
        severity: Severity::Error,
        what: "elements stand where a text belongs",
        why: "Markup in a text has to be escaped or stand in a CDATA section; bare it is part of the document, and what stands \
          inside is no text of the field any more. Only what stands outside of it was compared.",
        example: "<description><p>…</p></description>  →  <description><![CDATA[<p>…</p>]]></description>",
        fix: "render the feed anew, or let the program that writes it put texts with markup in CDATA sections",
    },
    FixedCode {
        known: Known::LooksAlike,
        id: "export/name-like",
        severity: Severity::Error,
        what: "a name only looks like one that the channel knows",
        why: "It holds a Cyrillic letter that looks like a Latin one, so that the channel does not read it at all.",
        example: "аvailable (Cyrillic а)  →  available",
        fix: "type the name anew on a Latin keyboard",
    },
    FixedCode {
        known: Known::ListingPlace,
        id: "export/listing-place",
        severity: Severity::Error,
        what: "a listing stands outside of the node that holds listings",
        why: "The channel looks for listings in one place only; this one was compared, but the channel may not see it.",
        example: "<shop><offer>…  →  <shop><offers><offer>…",
        fix: "render the feed anew",
    },
    FixedCode {
        known: Known::Strange,
        id: "export/unknown-nodes",
        severity: Severity::Note,
        what: "nodes stand there that the channel's description does not know",
        why: "What it does not know is neither compared nor written, and of no use in a master.",
        example: "<loyalty>5</loyalty>  →  a field `loyalty` with a row in the shape",
        fix: "where they matter, add fields and rows for them in a description of your own, or name them under `ignored`",
    },
    FixedCode {
        known: Known::RowAside,
        id: "export/row-aside",
        severity: Severity::Note,
        what: "rows stand there that are no listings",
        why: "They say again what is listed before, for another language or store, or are of a kind that no offer is, like a link to \
          another shop. They are neither compared nor taken for offers, and stay as they are.",
        example: "a row with `store_view_code` «en»  →  left aside",
        fix: "nothing has to be done; where such a row is an offer, take its word out of `aside` in a description of your own",
    },
    FixedCode {
        known: Known::FurtherPlaces,
        id: "export/further-categories",
        severity: Severity::Note,
        what: "a listing stands in several categories, and an offer in one",
        why: "The first one counts that none of the others lies in; other channels sell the offer there.",
        example: "Sale, Clothing > Tees  →  Clothing > Tees, Sale",
        fix: "where another one is meant, put it first where the export comes from",
    },
];
