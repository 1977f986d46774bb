"""Many samples: which ones, where, and what happens when one goes wrong."""
