import { escapeHtml } from '../escape-html.ts'
import { settingFor } from '../network/known-host.ts'
import { smallPage } from './small-page.ts'

/** The page for a person who opens Deskbell at an unknown name, where all writes and sign-ins would be refused. */
export function unknownHostPage(host: string, protocol: string, nonce: string): string {
  return smallPage(
    `Deskbell does not know the address “${host}”`,
    `<p>
        You opened Deskbell by a name that it cannot tell from one of another site. Nothing was changed. The person
        who runs it can set this line in the file <code>.env</code> and start it again:
      </p>
      <pre>${escapeHtml(settingFor(host, protocol))}</pre>
      <p>Until then, open it by the IP address of its computer.</p>`,
    nonce,
  )
}
