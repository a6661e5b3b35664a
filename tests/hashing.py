"""Argon2 as in production, with the least work it can be told to do."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickHasher(Argon2PasswordHasher):
    """One round over a few kilobytes."""

    time_cost, memory_cost, parallelism = 1, 8, 1
