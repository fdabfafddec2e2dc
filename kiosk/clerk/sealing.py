"""Pages sealed with a key that lives only in the process: the one small port to authenticated encryption.

Not responsible for keeping sealed pages.  The first byte names the algorithm, so that a validated module can
replace it; the record's id is bound in, so that two sealed pages cannot be exchanged.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import GCM

from drivers.secret import Secret

AES_256_GCM = b"\x01"
NONCE_BYTES, TAG_BYTES = 12, 16


class Unsealable(Exception):
    """Another key, another record, or changed bytes."""


class Sealer:
    def __init__(self, key: bytes | None = None) -> None:
        """Without a key: a new one, which nobody else has."""
        self.key = key or AESGCM.generate_key(bit_length=256)

    def seal(self, record: str, data: bytes) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return AES_256_GCM + nonce + AESGCM(self.key).encrypt(nonce, data, AES_256_GCM + record.encode())

    def unseal(self, record: str, sealed: bytes) -> Secret:
        """Raises Unsealable.  Whoever asks for it wipes it."""
        nonce, content = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        if sealed[:1] != AES_256_GCM or len(content) < TAG_BYTES:
            raise Unsealable
        pages = Secret(bytes(len(content) - TAG_BYTES))
        decryptor = Cipher(AES(self.key), GCM(nonce)).decryptor()
        decryptor.authenticate_additional_data(AES_256_GCM + record.encode())
        decryptor.update_into(content[:-TAG_BYTES], pages.reveal())
        try:
            decryptor.finalize_with_tag(content[-TAG_BYTES:])
        except InvalidTag:
            pages.wipe()
            raise Unsealable from None
        return pages

    def __repr__(self) -> str:
        return "Sealer(***)"
