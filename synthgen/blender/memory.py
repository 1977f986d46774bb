"""What a process does with memory that a scene no longer needs."""

import ctypes
import sys

LARGE_BYTES = 1 << 20
M_MMAP_THRESHOLD = -3
"""Of mallopt(3)."""


def give_back_large_blocks() -> None:
    """Let freed blocks of a megabyte and more return to the system at once.

    Left alone, glibc raises that limit to the largest block it has seen freed, up to 32 MB, and keeps what is below it;
    scenes with unlike hair then tear holes into the heap that add up to 400 MB (benchmarks/memory.py). Elsewhere than
    on Linux with glibc nothing is done.
    """
    if not sys.platform.startswith("linux"):
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(M_MMAP_THRESHOLD, LARGE_BYTES)
