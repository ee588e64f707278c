"""The garbage collector, set for a process that answers requests."""

from __future__ import annotations

import gc

# Nearly all that coaching makes is freed at once or kept on purpose, in the caches; looking through all that is kept
# takes up to 200 ms and finds next to nothing. So the young are looked through often, the old seldom.
_THRESHOLDS = 5_000, 10, 1_000


def settle() -> None:
    """What is here now stays (rules, modules), and what comes is looked through seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
