"""What an unchanged round costs, beside what nobody could do without."""
