import { IconHash } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { StatusIcon } from '../ui/status-icon.tsx'
import { matching } from './matching.ts'
import type { PaletteItem } from './palette-item.ts'
import { useCommands } from './use-commands.tsx'
import { useTicketSearch } from './use-ticket-search.ts'

interface PaletteItems {
  items: readonly PaletteItem[]
  searching: boolean
  error: unknown
}

/** What the palette offers for what is typed: a ticket by number, commands, then tickets found. */
export function usePaletteItems(query: string): PaletteItems {
  const navigate = useNavigate()
  const commands = matching(useCommands(), query)
  const { found, searching, error } = useTicketSearch(query.trim())

  const open = (number: string) => () =>
    void navigate({ to: '/tickets/$ref', params: { ref: number }, search: true })
  const tickets = found.map(({ number, title, status, matches }): PaletteItem => {
    const match = matches?.find((one) => one.in !== 'title')
    return {
      id: `ticket-${number}`,
      group: 'Tickets',
      label: `#${number} ${title}`,
      icon: <StatusIcon status={status} />,
      ...(match === undefined ? {} : { match }),
      run: open(String(number)),
    }
  })
  const number = /^#?([1-9][0-9]{0,8})$/.exec(query.trim())?.[1]
  const byNumber: PaletteItem[] =
    number === undefined
      ? []
      : [
          {
            id: 'number',
            group: 'Go to',
            label: `Ticket #${number}`,
            icon: <IconHash size={16} stroke={1.75} />,
            run: open(number),
          },
        ]
  return { items: [...byNumber, ...commands, ...tickets], searching, error }
}
