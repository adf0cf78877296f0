"""Keystage: the key stage 2 teacher assessment return, checked the same way at school and at the gateway."""

__version__ = "0.1.0"
