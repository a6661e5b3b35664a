"""HTML pages, by room. Pages stand on top: they may read every room, and no room knows them."""
