"""Jewellery of the nose: one file per kind."""

from synthgen.accessories.nose.nose_ring import NOSE_RING
from synthgen.accessories.nose.nose_stud import NOSE_STUD
from synthgen.accessories.nose.septum import SEPTUM

NOSE = (NOSE_STUD, NOSE_RING, SEPTUM)
