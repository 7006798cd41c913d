/** The number of the ticket that a text names and nothing else: `12`, `#12`, `ticket 12`, or a link to the ticket. */
export function referredTicket(text: string): number | undefined {
  const named = /^(?:ticket\s+)?#?([1-9][0-9]{0,8})$/iu
  const linked = /^https?:\/\/[^\s?#]+\/tickets\/([1-9][0-9]{0,8})(?:[?#]\S*)?$/iu
  const [, number] = named.exec(text.trim()) ?? linked.exec(text.trim()) ?? []
  return number === undefined ? undefined : Number(number)
}
