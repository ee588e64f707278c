"""The JSON API. ``models`` is the contract, ``offsets`` the one place where offsets are converted."""
