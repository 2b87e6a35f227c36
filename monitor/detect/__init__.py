"""The decisions of a check: pure, without input or output."""
