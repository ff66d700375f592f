"""Readings as the figures that newcomers' ramp-up is reckoned from."""

from analytics.ramp_figures.source import daily, first_contacts, kpis
from mentoring.ramp.figures import FIGURES, Figures

FIGURES.register("readings", Figures(metrics=kpis, first_contacts=first_contacts, daily=daily))
