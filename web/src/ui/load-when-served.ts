import { isReplaced } from './is-replaced.ts'

const pauseMs = 1000

/**
 * The server has another version of the app than this window: the chunk does not exist any more, and only a reload
 * helps.
 */
export class NewVersionError extends Error {}

/**
 * Loads a chunk, and waits while the server is not reachable. Rejects when the chunk fails although the server
 * answers.
 */
export async function loadWhenServed<T>(load: () => Promise<T>): Promise<T> {
  const broken = new Set<HTMLLinkElement>()
  function note({ target }: Event): void {
    if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') broken.add(target)
  }
  document.addEventListener('error', note, { capture: true })
  try {
    for (let failures = 0; ; failures += 1) {
      try {
        return await load()
      } catch (error) {
        if (failures === 2) throw (await isReplaced()) ? new NewVersionError() : error
      }
      await untilServed()
      // The bundler's code requests a chunk's styles only once, and would continue without them.
      for (const link of broken) link.replaceWith(link.cloneNode())
      broken.clear()
    }
  } finally {
    document.removeEventListener('error', note, { capture: true })
  }
}

async function untilServed(): Promise<void> {
  while (!(await isServed())) await new Promise((resolve) => setTimeout(resolve, pauseMs))
}

async function isServed(): Promise<boolean> {
  try {
    const { ok } = await fetch('/', { method: 'HEAD', cache: 'no-store' })
    return ok
  } catch {
    return false
  }
}
