//! Words of a choice and of yes and no, as shops write them: ours, and the usual ones
//! in the languages of the shops that this is for.

/// One of our words with the others that mean it; in lower case, with blanks and hyphens as `_`.
type Word = (&'static str, &'static [&'static str]);

const AVAILABILITY: &[Word] = &[
    (
        "in_stock",
        &[
            "instock",
            "available",
            "yes",
            "true",
            "1",
            "+",
            "є",
            "є_в_наявності",
            "в_наявності",
            "наявний",
            "так",
            "в_наличии",
            "есть",
            "есть_в_наличии",
            "да",
            "бар",
            "қоймада_бар",
        ],
    ),
    (
        "out_of_stock",
        &[
            "outofstock",
            "no",
            "false",
            "0",
            "-",
            "немає",
            "немає_в_наявності",
            "нема",
            "відсутній",
            "ні",
            "нет",
            "нет_в_наличии",
            "отсутствует",
            "жоқ",
        ],
    ),
    ("on_order", &["order", "під_замовлення", "на_замовлення", "под_заказ", "на_заказ", "тапсырыспен"]),
    ("preorder", &["pre_order", "передзамовлення", "предзаказ"]),
    ("backorder", &["back_order"]),
    ("discontinued", &["знято_з_виробництва", "снят_с_производства", "снято_с_производства"]),
];

const CONDITION: &[Word] = &[
    ("new", &["новий", "нова", "нове", "новый", "новая", "новое", "жаңа"]),
    ("used", &["вживаний", "вживана", "б/в", "бв", "б/у", "бу", "қолданылған"]),
    ("refurbished", &["відновлений", "відновлена", "восстановленный", "восстановленная"]),
    ("discount", &["уцінка", "уцінений", "уценка", "уцененный", "уценённый"]),
];

const STATUS: &[Word] = &[
    ("active", &["published", "активний", "активный", "опубліковано", "опубликовано"]),
    ("draft", &["чернетка", "черновик"]),
    ("archived", &["archive", "архів", "архив", "в_архіві", "в_архиве"]),
];

const AGE_GROUP: &[Word] = &[
    ("newborn", &[]),
    ("infant", &[]),
    ("toddler", &[]),
    ("kids", &["діти", "дитячий", "дитяча", "дети", "детский", "детская"]),
    ("adult", &["дорослі", "дорослий", "доросла", "взрослые", "взрослый", "взрослая"]),
];

const GENDER: &[Word] = &[
    ("male", &["чоловіча", "чоловічий", "чоловіки", "мужской", "мужская", "мужчины", "ер"]),
    ("female", &["жіноча", "жіночий", "жінки", "женский", "женская", "женщины", "әйел"]),
    ("unisex", &["унісекс", "унисекс"]),
];

const YES: &[&str] = &["yes", "true", "1", "+", "так", "да", "иә", "y"];
const NO: &[&str] = &["no", "false", "0", "-", "ні", "нет", "жоқ", "n"];

/// The words of a field that is a choice.
pub(super) fn words_of(field: &str) -> &'static [Word] {
    match field {
        "availability" => AVAILABILITY,
        "condition" => CONDITION,
        "status" => STATUS,
        "age_group" => AGE_GROUP,
        "gender" => GENDER,
        _ => &[],
    }
}

/// Our word for what a cell says.
pub(super) fn choice(words: &[Word], text: &str) -> Option<&'static str> {
    if let Some(word) = words.iter().find(|word| word.0 == text) {
        return Some(word.0);
    }
    let folded = text.to_lowercase().replace([' ', '-', '\u{a0}'], "_");
    // a lone hyphen is a word of its own
    let folded = if text == "-" { "-" } else { folded.as_str() };
    words.iter().find(|word| word.0 == folded || word.1.contains(&folded)).map(|word| word.0)
}

/// Whether a text is a word of a field that is a choice.
pub fn is_word_of(field: &str, text: &str) -> bool {
    choice(words_of(field), text).is_some()
}

/// Whether a cell says yes or no.
pub(super) fn flag(text: &str) -> Option<bool> {
    let lower = text.to_lowercase();
    match lower.as_str() {
        yes if YES.contains(&yes) => Some(true),
        no if NO.contains(&no) => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Kind, OFFER_FIELDS};

    #[test]
    fn every_choice_knows_its_words() {
        for field in OFFER_FIELDS.iter().filter(|field| field.kind == Kind::Choice) {
            let words = words_of(field.name);
            assert!(!words.is_empty(), "{}", field.name);
            for word in words {
                assert!(field.about.contains(word.0), "{} {}", field.name, word.0);
                let all = words.iter().flat_map(|word| word.1.iter().chain(std::iter::once(&word.0)));
                assert_eq!(all.filter(|other| **other == word.0).count(), 1, "{} {}", field.name, word.0);
            }
        }
    }

    #[test]
    fn usual_words_become_ours() {
        let available = |text| choice(AVAILABILITY, text);
        assert_eq!(available("in_stock"), Some("in_stock"));
        assert_eq!(available("In Stock"), Some("in_stock"));
        assert_eq!(available("Немає в наявності"), Some("out_of_stock"));
        assert_eq!(available("-"), Some("out_of_stock"));
        assert_eq!(available("+"), Some("in_stock"));
        assert_eq!(available("pre-order"), Some("preorder"));
        assert_eq!(available("maybe"), None);
        assert_eq!(flag("Так"), Some(true));
        assert_eq!(flag("0"), Some(false));
        assert_eq!(flag("?"), None);
    }
}
