"""Records the decisions of the code at one commit, in simulated checks over years, and compares them with the decisions at
another commit.

    python -m tests.replay record FILE     [--worlds 100] [--years 3]
    python -m tests.replay compare FILE

`record` simulates small worlds and long years. It writes each question (the situation of one check) and the answer of the code
at that commit. `compare` puts the same questions to the code at its own commit, and prints how many answers are equal. FILE is
a pickle, which contains the names of classes. Between the two commits, classes may move to other modules. Do not rename a class
in a commit that changes the decision.
"""
