import { isIP } from 'node:net'
import path from 'node:path'
import { emailProblem, isLocalUrl } from '@deskbell/contract'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import { StartupError } from './startup-error.ts'

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
const mebibyte = 1024 * 1024
const proxyNames = new Set(['loopback', 'linklocal', 'uniquelocal'])

/** Every variable that Deskbell reads; `.env.example` explains each, and a test compares the two. */
const Environment = z.object({
  PORT: wholeNumber(0, 65_535).default(3000),
  // All IPv4 interfaces: colleagues reach it without a setting, even where IPv6 is off. Until the set-up link printed
  // on the console is used, there is no account to attack.
  HOST: z.string().default('0.0.0.0'),
  DATA_DIR: z
    .string()
    .default('./data')
    .transform((directory) => path.resolve(directory)),
  DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      error: 'must look like postgres://user:password@host/name',
    })
    .optional(),
  PUBLIC_URL: origin().optional(),
  FRONTEND_URL: origin().optional(),
  TRUST_PROXY: trustedProxies().default('loopback'),
  PUSH_CONTACT: z
    .url({ protocol: /^(mailto|https)$/, error: 'must look like mailto:desk@example.org' })
    .optional(),
  REACHABLE_NETWORKS: networks().default([]),
  NODE_ENV: oneOf(['production', 'development', 'test']).default('production'),
  LOG_LEVEL: oneOf(logLevels).default('info'),
  MAX_UPLOAD_MB: wholeNumber(1, 2047).default(25),
  FILES_PER_PERSON_MB: wholeNumber(1, 16_777_216).default(2048),
  FILES_TOTAL_MB: wholeNumber(1, 16_777_216).default(51_200),
  DISK_RESERVE_MB: wholeNumber(0, 16_777_216).default(512),
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  SMTP_URL: smtpServer().optional(),
  MAIL_FROM: sender().optional(),
})

/** What the server needs to send e-mail. */
const emailVariables = ['SMTP_URL', 'MAIL_FROM', 'PUBLIC_URL'] as const
export type EmailVariable = (typeof emailVariables)[number]

export const environmentVariables: readonly string[] = Object.keys(Environment.shape)

/** Limits on the files of one person, and of everyone, in bytes. */
export interface Quotas {
  perPerson: number
  total: number
}

export interface StorageLimits extends Quotas {
  /** Files are refused when the disk has less free space than this, in bytes. */
  reserve: number
}

export interface EmailConfig {
  smtp: {
    host: string
    port: number
    /** TLS from the first byte; otherwise the server is asked for STARTTLS. */
    secure: boolean
    /** Nothing is sent without TLS, as the password would be readable on the way. */
    requireTLS: boolean
    auth?: { user: string; pass: string }
  }
  from: { name: string; address: string }
}

export interface Config {
  port: number
  host: string
  /** Absolute. */
  dataDir: string
  databaseUrl: string | undefined
  /** An origin such as `https://desk.example.org`, without a path. */
  publicUrl: string | undefined
  frontendUrl: string | undefined
  /** The proxies whose X-Forwarded-For is trusted, in the form that Fastify takes. */
  trustProxy: string | number | boolean
  /** A `mailto:` or https URL that push services may turn to. Undefined: no messages to devices. */
  pushContact: string | undefined
  /** Private networks that requests to addresses which people gave may reach. */
  reachableNetworks: readonly string[]
  environment: 'production' | 'development' | 'test'
  logLevel: (typeof logLevels)[number]
  maxUploadBytes: number
  storage: StorageLimits
  metricsToken: string | undefined
  /** Undefined: the server sends no e-mail. */
  email: EmailConfig | undefined
  /** The variables that are not set, of those that e-mail needs. */
  missingForEmail: EmailVariable[]
}

/** Throws one error that lists every wrong variable. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = withoutEmpty(env)
  const parsed = Environment.safeParse(given)
  const missing = emailVariables.filter((name) => given[name] === undefined)
  const wrong = [
    ...(parsed.error === undefined ? [] : describeIssues(parsed.error, env)),
    // Links in e-mails need an address, and nobody's request says which.
    ...(given['SMTP_URL'] === undefined ? [] : missing).map(
      (name) => `  ${name} is needed with SMTP_URL`,
    ),
  ]
  if (!parsed.success || wrong.length > 0) {
    throw new StartupError(['The configuration is wrong:', ...wrong].join('\n'))
  }

  const values = parsed.data
  const { SMTP_URL: smtp, MAIL_FROM: from } = values
  return {
    port: values.PORT,
    host: values.HOST,
    dataDir: values.DATA_DIR,
    databaseUrl: values.DATABASE_URL,
    publicUrl: values.PUBLIC_URL,
    frontendUrl: values.FRONTEND_URL,
    trustProxy: values.TRUST_PROXY,
    pushContact: values.PUSH_CONTACT ?? httpsOnly(values.PUBLIC_URL),
    reachableNetworks: values.REACHABLE_NETWORKS,
    environment: values.NODE_ENV,
    logLevel: values.LOG_LEVEL,
    maxUploadBytes: values.MAX_UPLOAD_MB * mebibyte,
    storage: {
      perPerson: values.FILES_PER_PERSON_MB * mebibyte,
      total: values.FILES_TOTAL_MB * mebibyte,
      reserve: values.DISK_RESERVE_MB * mebibyte,
    },
    metricsToken: values.METRICS_TOKEN,
    email: smtp && from && { smtp, from },
    missingForEmail: missing,
  }
}

/** Compose files and systemd units can only pass an unset variable as an empty one. */
function withoutEmpty(env: Record<string, string | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
}

