export function nameProblem(name: string): string | null {
  return name.trim() === '' ? 'Enter a name.' : null
}
