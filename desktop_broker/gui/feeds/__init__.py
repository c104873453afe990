"""Live values for the panels: asked on worker threads, told on the Qt thread."""
