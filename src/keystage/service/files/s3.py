"""An S3-compatible store: one request to write, one to read; the store itself makes sure that the content is whole.

The address is ``s3://bucket/folder?endpoint=https://…&region=…``. Who may use it is not in the address: boto3 finds
that where it always does (``AWS_ACCESS_KEY_ID`` and ``AWS_SECRET_ACCESS_KEY``, a profile, the machine's own role).
"""

import base64
import tempfile
from functools import lru_cache
from typing import IO, Any
from urllib.parse import parse_qs, urlsplit

from keystage.service.files.faults import NotAnswering, NotStored

_PIECE, _IN_MEMORY = 1_000_000, 10_000_000
"""Bytes; of what is larger a copy lies on disk while it is read."""
_CONNECT, _READ, _TRIES = 5, 30, 3
"""Seconds to connect, seconds to wait for an answer, and how often it is tried."""


@lru_cache(maxsize=4)
def bucket_of(address: str) -> "Bucket | None":
    """Return the store at an address; None where it is empty, which means the folder."""
    return Bucket(address) if address else None


class Bucket:
    """A bucket, or a folder in one. One serves all threads of a process."""

    def __init__(self, address: str) -> None:
        import boto3
        from botocore.config import Config

        parts = urlsplit(address)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.name, self.folder = parts.netloc, parts.path.strip("/")
        retries = {"total_max_attempts": _TRIES, "mode": "standard"}
        self.client: Any = boto3.session.Session().client(
            "s3", endpoint_url=asked.get("endpoint"), region_name=asked.get("region"),
            config=Config(connect_timeout=_CONNECT, read_timeout=_READ, retries=retries, max_pool_connections=50),
        )  # fmt: skip

    def put(self, sha256: str, content: bytes | IO[bytes]) -> None:
        """Write content; where it is there already it is written over with itself.

        Raises:
            NotStored: the store does not take it, or does not answer.
        """
        from boto3.exceptions import Boto3Error
        from botocore.exceptions import BotoCoreError, ClientError

        check = base64.b64encode(bytes.fromhex(sha256)).decode("ascii")
        try:
            self.client.put_object(Bucket=self.name, Key=self._key(sha256), Body=content, ChecksumSHA256=check)
        except (BotoCoreError, Boto3Error, ClientError) as fault:
            raise NotStored(f"The store s3://{self.name} does not take the file: {fault}") from fault

    def get(self, sha256: str) -> bytes:
        """Read content.

        Raises:
            FileNotFoundError: it is not there.
            NotAnswering: the store does not answer, or does not let us in.
        """
        with self.opened(sha256) as found:
            return found.read()

    def opened(self, sha256: str) -> IO[bytes]:
        """Open content, to be read piece by piece; whoever asks for it closes it.

        Raises:
            FileNotFoundError: it is not there.
            NotAnswering: the store does not answer, or does not let us in.
        """
        from boto3.exceptions import Boto3Error
        from botocore.exceptions import BotoCoreError, ClientError

        found: IO[bytes] = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - whoever asked for it closes it
        try:
            asked = self.client.get_object(Bucket=self.name, Key=self._key(sha256))
            for piece in asked["Body"].iter_chunks(_PIECE):
                found.write(piece)
            found.seek(0)
        except ClientError as fault:
            found.close()
            if fault.response.get("Error", {}).get("Code") in ("NoSuchKey", "404"):
                raise FileNotFoundError(f"{sha256} is not in s3://{self.name}") from fault
            raise NotAnswering(f"The store s3://{self.name} does not give the file: {fault}") from fault
        except (BotoCoreError, Boto3Error, OSError) as fault:
            found.close()
            raise NotAnswering(f"The store s3://{self.name} does not answer: {fault}") from fault
        return found

    def remove(self, sha256: str, before: float) -> bool:
        """Take content away unless it was put there since a moment; say whether it is gone.

        Raises:
            NotAnswering: the store does not answer, or does not let us.
        """
        from boto3.exceptions import Boto3Error
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            found = self.client.head_object(Bucket=self.name, Key=self._key(sha256))
            if found["LastModified"].timestamp() >= before:
                return False
            self.client.delete_object(Bucket=self.name, Key=self._key(sha256))
        except ClientError as fault:
            if fault.response.get("Error", {}).get("Code") in ("NoSuchKey", "404"):
                return True
            raise NotAnswering(f"The store s3://{self.name} does not delete the file: {fault}") from fault
        except (BotoCoreError, Boto3Error, OSError) as fault:
            raise NotAnswering(f"The store s3://{self.name} does not answer: {fault}") from fault
        return True

    def _key(self, sha256: str) -> str:
        return "/".join(filter(None, (self.folder, sha256[:2], sha256)))
