import type { Consumer } from '../consumers/consumer.ts'
import type { Db } from '../database/types.ts'
import { sendLink, takeLinks } from './link-mails.ts'
import type { LinkItem } from './link-mails.ts'
import type { Smtp } from './smtp.ts'

interface EmailParts {
  db: Db
  smtp: Smtp
  publicUrl: string
}

/** Sends e-mails: links to set a password. */
export function createEmailConsumer({ db, smtp, publicUrl }: EmailParts): Consumer {
  return {
    name: 'email',
    take: takeLinks,
    async deliver({ items }) {
      const [item] = items as readonly LinkItem[]
      if (item === undefined) return { kind: 'done' }
      return sendLink(db, smtp, publicUrl, item)
    },
  }
}
