"""The jobs of the program, one module for each. They are thin and only do input and output. Pure functions decide what must be
done."""
