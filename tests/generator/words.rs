//! What the invented shop sells: a tree of three levels whose leaves are kinds of
//! goods, invented makers, colours, sizes and countries.

/// What tells the variants of a product apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axes {
    None,
    Colour,
    ColourAndSize(&'static [&'static str]),
}

/// A kind of goods: a leaf of the tree.
#[derive(Debug)]
pub struct Leaf {
    pub plural: [&'static str; 2],
    /// Ukrainian, Russian, Kazakh.
    pub noun: [&'static str; 3],
    /// The lowest price and how far above it prices go, in hryvnias.
    pub price: (u64, u64),
    pub axes: Axes,
    /// The measure in its title: the attribute's name, unit, lowest value, how many steps of which width.
    pub measure: Option<(&'static str, &'static str, u64, u64, u64)>,
}

/// An inner node of the tree with its name in Ukrainian and Russian.
pub struct Branch<T: 'static> {
    pub name: [&'static str; 2],
    pub below: &'static [T],
}

const CLOTHES: Axes = Axes::ColourAndSize(&["XS", "S", "M", "L", "XL", "XXL"]);
const SHOES: Axes = Axes::ColourAndSize(&["36", "37", "38", "39", "40", "41", "42", "43", "44,5"]);

const fn leaf(plural: [&'static str; 2], noun: [&'static str; 3], price: (u64, u64), axes: Axes) -> Leaf {
    Leaf { plural, noun, price, axes, measure: None }
}

const fn by(leaf: Leaf, measure: (&'static str, &'static str, u64, u64, u64)) -> Leaf {
    Leaf { plural: leaf.plural, noun: leaf.noun, price: leaf.price, axes: leaf.axes, measure: Some(measure) }
}

const VOLUME: (&str, &str, u64, u64, u64) = ("Об'єм", "мл", 150, 40, 50);
const POWER: (&str, &str, u64, u64, u64) = ("Потужність", "Вт", 300, 28, 100);
const LENGTH: (&str, &str, u64, u64, u64) = ("Довжина", "см", 20, 50, 5);

/// The tree.
pub const TREE: &[Branch<Branch<Leaf>>] = &[
    Branch { name: ["Дім і кухня", "Дом и кухня"], below: HOME },
    Branch { name: ["Одяг та взуття", "Одежда и обувь"], below: WEAR },
    Branch { name: ["Техніка", "Техника"], below: DEVICES },
    Branch { name: ["Відпочинок & спорт", "Отдых & спорт"], below: LEISURE },
];

#[rustfmt::skip]
const HOME: &[Branch<Leaf>] = &[
    Branch {
        name: ["Посуд для напоїв", "Посуда для напитков"],
        below: &[
            by(leaf(["Термокружки", "Термокружки"], ["Термокружка", "Термокружка", "Термокесе"], (290, 1700), Axes::Colour), VOLUME),
            by(leaf(["Термоси", "Термосы"], ["Термос", "Термос", "Термос құты"], (420, 2400), Axes::Colour), VOLUME),
            by(leaf(["Глечики", "Кувшины"], ["Глечик", "Кувшин", "Құмыра"], (180, 900), Axes::None), VOLUME),
        ],
    },
    Branch {
        name: ["Приготування", "Приготовление"],
        below: &[
            by(leaf(["Сковороди", "Сковороды"], ["Сковорода", "Сковорода", "Табақша"], (350, 2600), Axes::None), LENGTH),
            by(leaf(["Каструлі", "Кастрюли"], ["Каструля", "Кастрюля", "Кәстрөл"], (480, 3400), Axes::None), VOLUME),
            by(leaf(["Ножі", "Ножи"], ["Ніж кухонний", "Нож кухонный", "Ас үй пышағы"], (120, 1900), Axes::Colour), LENGTH),
        ],
    },
    Branch {
        name: ["Текстиль", "Текстиль"],
        below: &[
            by(leaf(["Рушники", "Полотенца"], ["Рушник", "Полотенце", "Сүлгі"], (90, 800), Axes::Colour), LENGTH),
            leaf(["Пледи", "Пледы"], ["Плед", "Плед", "Жамылғы"], (400, 2100), Axes::Colour),
            leaf(["Подушки", "Подушки"], ["Подушка", "Подушка", "Жастық"], (250, 1500), Axes::None),
        ],
    },
];

#[rustfmt::skip]
const WEAR: &[Branch<Leaf>] = &[
    Branch {
        name: ["Верхній одяг", "Верхняя одежда"],
        below: &[
            leaf(["Куртки", "Куртки"], ["Куртка зимова", "Куртка зимняя", "Қысқы күрте"], (1400, 7800), CLOTHES),
            leaf(["Плащі", "Плащи"], ["Плащ", "Плащ", "Жаңбырлық"], (1100, 5200), CLOTHES),
            leaf(["Жилети", "Жилеты"], ["Жилет", "Жилет", "Кеудеше"], (700, 2800), CLOTHES),
        ],
    },
    Branch {
        name: ["Взуття", "Обувь"],
        below: &[
            leaf(["Черевики", "Ботинки"], ["Черевики", "Ботинки", "Бәтеңке"], (1500, 6200), SHOES),
            leaf(["Кросівки", "Кроссовки"], ["Кросівки", "Кроссовки", "Жүгіру аяқкиімі"], (1200, 5600), SHOES),
            leaf(["Капці", "Тапочки"], ["Капці", "Тапочки", "Үй шәркейі"], (190, 700), SHOES),
        ],
    },
    Branch {
        name: ["Дрібниці", "Мелочи"],
        below: &[
            leaf(["Шапки", "Шапки"], ["Шапка", "Шапка", "Бөрік"], (220, 1100), Axes::Colour),
            leaf(["Шарфи", "Шарфы"], ["Шарф", "Шарф", "Мойынорағыш"], (240, 1300), Axes::Colour),
            leaf(["Рукавички", "Перчатки"], ["Рукавички", "Перчатки", "Қолғап"], (180, 1600), CLOTHES),
        ],
    },
];

#[rustfmt::skip]
const DEVICES: &[Branch<Leaf>] = &[
    Branch {
        name: ["Для кухні", "Для кухни"],
        below: &[
            by(leaf(["Чайники", "Чайники"], ["Електрочайник", "Электрочайник", "Электр шәйнек"], (600, 3800), Axes::Colour), POWER),
            by(leaf(["Блендери", "Блендеры"], ["Блендер", "Блендер", "Ұсатқыш"], (800, 5400), Axes::None), POWER),
            by(leaf(["Тостери", "Тостеры"], ["Тостер", "Тостер", "Нан қыздырғыш"], (650, 3100), Axes::Colour), POWER),
        ],
    },
    Branch {
        name: ["Для дому", "Для дома"],
        below: &[
            by(leaf(["Пилососи", "Пылесосы"], ["Пилосос", "Пылесос", "Шаңсорғыш"], (2400, 16000), Axes::None), POWER),
            by(leaf(["Праски", "Утюги"], ["Праска", "Утюг", "Үтік"], (700, 4100), Axes::Colour), POWER),
            by(leaf(["Обігрівачі", "Обогреватели"], ["Обігрівач", "Обогреватель", "Жылытқыш"], (900, 6300), Axes::None), POWER),
        ],
    },
    Branch {
        name: ["Світло", "Свет"],
        below: &[
            by(leaf(["Ліхтарі", "Фонари"], ["Ліхтар", "Фонарь", "Қолшам"], (150, 2200), Axes::Colour), LENGTH),
            leaf(["Настільні лампи", "Настольные лампы"], ["Лампа настільна", "Лампа настольная", "Үстел шамы"], (380, 2700), Axes::Colour),
            by(leaf(["Гірлянди", "Гирлянды"], ["Гірлянда", "Гирлянда", "Шырақтізбек"], (110, 900), Axes::None), LENGTH),
        ],
    },
];

#[rustfmt::skip]
const LEISURE: &[Branch<Leaf>] = &[
    Branch {
        name: ["Похід", "Поход"],
        below: &[
            leaf(["Рюкзаки", "Рюкзаки"], ["Рюкзак", "Рюкзак", "Арқаға асатын сөмке"], (900, 6900), Axes::Colour),
            leaf(["Намети", "Палатки"], ["Намет", "Палатка", "Шатыр"], (2100, 14000), Axes::Colour),
            by(leaf(["Спальні мішки", "Спальные мешки"], ["Спальний мішок", "Спальный мешок", "Ұйықтайтын қап"], (1200, 7600), Axes::Colour), LENGTH),
        ],
    },
    Branch {
        name: ["Рух", "Движение"],
        below: &[
            leaf(["Самокати", "Самокаты"], ["Самокат", "Самокат", "Самокат"], (1300, 21000), Axes::Colour),
            leaf(["Ковзани", "Коньки"], ["Ковзани", "Коньки", "Мұз конькиі"], (1100, 5900), SHOES),
            leaf(["М'ячі", "Мячи"], ["М'яч", "Мяч", "Доп"], (250, 1800), Axes::Colour),
        ],
    },
    Branch {
        name: ["Ігри", "Игры"],
        below: &[
            leaf(["Настільні ігри", "Настольные игры"], ["Гра «Сім вітрів»", "Игра «Семь ветров»", "«Жеті жел» ойыны"], (300, 1900), Axes::None),
            leaf(["Пазли", "Пазлы"], ["Пазл", "Пазл", "Жұмбақсурет"], (140, 800), Axes::None),
            leaf(["Конструктори", "Конструкторы"], ["Конструктор", "Конструктор", "Құрастырғыш"], (260, 4800), Axes::None),
        ],
    },
];

/// Makers, all invented.
#[rustfmt::skip]
pub const BRANDS: [&str; 40] = [
    "Мальвія", "Tirsa & Sons", "O'Lenka", "Vilhota", "Зоряна Криниця", "KARVO", "Drumla", "Сім Ярів", "Ostriv<5>", "Peleka",
    "Бджолиний Гай", "Nordvynd", "Horobyna", "Ґанок", "Їжак і Ко", "Mriivo", "Syniava", "Велес-Дім", "Lystok", "Ukryt",
    "Таврика Плюс", "Perlyna \"P\"", "Zhmenya", "Kvitna", "Aspan", "Құлагер", "Әсем Үй", "Tulpar Home", "Шаңырақ", "Bürkit",
    "Verbova", "Hrim+", "Stozhary", "Без бренду", "Lanok 24", "Чумак & донька", "Plai", "Modrina", "Ivolha", "Kobzarivna",
];

/// Colours in Ukrainian, Russian, Kazakh.
#[rustfmt::skip]
pub const COLOURS: [[&str; 3]; 12] = [
    ["синій", "синий", "көк"],
    ["чорний", "чёрный", "қара"],
    ["білий", "белый", "ақ"],
    ["зелений", "зелёный", "жасыл"],
    ["червоний", "красный", "қызыл"],
    ["жовтий", "жёлтый", "сары"],
    ["сірий", "серый", "сұр"],
    ["бежевий", "бежевый", "бежевый түсті"],
    ["рожевий", "розовый", "қызғылт"],
    ["коричневий", "коричневый", "қоңыр"],
    ["м'ятний", "мятный", "жалбыз түсті"],
    ["графітовий", "графитовый", "графит түсті"],
];

/// Countries as merchants write them.
#[rustfmt::skip]
pub const COUNTRIES: [&str; 8] =
    ["Україна", "Польща", "Казахстан", "Туреччина", "Китай", "Чехія", "Італія", "Литва"];

/// Materials.
#[rustfmt::skip]
pub const MATERIALS: [&str; 10] = [
    "нержавіюча сталь", "бавовна 95 %, еластан 5 %", "вовна", "поліестер", "скло", "кераміка", "дерево (бук)", "пластик ABS",
    "алюміній", "шкіра",
];

/// Free attributes of a listing: a name and what it can be.
#[rustfmt::skip]
pub const TRAITS: [(&str, &[&str]); 9] = [
    ("Гарантія", &["6 місяців", "12 місяців", "24 місяці", "14 днів на обмін"]),
    ("Сезон", &["зима", "літо", "демісезон", "весь рік"]),
    ("Стать", &["жіноча", "чоловіча", "унісекс"]),
    ("Догляд", &["ручне прання", "прання до 30 °C", "не прати", "протирати вологою тканиною"]),
    ("Комплект", &["1 шт.", "2 шт.", "набір із 3 предметів", "з чохлом"]),
    ("Упаковка", &["коробка", "пакет", "без упаковки", "подарункова"]),
    ("Країна бренду", &["Україна", "Казахстан", "Литва"]),
    ("Малюнок", &["без малюнка", "смужка", "клітинка", "орнамент «Полтава»"]),
    ("Особливості", &["тихий & легкий", "вага < 2 кг", "складається", "не містить BPA", "захист IPX4"]),
];
