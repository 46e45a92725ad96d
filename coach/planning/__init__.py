"""Before, between and after sessions: goals, the roadmap, the check, the brief and the debrief.

The modules are pure functions over frozen dataclasses; :mod:`coach.planning.service` gathers what
they need from the stores and keeps what they give back.
"""
