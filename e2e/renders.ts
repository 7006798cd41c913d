import type { Page } from 'playwright-core'

/** The parts of React's internals that its developer tools use, too. */
interface Fiber {
  flags: number
  stateNode: unknown
  child: Fiber | null
  sibling: Fiber | null
  alternate: Fiber | null
}

interface RenderLog {
  deskbellRenders: Set<string>
}

/**
 * Records where the page renders from its next load on: in which comment (its id), row (its number) or section (its
 * label). Returns a function that takes what was recorded until then.
 */
export async function watchRenders(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(recordRenders)
  return () =>
    page.evaluate(() => {
      const log = globalThis as unknown as RenderLog
      const places = [...log.deskbellRenders]
      log.deskbellRenders.clear()
      return places
    })
}

/** Runs in the page, as React's developer tools do: React calls this hook after each commit. */
function recordRenders() {
  /** React sets this flag on a component that it called. */
  const performedWork = 1
  const places =
    '[data-comment], li[data-number], section, aside, [role="region"], article:not([data-comment] *)'
  const renders = new Set<string>()
  const hook = {
    supportsFiber: true,
    checkDCE: () => undefined,
    inject: () => 1,
    onCommitFiberUnmount: () => undefined,
    onPostCommitFiberRoot: () => undefined,
    onCommitFiberRoot: (_id: number, root: { current: Fiber }) => visit(root.current, 'page'),
  }
  Object.assign(globalThis, { deskbellRenders: renders, __REACT_DEVTOOLS_GLOBAL_HOOK__: hook })

  function visit(fiber: Fiber, around: string) {
    // A component belongs to the first element that it makes.
    const place = placeOf(elementOf(fiber)) ?? around
    if (fiber.stateNode === null && (fiber.flags & performedWork) !== 0) renders.add(place)
    const inside = placeOf(fiber.stateNode) ?? around
    // React left out everything below a component whose child is the same as before.
    if (fiber.alternate !== null && fiber.alternate.child === fiber.child) return
    for (let child = fiber.child; child !== null; child = child.sibling) visit(child, inside)
  }

  function elementOf(fiber: Fiber): unknown {
    let made: Fiber | null = fiber
    while (made !== null && !(made.stateNode instanceof Element)) made = made.child
    return made?.stateNode
  }

  function placeOf(node: unknown): string | undefined {
    if (!(node instanceof HTMLElement) || !node.matches(places)) return undefined
    const { comment, number } = node.dataset
    return comment ?? number ?? node.getAttribute('aria-label') ?? node.localName
  }
}
