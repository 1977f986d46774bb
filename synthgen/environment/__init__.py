"""What is around the person."""
