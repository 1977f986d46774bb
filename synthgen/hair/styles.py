"""Hair styles as numbers. To add one, add a row; combs are in combs.py, gathered and plaited hair in modules beside."""

from dataclasses import dataclass, replace
from typing import Literal

from synthgen.hair.shaping import Coils


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
        cut: Length at the front, on top, at the crown, at the sides and in the nape.
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
    cut: tuple[float, float, float, float, float]
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


_CROPPED = (Locks(1500, 0.75, 0.9, 0.25), Locks(9000, 0.5, 0.9))
_COMBED = (Locks(420, 0.6, 0.8, 0.45), Locks(3000, 0.7))
_FALLING = (Locks(170, 0.55, 0.8, 0.6), Locks(1300, 0.72, 0.55), Locks(8000, 0.55, 0.6))
_PIECES = (Locks(520, 0.85, 0.8, 0.30), Locks(3600, 0.65, 0.7))

BUZZ = Style(
    *("whorl", (0.007, 0.007, 0.007, 0.006, 0.005), 70000, 5, (0.62, 0.0), (0.004, 0.0, 0.0), 0.02),
    adhesion=0,
    frizz=0.0012,
    fade=0.0,
    shortest=0.0035,
)
CROP = Style(
    *("whorl", (0.042, 0.040, 0.034, 0.014, 0.009), 46000, 10, (0.28, 0.30), (0.002, 0.011, 0.004)),
    adhesion=0.6,
    locks=_CROPPED,
    frizz=0.0022,
    fade=0.0,
)
FRENCH_CROP = Style(
    *("forward", (0.038, 0.036, 0.026, 0.009, 0.006), 48000, 10, (0.30, 0.16), (0.002, 0.008, 0.002)),
    gravity=0.35,
    adhesion=0.7,
    locks=(Locks(900, 0.8, 0.9, 0.25), Locks(6000, 0.5, 0.9)),
    frizz=0.0020,
    fade=0.45,
    shortest=0.002,
)
SIDE_PART = Style(
    *("side_part", (0.078, 0.070, 0.050, 0.018, 0.010), 46000, 14, (0.28, 0.22), (0.003, 0.010, 0.010)),
    locks=_COMBED,
    frizz=0.0014,
    flyaway=0.025,
    wander=0.003,
    fade=0.12,
    parting=(0.028, 1.0),
)
QUIFF = Style(
    *("quiff", (0.085, 0.066, 0.042, 0.012, 0.007), 44000, 14, (0.42, 0.30), (0.003, 0.010, 0.034)),
    bend=0.013,
    gravity=0.15,
    adhesion=0.55,
    locks=(Locks(380, 0.72, 0.8, 0.35), Locks(2600, 0.7)),
    frizz=0.0016,
    flyaway=0.02,
    wander=0.004,
    fade=0.35,
    shortest=0.0025,
)
POMPADOUR = replace(
    QUIFF,
    cut=(0.105, 0.095, 0.060, 0.014, 0.008),
    volume=(0.003, 0.018, 0.024),
    points=16,
    locks=(Locks(300, 0.6, 0.5, 0.45), Locks(2200, 0.8, 0.45, 0.25)),
    adhesion=0.8,
    frizz=0.0008,
    wander=0.002,
    roughness=0.24,
)
SLICKED = Style(
    *("back", (0.125, 0.120, 0.070, 0.040, 0.020), 46000, 16, (0.30, 0.18), (0.002, 0.006, 0.004)),
    adhesion=1.0,
    locks=(Locks(300, 0.6, 0.5, 0.45), Locks(2200, 0.85, 0.4, 0.22)),
    frizz=0.0007,
    wander=0.002,
    fade=0.0,
    roughness=0.24,
)
FLAT_TOP = Style(
    *("up", (0.060, 0.060, 0.050, 0.010, 0.006), 60000, 9, (0.85, 0.1), (0.004, 0.03, 0.0)),
    bend=0.008,
    gravity=0.0,
    adhesion=0.0,
    locks=(Locks(4000, 0.35, 1.0),),
    frizz=0.0012,
    fade=0.5,
    flat=0.020,
    shortest=0.001,
    uneven=0.05,
)
MOHAWK = Style(
    *("crest", (0.070, 0.080, 0.070, 0.003, 0.002), 48000, 12, (0.75, 0.2), (0.004, 0.05, 0.0)),
    bend=0.010,
    gravity=0.0,
    adhesion=0.0,
    locks=(Locks(260, 0.75, 0.9, 0.35), Locks(1500, 0.5)),
    frizz=0.0015,
    fade=0.8,
    shortest=0.001,
    strip=0.026,
    uneven=0.2,
)
MESSY = replace(
    CROP,
    cut=(0.075, 0.065, 0.055, 0.032, 0.020),
    lift=(0.34, 0.26),
    volume=(0.004, 0.014, 0.004),
    points=13,
    locks=_PIECES,
    wander=0.008,
    frizz=0.0026,
    flyaway=0.04,
    uneven=0.45,
    messy=2.0,
)
CURTAIN = Style(
    *("curtain", (0.150, 0.140, 0.090, 0.060, 0.030), 46000, 18, (0.36, 0.12), (0.004, 0.010, 0.006)),
    gravity=0.75,
    adhesion=0.6,
    locks=_COMBED,
    frizz=0.0018,
    flyaway=0.02,
    wander=0.006,
    layers=0.2,
    parting=(0.0, 0.35),
    covers_ears=True,
)
SHORT_CURLS = replace(
    CROP,
    cut=(0.075, 0.075, 0.060, 0.016, 0.010),
    strands=34000,
    points=26,
    lift=(0.45, 0.25),
    volume=(0.003, 0.020, 0.004),
    gravity=0.15,
    adhesion=0.35,
    locks=(Locks(620, 0.88, 0.4, 0.22),),
    coils=Coils(0.0055, 0.026, 0.010, 0.7),
    frizz=0.0016,
    flyaway=0.03,
    wander=0.003,
    fade=0.25,
)
BALDING = replace(
    CROP,
    cut=(0.022, 0.018, 0.018, 0.022, 0.012),
    lift=(0.36, 0.0),
    volume=(0.004, 0.0, 0.0),
    locks=(Locks(2500, 0.5, 1.0),),
)
SHORT_AFRO = Style(
    *("radial", (0.016, 0.018, 0.016, 0.012, 0.008), 40000, 16, (0.8, 0.0), (0.006, 0.0, 0.0), 0.02),
    gravity=0.05,
    adhesion=0,
    locks=(Locks(9000, 0.7, 0.45),),
    frizz=0.0012,
    coils=Coils(0.0021, 0.0085, 0.004, 0.8),
    fade=0.15,
    roughness=0.40,
)
AFRO = replace(
    SHORT_AFRO,
    cut=(0.052, 0.060, 0.060, 0.044, 0.026),
    strands=30000,
    points=30,
    volume=(0.010, 0.0, 0.0),
    locks=(Locks(3800, 0.75, 0.45),),
    frizz=0.0030,
    flyaway=0.05,
    coils=Coils(0.0032, 0.0125, 0.006, 0.8),
    fade=None,
    uneven=0.10,
)
LONG = Style(
    *("falling", (0.40, 0.38, 0.38, 0.37, 0.34), 52000, 20, (0.34, 0.04), (0.008, 0.005, 0.003)),
    gravity=1.1,
    adhesion=0.7,
    locks=_FALLING,
    wander=0.007,
    frizz=0.0022,
    flyaway=0.02,
    fringe=0.0,
    layers=0.15,
    parting=(0.0, 0.7),
    covers_ears=True,
)
BOB = replace(
    LONG,
    cut=(0.25, 0.25, 0.25, 0.24, 0.22),
    points=18,
    volume=(0.011, 0.004, 0.003),
    gravity=1.0,
    wander=0.005,
    frizz=0.0016,
    flyaway=0.015,
    level=0.690,
    layers=0.0,
    turned_in=1.0,
    roughness=0.27,
    uneven=0.05,
)
CURLS = replace(
    CROP,
    cut=(0.075, 0.075, 0.060, 0.016, 0.010),
    strands=34000,
    points=26,
    lift=(0.45, 0.25),
    volume=(0.003, 0.020, 0.004),
    gravity=0.15,
    adhesion=0.35,
    locks=(Locks(620, 0.88, 0.4, 0.22),),
    coils=Coils(0.0055, 0.026, 0.010, 0.7),
    frizz=0.0016,
    flyaway=0.03,
    wander=0.003,
    fade=0.25,
)
BALDING = replace(
    CROP,
    cut=(0.022, 0.018, 0.018, 0.022, 0.012),
    lift=(0.36, 0.0),
    volume=(0.004, 0.0, 0.0),
    locks=(Locks(2500, 0.5, 1.0),),
)
SHORT_AFRO = Style(
    *("radial", (0.016, 0.018, 0.016, 0.012, 0.008), 40000, 16, (0.8, 0.0), (0.006, 0.0, 0.0), 0.02),
    gravity=0.05,
    adhesion=0,
    locks=(Locks(9000, 0.7, 0.45),),
    frizz=0.0012,
    coils=Coils(0.0021, 0.0085, 0.004, 0.8),
    fade=0.15,
    roughness=0.40,
)
AFRO = replace(
    SHORT_AFRO,
    cut=(0.052, 0.060, 0.060, 0.044, 0.026),
    strands=30000,
    points=30,
    volume=(0.010, 0.0, 0.0),
    locks=(Locks(3800, 0.75, 0.45),),
    frizz=0.0030,
    flyaway=0.05,
    coils=Coils(0.0032, 0.0125, 0.006, 0.8),
    fade=None,
    uneven=0.10,
)
LONG = Style(
    *("falling", (0.40, 0.38, 0.38, 0.37, 0.34), 52000, 20, (0.34, 0.04), (0.008, 0.005, 0.003)),
    gravity=1.1,
    adhesion=0.7,
    locks=_FALLING,
    wander=0.007,
    frizz=0.0022,
    flyaway=0.02,
    fringe=0.0,
    layers=0.15,
    parting=(0.0, 0.7),
    covers_ears=True,
)
BOB = replace(
    LONG,
    cut=(0.25, 0.25, 0.25, 0.24, 0.22),
    points=18,
    volume=(0.011, 0.004, 0.003),
    gravity=1.0,
    wander=0.005,
    frizz=0.0016,
    flyaway=0.015,
    level=0.690,
    layers=0.0,
    turned_in=1.0,
    roughness=0.27,
    uneven=0.05,
)
WAVY = replace(
    LONG,
    cut=(0.38, 0.38, 0.37, 0.36, 0.33),
    points=32,
    volume=(0.012, 0.006, 0.004),
    adhesion=0.6,
    locks=(Locks(240, 0.80, 0.5, 0.45), Locks(1500, 0.7, 0.5)),
    wander=0.010,
    frizz=0.0020,
    flyaway=0.03,
    coils=Coils(0.0075, 0.080, 0.07, 0.5),
)
CURLS = replace(
    LONG,
    cut=(0.27, 0.27, 0.26, 0.25, 0.22),
    strands=30000,
    points=44,
    lift=(0.45, 0.1),
    volume=(0.018, 0.010, 0.004),
    gravity=0.9,
    adhesion=0.45,
    locks=(Locks(330, 0.93, 0.30, 0.24),),
    wander=0.007,
    frizz=0.0016,
    flyaway=0.03,
    coils=Coils(0.0100, 0.040, 0.030, 0.6),
    layers=0.35,
    uneven=0.2,
)
TIED = Style(
    *("back", (0.12, 0.12, 0.12, 0.12, 0.12), 46000, 16, (0.2, 0.0), (0.003, 0.002, 0.0)),
    locks=(Locks(300, 0.3, 1.6, 0.6), Locks(2200, 0.5, 1.2, 0.4)),
    frizz=0.0010,
    flyaway=0.014,
    wander=0.0012,
    uneven=0.2,
    roughness=0.27,
    tie=Tie(0.5, "tail", 0.32),
)
BRAIDED = Style(
    *("falling", (0.3, 0.3, 0.3, 0.3, 0.3), 30000, 6, (0.2, 0.0), (0.004, 0.0, 0.0)),
    gravity=1.1,
    adhesion=0.5,
    flyaway=0.02,
    frizz=0.0006,
    roughness=0.36,
    uneven=0.1,
    covers_ears=True,
    parting=(0.0, 0.5),
)

