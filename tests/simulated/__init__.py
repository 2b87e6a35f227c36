"""The world outside, simulated on loopback: CQC's site (`regulator`) and the receivers of messages (`receivers`).

The simulators use real sockets, threads and the standard library (and aiosmtpd for mail). They use no part of the program, and
replace no part of the program. Tests, the demo and the benchmark share these simulators.
"""
