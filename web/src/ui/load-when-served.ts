const pauseMs = 1000

/**
 * Loads a chunk, waiting for the server while it is away. One that fails twice while the server answers is gone: a new
 * version replaced it, and only a reload helps.
 */
export async function loadWhenServed<T>(load: () => Promise<T>): Promise<T> {
  for (let failures = 0; ; failures += 1) {
    try {
      return await load()
    } catch (error) {
      if (failures === 2) throw error
      await untilServed()
    }
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
