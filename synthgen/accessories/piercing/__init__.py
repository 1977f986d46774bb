"""Other piercings of the face: one file per kind."""

from synthgen.accessories.piercing.brow import BROW_PIERCING
from synthgen.accessories.piercing.lip import LIP_PIERCING

PIERCING = (BROW_PIERCING, LIP_PIERCING)
