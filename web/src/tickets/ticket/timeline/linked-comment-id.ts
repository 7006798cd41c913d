/** The id of the comment that an address names after its `#`. */
export function linkedCommentId(hash: string): string | undefined {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.exec(hash)?.[0]
}
