"""The jobs of the program, one module for each. They are thin and do input and output only. What must be done is decided by pure
functions."""
