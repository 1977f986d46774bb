"""Headwear: one file per kind."""

from synthgen.accessories.headwear.hijab import HIJAB
from synthgen.accessories.headwear.niqab import NIQAB

HEADWEAR = (HIJAB, NIQAB)
