"""Earrings: one file per kind."""

from synthgen.accessories.earrings.drops import DROPS
from synthgen.accessories.earrings.hoops import HOOPS
from synthgen.accessories.earrings.studs import STUDS

EARRINGS = (STUDS, HOOPS, DROPS)
