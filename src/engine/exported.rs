//! A channel's export as the master: it is read as the channel's description says, and every listing
//! becomes the offers that it stands for.

use bumpalo::Bump;
use hashbrown::{HashMap, HashSet};

use super::asked::{Asked, Seen};
use super::channels;
use super::difference;
use super::existing::{self, Listing, Streamed, Taker};
use super::opening;
use super::origin::Origin;
use super::request::{Request, Stop};
use super::rows_before::RowsBefore;
use crate::channel::back::{self, Back, Returned, Said};
use crate::channel::compile::compile;
use crate::channel::description::{Description, Shape};
use crate::channel::plan::{ChannelPlan, ShapePlan};
use crate::config::{Config, FilePath, Uses};
use crate::finding::{Codes, Found, Known, Refusal, Sink};
use crate::source::{Exported, Listings, Master, OpenError};
use crate::wire::input::Input;
use crate::wire::yaml::{Problem, Problems};

/// A master, opened.
#[derive(Debug)]
pub struct Opened {
    /// The master.
    pub master: Master,
    /// What was noticed while its listings were read; places lie in the export.
    pub noticed: Sink,
    /// Whose export it is.
    pub exported_by: Option<Exporter>,
}

/// The channel whose export a master is.
#[derive(Debug)]
pub struct Exporter {
    /// Its title.
    pub title: String,
    /// The fields of an offer that exports of this shape can say.
    pub says: Vec<String>,
}

impl Opened {
    /// A master of one's own.
    pub fn own(master: Master) -> Opened {
        Opened { master, noticed: Sink::new(0), exported_by: None }
    }
}

/// Opens the export at `file`; `None` where `problems` were added.
pub fn open(
    request: &Request<'_>,
    (file, uses): (&FilePath, &Uses),
    codes: &mut Codes,
    problems: &Problems,
) -> Result<Option<Opened>, Stop> {
    let config = request.config;
    let Some(description) = channels::description(config, uses, problems) else { return Ok(None) };
    let (description, answers) = channels::of_master(config, description, problems);
    let existing = existing::open(&description, &Origin::File(file.clone()), None)?;
    let Some(described) = description.shapes.get(existing.shape) else { return Ok(None) };
    let back = Back::new(&description, described, &config.shop.language, &answers);
    let Some(asked) = Asked::of(config, &description, described, &back, problems) else { return Ok(None) };
    if !back.has("sku") && !asked.has("sku") {
        problems.add(without_sku(config, &description, described));
        return Ok(None);
    }
    let plan = match compile(&description.id, &description, &[], &[], existing.shape, codes) {
        Ok(plan) => plan,
        Err(problem) => {
            let what = format!("the description of {}: `{}`: {}", description.title, problem.path, problem.what);
            problems.add(config.problem(config.master.file.bytes.clone(), "channel/path", what, ""));
            return Ok(None);
        }
    };
    let Some(shape) = plan.shapes.get(existing.shape) else { return Ok(None) };
    request.progress.phase(existing.input.shown_as(), existing.input.len());
    let arena = Bump::new();
    let head = existing::head(&existing.input, shape, &plan.title, &arena)?;
    let categories = back::categories(&description, head)
        .map_err(|odd| Refusal::whole(existing.input.shown_as(), odd.what, odd.help))?;
    let currency = back::currency(&description, head);
    let input = &existing.input;
    let returning = Returning { plan: &plan, shape, back: &back, asked: &asked, input, file, request, currency };
    let Streamed { sum, of_head, digest, .. } = existing::stream(input, &returning, request, &arena)?;
    let Concluded { listings, sink: mut noticed, seen } = returning.concluded(sum)?;
    if asked.slips(config, &seen, problems) {
        return Ok(None);
    }
    noticed.merge(of_head);
    let says = back.fields().into_iter().chain(asked.bases()).collect();
    let exporter = Exporter { title: description.title.clone(), says };
    let exported = Exported { digest, categories, fields: asked.into_fields(), input: existing.input };
    master(config, listings, exported, problems)
        .map(|made| made.map(|master| Opened { master, noticed, exported_by: Some(exporter) }))
}

/// The master that the offers make; `None` where `problems` were added.
fn master(
    config: &Config,
    listings: Listings<'_>,
    exported: Exported,
    problems: &Problems,
) -> Result<Option<Master>, Stop> {
    match listings.master(exported, &config.shop.language) {
        Ok(master) => Ok(Some(master)),
        Err(OpenError::Refused(refusal)) => Err(refusal.into()),
        Err(OpenError::Mapping(mapping)) => {
            mapping.into_iter().for_each(|one| problems.add(opening::problem(config, one)));
            Ok(None)
        }
    }
}

/// That documents of a shape do not tell the SKU.
fn without_sku(config: &Config, description: &Description, shape: &Shape) -> Problem {
    let (file, title, name) = (&config.master.file.shown, &description.title, &shape.name);
    let what = format!("{file} has the shape `{name}` of {title}, in which no field goes back to `sku`");
    let label = "say in the description's `back` which field it is: `back: {sku: FIELD}`";
    config.problem(config.master.file.bytes.clone(), "config/missing-key", what, label)
}

/// Makes offers of listings.
struct Returning<'r, 'f> {
    plan: &'r ChannelPlan,
    shape: &'r ShapePlan,
    back: &'r Back,
    asked: &'r Asked,
    input: &'r Input,
    file: &'f FilePath,
    request: &'r Request<'r>,
    /// The currency of all amounts of the document.
    currency: Option<String>,
}

