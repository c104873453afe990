"""The window around the panels: navigation, header, status bar, palette, notices."""
