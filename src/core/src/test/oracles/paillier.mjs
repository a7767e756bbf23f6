// Reads one JSON object from standard input: the key and what to do. All numbers are decimal strings.
import { PrivateKey, PublicKey } from 'paillier-bigint'
import { readFileSync } from 'node:fs'

const asked = JSON.parse(readFileSync(0, 'utf8'))
const p = BigInt(asked.p)
const q = BigInt(asked.q)
const n = p * q
const gcd = (a, b) => (b === 0n ? a : gcd(b, a % b))
const inverse = (a, m) => {
  let [r, s, x, y] = [((a % m) + m) % m, m, 1n, 0n]
  while (s !== 0n) {
    const k = r / s;
    [r, s, x, y] = [s, r - k * s, y, x - k * y]
  }
  return ((x % m) + m) % m
}
const lambda = ((p - 1n) * (q - 1n)) / gcd(p - 1n, q - 1n)
const publicKey = new PublicKey(n, n + 1n)
const privateKey = new PrivateKey(lambda, inverse(lambda, n), publicKey, p, q)

console.log(
  JSON.stringify({
    opened: asked.ciphertexts.map((c) => privateKey.decrypt(BigInt(c)).toString()),
    sum: publicKey.addition(...asked.ciphertexts.map(BigInt)).toString(),
    encrypted: asked.plaintexts.map((m) => publicKey.encrypt(BigInt(m)).toString())
  })
)
