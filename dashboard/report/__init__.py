"""The report to hand on: the story in five pages as one self-contained HTML file, and its pictures one by one.

data = collect(workspace, made_on)
html = document(data)
for picture in pictures(data): standalone(picture, data)
"""

from dashboard.report.data import ReportData, collect
from dashboard.report.document import document
from dashboard.report.gallery import picture_page, picture_size, pictures, standalone
from dashboard.report.svg import Picture

__all__ = ["Picture", "ReportData", "collect", "document", "picture_page", "picture_size", "pictures", "standalone"]
