import { limits } from './limits.ts'

/** Types of pictures that every browser shows without running anything. SVG can contain scripts. */
export const pictureTypes: readonly string[] = [
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
]

/** The bytes from the beginning of a picture in which its size is found, in all but strange files. */
export const pictureHeadBytes = 256 * 1024

/** Whether a picture is not shown: to decode it takes too much memory, or may do so, since its size is unknown. */
export function isNotShown({ type, image }: { type: string; image: boolean }): boolean {
  return pictureTypes.includes(type) && !image
}

/** Whether a page may show a picture of so many pixels. */
export function mayShow(pixels: number): boolean {
  return pixels <= limits.previewPixels
}

/** The pixels of a picture by its first bytes, whatever its type is said to be; undefined if they do not tell. */
export function pixelsOf(head: Uint8Array): number | undefined {
  return readPixels(head) || undefined
}

function readPixels(head: Uint8Array): number | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const text = (from: number, to: number) => String.fromCharCode(...head.subarray(from, to))
  try {
    if (text(1, 4) === 'PNG') return view.getUint32(16) * view.getUint32(20)
    if (text(0, 3) === 'GIF') return pixelsOfGif(view)
    // Before the others, whose signs a segment of it may contain.
    if (view.getUint16(0) === 0xff_d8) return pixelsOfJpeg(view)
    if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return pixelsOfWebp(view, text(12, 16))
    if (text(4, 8) === 'ftyp') return pixelsOfAvif(view)
  } catch (error) {
    // The picture ends before its size.
    if (!(error instanceof RangeError)) throw error
  }
  return undefined
}

/** The first frame may be larger than the screen of the picture, and browsers enlarge the screen. */
function pixelsOfGif(view: DataView): number {
  const flags = view.getUint8(10)
  let at = 13 + (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)
  while (view.getUint8(at) === 0x21) {
    at += 2
    while (view.getUint8(at) !== 0) at += view.getUint8(at) + 1
    at += 1
  }
  const width = view.getUint16(at + 1, true) + view.getUint16(at + 5, true)
  const height = view.getUint16(at + 3, true) + view.getUint16(at + 7, true)
  return Math.max(view.getUint16(6, true), width) * Math.max(view.getUint16(8, true), height)
}

function pixelsOfWebp(view: DataView, kind: string): number | undefined {
  if (kind === 'VP8 ')
    return (view.getUint16(26, true) & 0x3f_ff) * (view.getUint16(28, true) & 0x3f_ff)
  if (kind === 'VP8L') {
    const sides = view.getUint32(21, true)
    return ((sides & 0x3f_ff) + 1) * (((sides >> 14) & 0x3f_ff) + 1)
  }
  if (kind !== 'VP8X') return undefined
  const width = (view.getUint32(24, true) & 0xff_ff_ff) + 1
  return width * ((view.getUint32(26, true) >>> 8) + 1)
}

/**
 * Properties (`ispe`) tell the sizes of the picture, of its tiles and of its thumbnails, and an entry (`av01`) that of an
 * animation: the largest counts.
 */
function pixelsOfAvif(view: DataView): number {
  let most = 0
  for (let at = 8; at + 16 <= view.byteLength; at += 1) {
    const kind = view.getUint32(at)
    if (kind === 0x69_73_70_65)
      most = Math.max(most, view.getUint32(at + 8) * view.getUint32(at + 12))
    // The reserved bytes and the index tell it from the same word elsewhere.
    if (kind === 0x61_76_30_31 && view.getUint32(at + 4) === 0 && view.getUint32(at + 8) === 1)
      most = Math.max(most, view.getUint16(at + 28) * view.getUint16(at + 30))
  }
  return most
}

/** The size stands in the first segment that starts a frame. Browsers pass over bytes between segments, and so does this. */
function pixelsOfJpeg(view: DataView): number | undefined {
  let at = 2
  for (;;) {
    const marker = view.getUint8(at) === 0xff ? view.getUint8(at + 1) : 0
    if (marker === 0xda) return undefined
    if (isFrame(marker)) return view.getUint16(at + 5) * view.getUint16(at + 7)
    at += hasLength(marker) ? 2 + view.getUint16(at + 2) : 1
  }
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
}

/** Not so: bytes of filling, signs for new starts, and what is no marker. */
function hasLength(marker: number): boolean {
  return marker >= 0xc0 && marker < 0xff && !(marker >= 0xd0 && marker <= 0xd9)
}
