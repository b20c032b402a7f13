"""The models that fill a number's slots: its thing, subject, place, reference time and speaker."""
