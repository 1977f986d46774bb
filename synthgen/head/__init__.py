"""The head: who it is, how it moves, and its geometry."""
