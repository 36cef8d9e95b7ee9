"""`python -m sample_data`: generate the sample files anew."""

from sample_data.shops import write_samples

write_samples()
