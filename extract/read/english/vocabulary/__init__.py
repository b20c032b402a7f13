"""The commonest English words: how common each is, its base form and opposites, who is a person, what words mean."""
