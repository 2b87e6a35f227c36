"""The world outside, simulated on loopback: CQC's site (`regulator`) and the receivers of messages (`receivers`).

It uses real sockets, threads and the standard library (aiosmtpd for mail); no part of the program is used or replaced. Tests, the
demo and the benchmark share it.
"""
