"""Three invented shops as small order files, and large seeded order files for measurements."""

from sample_data.orders import write_orders
from sample_data.shops import SampleShop, sample_files, write_samples

__all__ = ["SampleShop", "sample_files", "write_orders", "write_samples"]
