import { IconSearch } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { PaletteList } from './palette-list.tsx'
import classes from './palette.module.css'
import { useChoice } from './use-choice.ts'
import { usePaletteItems } from './use-palette-items.tsx'

interface PaletteSearchProps {
  onChoose: (run: () => void) => void
}

/** The field and the matching items as one combobox: the field keeps the focus, the arrow keys move the choice. */
export function PaletteSearch({ onChoose }: PaletteSearchProps) {
  const id = useId()
  const [query, setQuery] = useState('')
  const { items, searching, error } = usePaletteItems(query)
  const { active, choose, onKeyDown } = useChoice(items, onChoose)

  return (
    <>
      <div className={classes['field']}>
        <IconSearch size={18} stroke={1.75} aria-hidden="true" />
        <input
          type="text"
          dir="auto"
          role="combobox"
          aria-label="Search or jump to"
          aria-expanded="true"
          aria-controls={id}
          aria-autocomplete="list"
          aria-activedescendant={items.length > 0 ? `${id}-${active}` : undefined}
          placeholder="A ticket, a number, or what you want to do"
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          value={query}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setQuery(event.currentTarget.value)
            choose(0)
          }}
        />
      </div>
      <PaletteList
        id={id}
        items={items}
        active={active}
        searching={searching}
        error={error}
        onPoint={choose}
        onChoose={onChoose}
      />
    </>
  )
}
