"""What the program does, one module a job: input and output, thin. What is to be done is decided by pure functions."""
