//! Whose turn it is: results are merged in the order of their blocks, however
//! fast or slow the threads are.

use std::sync::{Condvar, Mutex, PoisonError};

use super::lock;

/// The merging side.
pub(super) struct Turn<M, E> {
    order: Mutex<Order<M, E>>,
    moved: Condvar,
}

struct Order<M, E> {
    next: usize,
    stopped: bool,
    failed: Option<E>,
    merge: M,
}

impl<M, E> Turn<M, E> {
    /// Begins with block 0.
    pub(super) fn new(merge: M) -> Self {
        Turn { order: Mutex::new(Order { next: 0, stopped: false, failed: None, merge }), moved: Condvar::new() }
    }

    /// Waits for the turn of this block and merges its result; `false` where all is over.
    pub(super) fn take<R>(&self, number: usize, result: Result<R, E>) -> bool
    where
        M: FnMut(R) -> Result<(), E>,
    {
        let mut order = lock(&self.order);
        while order.next != number && !order.stopped {
            order = self.moved.wait(order).unwrap_or_else(PoisonError::into_inner);
        }
        if order.stopped {
            return false;
        }
        match result.and_then(|result| (order.merge)(result)) {
            Ok(()) => order.next += 1,
            Err(error) => {
                order.failed = Some(error);
                order.stopped = true;
            }
        }
        self.moved.notify_all();
        !order.stopped
    }

    /// How it ended.
    pub(super) fn outcome(&self) -> Result<(), E> {
        lock(&self.order).failed.take().map_or(Ok(()), Err)
    }

    /// Lets the others go if this thread panics, since its turn will never come.
    pub(super) fn stop_on_panic(&self) -> StopOnPanic<'_, M, E> {
        StopOnPanic(self)
    }
}

/// See [`Turn::stop_on_panic`].
pub(super) struct StopOnPanic<'t, M, E>(&'t Turn<M, E>);

impl<M, E> Drop for StopOnPanic<'_, M, E> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            lock(&self.0.order).stopped = true;
            self.0.moved.notify_all();
        }
    }
}
