"""Pages sealed with a key that lives only in the process: the one small port to authenticated encryption.

Not responsible for keeping keys.  The first byte names the algorithm, so that a validated module can replace it.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

AES_256_GCM = b"\x01"
NONCE_BYTES = 12


class SealBroken(Exception):
    """Another key, another document number, or changed bytes."""


class Sealer:
    @staticmethod
    def new_key() -> bytes:
        return AESGCM.generate_key(bit_length=256)

    @staticmethod
    def seal(key: bytes, aad: bytes, data: bytes) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return AES_256_GCM + nonce + AESGCM(key).encrypt(nonce, data, AES_256_GCM + aad)

    @staticmethod
    def unseal(key: bytes, aad: bytes, sealed: bytes) -> bytes:
        """Raises SealBroken."""
        nonce, content = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        if sealed[:1] != AES_256_GCM or len(content) < 16:
            raise SealBroken
        try:
            return AESGCM(key).decrypt(nonce, content, AES_256_GCM + aad)
        except InvalidTag:
            raise SealBroken from None
