"""Export of claims: selections in formats that other tools read."""
