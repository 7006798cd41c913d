import type { FastifyInstance } from 'fastify'
import type { EmailVariable } from '../config.ts'
import { readEmailChoices, saveEmailChoices, unsubscribe } from '../email/opt-outs.ts'
import { readOutgoing } from '../email/read-email-state.ts'
import { when } from '../email/ticket-letter.ts'
import type { Unsubscription, UnsubscribeTokens } from '../email/unsubscribe-tokens.ts'
import { DeskError } from '../errors.ts'
import { defineOpenRoute, defineRoute } from './define-route.ts'
import type { HttpParts } from './http-parts.ts'
import { sendPage, smallPage } from './small-page.ts'

interface EmailParts extends HttpParts {
  missingForEmail: readonly EmailVariable[]
  unsubscribeTokens: UnsubscribeTokens
}

export async function emailRoutes(
  app: FastifyInstance,
  { db, sendsEmail, missingForEmail, unsubscribeTokens }: EmailParts,
): Promise<void> {
  defineRoute(app, 'notificationSettings', async ({ actor }) => ({
    ...(await readEmailChoices(db, actor.id)),
    sendsEmail,
  }))
  defineRoute(app, 'editNotificationSettings', async ({ actor, body, changeRequest }) => {
    await saveEmailChoices(db, changeRequest(), body.email)
    return { ...(await readEmailChoices(db, actor.id)), sendsEmail }
  })
  defineRoute(app, 'emailState', async ({ actor }) => ({
    ...(await readOutgoing(db, actor)),
    missing: [...missingForEmail],
  }))

  await app.register(async (pages) => {
    // Mail programs send a form, which says nothing that the token does not.
    const forms = ['application/x-www-form-urlencoded', 'multipart/form-data']
    const options = { parseAs: 'string', bodyLimit: 4_096 } as const
    pages.addContentTypeParser(forms, options, (_request, _body, done) => done(null, undefined))
    defineOpenRoute(pages, 'unsubscribePage', async ({ params, reply }) => {
      const { reason } = named(params.token)
      // With no referrer at all, the browser would send the form without its origin.
      reply.header('referrer-policy', 'same-origin')
      const body = `<p>Deskbell sends you an e-mail when ${when[reason]}, and you do not see it there soon.</p>
      <form method="post"><button>Stop them</button></form>`
      return sendPage(reply, (nonce) => smallPage('Stop these e-mails?', body, nonce))
    })
    defineOpenRoute(pages, 'unsubscribe', async ({ params, reply }) => {
      const unsubscription = named(params.token)
      await unsubscribe(db, unsubscription)
      const body = `<p>Deskbell sends you no more e-mails when ${when[unsubscription.reason]}.
        To have them again, open <a href="/settings">your settings</a>.</p>`
      return sendPage(reply, (nonce) => smallPage('No more of these e-mails', body, nonce))
    })
  })

  function named(token: string): Unsubscription {
    const found = unsubscribeTokens.read(token)
    if (found === undefined) throw new DeskError('link.invalid')
    return found
  }
}
