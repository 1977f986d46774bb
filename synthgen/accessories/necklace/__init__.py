"""Necklaces: one file per kind."""

from synthgen.accessories.necklace.beads import BEADS
from synthgen.accessories.necklace.chain import CHAIN
from synthgen.accessories.necklace.choker import CHOKER

NECKLACE = (CHAIN, BEADS, CHOKER)
