"""Reading a data set back."""

from synthgen.read.sample import Sample as Sample
from synthgen.read.sample import read_sample as read_sample
