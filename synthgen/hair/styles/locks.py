"""Ways of falling into locks that several styles share."""

from synthgen.hair.style import Locks

COMBED = (Locks(420, 0.6, 0.8, 0.45), Locks(3000, 0.7))
FALLING = (Locks(170, 0.55, 0.8, 0.6), Locks(1300, 0.72, 0.55), Locks(8000, 0.55, 0.6))
PIECES = (Locks(520, 0.85, 0.8, 0.30), Locks(3600, 0.65, 0.7))
SWEPT, SLEEK = Locks(300, 0.6, 0.5, 0.45), Locks(2200, 0.85, 0.4, 0.22)
