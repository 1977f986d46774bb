"""Coily hair worn as it grows, and cropped."""

from dataclasses import replace

from synthgen.hair.shaping import Coils
from synthgen.hair.style import Locks, Style
from synthgen.hair.styles.short import BUZZ

SHORT_AFRO = Style(
    "radial",
    cut=(0.016, 0.018, 0.016, 0.012, 0.008),
    strands=40000,
    points=16,
    lift=(0.8, 0.0),
    volume=(0.006, 0.0, 0.0),
    settle=0.02,
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

COILY: dict[str, Style] = {
    "short_afro": SHORT_AFRO,
    "afro_fade": replace(SHORT_AFRO, cut=(0.026, 0.030, 0.026, 0.010, 0.006), points=20, fade=0.6, shortest=0.001),
    "waves_fade": replace(BUZZ, cut=(0.005, 0.005, 0.005, 0.004, 0.003), fade=0.5, shortest=0.0005, roughness=0.4),
    "afro": AFRO,
    "big_afro": replace(AFRO, cut=(0.095, 0.105, 0.105, 0.085, 0.055), points=38, strands=32000, flyaway=0.06),
}
