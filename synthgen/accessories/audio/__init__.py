"""Headphones and earbuds: one file per kind."""

from synthgen.accessories.audio.earbuds import EARBUDS
from synthgen.accessories.audio.headset import HEADSET
from synthgen.accessories.audio.on_ear import ON_EAR
from synthgen.accessories.audio.over_ear import OVER_EAR
from synthgen.accessories.audio.wired_earbuds import WIRED_EARBUDS

AUDIO = (OVER_EAR, ON_EAR, HEADSET, EARBUDS, WIRED_EARBUDS)
