"""Masks: one file per kind."""

from synthgen.accessories.mask.bandana import BANDANA
from synthgen.accessories.mask.cloth_mask import CLOTH_MASK
from synthgen.accessories.mask.cone import CONE
from synthgen.accessories.mask.duckbill import DUCKBILL
from synthgen.accessories.mask.face_shield import FACE_SHIELD
from synthgen.accessories.mask.kn95 import KN95
from synthgen.accessories.mask.n95 import N95_MASK
from synthgen.accessories.mask.neck_gaiter import NECK_GAITER
from synthgen.accessories.mask.respirator import RESPIRATOR
from synthgen.accessories.mask.surgical import SURGICAL

MASK = (SURGICAL, CLOTH_MASK, KN95, N95_MASK, DUCKBILL, CONE, RESPIRATOR, NECK_GAITER, BANDANA, FACE_SHIELD)
