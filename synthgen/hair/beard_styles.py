"""Facial hair by name: where it is left, how long it is there and how it is led. One row each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class BeardStyle:
    """How a beard is cut. Lengths in millimetres by zone of `head.beard.ZONES`; 0 is shaved.

    Attributes:
        lip: Above the mouth.
        soul: Below the lower lip.
        link: Beside the mouth, from moustache to chin.
        chin: Of the chin.
        jaw: Along the edge of the jaw.
        cheek: Above that.
        side: Before the ear.
        neck: Below the jaw; it is kept shaved by the neat.
        led: How the moustache is led: `down`, `parted` to the sides, `brush` cut at the lip, `droop` over the mouth,
            `curled` or `straight` with wax.
        reach_mm: How far waxed ends stand beyond the corner of the mouth.
        lip_band: Lowest and highest part of the moustache over the lip's edge, millimetres.
        lip_wide_mm: Half width of the moustache.
        chin_mm: Half width of the chin's part.
        jaw_mm: Height of the jaw's strip.
        jaw_deg: Angle from straight ahead at which that ends.
        soul_mm: Half width of the soul patch.
        point: 0 falls as it grows, 1 drawn to a point below the chin.
        flare: 0 close, 1 full and wide.
        strands: Hairs if every zone is full, in thousands.
    """

    lip: float = 0
    soul: float = 0
    link: float = 0
    chin: float = 0
    jaw: float = 0
    cheek: float = 0
    side: float = 0
    neck: float = 0
    led: str = "parted"
    reach_mm: float = 0
    lip_band: tuple[float, float] = (-2, 20)
    lip_wide_mm: float = 60
    chin_mm: float = 24
    jaw_mm: float = 11
    jaw_deg: float = 95
    soul_mm: float = 12
    point: float = 0
    flare: float = 0
    strands: float = 22

    @property
    def lengths_mm(self) -> tuple[float, ...]:
        """Return the lengths in the order of the zones."""
        return self.lip, self.soul, self.link, self.chin, self.jaw, self.cheek, self.side, self.neck

    @property
    def short(self) -> bool:
        """Return whether all of it is stubble: too short to lie down."""
        return max(self.lengths_mm) < 6


def _everywhere(mm: float, neck: float, **rest: float | tuple[float, float] | str) -> BeardStyle:
    zones = dict.fromkeys(("lip", "soul", "link", "chin", "jaw", "cheek", "side"), mm)
    return BeardStyle(**zones, neck=neck, led="down", **rest)  # pyright: ignore[reportArgumentType]


BEARDS: dict[str, BeardStyle | None] = {
    "none": None,
    "stubble": _everywhere(1.6, 1.4, strands=26),
    "heavy_stubble": _everywhere(4.2, 3.2, strands=28),
    "designer_stubble": _everywhere(2.6, 0, strands=30),
    "moustache": BeardStyle(lip=13),
    "chevron": BeardStyle(lip=11, led="brush", lip_wide_mm=33, strands=26),
    "pencil": BeardStyle(lip=5, led="parted", lip_band=(0.2, 4.2), lip_wide_mm=29, strands=70),
    "painters": BeardStyle(lip=12, led="brush", lip_wide_mm=30, strands=30),
    "walrus": BeardStyle(lip=25, led="droop", strands=40),
    "english": BeardStyle(lip=34, led="straight", reach_mm=28, lip_band=(1, 20), lip_wide_mm=27, strands=26),
    "handlebar": BeardStyle(lip=36, led="curled", reach_mm=19, lip_band=(0.5, 20), lip_wide_mm=27, strands=28),
    "horseshoe": BeardStyle(
        lip=13, link=12, jaw=12, cheek=0, led="down", chin_mm=22, jaw_mm=24, jaw_deg=21, strands=28
    ),
    "soul_patch": BeardStyle(soul=9, soul_mm=9),
    "goatee": BeardStyle(soul=10, chin=20, chin_mm=20, jaw_mm=5),
    "van_dyke": BeardStyle(
        lip=26, soul=12, chin=30, led="straight", reach_mm=12, lip_wide_mm=27, chin_mm=17, point=0.8
    ),
    "circle": BeardStyle(lip=10, soul=8, link=10, chin=13, led="down", chin_mm=26, lip_wide_mm=36, strands=26),
    "anchor": BeardStyle(
        lip=7,
        soul=8,
        chin=11,
        jaw=8,
        lip_band=(0.5, 5),
        lip_wide_mm=29,
        chin_mm=12,
        jaw_mm=4,
        jaw_deg=30,
        soul_mm=6,
        strands=46,
    ),
    "chin_strap": BeardStyle(chin=6, jaw=6, side=5, led="down", chin_mm=14, jaw_mm=6.5),
    "sideburns": BeardStyle(side=14, cheek=0, led="down"),
    "mutton_chops": BeardStyle(side=20, cheek=22, jaw=18, led="down", flare=0.5, chin_mm=27),
    "friendly_chops": BeardStyle(lip=15, link=16, side=20, cheek=24, jaw=20, led="down", flare=0.5, chin_mm=27),
    "short_beard": BeardStyle(lip=9, soul=9, link=9, chin=12, jaw=10, cheek=9, side=6, neck=0, led="down", strands=26),
    "full_short": BeardStyle(
        lip=12, soul=13, link=14, chin=20, jaw=17, cheek=14, side=9, neck=8, led="down", strands=26
    ),
    "full_beard": BeardStyle(
        lip=16, soul=22, link=22, chin=36, jaw=28, cheek=20, side=11, neck=14, flare=0.3, strands=24
    ),
    "full_long": BeardStyle(
        lip=20, soul=35, link=45, chin=95, jaw=70, cheek=36, side=14, neck=30, flare=0.25, strands=22
    ),
    "garibaldi": BeardStyle(
        lip=20, soul=40, link=48, chin=84, jaw=66, cheek=34, side=16, neck=40, led="droop", flare=1.0, strands=26
    ),
    "ducktail": BeardStyle(
        lip=15, soul=24, link=26, chin=85, jaw=34, cheek=14, side=8, neck=10, chin_mm=30, point=1.0, strands=24
    ),
    "chin_ducktail": BeardStyle(
        soul=18, link=0, chin=80, jaw=30, cheek=12, side=8, neck=8, chin_mm=30, point=1.0, strands=24
    ),
    "dutch": BeardStyle(soul=20, link=24, chin=75, jaw=60, cheek=32, side=16, neck=20, flare=0.8, strands=26),
    "klingon": BeardStyle(
        soul=16, link=20, chin=60, jaw=30, cheek=10, side=9, chin_mm=20, jaw_mm=12, point=0.7, strands=24
    ),
}
"""Facial hair by name."""
WEIGHTS = {
    "none": 50,
    "stubble": 14,
    "heavy_stubble": 8,
    "designer_stubble": 3,
    "moustache": 1.2,
    "chevron": 1.0,
    "pencil": 0.5,
    "painters": 0.5,
    "walrus": 0.6,
    "english": 0.3,
    "handlebar": 0.5,
    "horseshoe": 0.4,
    "soul_patch": 0.7,
    "goatee": 1.5,
    "van_dyke": 1.0,
    "circle": 3.5,
    "anchor": 0.5,
    "chin_strap": 0.6,
    "sideburns": 0.5,
    "mutton_chops": 0.4,
    "friendly_chops": 0.3,
    "short_beard": 8,
    "full_short": 6,
    "full_beard": 3.5,
    "full_long": 1.0,
    "garibaldi": 0.5,
    "ducktail": 0.8,
    "chin_ducktail": 0.3,
    "dutch": 0.3,
    "klingon": 0.3,
}
"""How often men wear them, percent or so."""
