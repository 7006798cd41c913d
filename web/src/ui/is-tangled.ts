/** More quotes and lists within each other than anybody reads: each is an element within an element. */
const nested = /^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t]|$))){20}/m

/** What may open or close emphasis, a link, code or a quote. The renderer's work grows with the square of their number. */
const openers = /[*_~[\]<>`]/g
const openersAtMost = 2_000

/** Every row of a table is given as many cells as its head has, written or not: a letter a line makes millions of them. */
const cellsAtMost = 5_000

/** Text that would freeze the page of whoever reads it, or end in too deep a tree to show, if it was taken for Markdown. */
export function isTangled(text: string): boolean {
  return (
    nested.test(text) ||
    (text.match(openers)?.length ?? 0) > openersAtMost ||
    mostCells(text) > cellsAtMost
  )
}

/** Every table has a line of nothing but dashes between bars, which says how wide it is. */
function mostCells(text: string): number {
  const lines = text.split(/\r\n?|\n/)
  const widths = lines.map((line) => (isUnderHead(line) ? line.split('|').length : 0))
  return Math.max(...widths) * lines.length
}

function isUnderHead(line: string): boolean {
  return line.includes('-') && /^[-\s|:>*+\d.)]*$/.test(line)
}
