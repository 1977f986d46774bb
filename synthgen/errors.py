"""Errors a user can cause. Each is one sentence that says what is wrong, where, and what is allowed."""


class SynthgenError(Exception):
    """Anything the user can mend. The command line prints it without a traceback and exits with 2."""


class SpecError(SynthgenError):
    """A scene spec or a scene that cannot be used as written."""


class AssetError(SynthgenError):
    """Data files that are missing, damaged or of the wrong version."""


class BlenderError(SynthgenError):
    """Blender is missing, of the wrong version, or lacks a system library."""


class DeviceError(SynthgenError):
    """A render device that was asked for is not there."""


class OutputError(SynthgenError):
    """A folder or file that cannot be written or read."""
