/** Pixels between the places where it looks, a little less than a line. */
const stepPx = 16

/** The number of the last item of a timeline that is on the screen. Undefined: none is, or only the description. */
export function lastInSight(frame: HTMLElement): number | undefined {
  const { left, width, top, bottom } = frame.getBoundingClientRect()
  for (let y = bottom - stepPx; y > top; y -= stepPx) {
    const seq = document
      .elementsFromPoint(left + width / 2, y)
      .find((element) => frame.contains(element))
      ?.closest<HTMLElement>('[data-seq]')?.dataset['seq']
    if (seq !== undefined) return Number(seq)
  }
  return undefined
}
