"""Writing: receive, confirm, quarantine and judge what phones send."""
