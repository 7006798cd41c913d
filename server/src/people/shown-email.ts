import { domainToUnicode } from 'node:url'

/** A row with its e-mail address as people write it. The database stores the domain as DNS writes it. */
export function withShownEmail<Row extends { email: string }>(row: Row): Row {
  const at = row.email.lastIndexOf('@') + 1
  const domain = row.email.slice(at)
  return { ...row, email: row.email.slice(0, at) + (domainToUnicode(domain) || domain) }
}
