"""The screen and the command line of the product; the figures come from `metrics`."""
