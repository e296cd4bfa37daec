"""The priors and networks that frames may name: those of the repository, and files of the user."""

import model_file
import shipped_files
from damage import Damage
from network import Network
from prior import Prior


class Resources:
    """prior_data, model_data: bytes of files that the user gave, or None."""

    def __init__(self, prior_data=None, model_data=None):
        self._prior = None
        if prior_data is not None:
            self._prior = Prior(prior_data)
            self._prior.verify()
        self._model = model_file.read_model(model_data) if model_data is not None else None
        self._networks = {}

    def check(self, frame):
        """Refuses a frame that names what is not here."""
        has_prior = self._prior is not None and self._prior.id == frame.prior_id
        if frame.prior_id and not has_prior:
            raise Damage("PRIOR", None, f"the prior {frame.prior_id:016x} is needed: --prior FILE")
        known = (shipped_files.NETWORK_ID, self._model.id if self._model else 0)
        if frame.model_id and frame.model_id not in known:
            raise Damage("MODEL", None, f"the model {frame.model_id:016x} is needed: --model FILE")

    def prior(self):
        """That of the frames, which passed check()."""
        return self._prior

    def network(self, model_id):
        if model_id not in self._networks:
            self._networks[model_id] = Network(self._model_of(model_id))
        return self._networks[model_id]

    def _model_of(self, model_id):
        if self._model is not None and self._model.id == model_id:
            return self._model
        data = shipped_files.read(shipped_files.NETWORK)
        return model_file.read_model(data, hash_is_known=True)
