"""Compares the decisions that the code makes at two commits, in simulated checks over years.

    python -m tests.replay record FILE     [--worlds 100] [--years 3]
    python -m tests.replay compare FILE

At the first commit, `record` simulates small worlds and long years. `record` writes each question (the situation of one check)
and the code's answer to FILE. At the second commit, `compare` puts the same questions to the code, and prints how many answers
are equal. FILE is a pickle, which contains the names of classes. Between the two commits, classes may move to other modules,
but must keep their names.
"""
