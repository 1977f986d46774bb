"""Hair of head and face as strands, grown from parameters."""
