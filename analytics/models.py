"""The index of the analytics app's models."""
