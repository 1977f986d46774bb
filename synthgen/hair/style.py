"""What a hair style says: how hair is cut, combed, gathered and plaited."""

from dataclasses import dataclass
from typing import Literal

from synthgen.hair.shaping import Coils

Cut = tuple[float, float, float, float, float]
"""Lengths at the front, on top, at the crown, at the sides and in the nape, metres."""


@dataclass(frozen=True)
class Locks:
    """One level of clumping; see `shaping.clump`."""

    count: int
    strength: float
    power: float = 0.6
    keep: float = 0.35


@dataclass(frozen=True)
class Tie:
    """Hair gathered at ties.

    Attributes:
        height: Of the tie on the head from behind, 0 at the nape, 1 on the crown.
        ends: What becomes of the hair behind the tie.
        length: Of that, metres.
        two: Whether there are two ties, one at each side, instead of one behind.
        width: Radius of a braid or a bun, metres.
    """

    height: float
    ends: Literal["tail", "bun", "puff", "braid"]
    length: float
    two: bool = False
    width: float = 0.011


@dataclass(frozen=True)
class Plaits:
    """Hair plaited close to the scalp.

    Attributes:
        rows: Of cornrows from ear to ear; or 0 for box braids.
        braids: How many box braids.
        width: Radius of a braid, metres.
        length: Of what hangs, metres.
    """

    rows: int
    braids: int
    width: float
    length: float


@dataclass(frozen=True)
class Style:
    """How hair is cut and worn. Lengths in metres.

    Attributes:
        comb: Name of the comb.
        cut: Lengths.
        strands: Hairs at a root radius of 55 um.
        points: On each hair.
        lift: 1 stands out of the skin, 0 lies flat; and how much more on top.
        volume: Height above the skin of long hair; how much more on top; and how much more at the front.
        settle: Length after which it lies there.
        bend: Length over which a hair turns into the comb's way.
        gravity: 1 pulls as strongly as the comb.
        adhesion: How hair clings to the head.
        locks: From coarse to fine.
        wander: Size of slow bends of whole strands of hair.
        frizz: Size of the wandering of single hairs at their tips.
        flyaway: Share of hairs that stand off.
        coils: What locks are wound into, or None.
        shortest: Length at the lower edge under a fade; shorter than 0.3 mm is shaved.
        fade: How high the sides are clipped; None where hair covers them.
        level: Height on the chart that hair is cut at, or None.
        flat: Height over the head's top at which hair is cut, or None.
        strip: Half the width of the only strip with hair that is not clipped, or None.
        fringe: How wide hair falls over the forehead, cut above the eyes: 0 none, 1 from temple to temple; None where
            it does not apply.
        layers: How much shorter upper hair is, 0 to 1; None where it does not apply.
        parting: How the drawn place of the parting is followed: least distance from the middle, factor; None: none.
        turned_in: How far tips are turned in, < 0 out.
        messy: How far hair goes its own way; 1 is usual.
        covers_ears: Whether hair falls over the ears.
        tie: Where hair is gathered, or None.
        plaits: How it is plaited, or None.
        roughness: Of the fibres.
        uneven: Share of its length that a hair may lack.
    """

    comb: str
    cut: Cut
    strands: int
    points: int
    lift: tuple[float, float]
    volume: tuple[float, float, float]
    settle: float = 0.03
    bend: float = 0.016
    gravity: float = 0.2
    adhesion: float = 0.8
    locks: tuple[Locks, ...] = ()
    wander: float = 0.0
    frizz: float = 0.001
    flyaway: float = 0.01
    coils: Coils | None = None
    shortest: float = 0.003
    fade: float | None = None
    level: float | None = None
    flat: float | None = None
    strip: float | None = None
    fringe: float | None = None
    layers: float | None = None
    parting: tuple[float, float] | None = None
    turned_in: float = 0.0
    messy: float = 1.0
    covers_ears: bool = False
    tie: Tie | None = None
    plaits: Plaits | None = None
    roughness: float = 0.30
    uneven: float = 0.25
