"""Measurements, apart from the tests: search quality, speed, memory."""
