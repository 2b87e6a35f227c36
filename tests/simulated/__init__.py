"""Simulates on loopback what the program talks to, such as CQC's site (`regulator`) and the receivers of messages (`receivers`).

The simulators are servers with real sockets, and replace no part of the program. Of the program's code, they use only a few
lists, such as the names of local authorities (`register`). Tests, the demo and the benchmark share the simulators.
"""
