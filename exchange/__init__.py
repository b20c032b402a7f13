"""Claims handed on: selections of them in the forms that other tools read, and the evidence of one to send away."""
