// SEAL in WebAssembly on BFVDefault(n), 128 bits: one JSON object of microseconds by our metric names, medians of batches.
import SEAL from 'node-seal'

const ROUNDS = 15
const MILLISECONDS = 100
const seal = await SEAL()
const figures = {}

// Called till warm; then batches of about a tenth of a second.
const median = (operation) => {
  let batch = 0
  for (let begun = performance.now(); performance.now() - begun < 5 * MILLISECONDS; batch++) operation()
  batch = Math.max(1, Math.round(batch / 5))
  const rounds = []
  for (let round = 0; round < ROUNDS; round++) {
    const begun = performance.now()
    for (let i = 0; i < batch; i++) operation()
    rounds.push(((performance.now() - begun) * 1000) / batch)
  }
  return rounds.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]
}

for (const [n, primes] of [[4096, 2], [8192, 4]]) {
  const parameters = seal.EncryptionParameters(seal.SchemeType.bfv)
  parameters.setPolyModulusDegree(n)
  parameters.setCoeffModulus(seal.CoeffModulus.BFVDefault(n, seal.SecurityLevel.tc128))
  parameters.setPlainModulus(seal.PlainModulus.Batching(n, 20))
  const context = seal.Context(parameters, true, seal.SecurityLevel.tc128)
  const publicKey = seal.KeyGenerator(context).createPublicKey()
  const encryptor = seal.Encryptor(context, publicKey)
  const evaluator = seal.Evaluator(context)
  const plain = seal.BatchEncoder(context).encode(Uint32Array.from({ length: n }, (_, i) => (i * 17) % 10000))
  const made = seal.CipherText()
  const transformed = seal.CipherText()
  encryptor.encrypt(plain, made)
  figures[`encrypt_pk_${n}_us`] = median(() => encryptor.encrypt(plain, made))
  // Both polynomials of a ciphertext, by each prime but the key switch's.
  figures[`ntt_${n}_us`] = median(() => evaluator.cipherTransformToNtt(made, transformed)) / (2 * primes)
}
for (const name of Object.keys(figures)) console.log(name, figures[name].toFixed(2))
