"""A language is a pack: its word sets, its contractions and the phrases of its rules."""
