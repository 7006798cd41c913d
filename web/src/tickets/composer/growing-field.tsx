import type { ComponentProps } from 'react'
import classes from './growing-field.module.css'

interface GrowingFieldProps extends ComponentProps<'textarea'> {
  value: string
  minRows: number
  maxRows: number
}

/** More characters than a line of the widest field can hold. */
const lineCharacters = 400

/**
 * A field that is as high as its text, within bounds. An invisible element behind it holds the start of the text, as
 * much as the field can show: laying out all of a long text a second time at each key would block the page.
 */
export function GrowingField({ minRows, maxRows, ...props }: GrowingFieldProps) {
  const beginning = props.value
    .slice(0, maxRows * lineCharacters)
    .split('\n', maxRows)
    .join('\n')
  const heights = { minHeight: heightOf(minRows), maxHeight: heightOf(maxRows) }
  return (
    <div className={classes['field']} data-growing>
      {/* The zero-width space gives an empty last line its height. */}
      <div className={classes['measure']} style={heights} dir="auto" aria-hidden="true">
        {beginning}&#8203;
      </div>
      <textarea rows={1} dir="auto" className={classes['input']} {...props} />
    </div>
  )
}

/** The height of the rows, with the padding above and below. */
function heightOf(rows: number): string {
  return `calc(${rows}lh + 16px)`
}
