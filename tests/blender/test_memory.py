"""Memory that a scene no longer needs."""

import ctypes
import sys

import numpy as np
import pytest

from synthgen.blender import start_once

MB = 2**20


class Mallinfo(ctypes.Structure):
    """What mallinfo2(3) answers."""

    names = ("arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost")
    _fields_ = [(name, ctypes.c_size_t) for name in names]


def mapped_bytes() -> int:
    """Return the bytes that stand in blocks of their own, which go back to the system when freed."""
    libc = ctypes.CDLL(None)
    libc.mallinfo2.restype = Mallinfo
    return libc.mallinfo2().hblkhd


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc's allocator")
def test_a_block_of_two_megabytes_stays_one_of_its_own_after_a_larger_one_was_freed():
    start_once("cpu", 2, 0)
    larger = np.ones(16 * MB, np.uint8)
    del larger
    before = mapped_bytes()
    block = np.ones(2 * MB, np.uint8)
    assert mapped_bytes() - before >= block.nbytes
