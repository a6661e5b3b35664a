"""督查: what is late climbs a ladder that everybody can see."""
