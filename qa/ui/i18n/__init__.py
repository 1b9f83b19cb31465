"""The page's own words, in each of its languages."""
