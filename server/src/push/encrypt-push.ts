import { createCipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto'

/** The keys of a browser's push subscription, in base64url. */
export interface PushTarget {
  /** Its public key, an uncompressed point of P-256. */
  p256dh: string
  /** Its secret of 16 bytes. */
  auth: string
}

/** What is random in a message. */
interface Randomness {
  salt: Buffer
  privateKey: Buffer
}

/**
 * Encrypts a message for the browser alone, as RFC 8291 says, in one record of `aes128gcm`. Throws if the keys are no keys.
 */
export function encryptPush(
  text: string,
  target: PushTarget,
  { salt, privateKey }: Randomness = newRandomness(),
): Buffer {
  const theirs = Buffer.from(target.p256dh, 'base64url')
  const own = createECDH('prime256v1')
  own.setPrivateKey(privateKey)
  const ours = own.getPublicKey()
  const auth = Buffer.from(target.auth, 'base64url')

  const info = Buffer.concat([Buffer.from('WebPush: info\0'), theirs, ours])
  const secret = derive(own.computeSecret(theirs), auth, info, 32)
  const key = derive(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16)
  const nonce = derive(secret, salt, Buffer.from('Content-Encoding: nonce\0'), 12)

  const cipher = createCipheriv('aes-128-gcm', key, nonce)
  // The last record ends with a 2.
  const plain = Buffer.concat([Buffer.from(text), Buffer.of(2)])
  const record = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
  const sizes = Buffer.alloc(5)
  sizes.writeUInt32BE(recordSize)
  sizes.writeUInt8(ours.length, 4)
  return Buffer.concat([salt, sizes, ours, record])
}

/** Push services take no larger message. */
const recordSize = 4096

function derive(secret: Buffer, salt: Buffer, info: Buffer, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, info, length))
}

function newRandomness(): Randomness {
  const own = createECDH('prime256v1')
  own.generateKeys()
  return { salt: randomBytes(16), privateKey: own.getPrivateKey() }
}
