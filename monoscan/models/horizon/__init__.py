"""Up to which length a trained network answers every word rightly, by rigorous bounds."""

from monoscan.models.horizon.certify import TrainedHorizon as TrainedHorizon
from monoscan.models.horizon.certify import horizon_of_run as horizon_of_run
