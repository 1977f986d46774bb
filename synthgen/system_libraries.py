"""Shared libraries that Blender and OpenGL load from the operating system and that a bare machine lacks.

Wheels do not carry them. Standard library only, so that this runs before anything is installed:

    python synthgen/system_libraries.py --install
"""

import argparse
import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

OS_RELEASE = Path("/etc/os-release")


class Library(NamedTuple):
    """A shared library by the name the loader knows, and the Debian package that has it."""

    soname: str
    package: str


# Named as NEEDED (readelf -d) by files of the bpy 5.0.1 wheel, and neither in it nor in a minimal Debian 12.
# Left out: libcuda, libamdhip64 and libze_loader, which come with the drivers of GPUs.
RENDER = (
    Library("libGL.so.1", "libgl1"),
    Library("libICE.so.6", "libice6"),
    Library("libSM.so.6", "libsm6"),
    Library("libX11.so.6", "libx11-6"),
    Library("libXext.so.6", "libxext6"),
    Library("libXfixes.so.3", "libxfixes3"),
    Library("libXi.so.6", "libxi6"),
    Library("libXrender.so.1", "libxrender1"),
    Library("libXt.so.6", "libxt6"),
    Library("libxkbcommon.so.0", "libxkbcommon0"),
)

# libegl1 alone leaves machines without a GPU with no driver: Mesa's software one comes with libgl1.
PREVIEW = (
    Library("libEGL.so.1", "libegl1"),
    Library("libGL.so.1", "libgl1"),
)

GROUPS = {"render": RENDER, "preview": PREVIEW}


def missing(libraries: Iterable[Library]) -> list[Library]:
    """Return those that cannot be loaded, each once. Systems other than Linux need, and so lack, none."""
    if sys.platform != "linux":
        return []
    return [library for library in dict.fromkeys(libraries) if not _loads(library.soname)]


def install_command(libraries: Iterable[Library]) -> str:
    """Return the one command that installs them on Debian and Ubuntu, with sudo for all but root."""
    sudo = "" if _is_root() else "sudo "
    return " && ".join(sudo + " ".join(call) for call in _apt_calls(libraries))


def remedy(libraries: Sequence[Library], os_release: Path = OS_RELEASE) -> str:
    """Return what to do about missing libraries, as the end of an error message."""
    if uses_apt(os_release):
        return f"run: {install_command(libraries)}"
    return "install what provides " + ", ".join(sorted(library.soname for library in libraries))


def uses_apt(os_release: Path = OS_RELEASE) -> bool:
    """Tell whether this is Debian, Ubuntu or a child of theirs, with its package manager.

    Source: https://www.freedesktop.org/software/systemd/man/latest/os-release.html (ID, ID_LIKE).
    """
    if not os_release.is_file() or shutil.which("apt-get") is None:
        return False
    fields = dict(line.split("=", 1) for line in os_release.read_text().splitlines() if "=" in line)
    family = f"{fields.get('ID', '')} {fields.get('ID_LIKE', '')}".replace('"', "").replace("'", "")
    return not {"debian", "ubuntu"}.isdisjoint(family.split())


def main(
    arguments: Sequence[str] | None = None,
    groups: Mapping[str, Sequence[Library]] = GROUPS,
    os_release: Path = OS_RELEASE,
) -> int:
    """Return 0 if nothing is missing or all of it could be installed; else name the remedy and return 2."""
    parser = argparse.ArgumentParser(description="Find the system libraries that Blender and OpenGL lack here.")
    parser.add_argument("--install", action="store_true", help="install them (Debian and Ubuntu, as root)")
    parser.add_argument(
        "--groups",
        nargs="+",
        choices=groups,
        default=list(groups),
        metavar="GROUP",
        help="render (Blender), preview (EGL); both unless given",
    )
    options = parser.parse_args(arguments)
    lacking = missing(library for name in options.groups for library in groups[name])
    if lacking and options.install and _is_root() and uses_apt(os_release):
        _install(lacking)
        lacking = missing(lacking)
    if not lacking:
        return 0
    sys.stderr.write(f"system libraries are missing; {remedy(lacking, os_release)}\n")
    return 2


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _apt_calls(libraries: Iterable[Library]) -> list[list[str]]:
    packages = sorted({library.package for library in libraries})
    return [["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", *packages]]


def _install(libraries: Iterable[Library]) -> None:
    # Codes are not looked at: an update fails on one dead source among many and the packages still come.
    for call in _apt_calls(libraries):
        subprocess.run(call, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"})


if __name__ == "__main__":
    sys.exit(main())
