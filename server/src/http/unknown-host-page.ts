import { settingFor } from '../network/known-host.ts'

/** The page for a person who opens Deskbell at an unknown name, where all writes and sign-ins would be refused. */
export function unknownHostPage(host: string, protocol: string, nonce: string): string {
  const name = escaped(host)
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Deskbell does not know this address</title>
    <style nonce="${nonce}">
      :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
      main { max-width: 34rem; margin: 15vh auto 0; padding: 0 1.5rem; overflow-wrap: anywhere }
      h1 { font-size: 1.25rem }
      pre { padding: 0.75rem 1rem; border: 1px solid; border-radius: 6px; white-space: pre-wrap }
    </style>
  </head>
  <body>
    <main>
      <h1>Deskbell does not know the address <q>${name}</q></h1>
      <p>
        You opened Deskbell by a name that it cannot tell from one of another site. Nothing was changed. The person
        who runs it can set this line in the file <code>.env</code> and start it again:
      </p>
      <pre>${escaped(settingFor(host, protocol))}</pre>
      <p>Until then, open it by the IP address of its computer.</p>
    </main>
  </body>
</html>
`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
