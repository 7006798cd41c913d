import { createHash, randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

/** 160 bits, for cookies and links. Only its hash is ever stored. */
export function newToken(): string {
  return randomBytes(20).toString('base64url')
}

export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** One password may be typed as other characters on another keyboard: ü is one, or u and two dots. */
function composed(password: string): string {
  return password.normalize('NFC')
}

/** Argon2id; its parameters are OWASP's: 19 MiB, two passes, one lane. */
const argon2id = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export function hashPassword(password: string): Promise<string> {
  return hash(composed(password), argon2id)
}

/** Takes as long for someone who does not exist, or has no password yet, as for someone who does. */
export async function isPassword(
  password: string,
  stored: string | null | undefined,
): Promise<boolean> {
  nobody ??= hashPassword(newToken())
  const matches = await verify(stored ?? (await nobody), composed(password))
  return matches && stored !== null && stored !== undefined
}

let nobody: Promise<string> | undefined
