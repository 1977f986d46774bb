"""Which samples a run makes."""

from synthgen.errors import SpecError


def parse_shard(text: str) -> tuple[int, int]:
    """Return (r, k) of "r/k".

    Raises:
        SpecError: If it is not of that form with 0 <= r < k.
    """
    left, slash, right = text.partition("/")
    if slash and left.isdecimal() and right.isdecimal() and int(left) < int(right):
        return int(left), int(right)
    raise SpecError(f"--shard {text!r} is no share; allowed: r/K with 0 <= r < K, such as 0/4")


def require_shard(shard: tuple[int, int]) -> None:
    """Accept (r, k) with 0 <= r < k.

    Raises:
        SpecError: If it is anything else.
    """
    r, k = shard
    if not 0 <= r < k:
        raise SpecError(f"shard {shard} is no share; allowed: (r, k) with 0 <= r < k, such as (0, 4)")


def require_whole(**numbers: tuple[int, int]) -> None:
    """Accept whole numbers that are not too small, given as name=(number, least).

    Raises:
        SpecError: If one is not.
    """
    for name, (number, least) in numbers.items():
        if not isinstance(number, int) or number < least:
            raise SpecError(f"{name} is {number!r}; allowed: a whole number, {least} or more")


def shard_indices(total: int, shard: tuple[int, int]) -> range:
    """Return the indices below `total` that belong to a shard."""
    return range(shard[0], total, shard[1])
