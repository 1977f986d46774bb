"""Random numbers by address.

Every draw has an address such as `7/12/camera/yaw_deg` (seed, sample index, field path). The address is hashed
into a generator of its own, so that pinning, adding or reordering fields changes no other draw, and sample i is
the same in any run, shard or worker.
"""

import hashlib
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Key:
    """Address of one random value."""

    path: str

    def child(self, *names: str | int) -> "Key":
        """Return the key of a named part of this value."""
        return Key("/".join([self.path, *map(str, names)]))

    def rng(self) -> np.random.Generator:
        """Return a fresh generator; two calls give identical streams."""
        return np.random.default_rng(int.from_bytes(self.digest(16), "little"))

    def digest(self, size: int) -> bytes:
        """Return `size` bytes (at most 32) that identify this address."""
        return hashlib.blake2s(self.path.encode(), digest_size=size).digest()

    def integer(self, bits: int) -> int:
        """Return an integer in [0, 2**bits) that belongs to this address; `bits` is at most 256."""
        return int.from_bytes(self.digest(32), "little") % (1 << bits)


def dataset_key(seed: int, index: int) -> Key:
    """Return the key of one sample: everything that may change from picture to picture."""
    return Key(f"{seed}/{index}")


def identity_key(identity: int) -> Key:
    """Return the key of one person: the same in every run, whatever the seed."""
    return Key(f"identity/{identity}")
