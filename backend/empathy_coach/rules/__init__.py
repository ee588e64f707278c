"""Rules: YAML files in, findings out. ``loader`` is the core's one door to the file system."""
