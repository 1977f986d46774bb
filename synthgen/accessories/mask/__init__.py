"""Masks: one file per kind."""

from synthgen.accessories.mask.cloth_mask import CLOTH_MASK
from synthgen.accessories.mask.cone import CONE
from synthgen.accessories.mask.duckbill import DUCKBILL
from synthgen.accessories.mask.kn95 import KN95
from synthgen.accessories.mask.n95 import N95_MASK
from synthgen.accessories.mask.surgical import SURGICAL

MASK = (SURGICAL, CLOTH_MASK, KN95, N95_MASK, DUCKBILL, CONE)
