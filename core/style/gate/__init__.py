"""An adapter measured beside the prompt voice, voted on, and let speak or not."""
