/** Random. Not crypto.randomUUID, which browsers withhold from pages on plain http other than localhost. */
export function uuidv4(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return format(bytes, 4)
}

/** Sorts by the time it was made, to the millisecond. */
export function uuidv7(now: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  // 48 bits of milliseconds: more than 32-bit operators can shift.
  new DataView(bytes.buffer).setUint16(0, Math.floor(now / 2 ** 32))
  new DataView(bytes.buffer).setUint32(2, now % 2 ** 32)
  return format(bytes, 7)
}

function format(bytes: Uint8Array, version: number): string {
  const hex = Array.from(bytes, (byte, index) => withBits(byte, index, version))
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
  const entries = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ]
  return entries.join('-')
}

function withBits(byte: number, index: number, version: number): number {
  if (index === 6) return (byte & 0x0f) | (version << 4)
  if (index === 8) return (byte & 0x3f) | 0x80
  return byte
}
