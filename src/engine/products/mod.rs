//! The offers of the catalog by product, for channels whose listings are products. Nothing of
//! their texts is kept: a product's records are read again by their places.

mod make;
mod survey;
mod write;

use hashbrown::HashMap;

use crate::finding::Known;
use crate::source::RecordPlace;

pub use make::{Maker, offers};
pub use survey::survey;
pub use write::write;

/// Products that one thread works on at a time.
const PART: usize = 128;

/// One record of the master.
#[derive(Debug, Clone, Copy)]
pub struct Record {
    /// Where it stands.
    pub place: RecordPlace,
    /// The hash of its SKU.
    pub sku: u64,
    /// Why it goes nowhere, where it is as wrong as that.
    pub fault: Option<Known>,
}

/// A record on its way to its product.
#[derive(Debug, Clone, Copy)]
pub struct Grouped {
    /// The hash of its group; `None` for an offer that is a product by itself.
    pub group: Option<u64>,
    /// Whether the run looks at it.
    pub is_looked_at: bool,
    /// The record.
    pub record: Record,
}

/// All products, by their first record in the order of the master.
#[derive(Debug, Default)]
pub struct Products {
    records: Vec<Record>,
    /// Where the records of each begin among all.
    begins: Vec<u32>,
}

impl Products {
    /// Puts the records of one product together; those of products that nobody looks at are left out.
    pub fn of(grouped: &[Grouped]) -> Products {
        let mut numbers: HashMap<u64, u32> = HashMap::new();
        let mut counts: Vec<(u32, bool)> = Vec::new();
        let mut of_record: Vec<u32> = Vec::with_capacity(grouped.len());
        for one in grouped {
            let next = u32::try_from(counts.len()).unwrap_or(u32::MAX);
            let number = one.group.map_or(next, |group| *numbers.entry(group).or_insert(next));
            if number == next {
                counts.push((0, false));
            }
            if let Some(count) = counts.get_mut(number as usize) {
                *count = (count.0 + 1, count.1 || one.is_looked_at);
            }
            of_record.push(number);
        }
        let is_looked_at = |number: u32| counts.get(number as usize).is_some_and(|count| count.1);
        let mut order: Vec<(u32, &Record)> = of_record
            .iter()
            .copied()
            .zip(grouped.iter().map(|one| &one.record))
            .filter(|one| is_looked_at(one.0))
            .collect();
        // the records of a product stay in the order of the master
        order.sort_by_key(|one| one.0);
        let mut products = Products::default();
        let mut last = None;
        for (number, record) in order {
            if last != Some(number) {
                products.begins.push(u32::try_from(products.records.len()).unwrap_or(u32::MAX));
                last = Some(number);
            }
            products.records.push(*record);
        }
        products
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.begins.len()
    }

    /// The records of a product, in the order of the master.
    pub fn records(&self, number: usize) -> &[Record] {
        let begin = self.begins.get(number).map_or(self.records.len(), |begin| *begin as usize);
        let end = self.begins.get(number + 1).map_or(self.records.len(), |end| *end as usize);
        self.records.get(begin..end).unwrap_or(&[])
    }

    /// The records of the product whose first one stands at a place.
    pub fn records_at(&self, offset: u64) -> &[Record] {
        let first = |begin: &u32| self.records.get(*begin as usize).map_or(u64::MAX, |record| record.place.offset);
        match self.begins.binary_search_by_key(&offset, first) {
            Ok(number) => self.records(number),
            Err(_) => &[],
        }
    }

    /// Into how many parts the work on all of them is cut.
    fn parts(&self) -> usize {
        self.len().div_ceil(PART)
    }

    /// The products of one part.
    fn part(&self, number: usize) -> std::ops::Range<usize> {
        number * PART..((number + 1) * PART).min(self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grouped(offset: u64, group: Option<u64>, is_looked_at: bool) -> Grouped {
        let place = RecordPlace { offset, ..RecordPlace::default() };
        Grouped { group, is_looked_at, record: Record { place, sku: offset, fault: None } }
    }

    #[test]
    fn records_of_one_group_come_together_in_the_order_of_the_master() {
        let all = [
            grouped(0, Some(7), true),
            grouped(10, None, true),
            grouped(20, Some(9), false),
            grouped(30, Some(7), false),
            grouped(40, None, false),
            grouped(50, Some(9), true),
        ];
        let products = Products::of(&all);
        let places = |records: &[Record]| records.iter().map(|record| record.place.offset).collect::<Vec<_>>();
        let found: Vec<Vec<u64>> = (0..products.len()).map(|number| places(products.records(number))).collect();
        assert_eq!(found, [vec![0, 30], vec![10], vec![20, 50]]);
        assert_eq!(places(products.records_at(20)), [20, 50]);
        assert!(products.records_at(30).is_empty(), "it is not the first of its product");
    }
}
