import { createECDH, createPublicKey, randomBytes, verify } from 'node:crypto'
import ece from 'http_ece'
import { expect, test } from 'vitest'
import { encryptPush } from './encrypt-push.ts'
import { vapidHeader } from './push-key.ts'

test('a message is encrypted as in the example of RFC 8291', () => {
  const encrypted = encryptPush(
    'When I grow up, I want to be a watermelon',
    {
      p256dh:
        'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
      auth: 'BTBZMqHH6r4Tts7J_aSIgg',
    },
    {
      salt: Buffer.from('DGv6ra1nlYgDCS1FRnbzlw', 'base64url'),
      privateKey: Buffer.from('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw', 'base64url'),
    },
  )
  expect(encrypted.toString('base64url')).toBe(
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
  )
})

test('another implementation decrypts a message, and only with the keys of its device', () => {
  const device = createECDH('prime256v1')
  const p256dh = device.generateKeys().toString('base64url')
  const auth = randomBytes(16).toString('base64url')
  const encrypted = encryptPush('The printer is on fire ☂', { p256dh, auth })
  const open = (authSecret: string) =>
    ece.decrypt(encrypted, { version: 'aes128gcm', privateKey: device, authSecret }).toString()
  expect(open(auth)).toBe('The printer is on fire ☂')
  expect(() => open(randomBytes(16).toString('base64url'))).toThrow(
    /Unsupported state|authenticate/,
  )
})

test('a push service can verify who sends', () => {
  const own = createECDH('prime256v1')
  own.generateKeys()
  const key = {
    publicKey: own.getPublicKey('base64url'),
    privateKey: own.getPrivateKey('base64url'),
  }
  const now = Date.parse('2026-11-29T10:00:00Z')
  const header = vapidHeader(key, 'https://push.example/abc', 'mailto:desk@desk.example', now)
  const [, jwt = '', publicKey] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(header) ?? []
  expect(publicKey).toBe(key.publicKey)
  const [head = '', claims = '', signature = ''] = jwt.split('.')
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({
    aud: 'https://push.example',
    exp: Date.parse('2026-11-29T22:00:00Z') / 1000,
    sub: 'mailto:desk@desk.example',
  })
  const point = own.getPublicKey()
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  }
  const isValid = (text: string) =>
    verify(
      'sha256',
      Buffer.from(text),
      { key: createPublicKey({ format: 'jwk', key: jwk }), dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    )
  expect(isValid(`${head}.${claims}`)).toBe(true)
  expect(isValid(`${head}.${claims}x`)).toBe(false)
})
