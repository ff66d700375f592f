from celery import shared_task

from trainingsite.notices import delivery


@shared_task
def deliver_outbox() -> int:
    return delivery.deliver()
