"""Hair as arrays: many thin curves with the same number of points."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from synthgen.parts import Part
from synthgen.transforms import Matrix, apply


@dataclass(frozen=True)
class Strands:
    """Hairs in the world, with what labels and materials need. They never enter the labels' meshes.

    Attributes:
        name: Unique in a scene.
        points: (n, k, 3) metres, from root to tip; a smooth curve goes through them.
        radius: (n, k) metres.
        part: What they are; None for fuzz, which labels know nothing of.
        instance: Name of the instance they belong to.
        material: Name of the material.
        attributes: Values per strand (n,) by name, for the material.
        at: (n, 3) where each is rooted on the chart of `hair.roots`, metres; of the head's hair alone. What cuts or
            presses hair finds it by that, see `hair.scalp.regions`.
    """

    name: str
    points: NDArray[np.float32]
    radius: NDArray[np.float32]
    part: Part | None
    instance: str
    material: str
    attributes: Mapping[str, NDArray[np.float32]] = field(default_factory=dict)
    at: NDArray[np.float32] | None = None

    def moved(self, world_from_local: Matrix) -> "Strands":
        """Return the strands carried along by a rigid transform (4, 4)."""
        flat = apply(world_from_local, self.points.reshape(-1, 3))
        return replace(self, points=flat.reshape(self.points.shape).astype(np.float32))

    def rows(self, chosen: NDArray) -> "Strands":
        """Return some of the strands, by index or mask."""
        kept = {name: values[chosen] for name, values in self.attributes.items()}
        at = None if self.at is None else self.at[chosen]
        return replace(self, points=self.points[chosen], radius=self.radius[chosen], attributes=kept, at=at)


def tapered(count: int, points: int, root_m: NDArray | float, tip_share: float = 0.35) -> NDArray[np.float32]:
    """Return radii (count, points): even at first, thin at the tip.

    Args:
        count: Of strands.
        points: On each.
        root_m: Radius at the root, one or (count,).
        tip_share: Radius of the tip over that.
    """
    along = np.linspace(0, 1, points, dtype=np.float32)
    profile = 1 - (1 - tip_share) * along**1.6
    return (np.broadcast_to(np.asarray(root_m, np.float32).reshape(-1, 1), (count, 1)) * profile).astype(np.float32)
