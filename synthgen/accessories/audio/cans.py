"""Two cups and a band as one item."""

from collections.abc import Mapping

from synthgen.accessories.audio.band import band
from synthgen.accessories.audio.cups import Shape, press_under_cup, seat
from synthgen.accessories.audio.microphone import boom
from synthgen.accessories.audio.shells import fork, pad, shell
from synthgen.accessories.fit import Fit
from synthgen.accessories.kind import Worn, one_after_the_other
from synthgen.accessories.pieces import Piece, worn_mesh
from synthgen.parts import Part


def cans(kind: str, shape: Shape, fit: Fit, half_width_mm: float, padded: bool, microphone: str = "none") -> Worn:
    """Return headphones on a head.

    Args:
        kind: Name of the instance.
        shape: Of the cups.
        fit: The head.
        half_width_mm: Half the width of the band.
        padded: Whether the band has a cushion.
        microphone: Side of a microphone on a boom, or none.
    """
    cups = {side: seat(shape, fit, side) for side in ("left", "right")}
    pieces: list[Piece] = []
    tops = {}
    for side, cup in cups.items():
        forks, tops[side] = fork(cup)
        pieces += [(pad(cup, fit), "pad"), *shell(cup), *forks]
        if side == microphone:
            pieces += boom(cup, fit)
    over, press = band(fit, (tops["left"], tops["right"]), half_width_mm, padded)
    mesh = worn_mesh(kind, kind, Part.HEADPHONES, [*pieces, *over], fit)
    presses = [press_under_cup(cup) for cup in cups.values()] if fit.strands else []
    return Worn((mesh,), one_after_the_other([*presses, *([press] if press else [])]))


def pressed_ears(amount: float) -> Mapping[str, float]:
    """Return the targets of ears that pads press to the head."""
    return {f"ears/{side}-ear-wing-decr": amount for side in "lr"}
