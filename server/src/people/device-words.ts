/** Names a browser by its User-Agent: “Firefox on Windows”. Other programs keep their own name. */
export async function deviceWords(userAgent: string | null): Promise<string> {
  // Loaded when a list of sessions is first read.
  const { default: bowser } = await import('bowser')
  if (userAgent === null || userAgent === '') return 'Unknown device'
  const { browser, os } = bowser.parse(userAgent)
  const name = browser.name?.replace(/ for .*/, '') || /^[\w .-]{1,40}/.exec(userAgent)?.[0]
  if (name === undefined) return 'Unknown device'
  return os.name === undefined ? name : `${name} on ${os.name}`
}
