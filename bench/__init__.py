"""What is measured, and how: one module each, run by bin/bench."""
