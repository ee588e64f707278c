"""The practice pages, served by the backend itself. No reply that is written here is stored."""
