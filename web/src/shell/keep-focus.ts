import { useEffect } from 'react'

/** An element that says by `data-focus-after` where the focus goes when what had it leaves the page. */
interface Group {
  element: HTMLElement
  around: readonly HTMLElement[]
  /** Of a list: the item that had the focus, and the place of the focus in it. */
  item: { element: HTMLElement; index: number; neighbours: readonly (Node | null)[] } | undefined
  /** The part of the page around it. Without it this is another page. */
  part: Element
}

interface Place {
  element: HTMLElement
  groups: readonly Group[]
}

const asides = '[role="dialog"], [role="menu"], [data-focus-after=""]'
const takingFocus =
  ':is(a[href], button, input, textarea, [tabindex]):not(:disabled, [tabindex="-1"])'

/**
 * Gives the focus on when the element that has it takes itself away, such as a button "Remove". An element around it
 * names the heir by `data-focus-after`: a list its next item, else the previous one, else what the selector finds
 * nearest around; an empty selector means the element that had the focus before.
 */
export function useKeptFocus() {
  useEffect(() => {
    let outside: Place | undefined
    let aside: Place | undefined

    function onFocusIn({ target }: FocusEvent) {
      if (!(target instanceof HTMLElement)) return
      const isAside = target.closest(asides) !== null
      aside = isAside ? placeOf(target) : undefined
      if (!isAside) outside = placeOf(target)
    }

    /** Somebody put the focus away; the browser also says so when it removes the element. */
    function onFocusOut({ target, relatedTarget }: FocusEvent) {
      if (!(target instanceof HTMLElement) || relatedTarget !== null) return
      queueMicrotask(() => {
        if (!target.isConnected || target.matches(':disabled') || !document.hasFocus()) return
        outside = undefined
        aside = undefined
      })
    }

    const observer = new MutationObserver((records) => {
      for (const place of [outside, aside])
        if (place?.element.isConnected === false) note(place, records)
      const left = aside ?? outside
      if (left === undefined || left.element.isConnected) return
      if (document.activeElement !== document.body) return
      heirOf(left, outside)?.focus({ preventScroll: true })
    })

    document.addEventListener('focusin', onFocusIn)
    document.addEventListener('focusout', onFocusOut)
    observer.observe(document.body, { childList: true, subtree: true })
    return () => {
      document.removeEventListener('focusin', onFocusIn)
      document.removeEventListener('focusout', onFocusOut)
      observer.disconnect()
    }
  }, [])
}

function placeOf(element: HTMLElement): Place {
  const path = pathOf(element)
  const groups = path.flatMap((group, at): Group[] => {
    if (group.dataset['focusAfter'] === undefined) return []
    const around = path.slice(at)
    const child = group.matches('ul, ol') ? path[at - 1] : undefined
    const index = child === undefined ? 0 : controlsIn(child).indexOf(element)
    return [
      {
        element: group,
        around,
        item: child && { element: child, index, neighbours: [] },
        part: group.parentElement?.closest('header, section, form, main') ?? document.body,
      },
    ]
  })
  return { element, groups }
}

function pathOf(element: HTMLElement): HTMLElement[] {
  const { parentElement: parent } = element
  return parent === null ? [element] : [element, ...pathOf(parent)]
}

/** An item that left no longer knows its neighbours. */
function note({ groups }: Place, records: readonly MutationRecord[]) {
  for (const { element, item } of groups)
    for (const { target, removedNodes, nextSibling, previousSibling } of records)
      if (item !== undefined && target === element && [...removedNodes].includes(item.element))
        item.neighbours = [nextSibling, previousSibling]
}

function heirOf({ groups }: Place, outside: Place | undefined): HTMLElement | undefined {
  for (const group of groups) {
    const heir = besides(group) ?? named(group)
    if (heir !== undefined) return heir
    if (group.element.dataset['focusAfter'] !== '' || outside === undefined) continue
    return outside.element.isConnected ? outside.element : heirOf(outside, undefined)
  }
  // A dialog or a menu that closed gives the focus back by itself, unless that element is gone as well.
  return outside?.element.isConnected === false && outside.groups !== groups
    ? heirOf(outside, undefined)
    : undefined
}

/** The control in the place of the one that left, in the same or the nearest item. */
function besides({ element, item }: Group): HTMLElement | undefined {
  if (item === undefined || !element.isConnected) return undefined
  for (const near of [item.element, ...item.neighbours]) {
    if (!(near instanceof HTMLElement) || !near.isConnected) continue
    const controls = controlsIn(near)
    const control = controls[item.index] ?? controls.at(-1)
    if (control !== undefined) return control
  }
  return undefined
}

function named({ element, around, part }: Group): HTMLElement | undefined {
  const selector = element.dataset['focusAfter']
  if (selector === undefined || selector === '' || !part.isConnected) return undefined
  for (const place of around) {
    if (!place.isConnected) continue
    if (place.matches(selector)) return place
    const found = place.querySelector<HTMLElement>(selector)
    if (found !== null) return found
    if (place.matches('main')) return undefined
  }
  return undefined
}

function controlsIn(element: HTMLElement): HTMLElement[] {
  return [...element.querySelectorAll<HTMLElement>(takingFocus)]
}
