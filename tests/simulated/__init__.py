"""The world outside, simulated on loopback: CQC's site (`regulator`) and those who are told (`receivers`).

Real sockets, threads and the standard library (aiosmtpd for mail); no part of the program is used or replaced.
Tests, the demo and the benchmark share it.
"""
