/** A text with more characters than this is laid out piece by piece, as the pieces come into view. */
export const longText = 2_000

const pieceCharacters = 500
const pieceLines = 30

/**
 * Cuts a text into pieces of some lines each, without the line ends between them. Only a line longer than a piece is
 * cut, at a space if it has one.
 */
export function textPieces(text: string): string[] {
  const pieces: string[] = []
  let from = 0
  while (text.length - from > pieceCharacters || pieces.length > 0) {
    const to = endOfPiece(text, from)
    pieces.push(text.slice(from, to))
    if (to === text.length) return pieces
    from = text[to] === '\n' ? to + 1 : to
  }
  return [text]
}

function endOfPiece(text: string, from: number): number {
  let end = -1
  for (let line = 0, at = from; line < pieceLines; line += 1) {
    const next = text.indexOf('\n', at)
    const lineEnd = next < 0 ? text.length : next
    if (lineEnd - from > pieceCharacters) break
    end = lineEnd
    if (next < 0) break
    at = next + 1
  }
  if (end >= 0) return end
  const space = text.lastIndexOf(' ', from + pieceCharacters)
  if (space > from) return space + 1
  // Does not cut between the two halves of a surrogate pair.
  return from + pieceCharacters + (isSecondHalf(text, from + pieceCharacters) ? 1 : 0)
}

function isSecondHalf(text: string, at: number): boolean {
  return at < text.length && (text.codePointAt(at - 1) ?? 0) > 0xffff
}
