"""What a process does with memory that a scene no longer needs."""

import ctypes
import sys

LARGE_BYTES = 16 << 20
"""At a megabyte, arrays on the way through a scene go back and forth: 1.8 CPU-s a scene more than at 16."""
M_MMAP_THRESHOLD = -3
"""Of mallopt(3)."""


def give_back_large_blocks() -> None:
    """Let freed blocks of `LARGE_BYTES` and more return to the system at once.

    Left alone, glibc raises that limit to the largest block it has seen freed, up to 32 MB, and keeps what is below it;
    scenes with unlike hair then tear holes into the heap that add up to 400 MB (benchmarks/memory.py). Elsewhere than
    on Linux with glibc nothing is done.
    """
    if not sys.platform.startswith("linux"):
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(M_MMAP_THRESHOLD, LARGE_BYTES)


def give_back_the_rest() -> None:
    """Return all free memory to the system: before and after a render, so that unlike scenes tear no holes."""
    if sys.platform.startswith("linux"):
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
