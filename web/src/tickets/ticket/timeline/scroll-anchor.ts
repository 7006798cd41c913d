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

interface Remembered {
  element: HTMLElement
  /** Finds the item when it is shown by another element. */
  selector: string
  /** Its distance from the top of the frame, in pixels. */
  top: number
}

/** It remembers this many visible items, because some may disappear, folded into a line. */
const rememberedAtMost = 20
const anchors = '[data-seq], [data-anchor]'
const list = '[data-timeline]'

/**
 * Keeps the visible items in their place while something above them is added or grows. Some browsers do that too, but
 * not all, and not at the very top. What it does at each scroll is the same in a ticket of three items and of a
 * thousand.
 */
export function createScrollAnchor(frameNow: () => HTMLElement | null): ScrollAnchor {
  let remembered: Remembered[] = []
  let notedAt = 0
  let keptFrom: string | undefined

  function note(): void {
    const frame = frameNow()
    if (!frame) return
    const frameTop = frame.getBoundingClientRect().top
    notedAt = frame.scrollTop
    remembered = []
    for (const element of visibleFrom(frameTop + coveredPx(frame), frame)) {
      const { top } = element.getBoundingClientRect()
      remembered.push({ element, selector: selectorOf(element), top: top - frameTop })
      if (remembered.length === rememberedAtMost) break
    }
  }

  function restore(): void {
    const frame = frameNow()
    if (!frame) return
    const frameTop = frame.getBoundingClientRect().top
    const from = remembered.findIndex(({ element }) => isKept(element))
    for (const { top, ...item } of remembered.slice(Math.max(from, 0))) {
      const element = elementOf(item, frame)
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

  function isKept(element: Element): boolean {
    return keptFrom !== undefined && element.matches(keptFrom)
  }
}

/** The items that end below `top`, in order. */
function* visibleFrom(top: number, frame: HTMLElement): Generator<HTMLElement> {
  const timeline = frame.querySelector(list)
  const before = timeline?.previousElementSibling
  if (before && bottomOf(before) > top) yield* anchorsIn(before)
  const blocks = timeline?.children ?? []
  for (let at = firstBelow(top, blocks); at < blocks.length; at += 1)
    for (const element of anchorsIn(blocks[at])) if (bottomOf(element) > top) yield element
}

/** The index of the first of these elements, each below the one before it, that ends below `top`. */
function firstBelow(top: number, elements: ArrayLike<Element>): number {
  let [from, to] = [0, elements.length]
  while (from < to) {
    const middle = Math.floor((from + to) / 2)
    const element = elements[middle]
    if (element && bottomOf(element) > top) to = middle
    else from = middle + 1
  }
  return from
}

function anchorsIn(element: Element | undefined): Iterable<HTMLElement> {
  if (element instanceof HTMLElement && element.matches(anchors)) return [element]
  return element?.querySelectorAll<HTMLElement>(anchors) ?? []
}

function bottomOf(element: Element): number {
  return element.getBoundingClientRect().bottom
}

function elementOf(
  { element, selector }: Pick<Remembered, 'element' | 'selector'>,
  frame: HTMLElement,
): Element | null {
  const isSame = element.isConnected && selectorOf(element) === selector
  return isSame ? element : frame.querySelector(selector)
}

function selectorOf({ dataset }: HTMLElement): string {
  const { seq, anchor } = dataset
  return seq === undefined ? `[data-anchor="${anchor}"]` : `[data-seq="${seq}"]`
}
