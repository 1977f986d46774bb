"""Headwear: one file per kind."""

from synthgen.accessories.headwear.durag import DURAG
from synthgen.accessories.headwear.headscarf import HEADSCARF
from synthgen.accessories.headwear.hijab import HIJAB
from synthgen.accessories.headwear.hood import HOOD
from synthgen.accessories.headwear.niqab import NIQAB
from synthgen.accessories.headwear.turban import TURBAN

HEADWEAR = (DURAG, HEADSCARF, HIJAB, HOOD, NIQAB, TURBAN)
