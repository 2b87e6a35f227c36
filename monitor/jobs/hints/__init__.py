"""The sources of hints, one module for each. A hint brings a check forward: it says "check now" and nothing else."""
