"""The companion page: what a tablet, a phone or a television shows of a session, and its touch."""
