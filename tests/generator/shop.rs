//! A whole shop in a folder: master, categories, what each channel has, and the
//! config that joins them.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::{Counts, Dialect, ExportStyle, MasterStyle, Recipe, categories, further};

/// What is put into the folder.
#[derive(Debug, Clone)]
pub struct Shop {
    pub recipe: Recipe,
    pub master: MasterStyle,
    /// One channel for each, named `rozetka` or `prom`.
    pub exports: Vec<ExportStyle>,
}

/// The name of the channel that reads this dialect.
pub fn channel_of(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Rozetka | Dialect::Foreign => "rozetka",
        Dialect::Prom => "prom",
    }
}

impl Shop {
    /// A master as a program writes it and plain exports of these dialects.
    pub fn plain(recipe: Recipe, dialects: &[Dialect]) -> Self {
        let exports = dialects.iter().map(|dialect| ExportStyle::plain(*dialect)).collect();
        Shop { recipe, master: MasterStyle::PLAIN, exports }
    }

    /// Writes `offersync.yaml`, `catalog/` and `exports/`; says what a diff must find on each channel.
    pub fn lay_out(&self, folder: &Path) -> io::Result<Vec<Counts>> {
        fs::create_dir_all(folder.join("catalog"))?;
        fs::create_dir_all(folder.join("exports"))?;
        fs::write(folder.join("offersync.yaml"), self.config())?;
        let mut master = buffered(&folder.join("catalog/master.csv"))?;
        self.recipe.write_master(self.master, &mut master)?;
        categories::write(&mut buffered(&folder.join("catalog/categories.csv"))?)?;
        let export = |style: &ExportStyle| {
            let path = folder.join(format!("exports/{}.xml", channel_of(style.dialect)));
            self.recipe.write_export(*style, &mut buffered(&path)?)
        };
        self.exports.iter().map(export).collect()
    }

    /// The config: every column of the master mapped, every channel with its export.
    pub fn config(&self) -> String {
        let decimal = if self.master.point == ',' { "comma" } else { "point" };
        let further = if self.master.further { further::mapping() } else { String::new() };
        let mut config = CONFIG.replace("DECIMAL", decimal).replace("channels:\n", &format!("{further}channels:\n"));
        for style in &self.exports {
            let name = channel_of(style.dialect);
            config.push_str(&format!("  {name}:\n    feed: out/{name}.xml\n    export: exports/{name}.xml\n"));
        }
        config
    }
}

fn buffered(path: &Path) -> io::Result<impl Write + use<>> {
    Ok(BufWriter::with_capacity(1 << 18, File::create(path)?))
}

const CONFIG: &str = r#"version: 1
shop:
  name: Калина
  company: ФОП Калина О.
  url: https://kalyna.example
  language: uk
  currency: UAH
master:
  file: catalog/master.csv
  decimal: DECIMAL
  categories: catalog/categories.csv
  fields:
    sku: Артикул
    group: Група
    gtin: Штрихкод
    brand: Бренд
    mpn: Код виробника
    title.uk: Назва
    title.ru: Назва рос
    title.kk: Назва қаз
    description.uk: Опис
    description.ru: Опис рос
    description.kk: Опис қаз
    category: Категорія
    price: Ціна
    old_price: Стара ціна
    stock: {kyiv: Склад Київ, lviv: Склад Львів, odesa: Склад Одеса}
    country: Країна
    weight: {column: Вага кг, unit: kg}
    url: Сторінка
    pictures: {column: Фото, split: "|"}
    options: {Колір: Колір, Розмір: Розмір}
    attributes:
      - {column: Характеристики, split: "|", pair: "="}
      - {name: Колір, column: Колір}
      - {name: Розмір, column: Розмір}
      - {name: "Об'єм", column: "Об'єм, мл", unit: мл}
      - {name: Потужність, column: "Потужність, Вт", unit: Вт}
      - {name: Довжина, column: "Довжина, см", unit: см}
channels:
"#;
