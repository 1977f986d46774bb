"""Make-up: what is put on the skin, with its colour in visible light and its own reflectance in the infrared."""

from typing import Annotated, Literal

from synthgen.distributions import Number, draw_numbers, within
from synthgen.frozen import Frozen
from synthgen.rng import Key

LipColor = Literal["nude", "pink", "rose", "coral", "red", "berry", "plum", "brown"]
ShadowColor = Literal["beige", "brown", "grey", "black", "blue", "green", "purple", "gold", "pink"]
Amount = Annotated[Number, within(0, 1)]

LIP_COLORS: dict[str, tuple[float, float, float]] = {
    "nude": (0.42, 0.22, 0.17),
    "pink": (0.56, 0.20, 0.25),
    "rose": (0.42, 0.12, 0.14),
    "coral": (0.55, 0.16, 0.11),
    "red": (0.40, 0.025, 0.035),
    "berry": (0.23, 0.025, 0.06),
    "plum": (0.14, 0.025, 0.055),
    "brown": (0.17, 0.06, 0.04),
}
"""Linear sRGB of the film. Lip and cheek dyes are organic and clear beyond 750 nm: infrared 0.50 and 0.47."""
SHADOW_COLORS: dict[str, tuple[float, float, float]] = {
    "beige": (0.52, 0.38, 0.28),
    "brown": (0.16, 0.085, 0.05),
    "grey": (0.16, 0.16, 0.165),
    "black": (0.02, 0.02, 0.02),
    "blue": (0.06, 0.13, 0.34),
    "green": (0.06, 0.16, 0.08),
    "purple": (0.17, 0.06, 0.22),
    "gold": (0.48, 0.31, 0.10),
    "pink": (0.52, 0.24, 0.26),
}
"""Linear sRGB of the powder, tinted with iron oxides: infrared 0.35."""


class MakeupSpec(Frozen):
    """Make-up on a face; none unless asked for. Amounts are the film's opacity."""

    lipstick: Amount = 0.0
    lipstick_color: LipColor | Literal["any"] = "any"
    gloss: Amount = 0.3
    """Shine of the lipstick."""
    eyeshadow: Amount = 0.0
    eyeshadow_color: ShadowColor | Literal["any"] = "any"
    eyeliner: Amount = 0.0
    """Carbon black: dark in the infrared too."""
    blush: Amount = 0.0
    foundation: Amount = 0.0
    """Evens out the skin's colour and dulls its shine."""


class Makeup(Frozen):
    """Make-up as it was drawn; see `MakeupSpec`."""

    lipstick: float = 0.0
    lipstick_color: LipColor = "rose"
    gloss: float = 0.3
    eyeshadow: float = 0.0
    eyeshadow_color: ShadowColor = "brown"
    eyeliner: float = 0.0
    blush: float = 0.0
    foundation: float = 0.0


def sample_makeup(spec: MakeupSpec, key: Key) -> Makeup:
    """Draw make-up."""
    amounts = draw_numbers(spec, ("lipstick", "gloss", "eyeshadow", "eyeliner", "blush", "foundation"), key, 5)
    colors = {}
    for name, known in (("lipstick_color", LIP_COLORS), ("eyeshadow_color", SHADOW_COLORS)):
        asked = getattr(spec, name)
        colors[name] = list(known)[int(key.child(name).rng().integers(len(known)))] if asked == "any" else asked
    return Makeup.model_validate({**amounts, **colors})
