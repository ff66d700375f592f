"""A real PostgreSQL and a real Redis, started by the product itself for the demo and the tests.

Nothing here imports Django: the settings are only known once these servers run.
"""
