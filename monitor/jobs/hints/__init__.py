"""What brings a check forward, one module a source. A hint says "check now" and nothing else."""
