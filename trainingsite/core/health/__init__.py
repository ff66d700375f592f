"""Is it alive, is it ready: for people, proxies and `make demo`."""
