/** More quotes and lists within each other than anybody reads: each is an element within an element. */
const nested = /^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t]|$))){20}/m

/** What may open or close emphasis, a link, code or a quote. The renderer's work grows with the square of their number. */
const openers = /[*_~[\]<>`]/g
const openersAtMost = 2_000

/** Every row of a table is given as many cells as its head has, written or not: a letter a line makes millions of them. */
const cellsAtMost = 5_000

/** For each line that makes a heading of the text above it the renderer goes through everything before it. */
const underlinesAtMost = 200

/** Text that would freeze the page of whoever reads it, or end in too deep a tree to show, if it was taken for Markdown. */
export function isTangled(text: string): boolean {
  const lines = text.split(/\r\n?|\n/)
  return (
    nested.test(text) ||
    (text.match(openers)?.length ?? 0) > openersAtMost ||
    mostCells(lines) > cellsAtMost ||
    lines.filter(isUnderline).length > underlinesAtMost
  )
}

/** Every table has a line of nothing but dashes between bars, which says how wide it is. */
function mostCells(lines: readonly string[]): number {
  const widths = lines.map((line) => (isUnderHead(line) ? line.split('|').length : 0))
  return Math.max(...widths) * lines.length
}

function isUnderHead(line: string): boolean {
  return line.includes('-') && /^[-\s|:>*+\d.)]*$/.test(line)
}

/** Also within quotes and lists. */
function isUnderline(line: string): boolean {
  return /^[-=\s>*+\d.)]*$/.test(line) && /[-=]$/.test(line.trimEnd())
}
