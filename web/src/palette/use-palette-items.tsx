import { IconHash, IconListSearch } from '@tabler/icons-react'
import { referredTicket } from '@deskbell/contract'
import { useNavigate } from '@tanstack/react-router'
import { matching } from './matching.ts'
import type { PaletteItem } from './palette-item.ts'
import { ticketItems } from './ticket-items.tsx'
import { useCommands } from './use-commands.tsx'
import { useTicketSearch } from './use-ticket-search.ts'

interface PaletteItems {
  items: readonly PaletteItem[]
  searching: boolean
  error: unknown
}

/** The palette's items for a query: a ticket by its number, commands, then found tickets. */
export function usePaletteItems(typed: string): PaletteItems {
  const navigate = useNavigate()
  const query = typed.trim()
  const commands = matching(useCommands(), query)
  const { found, searching, error } = useTicketSearch(query)

  function open(number: string, commentId?: string) {
    const hash = commentId === undefined ? {} : { hash: commentId }
    void navigate({ to: '/tickets/$ref', params: { ref: number }, search: true, ...hash })
  }

  const number = referredTicket(query)?.toString()
  const byNumber: PaletteItem[] =
    number === undefined ? [] : [ticketByNumber(number, () => open(number))]
  const tickets = ticketItems(found, open)
  const worthSearching = query !== '' && (searching || found.length > 0)
  const all: PaletteItem[] = worthSearching
    ? [allTickets(query, () => void navigate({ to: '/', search: { q: query } }))]
    : []
  return { items: [...byNumber, ...commands, ...tickets, ...all], searching, error }
}

function ticketByNumber(number: string, run: () => void): PaletteItem {
  const icon = <IconHash size={16} stroke={1.75} />
  return { id: 'number', group: 'Go to', label: `Ticket #${number}`, icon, run }
}

function allTickets(query: string, run: () => void): PaletteItem {
  const icon = <IconListSearch size={16} stroke={1.75} />
  return { id: 'all', group: 'Tickets', label: `Search all tickets for “${query}”`, icon, run }
}
