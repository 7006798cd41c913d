/**
 * The header of a ticket lies over its history and its side column, which leave room for it. So when a long title folds to
 * a line, nothing moves. `--header` is the height of the whole header, `--folded` that of the folded one, in pixels.
 */
interface Parts {
  ticket: HTMLElement
  header: HTMLElement
}

export function partsOf(frame: HTMLElement): Parts | undefined {
  const ticket = frame.closest('article')
  const header = ticket?.querySelector<HTMLElement>(':scope > header')
  return ticket && header ? { ticket, header } : undefined
}

/** Measures the header whole and folded. */
export function measureHeader({ ticket, header }: Parts): void {
  const isFolded = header.hasAttribute('data-folded')
  for (const [name, folds] of [
    ['--header', false],
    ['--folded', true],
  ] as const) {
    header.toggleAttribute('data-folded', folds)
    ticket.style.setProperty(name, `${header.offsetHeight}px`)
  }
  header.toggleAttribute('data-folded', isFolded)
}

/** Folds the title while so much is scrolled that the history is under it, and unfolds it above that. */
export function foldHeader(frame: HTMLElement): void {
  const parts = partsOf(frame)
  if (parts === undefined) return
  const { header } = parts
  const saved = savedPx(parts)
  const folds = saved > 0 && frame.scrollTop >= saved
  if (folds !== header.hasAttribute('data-folded')) header.toggleAttribute('data-folded', folds)
}

/** How much lower the folded header is. */
export function savedPx({ ticket: { style } }: Parts): number {
  const [whole, folded] = ['--header', '--folded'].map((name) => style.getPropertyValue(name))
  return Number.parseFloat(whole ?? '0') - Number.parseFloat(folded ?? '0')
}

/** How much of the frame the folded header covers, in pixels. */
export function coveredPx(frame: HTMLElement): number {
  return Number.parseFloat(getComputedStyle(frame).scrollPaddingTop) || 0
}
