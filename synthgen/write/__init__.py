"""From frames to files."""

from synthgen.write.dataset import Dataset as Dataset
from synthgen.write.sample import write_frame as write_frame
