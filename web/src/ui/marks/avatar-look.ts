interface AvatarLook {
  /** In degrees. */
  hue: number
  look: 'tint' | 'solid'
}

/**
 * How an avatar of this colour looks. Neighbours have opposite hues, one as a tint and one in full; the first twelve are 60°
 * apart, and the others between them.
 */
export function avatarLook(color: number): AvatarLook {
  const step = Math.floor(color / 2)
  const isSolid = color % 2 === 1
  const hue = (step % 6) * 60 + Math.floor(step / 6) * 30 + (isSolid ? 180 : 0)
  return { hue: hue % 360, look: isSolid ? 'solid' : 'tint' }
}
