"""What teaches a voice: own argument beside its plain form, tokens in both, files for elsewhere."""
