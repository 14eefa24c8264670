//! Descriptions: markup as merchants paste it, the same in Ukrainian and Russian,
//! shorter in Kazakh.

use super::random::Random;
use super::sentences::{KAZAKH, SCRAPS, SENTENCES};

/// Which of the two columns of [`SENTENCES`].
#[derive(Debug, Clone, Copy)]
pub enum Tongue {
    Ukrainian,
    Russian,
}

/// Writes a description. The same stream gives the same description in each tongue.
pub fn describe(into: &mut String, random: &mut Random, tongue: Tongue, brand: &str) {
    into.clear();
    let line_end = if random.chance(100) { "\r\n" } else { "\n" };
    let paragraphs = 1 + random.below(3);
    for nth in 0..paragraphs {
        if random.chance(3000) && nth > 0 {
            into.push_str(line_end);
        }
        into.push_str("<p>");
        for _ in 0..2 + random.below(3) {
            if random.chance(2500) {
                into.push_str(random.pick(&SCRAPS));
            }
            let sentence = random.pick(&SENTENCES);
            fill(into, sentence[tongue as usize], random, brand);
            into.push(' ');
        }
        into.push_str("</p>");
    }
    if random.chance(4000) {
        list(into, random, tongue, brand, line_end);
    }
    if random.chance(20) {
        into.push_str("<i>if (a[b[0]]>1) { … }</i>");
    }
}

fn list(into: &mut String, random: &mut Random, tongue: Tongue, brand: &str, line_end: &str) {
    into.push_str("<ul>");
    for _ in 0..2 + random.below(3) {
        into.push_str(line_end);
        into.push_str("\t<li>");
        let sentence = random.pick(&SENTENCES);
        fill(into, sentence[tongue as usize].trim_end_matches('.'), random, brand);
        into.push_str(";</li>");
    }
    into.push_str(line_end);
    into.push_str("</ul>");
}

/// Writes a few sentences in Kazakh, without markup.
pub fn describe_in_kazakh(into: &mut String, random: &mut Random, brand: &str) {
    into.clear();
    for nth in 0..1 + random.below(3) {
        if nth > 0 {
            into.push(' ');
        }
        let sentence = random.pick(&KAZAKH);
        fill(into, sentence, random, brand);
    }
}

/// A sentence with its numbers and its maker.
fn fill(into: &mut String, sentence: &str, random: &mut Random, brand: &str) {
    let mut rest = sentence;
    while let Some(at) = rest.find(['#', '@']) {
        into.push_str(&rest[..at]);
        if rest.as_bytes()[at] == b'#' {
            push_number(into, 2 + random.below(9_000));
        } else {
            into.push_str(brand);
        }
        rest = &rest[at + 1..];
    }
    into.push_str(rest);
}

/// The digits of a number.
pub fn push_number(into: &mut String, number: u64) {
    let mut digits = [0_u8; 20];
    let mut at = digits.len();
    let mut left = number;
    loop {
        at -= 1;
        digits[at] = b'0' + (left % 10) as u8;
        left /= 10;
        if left == 0 {
            break;
        }
    }
    into.extend(digits[at..].iter().map(|digit| char::from(*digit)));
}

/// A number with leading zeros up to this many digits.
pub fn push_padded(into: &mut String, number: u64, digits: u32) {
    let mut bound = 10_u64.pow(digits - 1);
    while number < bound && bound > 1 {
        into.push('0');
        bound /= 10;
    }
    push_number(into, number);
}

/// An amount of money with two places.
pub fn push_money(into: &mut String, kopecks: u64, point: char) {
    push_number(into, kopecks / 100);
    into.push(point);
    push_padded(into, kopecks % 100, 2);
}
