"""Harbour Desk: a small help desk to try the coach on. It knows nothing of the coach, as any other desk."""

from empathy_coach.demo.desk.app import create_desk

__all__ = ["create_desk"]
