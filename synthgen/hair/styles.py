"""Hair styles as numbers. To add one, add a row; combs are in combs.py."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Locks:
    """One level of clumping; see `shaping.clump`."""

    count: int
    strength: float
    power: float = 0.6
    keep: float = 0.35


@dataclass(frozen=True)
class Style:
    """How hair is cut and worn. Lengths in metres.

    Attributes:
        comb: Name of the comb.
        strands: Hairs at a root radius of 55 um.
        points: On each hair.
        top: Length on top.
        side: Length at the sides and the back.
        lift: 1 stands out of the skin, 0 lies flat; and how much more on top.
        volume: Height above the skin of long hair; and how much more on top.
        settle: Length after which it lies there.
        gravity: 1 pulls as strongly as the comb.
        adhesion: How hair clings to the head.
        locks: From coarse to fine.
        wander: Size of slow bends of whole strands of hair.
        frizz: Size of the wandering of single hairs at their tips.
        flyaway: Share of hairs that stand off.
        curl: Radius, wave length and the length over which it begins; or None.
        cut: Height on the chart that hair is cut at, or None.
        fringe: Whether hair over the forehead falls forward and is cut above the eyes.
        roughness: Of the fibres.
        uneven: Share of its length that a hair may lack.
        dense: Share of the follicles.
    """

    comb: str
    strands: int
    points: int
    top: float
    side: float
    lift: tuple[float, float]
    volume: tuple[float, float]
    settle: float = 0.03
    gravity: float = 0.2
    adhesion: float = 0.8
    locks: tuple[Locks, ...] = ()
    wander: float = 0.0
    frizz: float = 0.001
    flyaway: float = 0.01
    curl: tuple[float, float, float] | None = None
    cut: float | None = None
    fringe: bool = False
    roughness: float = 0.30
    uneven: float = 0.25
    dense: float = 1.0


_FALLING = (Locks(170, 0.55, 0.8, 0.6), Locks(1300, 0.72, 0.55), Locks(8000, 0.55, 0.6))
STYLES: dict[str, Style | None] = {
    "bald": None,
    "buzz": Style("whorl", 80000, 5, 0.007, 0.006, (0.62, 0.0), (0.004, 0.0), 0.02, adhesion=0, frizz=0.0012),
    "crop": Style(
        *("whorl", 50000, 10, 0.040, 0.010, (0.28, 0.30), (0.002, 0.011)),
        adhesion=0.6,
        locks=(Locks(1500, 0.75, 0.9, 0.25), Locks(9000, 0.5, 0.9)),
        frizz=0.0022,
    ),
    "side_part": Style(
        *("side_part", 50000, 18, 0.085, 0.020, (0.28, 0.22), (0.003, 0.012)),
        locks=(Locks(420, 0.6, 0.8, 0.45), Locks(3000, 0.7)),
        frizz=0.0014,
        flyaway=0.03,
        wander=0.003,
    ),
    "slicked": Style(
        *("back", 50000, 20, 0.125, 0.035, (0.30, 0.18), (0.002, 0.008)),
        adhesion=1.0,
        locks=(Locks(300, 0.6, 0.5, 0.45), Locks(2200, 0.85, 0.4, 0.22)),
        frizz=0.0007,
        wander=0.002,
        roughness=0.24,
    ),
    "balding": Style(
        *("whorl", 42000, 8, 0.018, 0.022, (0.36, 0.0), (0.004, 0.0)),
        locks=(Locks(2500, 0.5, 1.0),),
        frizz=0.0016,
    ),
    "short_afro": Style(
        *("radial", 46000, 30, 0.018, 0.012, (0.8, 0.0), (0.006, 0.0), 0.02),
        gravity=0.05,
        adhesion=0,
        locks=(Locks(5200, 0.7, 0.45),),
        frizz=0.0014,
        curl=(0.0020, 0.0075, 0.005),
        roughness=0.40,
    ),
    "afro": Style(
        *("radial", 42000, 56, 0.058, 0.038, (0.8, 0.0), (0.010, 0.0), 0.02),
        gravity=0.05,
        adhesion=0,
        locks=(Locks(5200, 0.72, 0.45),),
        frizz=0.0026,
        flyaway=0.05,
        curl=(0.0026, 0.0095, 0.006),
        roughness=0.40,
        uneven=0.16,
    ),
    "curls": Style(
        *("part", 30000, 40, 0.25, 0.24, (0.34, 0.06), (0.016, 0.008)),
        gravity=1.1,
        adhesion=0.6,
        locks=(Locks(430, 0.9, 0.4, 0.22),),
        wander=0.006,
        frizz=0.0028,
        flyaway=0.04,
        curl=(0.0095, 0.050, 0.06),
        uneven=0.3,
    ),
    "long_wavy": Style(
        *("part", 60000, 36, 0.36, 0.34, (0.32, 0.06), (0.012, 0.006)),
        gravity=1.1,
        adhesion=0.65,
        locks=(Locks(220, 0.75, 0.6, 0.5), Locks(1500, 0.7, 0.5), Locks(8000, 0.5)),
        wander=0.010,
        frizz=0.0025,
        flyaway=0.03,
        curl=(0.0065, 0.085, 0.11),
    ),
    "long_straight": Style(
        *("part", 64000, 28, 0.38, 0.36, (0.32, 0.0), (0.008, 0.004)),
        gravity=1.1,
        adhesion=0.7,
        locks=_FALLING,
        wander=0.006,
        frizz=0.0022,
        flyaway=0.02,
    ),
    "bob": Style(
        *("part", 60000, 26, 0.25, 0.23, (0.32, 0.0), (0.012, 0.004)),
        gravity=1.0,
        adhesion=0.7,
        locks=_FALLING,
        wander=0.004,
        frizz=0.0016,
        flyaway=0.015,
        cut=0.690,
        roughness=0.27,
        uneven=0.05,
    ),
    "bob_fringe": Style(
        *("part", 60000, 26, 0.25, 0.23, (0.32, 0.0), (0.012, 0.003)),
        gravity=1.0,
        adhesion=0.7,
        locks=_FALLING,
        wander=0.004,
        frizz=0.0015,
        flyaway=0.015,
        cut=0.695,
        fringe=True,
        roughness=0.27,
        uneven=0.04,
    ),
}
"""By name; None is no hair."""
