// SEAL in WebAssembly on BFVDefault(4096), t = 1032193. Reads one JSON object: with "ciphertext" and "secretKey" it opens
// the one with the other; else it makes keys, encrypts slots a, multiplies by the plain slots b, and opens the product.
import SEAL from 'node-seal'
import { readFileSync } from 'node:fs'

const asked = JSON.parse(readFileSync(0, 'utf8'))
const seal = await SEAL()
const parameters = seal.EncryptionParameters(seal.SchemeType.bfv)
parameters.setPolyModulusDegree(4096)
parameters.setCoeffModulus(seal.CoeffModulus.BFVDefault(4096, seal.SecurityLevel.tc128))
parameters.setPlainModulus(seal.Modulus(1032193n))
const context = seal.Context(parameters, true, seal.SecurityLevel.tc128)
const encoder = seal.BatchEncoder(context)
const raw = (object) => Buffer.from(object.saveArray(seal.ComprModeType.none)).toString('base64')
const slots = (plain) => Array.from(encoder.decode(plain, false))

if (asked.ciphertext) {
  const key = seal.SecretKey()
  key.loadArray(context, Buffer.from(asked.secretKey, 'base64'))
  const ciphertext = seal.CipherText()
  ciphertext.loadArray(context, Buffer.from(asked.ciphertext, 'base64'))
  console.log(JSON.stringify({ opened: slots(seal.Decryptor(context, key).decrypt(ciphertext)) }))
} else {
  const keys = seal.KeyGenerator(context)
  const publicKey = keys.createPublicKey()
  const a = encoder.encode(Uint32Array.from(asked.a))
  const b = encoder.encode(Uint32Array.from(asked.b))
  const encrypted = seal.Encryptor(context, publicKey).encrypt(a)
  const product = seal.Evaluator(context).multiplyPlain(encrypted, b)
  console.log(
    JSON.stringify({
      secretKey: raw(keys.secretKey()),
      publicKey: raw(publicKey),
      encrypted: raw(encrypted),
      product: raw(product),
      opened: slots(seal.Decryptor(context, keys.secretKey()).decrypt(product))
    })
  )
}
