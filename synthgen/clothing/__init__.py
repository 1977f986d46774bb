"""What people wear on the body: one file per garment."""

from collections.abc import Callable

from synthgen.clothing import tshirt

GarmentSpec = tshirt.TShirtSpec
Garment = tshirt.TShirt

SAMPLE: dict[str, Callable] = {"tshirt": tshirt.sample}
BUILD: dict[str, Callable] = {"tshirt": tshirt.build}
COVERS: dict[str, Callable] = {"tshirt": tshirt.covers}
"""How far inside a garment a rest position lies: skin well inside is left out."""
