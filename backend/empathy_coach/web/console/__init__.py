"""The team lead's pages: rules to browse, write, try, publish and take back."""
