/** A line of the result: the name of the figure, the measurement, the goal. */
export interface Line {
  what: string
  measured: string
  goal?: string
}

/** A Markdown table whose columns are aligned for a terminal. */
export function table(lines: readonly Line[]): string {
  const rows = [
    ['figure', 'measured', 'goal'],
    ...lines.map(({ what, measured, goal = '' }) => [what, measured, goal]),
  ]
  const widths = [0, 1, 2].map((column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  )
  const [head = '', ...body] = rows.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`,
  )
  return [head, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body].join('\n')
}
