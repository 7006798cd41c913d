import { coveredPx } from './fold-header.ts'

interface ScrollAnchor {
  /** Remembers the places of the visible items. */
  note(): void
  /** Scrolls so that the first remembered item that still exists is at its earlier place. */
  restore(): void
  /**
   * The frame was scrolled: the remembered places move by the same distance. Items that grew at the same moment still
   * move nothing.
   */
  follow(): void
  /** Keeps the visible items from the one that the selector matches on in their place, and lets earlier items move. */
  keepFrom(selector: string | undefined): void
}

/** It remembers this many visible items, because some may disappear, folded into a line. */
const rememberedAtMost = 20

/**
 * Keeps the visible items in their place while something above them is added or grows. Some browsers do that too, but
 * not all, and not at the very top.
 */
export function createScrollAnchor(frameNow: () => HTMLElement | null): ScrollAnchor {
  let remembered: { selector: string; top: number }[] = []
  let notedAt = 0
  let keptFrom: string | undefined

  function note(): void {
    const frame = frameNow()
    if (!frame) return
    const frameTop = frame.getBoundingClientRect().top
    const visibleFrom = frameTop + coveredPx(frame)
    notedAt = frame.scrollTop
    remembered = []
    for (const element of frame.querySelectorAll<HTMLElement>('[data-seq], [data-anchor]')) {
      const { top, bottom } = element.getBoundingClientRect()
      if (bottom <= visibleFrom) continue
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
