/** Keeps a choice in this browser. Where the browser keeps nothing, the choice holds until the page is left. */
export function remember(key: string, choice: string): void {
  try {
    localStorage.setItem(key, choice)
  } catch {
    // Site data is blocked, or there is no room.
  }
}
