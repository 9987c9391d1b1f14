"""What each step on a recovery asks of the person who takes it, one file per part."""
