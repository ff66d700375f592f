"""What happens when certificates are issued; whoever wants to know registers (points)."""

from collections.abc import Callable, Sequence

from assessments.certification.models import Certificate
from trainingsite.core.registry import Registry

# Called in the transaction of the award with the new certificates.
ISSUED: Registry[Callable[[Sequence[Certificate]], None]] = Registry("reaction to certificates")


def issued(certificates: Sequence[Certificate]) -> None:
    """Tell everybody who asked to know."""
    for hook in ISSUED.values():
        hook(certificates)
