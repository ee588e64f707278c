"""The garbage collector, set for a process that answers requests."""

from __future__ import annotations

import gc

# Nearly all that coaching makes is freed at once or kept on purpose, in the caches; looking through all that is kept
# takes up to 200 ms and finds next to nothing. So the young are looked through often, the old seldom. What the caches
# let go is taken off the count of the young, so that many more of them gather than the first number says: at 5,000 a
# look took 20 ms and the next older ones 150; at 100 neither takes 1 ms, and all together less than half. The old are
# looked through once in about 10,000 requests: each may leave 1 kB of circles behind (the web server's).
_THRESHOLDS = 100, 1, 10_000


def settle() -> None:
    """What is here now stays (rules, modules), and what comes is looked through seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
