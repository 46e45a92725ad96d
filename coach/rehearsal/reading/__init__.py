"""Reading utterances: what a turn of talk does (asks, reflects, advises ...).

The names come from :mod:`coach.rehearsal.reading.port`, which imports nothing heavy; the reader
itself is :class:`coach.rehearsal.reading.reader.UtteranceReader`.
"""

from coach.rehearsal.reading.port import KIND_OF, Kind, Reader, Reading, Subtype, Utterance

__all__ = ["KIND_OF", "Kind", "Reader", "Reading", "Subtype", "Utterance"]
