"""Cloth that is laid, wrapped and tied: sheets over head and shoulders, and how they come to rest."""
