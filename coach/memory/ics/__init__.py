"""Calendar files (iCalendar, RFC 5545): sessions out of them, and sessions and due dates into them.

The format is the library's (icalendar), repeating events are dateutil's; which events are meant and
what of them is kept is decided here.
"""
