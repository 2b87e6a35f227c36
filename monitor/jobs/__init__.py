"""The jobs of the program, one module for each. The jobs only do input and output; pure functions decide what must be done."""
