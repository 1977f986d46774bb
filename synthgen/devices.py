"""Names of render devices, for the command line and the API."""

from typing import Literal

DeviceName = Literal["auto", "cpu", "optix", "cuda", "hip", "oneapi"]
