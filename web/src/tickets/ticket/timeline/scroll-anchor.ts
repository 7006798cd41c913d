interface ScrollAnchor {
  /** Remembers where things are. */
  note(): void
  /** Puts the first of them that is still there back to where it was. */
  restore(): void
  /** The frame was scrolled: they are to be as much further. What grew in the same moment still moves nothing. */
  follow(): void
  /** Of what is in sight, what this selects and what is after it stay where they are, rather than what is before it. */
  keepFrom(selector: string | undefined): void
}

/** So many of the things in sight are remembered: some may be gone afterwards, folded into a line. */
const rememberedAtMost = 20

/**
 * Keeps what is in sight in its place while something is added, or grows, above it. Browsers do that too, but not all of
 * them, and not at the very top.
 */
export function createScrollAnchor(frameNow: () => HTMLElement | null): ScrollAnchor {
  let remembered: { selector: string; top: number }[] = []
  let notedAt = 0
  let keptFrom: string | undefined

  function note(): void {
    const frame = frameNow()
    if (!frame) return
    const frameTop = frame.getBoundingClientRect().top
    notedAt = frame.scrollTop
    remembered = []
    for (const element of frame.querySelectorAll<HTMLElement>('[data-seq], [data-anchor]')) {
      const { top, bottom } = element.getBoundingClientRect()
      if (bottom <= frameTop) continue
      remembered.push({ selector: selectorOf(element), top: top - frameTop })
      if (remembered.length === rememberedAtMost) break
    }
  }

  function restore(): void {
    const frame = frameNow()
    if (!frame) return
    const frameTop = frame.getBoundingClientRect().top
    const from = remembered.findIndex(({ selector }) => isKept(frame.querySelector(selector)))
    for (const { selector, top } of remembered.slice(Math.max(from, 0))) {
      const element = frame.querySelector(selector)
      if (!element) continue
      const moved = element.getBoundingClientRect().top - frameTop - top
      if (moved !== 0) frame.scrollTop += moved
      break
    }
    note()
  }

  return {
    note,
    restore,
    follow() {
      const scrolled = (frameNow()?.scrollTop ?? notedAt) - notedAt
      remembered = remembered.map((one) => ({ ...one, top: one.top - scrolled }))
      restore()
    },
    keepFrom(selector) {
      keptFrom = selector
    },
  }

  function isKept(element: Element | null): boolean {
    return keptFrom !== undefined && element?.matches(keptFrom) === true
  }
}

function selectorOf({ dataset }: HTMLElement): string {
  const { seq, anchor } = dataset
  return seq === undefined ? `[data-anchor="${anchor}"]` : `[data-seq="${seq}"]`
}
