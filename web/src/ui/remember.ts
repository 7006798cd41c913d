/**
 * Stores a choice in this browser. If the browser cannot store it, the choice holds until the person leaves the page.
 */
export function remember(key: string, choice: string): void {
  try {
    localStorage.setItem(key, choice)
  } catch {
    // The browser blocks site data, or has no room.
  }
}
