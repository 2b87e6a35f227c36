"""What the people who run the monitor use: doctor, and captures of pages that were misread."""
