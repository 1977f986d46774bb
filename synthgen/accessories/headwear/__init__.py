"""Headwear: one file per kind."""

from synthgen.accessories.headwear.hijab import HIJAB

HEADWEAR = (HIJAB,)
