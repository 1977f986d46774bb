"""What the quality levels cost and give: CPU seconds of the picture, and how far it is from a converged one.

    python benchmarks/quality.py [-n 3] [--size 256] [--spp 1024] [--threads 2] [--config configs/portrait.yaml]

Each scene is rendered at every level and at `--spp` samples per pixel, which stands for the truth: denoised at the
highest quality, with another seed, so that it shares no noise with what it judges. PSNR is that of the 8-bit sRGB
picture, over the whole picture and weighted by the person's matte; the mean over the scenes, in dB. The last row
judges the truth itself: a second one with yet another seed. CPU seconds are those of the stage "beauty" of the whole
process, all threads, with synchronising, BVH and denoising; their mean over the scenes after an unmeasured first.

Measured with the defaults (bpy 5.0.1, 2 threads of an AMD EPYC):

    level       spp   CPU-s  whole person
    draft         4    1.64  35.16  31.87
    standard     16    4.27  38.89  35.66
    high         64   13.88  42.69  39.49
    truth      1024  202.64  47.67  44.44
"""

import argparse
from dataclasses import replace
from statistics import mean

import numpy as np
from numpy.typing import NDArray

import synthgen as sg
from synthgen.quality import QUALITIES, QualityName
from synthgen.spec import SceneSpec
from synthgen.write.images import display

LEVELS: tuple[QualityName, ...] = ("draft", "standard", "high")


def resized(path: str, size: int) -> SceneSpec:
    """Return a spec with square pictures of a size."""
    wanted = sg.load_spec(path).model_dump(mode="json")
    for rig in wanted["rigs"]:
        for camera in rig["cameras"]:
            camera["width_px"] = camera["height_px"] = size
    return SceneSpec.model_validate(wanted)


def take(scene: sg.Scene, level: QualityName, threads: int, other_seed: int = 0) -> tuple[NDArray, NDArray, float]:
    """Return the picture (h, w, 3), the matte (h, w) and the CPU seconds of the picture, of the first camera."""
    render = scene.render.model_copy(update={"quality": level, "seed": scene.render.seed + other_seed})
    frame = sg.render_scene(scene.model_copy(update={"render": render}), "cpu", threads)
    passes = next(iter(frame.passes.values()))
    return display(passes.color).astype(float), passes.alpha, frame.seconds["beauty"]


def psnr(one: NDArray, two: NDArray, weight: NDArray) -> float:
    """Return the peak signal-to-noise ratio of 8-bit pictures (h, w, 3), dB, pixels weighted by (h, w)."""
    error = ((one - two) ** 2).mean(-1)
    return float(10 * np.log10(255**2 / ((error * weight).sum() / weight.sum())))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-n", type=int, default=3, help="scenes")
    parser.add_argument("--size", type=int, default=256, help="pixels across each picture")
    parser.add_argument("--spp", type=int, default=1024, help="samples per pixel of the truth")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--config", default="configs/portrait.yaml")
    options = parser.parse_args()
    QUALITIES["reference"] = replace(QUALITIES["reference"], samples=options.spp)
    spec = resized(options.config, options.size)
    take(sg.sample_scene(spec, 0), "draft", options.threads)  # warms caches
    names = (*LEVELS, "truth")
    rows: dict[str, list[tuple[float, float, float]]] = {name: [] for name in names}
    for index in range(options.n):
        scene = sg.sample_scene(spec, index)
        truth, matte, _ = take(scene, "reference", options.threads, other_seed=1)
        everywhere = np.ones_like(matte)
        for name in names:
            level, seed = ("reference", 2) if name == "truth" else (name, 0)
            picture, _, seconds = take(scene, level, options.threads, seed)
            rows[name].append((seconds, psnr(picture, truth, everywhere), psnr(picture, truth, matte)))
            print(
                f"scene {index}: {name:9s}" + "{:8.2f} CPU-s {:6.2f} dB {:6.2f} dB".format(*rows[name][-1]), flush=True
            )
    print(f"\n{options.n} scenes of {options.config}, {options.size} px, truth {options.spp} spp")
    print(f"{'level':9s} {'spp':>5s} {'CPU-s':>7s} {'whole':>6s} {'person':>6s}")
    for name in names:
        spp = QUALITIES["reference" if name == "truth" else name].samples
        seconds, whole, person = (mean(column) for column in zip(*rows[name], strict=True))
        print(f"{name:9s} {spp:5d} {seconds:7.2f} {whole:6.2f} {person:6.2f}")


if __name__ == "__main__":
    main()
