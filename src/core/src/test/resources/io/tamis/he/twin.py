#!/usr/bin/env python3
"""A slow twin of io.tamis.he at n = 64, written from docs/cryptography.md alone: schoolbook products, Python integers,
AES from the `cryptography` package. Prints the literals of TwinTest. Needs: pip install cryptography."""
import hashlib
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

N, T, LAMBDA = 64, 1 << 40, 40
PRIMES = [562949952847873, 562949952798721, 562949952700417]
Q = PRIMES[0] * PRIMES[1] * PRIMES[2]
D = Q // T


def root(q):
    for g in range(2, 102):
        psi = pow(g, (q - 1) // (2 * N), q)
        if pow(psi, N, q) == q - 1:
            return psi


PSI = [root(q) for q in PRIMES]


def tuple_hash(*fields):
    h = hashlib.sha256()
    for f in fields:
        f = f.encode() if isinstance(f, str) else struct.pack(">Q", f) if isinstance(f, int) else f
        h.update(struct.pack(">I", len(f)) + f)
    return h.digest()


def stream(name, seed, index, length):
    key = tuple_hash(name, seed, index)
    return Cipher(algorithms.AES(key), modes.CTR(bytes(16))).encryptor().update(bytes(length))


def longs(name, seed, index, count=4 * N):
    return struct.unpack("<%dQ" % count, stream(name, seed, index, 8 * count))


def uniform(name, seed):
    """By primes, in transformed form."""
    return [[w >> 15 for w in longs(name, seed, l) if w >> 15 < q][:N] for l, q in enumerate(PRIMES)]


def cbd(name, seed):
    m = (1 << 21) - 1
    return [bin(z & m).count("1") - bin(z >> 21 & m).count("1") for z in longs(name, seed, 0)[:N]]


def ternary(name, seed):
    words = struct.unpack("<%dI" % (4 * N), stream(name, seed, 0, 16 * N))
    return [w % 3 - 1 for w in words if w != 0xFFFFFFFF][:N]


def bitrev(i):
    return int(format(i, "06b")[::-1], 2)


def ntt(poly):
    """By the definition: entry i is p(psi^(2*bitrev(i)+1))."""
    return [
        [sum(c * pow(PSI[l], (2 * bitrev(i) + 1) * k, q) for k, c in enumerate(poly)) % q for i in range(N)]
        for l, q in enumerate(PRIMES)
    ]


def add(a, b, sign=1):
    return [[(x + sign * y) % q for x, y in zip(a[l], b[l])] for l, q in enumerate(PRIMES)]


def mul(a, b):
    return [[x * y % q for x, y in zip(a[l], b[l])] for l, q in enumerate(PRIMES)]


def pack(poly):
    bits = 0
    at = 0
    for row in poly:
        for x in row:
            bits |= x << at
            at += 49
    return bits.to_bytes(at // 8, "little")


def seed(number):
    return struct.pack(">Q", number) + bytes(24)


def params_id():
    fields = ["tamis-he-params-v1", "TEST-64", N, len(PRIMES)]
    for q, psi in zip(PRIMES, PSI):
        fields += [q, psi]
    return tuple_hash(*fields, T, LAMBDA, "ternary", "cbd", 21, 49)


def header(kind, slot, encoding, count, length):
    order = hashlib.sha256(b"\x01").digest()
    return (
        b"TAHE" + bytes([1, kind]) + params_id() + struct.pack(">QQ", 3, 7) + order
        + struct.pack(">IBII", slot, encoding, count, length)
    )


a = uniform("a", seed(1))
secrets = [ntt(ternary("s", seed(100 + i))) for i in (1, 2)]
bs = [add(ntt(cbd("e", seed(100 + i))), mul(a, s), -1) for i, s in zip((1, 2), secrets)]
b = add(bs[0], bs[1])
key_file = b"TAHP" + bytes([1]) + params_id() + bytes([2]) + seed(1) + pack(b)

values = [3 * i - 40 for i in range(N)]
u = ntt(ternary("u", seed(11)))
c1 = add(mul(a, u), ntt(cbd("e1", seed(11))))
c0 = add(mul(b, u), ntt([D * m + e for m, e in zip(values, cbd("e0", seed(12)))]))
ciphertext = header(1, 5, 1, N, 2 * len(pack(c0))) + pack(c0) + pack(c1)

mask = [i % 3 == 1 for i in range(N)]
m = ntt([int(mask[0])] + [-int(mask[N - i]) for i in range(1, N)])
body = pack(mul(c0, m)) + pack(mul(c1, m))
mask_file = struct.pack(">I", N) + sum(1 << i for i in range(N) if mask[i]).to_bytes(8, "little")

seeded = add(ntt([D * m + e for m, e in zip(values, cbd("e", seed(22)))]), mul(uniform("c1", seed(21)), secrets[0]), -1)
seeded_ct = header(2, 5, 1, N, 32 + len(pack(seeded))) + seed(21) + pack(seeded)

for name, data in (
    ("params", None), ("b1", pack(bs[0])), ("key", key_file), ("c1", pack(c1)), ("ciphertext", ciphertext),
    ("mask", mask_file), ("seeded", seeded_ct),
):
    print(name, (params_id() if data is None else hashlib.sha256(data).digest()).hex())
print("aggregate", tuple_hash("tamis-aggregate-v1", body).hex())
print("sum", sum(v for v, bit in zip(values, mask) if bit))
