"""Finding things by Chinese words: an index of pairs of characters, kept with every write."""
