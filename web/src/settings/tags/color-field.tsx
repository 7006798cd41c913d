import { tagColors } from '@deskbell/contract'
import type { TagColor } from '@deskbell/contract'
import { TagDot } from '../../ui/marks/tag-dot.tsx'
import classes from './tags.module.css'

interface ColorFieldProps {
  value: TagColor
  onChange: (color: TagColor) => void
}

/** The colours, by name too: nobody needs to tell them apart by sight. */
export function ColorField({ value, onChange }: ColorFieldProps) {
  return (
    <fieldset className={classes['colors']}>
      <legend>Colour</legend>
      {tagColors.map((color) => (
        <label key={color} className={classes['color']}>
          <input
            type="radio"
            name="color"
            checked={color === value}
            onChange={() => onChange(color)}
          />
          <TagDot color={color} />
          {colorWords[color]}
        </label>
      ))}
    </fieldset>
  )
}

export const colorWords: Record<TagColor, string> = {
  gray: 'Grey',
  red: 'Red',
  orange: 'Orange',
  yellow: 'Yellow',
  green: 'Green',
  teal: 'Teal',
  blue: 'Blue',
  purple: 'Purple',
  pink: 'Pink',
}
