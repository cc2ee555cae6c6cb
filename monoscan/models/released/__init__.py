"""Networks of public code, under its names of parameters: loaded, run, and saved."""

from monoscan.models.released.files import load_network, write_network
from monoscan.models.released.network import ReleasedNetwork
from monoscan.models.released.packing import packed
from monoscan.models.released.settings import Settings

__all__ = ["ReleasedNetwork", "Settings", "load_network", "packed", "write_network"]
