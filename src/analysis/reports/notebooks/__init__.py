"""Notebooks as reports: parameters checked before a kernel starts, run side by side, made again only when needed."""

from analysis.reports.notebooks.execute import ENGINES, ENVIRONMENT, KERNEL, WARM, pinned_environment, run
from analysis.reports.notebooks.normal import normalise, serialise
from analysis.reports.notebooks.templates import Job, jobs, report_jobs, select, validate

__all__ = [
    "ENGINES", "ENVIRONMENT", "KERNEL", "WARM", "Job", "jobs", "normalise", "pinned_environment",
    "report_jobs", "run", "select", "serialise", "validate",
]  # fmt: skip
