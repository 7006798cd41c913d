import type { ComponentProps } from 'react'
import classes from './growing-field.module.css'

interface GrowingFieldProps extends ComponentProps<'textarea'> {
  value: string
  minRows: number
  maxRows: number
}

/** More than the widest field has in a line. */
const lineCharacters = 400

/**
 * A field as high as its text, within bounds. Behind it, unseen, is as much of the text as can be in sight at once: to
 * lay out all of a long one a second time, at each key, would block the page.
 */
export function GrowingField({ minRows, maxRows, ...props }: GrowingFieldProps) {
  const beginning = props.value
    .slice(0, maxRows * lineCharacters)
    .split('\n', maxRows)
    .join('\n')
  const heights = { minHeight: heightOf(minRows), maxHeight: heightOf(maxRows) }
  return (
    <div className={classes['field']} data-growing>
      {/* The last line counts only when something is on it. */}
      <div className={classes['measure']} style={heights} aria-hidden="true">
        {beginning}&#8203;
      </div>
      <textarea rows={1} className={classes['input']} {...props} />
    </div>
  )
}

/** With the space above and below. */
function heightOf(rows: number): string {
  return `calc(${rows}lh + 16px)`
}