STYLES: dict[str, Style | None] = {
    "bald": None,
    "shaved": replace(BUZZ, cut=(0.0015, 0.0015, 0.0015, 0.0013, 0.0012), shortest=0.001, points=4),
    "buzz": BUZZ,
    "buzz_fade": replace(BUZZ, cut=(0.010, 0.010, 0.009, 0.006, 0.004), fade=0.45, shortest=0.001),
    "buzz_skin_fade": replace(BUZZ, cut=(0.012, 0.012, 0.010, 0.006, 0.004), fade=0.7, shortest=0.0),
    "crop": CROP,
    "crop_low_fade": replace(CROP, fade=0.25, shortest=0.0015),
    "crop_mid_fade": replace(CROP, fade=0.5, shortest=0.001),
    "crop_high_fade": replace(CROP, fade=0.8, shortest=0.0),
    "textured_crop": replace(CROP, locks=_PIECES, messy=1.8, uneven=0.4, fade=0.5, shortest=0.001),
    "pixie": replace(
        SIDE_PART, cut=(0.085, 0.075, 0.060, 0.040, 0.022), fade=0.0, messy=1.5, layers=None, locks=_PIECES, uneven=0.35
    ),
    "french_crop": FRENCH_CROP,
    "french_crop_fade": replace(FRENCH_CROP, fade=0.7, shortest=0.0),
    "caesar": replace(FRENCH_CROP, cut=(0.022, 0.024, 0.020, 0.012, 0.007), fade=0.0, uneven=0.15),
    "side_part": SIDE_PART,
    "side_part_fade": replace(SIDE_PART, fade=0.6, shortest=0.001),
    "comb_over": replace(SIDE_PART, cut=(0.100, 0.092, 0.060, 0.020, 0.010), roughness=0.25, frizz=0.0008, messy=0.6),
    "quiff": QUIFF,
    "quiff_fade": replace(QUIFF, fade=0.75, shortest=0.0),
    "messy_quiff": replace(QUIFF, messy=2.0, locks=_PIECES, uneven=0.4),
    "pompadour": POMPADOUR,
    "pompadour_fade": replace(POMPADOUR, fade=0.7, shortest=0.001),
    "slicked": SLICKED,
    "slicked_undercut": replace(SLICKED, cut=(0.13, 0.13, 0.10, 0.012, 0.006), fade=0.75, shortest=0.0015),
    "flat_top": FLAT_TOP,
    "flat_top_tall": replace(FLAT_TOP, cut=(0.095, 0.095, 0.085, 0.010, 0.006), flat=0.050),
    "mohawk": MOHAWK,
    "fauxhawk": replace(
        MOHAWK, cut=(0.045, 0.045, 0.035, 0.012, 0.008), strip=0.034, fade=0.45, shortest=0.003, gravity=0.05
    ),
    "messy": MESSY,
    "messy_long": replace(
        MESSY, cut=(0.105, 0.095, 0.085, 0.065, 0.045), points=16, gravity=0.4, covers_ears=True, fade=None
    ),
    "curly_top": SHORT_CURLS,
    "curly_fade": replace(SHORT_CURLS, fade=0.7, shortest=0.001),
    "balding": BALDING,
    "short_afro": SHORT_AFRO,
    "afro_fade": replace(SHORT_AFRO, cut=(0.026, 0.030, 0.026, 0.010, 0.006), points=20, fade=0.6, shortest=0.001),
    "waves_fade": replace(BUZZ, cut=(0.005, 0.005, 0.005, 0.004, 0.003), fade=0.5, shortest=0.0005, roughness=0.4),
    "afro": AFRO,
    "big_afro": replace(AFRO, cut=(0.095, 0.105, 0.105, 0.085, 0.055), points=38, strands=32000, flyaway=0.06),
    "curtain": CURTAIN,
    "curtain_short": replace(
        CURTAIN, cut=(0.115, 0.105, 0.065, 0.024, 0.012), covers_ears=False, fade=0.2, layers=None
    ),
    "curtain_long": replace(CURTAIN, cut=(0.20, 0.20, 0.16, 0.12, 0.06), points=20, gravity=0.9),
    "bob": BOB,
    "bob_fringe": replace(BOB, fringe=1.0),
    "bob_short": replace(BOB, level=0.718, volume=(0.013, 0.004, 0.003)),
    "bob_long": replace(BOB, level=0.640, cut=(0.32, 0.32, 0.32, 0.30, 0.28), turned_in=0.4),
    "bob_flipped": replace(BOB, turned_in=-1.0, level=0.680),
    "short_wavy": replace(
        WAVY,
        cut=(0.25, 0.25, 0.24, 0.23, 0.20),
        points=28,
        level=0.672,
        layers=0.2,
        coils=Coils(0.0065, 0.060, 0.04, 0.5),
    ),
    "short_wavy_fringe": replace(
        WAVY, cut=(0.24, 0.24, 0.23, 0.22, 0.19), points=28, level=0.684, fringe=0.9, coils=Coils(0.006, 0.055, 0.04)
    ),
    "layered": replace(LONG, cut=(0.30, 0.30, 0.29, 0.29, 0.27), layers=0.8, volume=(0.011, 0.008, 0.004), wander=0.01),
    "layered_fringe": replace(
        LONG, cut=(0.30, 0.30, 0.29, 0.29, 0.27), layers=0.8, fringe=0.8, volume=(0.011, 0.008, 0.0)
    ),
    "long_straight": LONG,
    "long_straight_fringe": replace(LONG, fringe=1.0),
    "long_wavy": WAVY,
    "long_wavy_fringe": replace(WAVY, fringe=0.9),
    "loose_curls": replace(WAVY, points=36, coils=Coils(0.0125, 0.062, 0.08, 0.6), locks=(Locks(260, 0.9, 0.4, 0.32),)),
    "curls": CURLS,
    "tight_curls": replace(
        CURLS,
        cut=(0.17, 0.17, 0.16, 0.16, 0.14),
        points=52,
        gravity=0.55,
        adhesion=0.3,
        lift=(0.6, 0.1),
        volume=(0.024, 0.012, 0.0),
        locks=(Locks(900, 0.92, 0.3, 0.22),),
        coils=Coils(0.0055, 0.018, 0.012, 0.7),
    ),
    "ponytail": TIED,
    "ponytail_low": replace(TIED, tie=Tie(0.08, "tail", 0.30)),
    "ponytail_high": replace(TIED, tie=Tie(0.95, "tail", 0.34)),
    "bun": replace(TIED, tie=Tie(0.42, "bun", 0.30, width=0.030)),
    "bun_low": replace(TIED, tie=Tie(0.05, "bun", 0.30, width=0.030)),
    "top_knot": replace(TIED, tie=Tie(1.15, "bun", 0.30, width=0.026)),
    "pigtails": replace(TIED, tie=Tie(0.10, "tail", 0.26, two=True, width=0.009), parting=(0.0, 0.2)),
    "braid": replace(TIED, tie=Tie(0.10, "braid", 0.34, width=0.016)),
    "twin_braids": replace(TIED, tie=Tie(0.05, "braid", 0.30, two=True, width=0.013), parting=(0.0, 0.2)),
    "puff": replace(
        TIED, tie=Tie(0.80, "puff", 0.085), roughness=0.40, locks=(Locks(900, 0.5, 1.3, 0.5),), strands=42000
    ),
    "puff_low": replace(
        TIED, tie=Tie(0.25, "puff", 0.070), roughness=0.40, locks=(Locks(900, 0.5, 1.3, 0.5),), strands=42000
    ),
    "cornrows": replace(BRAIDED, plaits=Plaits(10, 0, 0.0056, 0.10)),
    "cornrows_long": replace(BRAIDED, plaits=Plaits(12, 0, 0.0046, 0.28)),
    "box_braids": replace(BRAIDED, plaits=Plaits(0, 160, 0.0044, 0.34)),
    "box_braids_short": replace(BRAIDED, plaits=Plaits(0, 170, 0.0044, 0.19)),
}
"""By name; None is no hair."""
