"""What a check comes to: pure decisions, without input or output."""
