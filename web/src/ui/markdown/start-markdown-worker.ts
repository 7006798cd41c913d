/** Resolves once the worker is ready, and rejects when its script cannot be loaded. */
export function startMarkdownWorker(): Promise<Worker> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./markdown-worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = () => resolve(worker)
    worker.onerror = () => reject(new Error('The worker that formats texts did not start.'))
  })
}
