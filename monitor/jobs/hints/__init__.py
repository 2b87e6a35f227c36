"""What brings a check forward, one module for each source. A hint says "check now" and nothing else."""
