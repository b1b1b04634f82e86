"""The screens: one file for each, and in `parts/` what they share."""
