"""Pages about the plan: import and review, actions, tasks, each unit's part, exports."""
