"""The commands of ``newsledger``, a module for each group."""
