"""Tools for the people who run the monitor: doctor, and captures of misread pages."""
