"""From an order file to clean orders, in a child process."""

from metrics.intake.client import read_orders
from metrics.intake.contract import ColumnChoice, ColumnMap, Quality, Question, Reading, Warned
from metrics.intake.limits import Limits

__all__ = ["ColumnChoice", "ColumnMap", "Limits", "Quality", "Question", "Reading", "Warned", "read_orders"]
