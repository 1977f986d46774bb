"""Skin: optics of its chromophores, and where they are on a face. Numbers only."""
