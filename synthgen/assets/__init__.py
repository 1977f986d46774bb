"""Data files: those we author and ship, and those that `synthgen assets fetch` brings."""

from synthgen.assets.cache import cache_dir as cache_dir
from synthgen.assets.cache import package_data as package_data
from synthgen.assets.fetch import fetch as fetch
from synthgen.assets.fetch import is_whole as is_whole
from synthgen.assets.fetch import licence_texts as licence_texts
from synthgen.assets.fetch import load as load
from synthgen.assets.fetch import provenance as provenance
from synthgen.assets.registry import ASSETS as ASSETS
from synthgen.assets.registry import HEAD as HEAD
from synthgen.assets.registry import Asset as Asset
