"""A network in the formats of other tools, and GMNS back again."""
