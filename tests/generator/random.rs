//! Chance that repeats: the same seed gives the same numbers on every machine
//! and in every release, which no crate of random numbers promises.

/// A stream of numbers: splitmix64.
#[derive(Debug, Clone)]
pub struct Random {
    state: u64,
}

const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

fn mix(mut word: u64) -> u64 {
    word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    word ^ (word >> 31)
}

impl Random {
    /// The stream of a seed.
    pub fn new(seed: u64) -> Self {
        Random { state: seed }
    }

    /// A stream of its own for the nth thing of some topic: things can be made in any order.
    pub fn of(seed: u64, topic: u64, nth: u64) -> Self {
        Random { state: mix(mix(seed ^ mix(topic)).wrapping_add(nth.wrapping_mul(STEP))) }
    }

    /// The next 64 bits.
    pub fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(STEP);
        mix(self.state)
    }

    /// A number below `end`, which is not 0.
    pub fn below(&mut self, end: u64) -> u64 {
        // the upper half of a product: even to one part in 2^64 / end, which no test can see
        ((u128::from(self.next()) * u128::from(end)) >> 64) as u64
    }

    /// A place in something that long.
    pub fn place(&mut self, len: usize) -> usize {
        self.below(len as u64) as usize
    }

    /// One of these.
    pub fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.place(list.len())]
    }

    /// True `share` times of ten thousand.
    pub fn chance(&mut self, share: u32) -> bool {
        self.below(10_000) < u64::from(share)
    }
}

/// All numbers below `len` in an order that looks like none, without a table of them.
#[derive(Debug, Clone)]
pub struct Shuffle {
    len: u64,
    half_bits: u32,
    keys: [u64; 4],
}

impl Shuffle {
    pub fn new(seed: u64, len: u64) -> Self {
        let mut random = Random::of(seed, u64::from_be_bytes(*b"shuffle!"), 0);
        let bits = (64 - len.max(2).leading_zeros()).next_multiple_of(2);
        Shuffle { len, half_bits: bits / 2, keys: [(); 4].map(|()| random.next()) }
    }

    /// The number at this place: a network of four rounds, walked until it ends below `len`.
    pub fn at(&self, place: u64) -> u64 {
        let mut number = place;
        loop {
            number = self.once(number);
            if number < self.len {
                return number;
            }
        }
    }

    fn once(&self, number: u64) -> u64 {
        let mask = (1 << self.half_bits) - 1;
        let (mut left, mut right) = (number >> self.half_bits, number & mask);
        for key in self.keys {
            (left, right) = (right, left ^ (mix(right ^ key) & mask));
        }
        (left << self.half_bits) | right
    }
}
