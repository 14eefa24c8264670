//! Writing the feeds of channels whose listings are products, product by product.

use bumpalo::Bump;

use crate::channel::project::Projection;
use crate::channel::project::product::Gathers;
use crate::check::settle::settle;
use crate::plan::index::Fate;
use crate::wire::blocks::in_parts;

use super::super::feed::{FeedOnItsWay, Piece, Written};
use super::super::pipeline::Run;
use super::super::request::Stop;
use super::Products;
use super::make::{self, Maker};

/// Writes all products into these feeds.
pub fn write(
    run: &Run<'_>,
    products: &Products,
    projection: &Projection,
    mut feeds: Vec<(&Written<'_>, &mut FeedOnItsWay)>,
) -> Result<(), Stop> {
    let gathers = Gathers::of(run.master.said(), &run.request.config.shop.language);
    let written: Vec<&Written<'_>> = feeds.iter().map(|feed| feed.0).collect();
    let part = |records: &mut crate::source::RecordsAgain<'_>, number: usize| {
        let mut pieces: Vec<Piece> = written.iter().map(|_| Piece::default()).collect();
        for product in products.part(number) {
            let arena = Bump::new();
            let offers = make::offers(records, products.records(product), &arena)?;
            for (written, piece) in written.iter().zip(&mut pieces) {
                let maker = Maker { plan: written.plan, projection, selection: written.selection, gathers };
                let made = maker.made(&offers, &arena);
                for row in written.rows_of(products.records(product).first().map_or(0, |first| first.place.offset)) {
                    if let (Fate::Listed, Some(listing)) = (row.fate, made.part(row.part)) {
                        let values = settle(&written.plan.fields, listing, &arena);
                        written.write.listing(values, &mut piece.bytes);
                        piece.listings += 1;
                    } else {
                        written.kept(row, piece);
                    }
                }
            }
        }
        Ok::<_, Stop>(pieces)
    };
    in_parts(
        products.parts(),
        run.threads(),
        || run.master.records(),
        part,
        |pieces| {
            for ((_, feed), piece) in feeds.iter_mut().zip(&pieces) {
                feed.piece(&piece.bytes, piece.listings);
            }
            run.request.go_on()
        },
    )
}
