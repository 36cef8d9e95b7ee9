"""Lists of customers as files: for people, for mailing tools and for advertising networks.

Pure writers: rows in, bytes out. They open no database and hold no prose; whoever calls them has already left out the
people who must not be on a list.
"""