function describeIssues(error: z.ZodError, env: Record<string, string | undefined>): string[] {
  return error.issues.map((issue) => {
    const name = String(issue.path[0])
    return `  ${name} ${issue.message}${shownValue(name, env[name])}`
  })
}

const secrets = new Set(['DATABASE_URL', 'METRICS_TOKEN', 'SMTP_URL'])

/** Keeps secrets out of the terminal and of logs that keep its output. */
function shownValue(name: string, value: string | undefined): string {
  return secrets.has(name) || value === undefined ? '' : ` (it is ${JSON.stringify(value)})`
}

function wholeNumber(least: number, most: number) {
  const error = `must be a whole number from ${least} to ${most}`
  return z
    .string()
    .regex(/^\d+$/, error)
    .transform(Number)
    .pipe(z.number().min(least, error).max(most, error))
}

function oneOf<const T extends readonly string[]>(values: T) {
  return z.enum(values, { error: `must be one of ${values.join(', ')}` })
}

function origin() {
  return z
    .url({ protocol: /^https?$/, error: 'must look like https://desk.example.org' })
    .refine((url) => isBareOrigin(url), 'must be a bare origin, without a path or a user')
    .transform((url) => new URL(url).origin)
}

function isBareOrigin(url: string): boolean {
  if (!URL.canParse(url)) return true
  const { pathname, search, hash, username } = new URL(url)
  return pathname === '/' && search === '' && hash === '' && username === ''
}

function httpsOnly(url: string | undefined): string | undefined {
  return url?.startsWith('https:') === true ? url : undefined
}

function networks() {
  return z
    .string()
    .transform((text) => text.split(',').map((network) => network.trim()))
    .refine(
      (all) => all.every((network) => ipaddr.isValidCIDR(network)),
      'must be networks separated by commas, such as 10.1.0.0/16',
    )
}

function trustedProxies() {
  return z
    .string()
    .refine(
      (text) => /^(true|false|\d+)$/.test(text) || text.split(',').every(isProxyAddress),
      'must be loopback, linklocal, uniquelocal, addresses or networks separated by commas, a number of proxies, true or false',
    )
    .transform((text) => {
      if (text === 'true' || text === 'false') return text === 'true'
      return /^\d+$/.test(text) ? Number(text) : text
    })
}

function isProxyAddress(text: string): boolean {
  const [address = '', bits, ...rest] = text.trim().split('/')
  if (proxyNames.has(address)) return bits === undefined
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}

function smtpServer() {
  const shape = 'must look like smtp://user:password@mail.example.org:587 or smtps://…:465'
  return z
    .url({ protocol: /^smtps?$/, error: shape })
    .refine((url) => isBareServer(url), shape)
    .transform((text) => {
      const url = new URL(text)
      const secure = url.protocol === 'smtps:'
      const [user, pass] = [url.username, url.password].map(decoded)
      return {
        host: url.hostname.replace(/^\[|\]$/g, ''),
        port: Number(url.port) || (secure ? 465 : 587),
        secure,
        requireTLS: !secure && Boolean(user) && !isLocalUrl(text),
        ...(user && { auth: { user, pass: pass ?? '' } }),
      }
    })
}

function isBareServer(text: string): boolean {
  if (!URL.canParse(text)) return true
  const { hostname, pathname, search, hash, username, password } = new URL(text)
  const isDecodable = [username, password].every((part) => decoded(part) !== undefined)
  return hostname !== '' && /^\/?$/.test(pathname) && search === '' && hash === '' && isDecodable
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}

/** `desk@example.org`, or `Help desk <desk@example.org>`. */
function sender() {
  const error = 'must be an address, as desk@example.org or Help desk <desk@example.org>'
  return z
    .string()
    .regex(/^[^\p{C}<>"]*<[^<>]+>$|^[^\p{C}\s<>"]+$/u, error)
    .transform((text) => {
      const [, name = '', address = ''] = /^(.*)<(.*)>$/.exec(text) ?? ['', 'Deskbell', text]
      return { name: name.trim() || 'Deskbell', address: address.trim() }
    })
    .refine(({ address }) => emailProblem(address) === null, error)
}
