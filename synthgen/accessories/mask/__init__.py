"""Masks: one file per kind."""

from synthgen.accessories.mask.surgical import SURGICAL

MASK = (SURGICAL,)
