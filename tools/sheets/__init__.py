"""The contact sheets of docs/images: each a function that yields rows of titles and the specs of their pictures."""
