"""Hair gathered at ties (see gathered.py) and plaited close to the scalp (plaits.py)."""

from dataclasses import replace

from synthgen.hair.style import Cut, Locks, Plaits, Style, Tie


def _all(length: float) -> Cut:
    return length, length, length, length, length


PULLED = Style(
    "back",
    cut=_all(0.12),
    strands=46000,
    points=16,
    lift=(0.2, 0.0),
    volume=(0.003, 0.002, 0.0),
    locks=(Locks(300, 0.3, 1.6, 0.6), Locks(2200, 0.5, 1.2, 0.4)),
    frizz=0.0010,
    flyaway=0.014,
    wander=0.0012,
    uneven=0.2,
    roughness=0.27,
)
PARTED = replace(PULLED, parting=(0.0, 0.2))
COILY = replace(PULLED, roughness=0.40, locks=(Locks(900, 0.5, 1.3, 0.5),), strands=42000)
BRAIDED = Style(
    "falling",
    cut=_all(0.3),
    strands=30000,
    points=6,
    lift=(0.2, 0.0),
    volume=(0.004, 0.0, 0.0),
    gravity=1.1,
    adhesion=0.5,
    flyaway=0.02,
    frizz=0.0006,
    roughness=0.36,
    uneven=0.1,
    covers_ears=True,
    parting=(0.0, 0.5),
)

TIED: dict[str, Style] = {
    "ponytail": replace(PULLED, tie=Tie(0.5, "tail", 0.32)),
    "ponytail_low": replace(PULLED, tie=Tie(0.08, "tail", 0.30)),
    "ponytail_high": replace(PULLED, tie=Tie(0.95, "tail", 0.34)),
    "bun": replace(PULLED, tie=Tie(0.42, "bun", 0.30, width=0.030)),
    "bun_low": replace(PULLED, tie=Tie(0.05, "bun", 0.30, width=0.030)),
    "top_knot": replace(PULLED, tie=Tie(1.15, "bun", 0.30, width=0.026)),
    "pigtails": replace(PARTED, tie=Tie(0.10, "tail", 0.26, two=True, width=0.009)),
    "braid": replace(PULLED, tie=Tie(0.10, "braid", 0.34, width=0.016)),
    "twin_braids": replace(PARTED, tie=Tie(0.05, "braid", 0.30, two=True, width=0.013)),
    "puff": replace(COILY, tie=Tie(0.80, "puff", 0.085)),
    "puff_low": replace(COILY, tie=Tie(0.25, "puff", 0.070)),
    "cornrows": replace(BRAIDED, plaits=Plaits(10, 0, 0.0056, 0.10)),
    "cornrows_long": replace(BRAIDED, plaits=Plaits(12, 0, 0.0046, 0.28)),
    "box_braids": replace(BRAIDED, plaits=Plaits(0, 160, 0.0044, 0.34)),
    "box_braids_short": replace(BRAIDED, plaits=Plaits(0, 170, 0.0044, 0.19)),
}
