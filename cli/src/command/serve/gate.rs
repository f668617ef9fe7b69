//! How much work is done at once, and how much may wait.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::failure::Failure;

/// Lets as many in as there are threads; lets some wait; turns the rest away.
#[derive(Debug)]
pub(super) struct Gate {
    permits: Arc<Semaphore>,
    threads: usize,
    waiting: AtomicUsize,
    most_waiting: usize,
    /// KiB of bodies that may be held at once.
    room: Arc<Semaphore>,
}

/// Room for a body, for as long as it is held.
#[derive(Debug, Default)]
pub(super) struct Room(Vec<OwnedSemaphorePermit>);

/// Counts one that waits, for as long as it does.
struct Waiting<'a>(&'a AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Gate {
    /// `bytes` is the room for bodies.
    pub(super) fn new(threads: usize, most_waiting: usize, bytes: usize) -> Self {
        let room = (bytes / 1024).clamp(1, Semaphore::MAX_PERMITS);
        Self {
            permits: Arc::new(Semaphore::new(threads)),
            threads,
            waiting: AtomicUsize::new(0),
            most_waiting,
            room: Arc::new(Semaphore::new(room)),
        }
    }

    /// Takes room for more bytes of a body.
    pub(super) fn hold(&self, room: &mut Room, bytes: usize) -> Result<(), Failure> {
        let kib = u32::try_from(bytes.div_ceil(1024)).unwrap_or(u32::MAX);
        let permit = Arc::clone(&self.room).try_acquire_many_owned(kib);
        room.0.push(permit.map_err(|_| Failure::busy())?);
        Ok(())
    }

    /// Waits for a thread, however many wait: for streams, whose clients wait with them.
    pub(super) async fn enter_stream(&self) -> Result<OwnedSemaphorePermit, Failure> {
        Arc::clone(&self.permits).acquire_owned().await.map_err(|_| Failure::internal())
    }

    /// Waits for a thread.
    pub(super) async fn enter(&self) -> Result<OwnedSemaphorePermit, Failure> {
        if let Ok(permit) = Arc::clone(&self.permits).try_acquire_owned() {
            return Ok(permit);
        }
        let before = self.waiting.fetch_add(1, Ordering::Relaxed);
        let _waiting = Waiting(&self.waiting);
        if before >= self.most_waiting {
            return Err(Failure::busy());
        }
        Arc::clone(&self.permits).acquire_owned().await.map_err(|_| Failure::internal())
    }

    /// Requests that are being worked on.
    pub(super) fn working(&self) -> usize {
        self.threads - self.permits.available_permits().min(self.threads)
    }

    /// Requests that wait for a thread.
    pub(super) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }
}
