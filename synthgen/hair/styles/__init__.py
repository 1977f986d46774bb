"""Hair styles by name. To add one, add a row in the module of its kind, and its weights in popularity.py."""

from synthgen.hair.style import Style
from synthgen.hair.styles.coily import COILY
from synthgen.hair.styles.long import LONG
from synthgen.hair.styles.short import SHORT
from synthgen.hair.styles.tied import TIED

STYLES: dict[str, Style | None] = {"bald": None, **SHORT, **COILY, **LONG, **TIED}
"""None is no hair."""
