"""What goes about neck and shoulders over clothes: one file per kind."""

from synthgen.accessories.neckwear.scarf import SCARF
from synthgen.accessories.neckwear.shawl import SHAWL

NECKWEAR = (SCARF, SHAWL)
