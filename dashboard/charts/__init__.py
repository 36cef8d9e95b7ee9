"""Data -> Plotly figures. Show them with `theme=None`: the colours are ours.

chart = churn_series(...)
st.plotly_chart(chart.figure, theme=None, config=PLOT_CONFIG, alt=chart.alt)
"""

from dashboard.charts.banknotes import lost_stack, note_value
from dashboard.charts.customer import order_line
from dashboard.charts.flow import customer_flow
from dashboard.charts.frame import PLOT_CONFIG, Chart
from dashboard.charts.goals import goal_path
from dashboard.charts.marks import Mark
from dashboard.charts.money import cohort_margin, lost_by_age, top_lost
from dashboard.charts.reasons import reason_bars
from dashboard.charts.retention import churn_series, retention_series
from dashboard.charts.returns import calibration, return_curve
from dashboard.charts.states import migration_flow, state_bars
from dashboard.charts.threshold import churn_by_threshold
from dashboard.charts.winback import profit_curve, profit_spread, tornado

__all__ = [
    "PLOT_CONFIG",
    "Chart",
    "Mark",
    "calibration",
    "churn_by_threshold",
    "churn_series",
    "cohort_margin",
    "customer_flow",
    "goal_path",
    "lost_by_age",
    "lost_stack",
    "migration_flow",
    "note_value",
    "order_line",
    "profit_curve",
    "profit_spread",
    "reason_bars",
    "retention_series",
    "return_curve",
    "state_bars",
    "top_lost",
    "tornado",
]
