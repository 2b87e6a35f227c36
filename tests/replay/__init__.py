"""What the decision of a check came to over simulated years, recorded at one commit and compared at another.

    python -m tests.replay record FILE     [--worlds 100] [--years 3]
    python -m tests.replay compare FILE

`record` lives through small worlds and long years and writes each question with the answer of the code that runs. `compare` puts
the same questions to the code that runs then, and prints how many answers are equal. FILE is a pickle that names classes: they
may move in between, and a change of their names does not go into the same commit as a change of the decision.
"""
