/** What a browser says it is, in words: “Firefox on Windows”. Programs that are none are called as they call themselves. */
export async function deviceWords(userAgent: string | null): Promise<string> {
  // Loaded when someone looks at their sessions.
  const { default: bowser } = await import('bowser')
  if (userAgent === null || userAgent === '') return 'Unknown device'
  const { browser, os } = bowser.parse(userAgent)
  const name = browser.name?.replace(/ for .*/, '') || /^[\w .-]{1,40}/.exec(userAgent)?.[0]
  if (name === undefined) return 'Unknown device'
  return os.name === undefined ? name : `${name} on ${os.name}`
}
