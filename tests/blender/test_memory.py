"""Memory that a scene no longer needs."""

import subprocess
import sys

import pytest

PROGRAM = """
import ctypes
import numpy as np
from synthgen.blender import start_once

class Mallinfo(ctypes.Structure):
    names = ("arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost")
    _fields_ = [(name, ctypes.c_size_t) for name in names]

libc = ctypes.CDLL(None)
libc.mallinfo2.restype = Mallinfo
start_once("cpu", 2, 0)
larger = np.ones(28 << 20, np.uint8)
del larger
before = libc.mallinfo2().hblkhd
block = np.ones(20 << 20, np.uint8)
print(libc.mallinfo2().hblkhd - before)
"""
"""Prints how much memory in blocks of their own, which go back to the system when freed, an array of 20 MB takes."""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc's allocator")
def test_a_large_block_stays_one_of_its_own_after_a_larger_one_was_freed():
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert int(done.stdout) >= 20 << 20
