"""What this app plugs into the registries of the lower ones; imported when Django starts."""
