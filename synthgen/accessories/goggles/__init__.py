"""Goggles: what seals about the eyes and is held by a strap."""

from synthgen.accessories.goggles.safety import SAFETY_GOGGLES
from synthgen.accessories.goggles.ski import SKI_GOGGLES
from synthgen.accessories.goggles.swimming import SWIMMING_GOGGLES

GOGGLES = (SAFETY_GOGGLES, SKI_GOGGLES, SWIMMING_GOGGLES)
