import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { avatarColors } from '@deskbell/contract'
import { avatarLook } from './avatar-look.ts'

const looks = Array.from({ length: avatarColors }, (_, color) => avatarLook(color))

test('no two colours look the same', () => {
  expect(new Set(looks.map((look) => JSON.stringify(look))).size).toBe(avatarColors)
})

const css = readFileSync(path.join(import.meta.dirname, 'person-avatar.module.css'), 'utf8')

/** Lightness and chroma of the background and of the initials, in both themes. */
function colorsOf(look: string) {
  const rule = css.split(`[data-look='${look}']`)[1]?.split('}')[0] ?? ''
  const found = [...rule.matchAll(/oklch\(([\d.]+) ([\d.]+) var\(--hue\)\)/g)]
  const colors = found.map(([, lightness, chroma]) => [Number(lightness), Number(chroma)] as const)
  expect(colors).toHaveLength(4)
  const [light = [0, 0], dark = [0, 0], onLight = [0, 0], onDark = [0, 0]] = colors
  return [
    [light, onLight],
    [dark, onDark],
  ] as const
}

/** Luminance of an OKLCH colour. What sRGB cannot show is cut off, as browsers do it. */
function luminance([lightness, chroma]: readonly [number, number], hue: number): number {
  const angle = (hue * Math.PI) / 180
  const [a, b] = [chroma * Math.cos(angle), chroma * Math.sin(angle)]
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const [red, green, blue] = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((part) => Math.min(1, Math.max(0, part))) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

test.each(looks)(
  'initials on $look at $hue° have a contrast of 4.5 in both themes',
  ({ look, hue }) => {
    for (const [behind, initials] of colorsOf(look)) {
      const [one, other] = [luminance(behind, hue), luminance(initials, hue)]
      const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
      expect(contrast).toBeGreaterThan(4.5)
    }
  },
)
