"""Print what drawn faces measure: eyes before and after their features, spread of every feature, redrawn faces.

python tools/measure_faces.py [PEOPLE]
"""

import sys

import numpy as np

from synthgen.head.features import DIMENSIONS
from synthgen.head.identity import (
    MAX_SELF_INTERSECTIONS,
    Identity,
    IdentitySpec,
    face_cage_triangles,
    sample_identity,
)
from synthgen.head.orbit import measure_eyes
from synthgen.rays import count_self_intersections

NAMES = ("interpupillary_mm", "intercanthal_mm", "fissure_mm", "tilt_deg", "aspect_ratio")


def eyes(cage: np.ndarray) -> list[float]:
    """Return the measures of NAMES, both sides averaged."""
    found = measure_eyes(cage)
    return [float(np.mean(getattr(found, name))) for name in NAMES]


def show(name: str, values: np.ndarray) -> None:
    low, high = np.percentile(values, [5, 95])
    print(f"{name:24s} mean {values.mean():8.3f}  sd {values.std():7.3f}  5..95% {low:8.3f} .. {high:8.3f}")


def main(people: int = 200) -> None:
    drawn: list[Identity] = [sample_identity(IdentitySpec(), n) for n in range(people)]
    for title, cages in (("plain", (p._plain_cage() for p in drawn)), ("with features", (p.cage() for p in drawn))):
        values = np.array([eyes(cage) for cage in cages])
        print(title)
        for name, column in zip(NAMES, values.T, strict=True):
            show(name, column)
    missed = np.array([p.features["fissure_mm"] for p in drawn]) - values[:, 2]
    print(f"fissures that miss what was drawn by over 1 mm: {np.mean(np.abs(missed) > 1):.3f}")
    print("features")
    for name in DIMENSIONS:
        show(name, np.array([p.features[name] for p in drawn]))
    crossed = np.array([count_self_intersections(p.cage(), face_cage_triangles()) for p in drawn])
    show("self-intersections", crossed)
    print(f"above {MAX_SELF_INTERSECTIONS}: {np.mean(crossed > MAX_SELF_INTERSECTIONS):.3f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
