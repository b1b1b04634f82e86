"""The content lock: what a sentence may not lose or gain when it is worded anew."""
