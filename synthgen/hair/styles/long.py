"""Styles that fall over the ears: curtains, bobs, long straight, wavy and curly hair."""

from dataclasses import replace

from synthgen.hair.shaping import Coils
from synthgen.hair.style import Locks, Style
from synthgen.hair.styles.locks import COMBED, FALLING

CURTAIN = Style(
    "curtain",
    cut=(0.150, 0.140, 0.090, 0.060, 0.030),
    strands=46000,
    points=18,
    lift=(0.36, 0.12),
    volume=(0.004, 0.010, 0.006),
    gravity=0.75,
    adhesion=0.6,
    locks=COMBED,
    frizz=0.0018,
    flyaway=0.02,
    wander=0.006,
    layers=0.2,
    parting=(0.0, 0.35),
    covers_ears=True,
)
STRAIGHT = Style(
    "falling",
    cut=(0.40, 0.38, 0.38, 0.37, 0.34),
    strands=52000,
    points=20,
    lift=(0.34, 0.04),
    volume=(0.008, 0.005, 0.003),
    gravity=1.1,
    adhesion=0.7,
    locks=FALLING,
    wander=0.007,
    frizz=0.0022,
    flyaway=0.02,
    fringe=0.0,
    layers=0.15,
    parting=(0.0, 0.7),
    covers_ears=True,
)
BOB = replace(
    STRAIGHT,
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
LAYERED = replace(STRAIGHT, cut=(0.30, 0.30, 0.29, 0.29, 0.27), layers=0.8, volume=(0.011, 0.008, 0.004))
WAVY = replace(
    STRAIGHT,
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
SHORT_WAVY = replace(
    WAVY,
    cut=(0.25, 0.25, 0.24, 0.23, 0.20),
    points=28,
    level=0.672,
    layers=0.2,
    coils=Coils(0.0065, 0.060, 0.04, 0.5),
)
CURLS = replace(
    STRAIGHT,
    cut=(0.27, 0.27, 0.26, 0.25, 0.22),
    strands=30000,
    points=44,
    lift=(0.45, 0.1),
    volume=(0.018, 0.010, 0.004),
    gravity=0.9,
    adhesion=0.45,
    locks=(Locks(330, 0.93, 0.30, 0.24),),
    frizz=0.0016,
    flyaway=0.03,
    coils=Coils(0.0100, 0.040, 0.030, 0.6),
    layers=0.35,
    uneven=0.2,
)

LONG: dict[str, Style] = {
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
    "short_wavy": SHORT_WAVY,
    "short_wavy_fringe": replace(
        SHORT_WAVY,
        cut=(0.24, 0.24, 0.23, 0.22, 0.19),
        level=0.684,
        layers=0.15,
        fringe=0.9,
        coils=Coils(0.006, 0.055, 0.04),
    ),
    "layered": replace(LAYERED, wander=0.01),
    "layered_fringe": replace(LAYERED, fringe=0.8, volume=(0.011, 0.008, 0.0)),
    "long_straight": STRAIGHT,
    "long_straight_fringe": replace(STRAIGHT, fringe=1.0),
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
}
