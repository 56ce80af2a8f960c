"""Locked project files made by argon2-cffi 25.1 and cryptography 50.0, from the words of src/project/store/sealed.ts:
python3 test/golden/tessera-locked.py > test/golden/tessera-locked.json"""
import base64, hashlib, json, struct, unicodedata
from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PIECE = 1024 * 1024


def locked(passphrase, plain, salt, prefix, memory=65536, passes=3, lanes=1):
    head = b"TESSERA-LOCKED-1" + struct.pack("<III", memory, passes, lanes) + salt + prefix + b"\0"
    secret = hash_secret_raw(unicodedata.normalize("NFKC", passphrase).encode(), salt, passes, memory, lanes, 32, Type.ID)
    derive = lambda info, size: HKDF(hashes.SHA256(), size, None, info).derive(secret)
    head += derive(b"tessera check", 16)
    head += hashlib.sha256(head).digest()
    aes = AESGCM(derive(b"tessera key", 32))
    count = max(1, -(-len(plain) // PIECE))
    for piece in range(count):
        nonce = prefix + struct.pack(">I", piece) + bytes([piece == count - 1])
        head += aes.encrypt(nonce, plain[piece * PIECE:(piece + 1) * PIECE], head[:100])
    return head


salt, prefix = bytes(range(16)), bytes(range(100, 107))
short = "Zoë kept it short.\n".encode()
long = bytes(i * i % 251 for i in range(PIECE + 1000))
text = lambda b: base64.b64encode(b).decode()
say = lambda words: {"salt": salt.hex(), "prefix": prefix.hex(), "passphrase": words}
weak = [locked("p", short, salt, prefix, *cost) for cost in [(65535, 3), (65536, 2), (8, 1)]]
print(json.dumps({
    "short": {**say("Bätterie staple"), "plain": text(short), "locked": text(locked("Bätterie staple", short, salt, prefix))},
    "empty": {**say("nothing"), "plain": "", "locked": text(locked("nothing", b"", salt, prefix))},
    "long": {**say("two pieces"), "size": len(long), "sha256": hashlib.sha256(locked("two pieces", long, salt, prefix)).hexdigest()},
    "weak": [text(each) for each in weak],
}, indent=1))
