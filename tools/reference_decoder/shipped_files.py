"""The files that are part of the format, from the repository, proved by the hashes that
docs/format.md names (sections 6.10, 11.1, 12.2, 12.5)."""

import functools
import hashlib
import pathlib

from damage import Damage

_ROOT = pathlib.Path(__file__).resolve().parents[2]
START = "models/start.bin"
NETWORK_START = "models/network-start.bin"
NETWORK = "models/small.pithmodel"
NETWORK_ID = 0x44A7342A4C11065A
PRIORS = {1: "priors/prose.prior", 2: "priors/wiki.prior", 3: "priors/code.prior"}
_SHA256 = {
    START: "32d199e06a718af54a3cfd5c433ebb3a14e09f5c39d259a0dd66279a592ea49b",
    NETWORK_START: "543dfc2505582072fc5db88fff9adf7c0b25177f149b5894dcec0b21555e5911",
    NETWORK: "59499239b92a84160745dcfe34f860062cf690166e3b1fae37be56a27baf0698",
    PRIORS[1]: "3137533cb2267053cb3e5620efefdff84a3ccb8ee24e286789ce91b3241c7f36",
    PRIORS[2]: "622186feda93c52610ff240aa7caa6e1d029449451ac2aa30448bac5f584a059",
    PRIORS[3]: "a51bfcb75bfc8168407370013f8cad709ed6e7d8e7754939dcfce2d4d32c7dd2",
}


@functools.cache
def read(name):
    """The bytes of one of the files."""
    path = _ROOT / name
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Damage("PRIOR" if "prior" in name else "MODEL", None, str(error)) from error
    if hashlib.sha256(data).hexdigest() != _SHA256[name]:
        raise Damage("CHECKSUM", None, f"{path} is not the file that the format names")
    return data
