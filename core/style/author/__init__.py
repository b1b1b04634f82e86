"""How an author writes, counted: own prose, shapes, habits, and who wrote a text."""