/// What a block of listings gave.
struct Block<'r> {
    returned: Vec<(u64, Returned<'r>)>,
    sink: Sink,
}

/// What all of them gave.
struct Offers<'r, 'f> {
    listings: Listings<'f>,
    sink: Sink,
    /// Offers whose products say something for them, and may stand behind them.
    waiting: Vec<(u64, Said<'r>)>,
    /// Those products, by their SKU as JSON.
    products: HashMap<String, Said<'r>>,
    /// Variants that their products name, by their SKU as JSON: the product's, and what it says of them.
    named: HashMap<String, (String, Said<'r>)>,
    /// The params that the offers had, where the config asks for some.
    seen: Seen,
    line: String,
}

/// What came of all of them.
struct Concluded<'f> {
    listings: Listings<'f>,
    sink: Sink,
    seen: Seen,
}

impl<'r, 'f> Taker for Returning<'r, 'f> {
    type Block = Block<'r>;
    type Sum = Offers<'r, 'f>;

    fn plan(&self) -> &ChannelPlan {
        self.plan
    }

    fn shape(&self) -> &ShapePlan {
        self.shape
    }

    fn block(&self) -> Block<'r> {
        Block { returned: Vec::new(), sink: Sink::new(self.request.keep_of("")) }
    }

    fn sink<'s>(&self, block: &'s mut Block<'r>) -> &'s mut Sink {
        &mut block.sink
    }

    fn listing<'b>(
        &self,
        listing: Listing<'_, 'b>,
        _: &mut RowsBefore<'b>,
        block: &mut Block<'r>,
    ) -> Result<(), Refusal> {
        let Listing { offset, values, noticed, arena } = listing;
        let key = difference::key_text(self.shape, values);
        for remark in noticed {
            difference::say_of(&self.plan.fields, &self.shape.compared, remark, offset, key, &mut block.sink);
        }
        if let Some((name, message)) = self.back.further_places(values) {
            let field = name.to_owned();
            block.sink.add(Known::FurtherPlaces.into(), || Found { offset, key: key.to_owned(), field, message });
        }
        block.returned.push((offset, self.back.returned(values, key, arena)));
        Ok(())
    }

    fn sum(&self) -> Result<Offers<'r, 'f>, Refusal> {
        let (listings, sink) = (Listings::begin(&self.file.shown)?, Sink::new(self.request.keep_of("")));
        Ok(Offers {
            listings,
            sink,
            waiting: Vec::new(),
            products: HashMap::new(),
            named: HashMap::new(),
            seen: Seen::new(),
            line: String::new(),
        })
    }

    fn add(&self, block: Block<'r>, sum: &mut Offers<'r, 'f>) -> Result<(), Refusal> {
        sum.sink.merge(block.sink);
        for (offset, returned) in block.returned {
            match returned {
                Returned::Product(product, variants) => {
                    let sku = product.get("sku").unwrap_or_default().to_owned();
                    for variant in variants {
                        let own = variant.get("sku").unwrap_or_default().to_owned();
                        sum.named.entry(own).or_insert((sku.clone(), variant));
                    }
                    sum.products.entry(sku).or_insert(product);
                }
                Returned::Offers(offers) if self.back.is_of_families() => {
                    sum.waiting.extend(offers.into_iter().map(|offer| (offset, offer)));
                }
                Returned::Offers(offers) => {
                    offers.into_iter().try_for_each(|offer| self.offer(offset, offer, sum))?;
                }
            }
        }
        Ok(())
    }
}

impl<'r, 'f> Returning<'r, 'f> {
    /// Adds one offer.
    fn offer(&self, offset: u64, mut offer: Said<'r>, sum: &mut Offers<'r, 'f>) -> Result<(), Refusal> {
        offer.in_currency(self.currency.as_deref());
        self.asked.say(&mut offer, &mut sum.seen);
        sum.line.clear();
        offer.line(&mut sum.line);
        sum.listings.add(self.input, offset, &sum.line)
    }

    /// By group, what its variants say each for itself of lists that go on in the product's listing.
    fn of_variants(&self, offers: &[(u64, Said<'r>)]) -> HashMap<String, HashSet<String>> {
        let mut items: HashMap<String, HashSet<String>> = HashMap::new();
        for (_, offer) in offers {
            if let Some(group) = offer.get("group") {
                items.entry_ref(group).or_default().extend(self.back.shared_items(offer));
            }
        }
        items
    }

    /// All offers, and what was noticed on the way.
    fn concluded(&self, mut sum: Offers<'r, 'f>) -> Result<Concluded<'f>, Refusal> {
        let mut waiting = std::mem::take(&mut sum.waiting);
        for (_, offer) in &mut waiting {
            let product = offer.get("sku").and_then(|sku| sum.named.get(sku));
            if let Some((group, variant)) = product {
                offer.named_by(group, variant);
            }
        }
        let of_variants = self.of_variants(&waiting);
        for (offset, mut offer) in waiting {
            let group = offer.get("group").unwrap_or_default();
            if let (Some(product), Some(items)) = (sum.products.get(group), of_variants.get(group)) {
                self.back.complete(&mut offer, product, items);
            }
            self.offer(offset, offer, &mut sum)?;
        }
        if sum.listings.is_empty() {
            let what = "there is not a single listing in it that can be sold";
            return Err(Refusal::whole(self.input.shown_as(), what, "export it again"));
        }
        Ok(Concluded { listings: sum.listings, sink: sum.sink, seen: sum.seen })
    }
}
