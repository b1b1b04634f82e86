"""Style cards: counted, kept behind walls, edited, and told to a model."""
