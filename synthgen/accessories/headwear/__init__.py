"""Headwear: hats, helmets and what is wrapped about the head, one file each."""

from synthgen.accessories.headwear.beanie import BEANIE
from synthgen.accessories.headwear.bike_helmet import BIKE_HELMET
from synthgen.accessories.headwear.bucket_hat import BUCKET_HAT
from synthgen.accessories.headwear.cap import CAP
from synthgen.accessories.headwear.chef_hat import CHEF_HAT
from synthgen.accessories.headwear.cowboy_hat import COWBOY_HAT
from synthgen.accessories.headwear.durag import DURAG
from synthgen.accessories.headwear.earmuffs import EARMUFFS
from synthgen.accessories.headwear.fedora import FEDORA
from synthgen.accessories.headwear.hard_hat import HARD_HAT
from synthgen.accessories.headwear.headband import HEADBAND
from synthgen.accessories.headwear.headscarf import HEADSCARF
from synthgen.accessories.headwear.hijab import HIJAB
from synthgen.accessories.headwear.hood import HOOD
from synthgen.accessories.headwear.motorcycle_helmet import MOTORCYCLE_HELMET
from synthgen.accessories.headwear.niqab import NIQAB
from synthgen.accessories.headwear.sun_hat import SUN_HAT
from synthgen.accessories.headwear.turban import TURBAN

HATS = (CAP, BEANIE, BUCKET_HAT, FEDORA, SUN_HAT, COWBOY_HAT, CHEF_HAT)
HELMETS = (HARD_HAT, BIKE_HELMET, MOTORCYCLE_HELMET)
BANDS = (HEADBAND, EARMUFFS)
WRAPPED = (DURAG, HEADSCARF, HIJAB, HOOD, NIQAB, TURBAN)
HEADWEAR = (*HATS, *HELMETS, *BANDS, *WRAPPED)
"""Kinds of headwear."""
