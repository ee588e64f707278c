"""The HTTP side: translates requests into calls of the core and of the services, and their answers back."""
