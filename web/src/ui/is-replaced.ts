/** Whether the server has another version of the app: its current page starts with another script than this page did. */
export async function isReplaced(): Promise<boolean> {
  const script = document.querySelector('script[type="module"][src]')?.getAttribute('src')
  const response = await fetch('/', { cache: 'no-store' })
  return response.ok && typeof script === 'string' && !(await response.text()).includes(script)
}
