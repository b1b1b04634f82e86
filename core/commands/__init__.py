"""The groups of commands, one module each; core.cli gathers them."""
