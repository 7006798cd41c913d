import { crc32, deflateSync } from 'node:zlib'
import type { Random } from './random.ts'

type Colour = readonly [red: number, green: number, blue: number]

const width = 480
const height = 300

const desktops: readonly Colour[] = [
  [36, 62, 94],
  [70, 52, 92],
  [32, 84, 78],
  [96, 66, 44],
]
const white: Colour = [250, 250, 252]
const line: Colour = [206, 210, 220]
const title: Colour = [226, 230, 238]
const accents: readonly Colour[] = [
  [200, 60, 60],
  [52, 110, 200],
  [226, 160, 40],
]

/** A picture like a small screenshot: a desktop, a window with lines of text, and a message over it. */
export function picture(random: Random): Buffer {
  const pixels = Buffer.alloc(width * height * 3)

  function fill(left: number, top: number, wide: number, high: number, colour: Colour): void {
    for (let y = top; y < Math.min(height, top + high); y += 1) {
      for (let x = left; x < Math.min(width, left + wide); x += 1) {
        pixels.set(colour, (y * width + x) * 3)
      }
    }
  }

  fill(0, 0, width, height, random.pick(desktops))
  const left = random.between(20, 70)
  const top = random.between(15, 40)
  fill(left, top, 380, 240, white)
  fill(left, top, 380, 18, title)
  for (let row = 0; row < 11; row += 1) {
    fill(left + 14, top + 32 + row * 18, random.between(80, 340), 7, line)
  }
  const accent = random.pick(accents)
  fill(left + 90, top + 80, 210, 90, white)
  fill(left + 90, top + 80, 210, 16, accent)
  fill(left + 104, top + 110, random.between(90, 180), 8, [120, 124, 134])
  fill(left + 104, top + 126, random.between(60, 150), 8, [160, 164, 174])
  fill(left + 236, top + 146, 50, 14, accent)
  return png(pixels)
}

function png(pixels: Buffer): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // Eight bits per channel: red, green and blue.
  header.set([8, 2, 0, 0, 0], 8)
  const rows = Array.from({ length: height }, (_unused, y) =>
    Buffer.concat([Buffer.from([0]), pixels.subarray(y * width * 3, (y + 1) * width * 3)]),
  )
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}
