import { hasVisible } from '@deskbell/contract'

/**
 * A table as Markdown, or undefined when its cells only arrange a page: such a table holds others, or has a single row
 * or column with words, as code with numbers of lines.
 */
export function markdownTable(table: HTMLTableElement): string | undefined {
  if (table.querySelector('table') !== null) return undefined
  const rows = grid(table).filter((cells) => cells.some((cell) => hasVisible(cell)))
  const width = Math.max(0, ...rows.map((cells) => cells.length))
  const columns = Array.from({ length: width }, (_, at) => at).filter((at) =>
    rows.some((cells) => hasVisible(cells[at] ?? '')),
  )
  if (rows.length < 2 || columns.length < 2) return undefined
  const lines = rows.map((cells) => line(columns.map((at) => cells[at] ?? '')))
  return [lines[0], line(columns.map(() => '---')), ...lines.slice(1)].join('\n')
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

/** The cells by row and column; what a cell covers beside and below it is empty. */
function grid(table: HTMLTableElement): string[][] {
  const rows = Array.from(table.rows, (): string[] => [])
  for (const [at, row] of Array.from(table.rows).entries()) {
    let column = 0
    for (const cell of row.cells) {
      while (rows[at]?.[column] !== undefined) column += 1
      for (let below = 0; below < Math.min(cell.rowSpan, rows.length - at); below += 1)
        for (let beside = 0; beside < cell.colSpan; beside += 1) {
          const covered = rows[at + below]
          if (covered) covered[column + beside] = below + beside === 0 ? wordsOf(cell) : ''
        }
    }
  }
  return rows.map((cells) => Array.from(cells, (cell) => cell ?? ''))
}

/** One line, in which a bar ends no cell. */
function wordsOf(cell: HTMLTableCellElement): string {
  for (const part of cell.querySelectorAll('p, div, li')) part.append(' ')
  for (const end of cell.querySelectorAll('br')) end.replaceWith(' ')
  return cell.textContent
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll('|', String.raw`\|`)
}
