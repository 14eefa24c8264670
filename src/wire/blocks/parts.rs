//! Work that is known beforehand, in numbered parts: done by several threads, merged strictly
//! in order, like the blocks of an input.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::turn::Turn;

/// Works on so many parts. `start` makes a thread's own state, `work` turns the number of a part into a result, and
/// `merge` is called with the results in their order. The first error by that order wins.
pub fn in_parts<S, R, E: Send>(
    parts: usize,
    threads: usize,
    start: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, usize) -> Result<R, E> + Sync,
    merge: impl FnMut(R) -> Result<(), E> + Send,
) -> Result<(), E>
where
    R: Send,
{
    let next = AtomicUsize::new(0);
    let turn = Turn::new(merge);
    let worker = || {
        let _guard = turn.stop_on_panic();
        let mut state = start();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= parts || !turn.take(number, work(&mut state, number)) {
                return;
            }
        }
    };
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads.min(parts)).map(|_| scope.spawn(worker)).collect();
        worker();
        for other in others {
            if let Err(panic) = other.join() {
                std::panic::resume_unwind(panic);
            }
        }
    });
    turn.outcome()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_merged_in_order_until_one_fails() {
        for threads in [1, 2, 5] {
            let mut merged = Vec::new();
            let done = in_parts(
                40,
                threads,
                || (),
                |(), number| Ok::<usize, ()>(number * 2),
                |result| {
                    merged.push(result);
                    Ok(())
                },
            );
            assert_eq!(done, Ok(()));
            assert_eq!(merged, (0..40).map(|number| number * 2).collect::<Vec<_>>());
            let fails = |(): &mut (), number| if number % 7 == 6 { Err(number) } else { Ok(number) };
            let mut merged = Vec::new();
            let failed = in_parts(
                40,
                threads,
                || (),
                fails,
                |result| {
                    merged.push(result);
                    Ok(())
                },
            );
            assert_eq!((failed, merged), (Err(6), (0..6).collect()));
        }
    }
}
