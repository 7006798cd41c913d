import { hostname } from 'node:os'

interface OriginCase {
  case: string
  /** PUBLIC_URL and FRONTEND_URL. */
  env: Record<string, string>
  headers: Record<string, string>
  allowed: boolean
}

const unset = {}
const desk = { PUBLIC_URL: 'https://desk.example.org' }
const split = { ...desk, FRONTEND_URL: 'https://app.example.org' }
const host = 'desk.example.org'

/** The sites that may use a person's cookie, as a full table. Writes over HTTP and handshakes follow the same one. */
export const originCases: OriginCase[] = [
  allowed('no page at all', unset, {}),
  allowed('a page of ours that needs not say so', unset, { 'sec-fetch-site': 'same-origin' }),
  refused('a page of another site that does not say which', unset, {
    'sec-fetch-site': 'cross-site',
  }),
  refused('a page of a sibling that does not say which', unset, { 'sec-fetch-site': 'same-site' }),
  refused('an address typed in', unset, { 'sec-fetch-site': 'none' }),
  allowed('its own host', unset, { host: '192.168.1.20', origin: 'http://192.168.1.20' }),
  allowed('its own host behind a proxy', unset, {
    host: '192.168.1.20',
    origin: 'https://192.168.1.20',
  }),
  allowed('its own host and port', unset, {
    host: '192.168.1.20:3000',
    origin: 'http://192.168.1.20:3000',
  }),
  allowed('its own IPv6 address', unset, {
    host: '[fd00::1]:3000',
    origin: 'http://[fd00::1]:3000',
  }),
  allowed('this computer', unset, { host: 'localhost:3000', origin: 'http://localhost:3000' }),
  allowed('its own name', unset, { host: hostname(), origin: `http://${hostname()}` }),
  refused('its own host at another port', unset, {
    host: '192.168.1.20',
    origin: 'http://192.168.1.20:3000',
  }),
  ...foreign(unset),

  allowed('no page at all', desk, {}),
  allowed('the public address', desk, { host, origin: 'https://desk.example.org' }),
  allowed('the public address, whatever the host', desk, {
    host: '10.0.0.1:3000',
    origin: 'https://desk.example.org',
  }),
  refused('the host it was asked at', desk, {
    host: 'evil.example',
    origin: 'https://evil.example',
  }),
  refused('the public address without its s', desk, { host, origin: 'http://desk.example.org' }),
  refused('the public address at another port', desk, {
    host,
    origin: 'https://desk.example.org:8443',
  }),
  refused('a front end that is not set', desk, { host, origin: 'https://app.example.org' }),
  refused('a page of another site that does not say which', desk, {
    'sec-fetch-site': 'cross-site',
  }),
  ...foreign(desk),

  allowed('the front end', split, { host, origin: 'https://app.example.org' }),
  allowed('the public address', split, { host, origin: 'https://desk.example.org' }),
  refused('the front end without its s', split, { host, origin: 'http://app.example.org' }),
  ...foreign(split),
]

/** Origins that are never allowed, whatever the settings. */
function foreign(env: Record<string, string>): OriginCase[] {
  return [
    'null',
    '',
    'https://evil.example',
    'https://desk.example.org.evil.example',
    'https://evildesk.example.org',
    'https://example.org',
    'https://sub.desk.example.org',
    'https://desk.example.co',
    'HTTPS://DESK.EXAMPLE.ORG',
    'https://desk.example.org/',
    'https://user@desk.example.org',
    'https://desk.example.org@evil.example',
    'https://desk.example.org, https://evil.example',
    'https://desk.example.org:443',
    'file://',
    'chrome-extension://abc',
  ].map((origin) => refused(`the origin “${origin}”`, env, { host, origin }))
}

function allowed(
  name: string,
  env: Record<string, string>,
  headers: Record<string, string>,
): OriginCase {
  return {
    case: `${Object.keys(env).join(' and ') || 'nothing'} set: ${name}`,
    env,
    headers,
    allowed: true,
  }
}

function refused(
  name: string,
  env: Record<string, string>,
  headers: Record<string, string>,
): OriginCase {
  return { ...allowed(name, env, headers), allowed: false }
}
