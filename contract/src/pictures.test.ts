import { expect, test } from 'vitest'
import { limits } from './limits.ts'
import { isNotShown, mayShow, pixelsOf } from './pictures.ts'
import { realPictures } from './testing/real-pictures.ts'

/** Numbers of so many bytes, the greatest first. */
function big(bytes: number, ...numbers: number[]): number[] {
  return numbers.flatMap((number) =>
    Array.from({ length: bytes }, (_, at) => Math.floor(number / 256 ** (bytes - 1 - at)) % 256),
  )
}

function little(bytes: number, ...numbers: number[]): number[] {
  return numbers.flatMap((number) => big(bytes, number).toReversed())
}

function text(words: string): number[] {
  return Array.from(words, (letter) => letter.charCodeAt(0))
}

const riff = [...text('RIFF'), ...little(4, 100), ...text('WEBP')]

const pictures: [kind: string, head: number[], pixels: number][] = [
  [
    'PNG',
    [0x89, ...text('PNG\r\n\u001a\n'), ...big(4, 13), ...text('IHDR'), ...big(4, 15_000, 15_001)],
    15_000 * 15_001,
  ],
  [
    'GIF',
    [...text('GIF89a'), ...little(2, 30, 20), 0, 0, 0, 0x2c, ...little(2, 0, 0, 30, 20)],
    600,
  ],
  [
    'GIF whose first frame is larger than its screen',
    [
      ...text('GIF89a'),
      ...little(2, 1, 1),
      ...big(3, 0x80_00_00),
      ...text('colour'),
      ...big(4, 0x21_f9_04_00, 0),
      0x2c,
      ...little(2, 1, 2, 60_000, 50_000),
    ],
    60_001 * 50_002,
  ],
  [
    'WebP',
    [...riff, ...text('VP8 '), ...little(4, 50), ...big(3, 0, 0x9d012a), ...little(2, 300, 200)],
    300 * 200,
  ],
  [
    'WebP without loss',
    [...riff, ...text('VP8L'), ...little(4, 50), 0x2f, ...little(4, (199 << 14) | 299)],
    300 * 200,
  ],
  [
    'WebP of several parts',
    [...riff, ...text('VP8X'), ...little(4, 10), 0, 0, 0, 0, ...little(3, 299_999, 199)],
    300_000 * 200,
  ],
  [
    'AVIF of tiles',
    [
      ...big(4, 28),
      ...text('ftypavif'),
      ...big(4, 20),
      ...text('ispe'),
      ...big(4, 0, 512, 512),
      ...big(4, 20),
      ...text('ispe'),
      ...big(4, 0, 9_000, 8_000),
    ],
    9_000 * 8_000,
  ],
  [
    'AVIF whose animation is larger than its picture',
    [
      ...big(4, 28),
      ...text('ftypavis'),
      ...big(4, 20),
      ...text('ispe'),
      ...big(4, 0, 512, 512),
      ...big(4, 86),
      ...text('av01'),
      ...big(4, 0, 1, 0, 0, 0, 0),
      ...big(2, 9_000, 8_000),
    ],
    9_000 * 8_000,
  ],
  [
    'JPEG',
    [
      ...big(2, 0xff_d8, 0xff_e1, 6, 0xff_c0, 0x01_02),
      0xff,
      ...big(2, 0xff_c4, 2, 0xff_c2, 17),
      8,
      ...big(2, 4_000, 6_000),
    ],
    4_000 * 6_000,
  ],
  [
    'JPEG with bytes between its segments and the sign of another picture',
    [
      ...big(2, 0xff_d8, 0xff_e0, 18),
      ...text('RIFFWEBPVP8 ftyp'),
      ...big(2, 0xff_01, 0xff_d3, 0x12_34, 0xff_c1, 17),
      8,
      ...big(2, 15_000, 15_001),
    ],
    15_000 * 15_001,
  ],
]

test.each(pictures)(
  '[%s] the pixels of a picture are read from its beginning',
  (_, head, pixels) => {
    expect(pixelsOf(new Uint8Array(head))).toBe(pixels)
    // A beginning that is too short fails nothing; it may tell the size of one tile only.
    for (let length = 0; length < head.length; length += 1)
      expect(pixelsOf(new Uint8Array(head.slice(0, length))) ?? 0).toBeLessThanOrEqual(pixels)
  },
)

test.each(Object.entries(realPictures))('[%s] a real picture tells its pixels', (_, content) => {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))
  expect(pixelsOf(bytes)).toBe(16 * 12)
})

test('other files and broken pictures have no pixels', () => {
  for (const words of [
    '',
    'text',
    '<svg width="9" height="9"/>',
    '\u00ff\u00d8\u00ff\u00da 12345678',
    // A height that only a later segment tells.
    '\u00ff\u00d8\u00ff\u00c0\u0000\u0011\u0008\u0000\u0000\u00ff\u00ff\u0003',
  ])
    expect(pixelsOf(new Uint8Array(text(words)))).toBeUndefined()
})

test('a picture of 50 megapixels is the largest that is shown', () => {
  expect([mayShow(limits.previewPixels), mayShow(limits.previewPixels + 1)]).toEqual([true, false])
  expect(isNotShown({ type: 'image/png', image: false })).toBe(true)
  expect(isNotShown({ type: 'image/png', image: true })).toBe(false)
  expect(isNotShown({ type: 'image/tiff', image: false })).toBe(false)
})
