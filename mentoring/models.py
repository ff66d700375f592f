"""The index of the mentoring app's models."""
