"""Named levels of render quality: what each costs and gives was measured, see docs/conventions.md."""

from dataclasses import dataclass
from typing import Literal

QualityName = Literal["draft", "standard", "high", "reference"]


@dataclass(frozen=True)
class Quality:
    """Settings of the path tracer.

    Attributes:
        samples: Per pixel.
        denoiser: Quality of Open Image Denoise: FAST, BALANCED or HIGH.
        coverage_samples: Per pixel of the alpha matte's edges.
    """

    samples: int
    denoiser: Literal["FAST", "BALANCED", "HIGH"]
    coverage_samples: int


QUALITIES: dict[QualityName, Quality] = {
    "draft": Quality(samples=4, denoiser="BALANCED", coverage_samples=16),
    "standard": Quality(samples=16, denoiser="BALANCED", coverage_samples=64),
    "high": Quality(samples=64, denoiser="HIGH", coverage_samples=128),
    "reference": Quality(samples=512, denoiser="HIGH", coverage_samples=256),
}
