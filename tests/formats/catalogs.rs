//! Twenty catalogs with faults of many kinds, each with another text that a program may take for its own.

use std::path::Path;
use std::process::Command;

pub const HEADER: &str = "Артикул;Назва;Бренд;Код;Штрихкод;Ціна;Залишок;Фото\n";

const CONFIG: &str = "version: 1
shop: {name: Світанок, company: ФОП Світанок С., url: \"https://svitanok.example\", language: uk, currency: UAH}
master:
  file: мій каталог/master, 1.csv
  fields:
    sku: Артикул
    title.uk: Назва
    brand: Бренд
    mpn: Код
    gtin: Штрихкод
    price: Ціна
    stock: Залишок
    pictures: {column: Фото, split: \"|\"}
channels:
  rozetka: {feed: out/rozetka.xml}
  prom: {feed: out/prom.xml, where: \"price != 13\"}
";

/// Texts that mean something somewhere.
const HOSTILE: [&str; 20] = [
    "::error file=a.rs,line=1::owned",
    "%0A::set-output name=x::y%25",
    "##[error]owned] ;%3B",
    "::stop-commands::pwned, and::more",
    "]]><system-out>&amp;<!-- --><![CDATA[",
    "<script>alert(1)</script><img src=x onerror=y>",
    "</details></summary><h1>ого",
    "a|b|c \\| d \\\\|",
    "`code` ``` ~~~ ````",
    "@octocat #123 GH-1 org/repo#5 :tada: $x$",
    "[text](https://evil.example) ![](x) *a* _b_",
    "\u{1b}[31mred\u{7}\u{8}\u{9b}",
    "\u{202e}gnp.exe\u{200b}\u{feff}\u{2028}",
    "Ґанок, їжак і щука під’їхали",
    "қазақша: ә ғ қ ң ө ұ ү һ і",
    "emoji 👩‍👩‍👧 🇺🇦 e\u{301}",
    "=cmd|' /C calc'!A0",
    "\"лапки\" 'одинарні' \\n \\u0000",
    "{\"a\": [1, 2, null]}",
    "--no-verify; $(rm -rf x) && %PATH% %s",
];

/// All catalogs by name.
pub fn all() -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> =
        HOSTILE.iter().enumerate().map(|(n, text)| (format!("catalog {n}"), ugly(n, text))).collect();
    // one that cannot be read at all: reports tell that too
    all.push(("cut in a quote".to_owned(), format!("{HEADER}A1;\"{}\n", "::error::@x `|<b>]]>")));
    all.push(("clean".to_owned(), format!("{HEADER}A1;Лійка;R;M1;;349,00;5;https://svitanok.example/a.jpg\n")));
    all
}

fn cell(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

fn ugly(number: usize, text: &str) -> String {
    let (quoted, long) = (cell(text), cell(&format!("{text} {}", "дуже ".repeat(400))));
    let two_lines = cell(&format!("{text}\n::error::{text}\n{text}"));
    let rows = [
        format!("A1;{quoted};R;M1;4820000510012;349,00;5;https://svitanok.example/a.jpg"),
        format!("A1;{quoted};R;M2;;349,00;5;https://svitanok.example/a.jpg"),
        format!(";{quoted};R;M3;;349,00;5;"),
        format!("{quoted};{quoted};{quoted};{quoted};{quoted};{quoted};{quoted};{quoted}"),
        format!("A4;{long};R;M4;12345;0;-3;not an address {}", number),
        format!("A5;{two_lines};R;M5;;по запросу;5;https://svitanok.example/a.jpg"),
        format!("A6;ГРАБЛІ {};R;M6;;1,00;5;{quoted}", cell(text).trim_matches('"').replace('"', "")),
        format!("A7;;R;M7;;99999999999;5;https://svitanok.example/a.jpg|{}", text.replace(['"', ';', '\n'], "")),
        "А8;Лійка;R;M8;2000000000008;10 USD;5;https://svitanok.example/a.jpg".to_owned(),
        format!("A9;Лійка;{quoted};M9;;13;1,5;https://svitanok.example/a.jpg"),
    ];
    let own = if number.is_multiple_of(3) { "" } else { "\n" };
    format!("{HEADER}{}{own}", rows.join("\n"))
}

/// Every code that a report in JSON has findings under.
pub fn codes(report: &serde_json::Value) -> Vec<String> {
    let channels =
        report["channels"].as_array().into_iter().flatten().flat_map(|channel| channel["findings"].as_array());
    let groups = channels.chain(report["findings"].as_array()).flatten();
    groups.filter_map(|group| group["code"].as_str().map(str::to_owned)).collect()
}

/// A shop in a folder of its own.
pub struct Shop {
    pub folder: tempfile::TempDir,
}

pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Shop {
    pub fn new(master: &str) -> Self {
        let shop = Shop { folder: tempfile::tempdir().unwrap() };
        std::fs::create_dir_all(shop.folder.path().join("мій каталог")).unwrap();
        std::fs::create_dir_all(shop.folder.path().join(".git")).unwrap();
        shop.write("offersync.yaml", CONFIG);
        shop.write("мій каталог/master, 1.csv", master);
        shop
    }

    pub fn write(&self, file: &str, text: &str) {
        std::fs::write(self.folder.path().join(file), text).unwrap();
    }

    pub fn read(&self, file: &str) -> String {
        std::fs::read_to_string(self.folder.path().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        run(self.folder.path(), arguments)
    }
}

/// Runs the program in a folder, with nothing around it.
pub fn run(folder: &Path, arguments: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_offersync"));
    let output = command.args(arguments).current_dir(folder).env_clear().env("LC_ALL", "C.UTF-8").output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code().unwrap(), stdout: text(output.stdout), stderr: text(output.stderr) }
}
