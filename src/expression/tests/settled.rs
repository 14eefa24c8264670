//! Conditions on what nobody says.

use super::{CONDITIONS, Value, compiled, number, value_of};

/// Whatever is settled for the want of a value holds or not as settled, whatever the other values are.
#[test]
fn what_is_settled_comes_out_so() {
    let texts = CONDITIONS.iter().map(|condition| condition.0);
    let more =
        ["cost", "not cost", "cost > 1 or stock", "cost != 1", "cost and stock", "cost in [1, 2]", "cost + 1 > 2"];
    let mut settled_ones = 0;
    for text in texts.chain(more) {
        let (program, slots) = compiled(text);
        let is_unsaid = |slot: u32| value_of(&slots[slot as usize]) == Value::Unsaid;
        let Some(settled) = program.settled(&is_unsaid) else { continue };
        settled_ones += 1;
        for other in [Value::Empty, Value::Flag(true), Value::Text("new"), number("7", "UAH")] {
            let value = |slot: u32| if is_unsaid(slot) { Value::Unsaid } else { other };
            assert_eq!(program.holds(&value), settled, "{text} with {other:?}");
        }
    }
    assert!(settled_ones >= more.len() - 1, "{settled_ones} were settled");
}
