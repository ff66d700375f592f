from courses.feeds import sources

__all__ = ["sources"]  # it registers what stands in a person's calendar
