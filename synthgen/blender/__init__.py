"""The only package that imports bpy. Import it inside the function that renders, never at a module's top."""

from functools import lru_cache

from synthgen.blender.memory import give_back_large_blocks
from synthgen.blender.session import Device, choose_device, start
from synthgen.devices import DeviceName


@lru_cache(maxsize=1)
def start_once(device: DeviceName, threads: int, slot: int) -> Device:
    """Start Blender in this process, or return the device of the one that runs with the same settings.

    Raises:
        DeviceError: If the device is not there.
    """
    give_back_large_blocks()
    start(threads)
    return choose_device(device, slot)
