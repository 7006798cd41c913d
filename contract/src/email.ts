import { limits } from './limits.ts'

/**
 * A sentence that says what is wrong with an e-mail address, or null. It accepts what an office's mail server
 * accepts, also `dora@desk` and `dora@müller.example`.
 */
export function emailProblem(typed: string): string | null {
  const email = typed.trim()
  if (email === '') return 'Enter an e-mail address.'
  if (/\s/.test(email)) return 'An e-mail address has no spaces.'
  if (!email.includes('@')) return 'An e-mail address needs an @, as in dora@desk.example.'
  const [local = '', domain = '', ...more] = email.split('@')
  if (more.length > 0) return 'An e-mail address has only one @.'
  if (local === '') return 'The part before the @ is missing.'
  if (domain === '') return 'The part after the @ is missing.'
  return localProblem(local) ?? domainProblem(domain) ?? lengthProblem(email)
}

/**
 * The one spelling under which an address is stored and compared: small letters, composed characters (NFC), and the
 * domain in ASCII. A string that is not an address is only put in small letters: no account has it.
 */
export function normalEmail(typed: string): string {
  const email = typed.trim().toLowerCase().normalize('NFC')
  const at = email.lastIndexOf('@')
  const domain = asciiDomain(email.slice(at + 1))
  return at < 1 || domain === undefined ? email : `${email.slice(0, at)}@${domain}`
}

/**
 * Control and format characters, unpaired surrogates and code points that Unicode has not assigned: all are
 * invisible.
 */
const invisible = /\p{C}/u

function localProblem(local: string): string | null {
  if (invisible.test(local)) return hidden
  const [wrong] = /["(),:;<>[\]\\]/.exec(local) ?? []
  if (wrong !== undefined) return `An e-mail address cannot have ${wrong} before the @.`
  return dotProblem(local)
}

const hidden = 'This address has a character that cannot be seen. Please type it again.'

function dotProblem(part: string): string | null {
  if (!/^\.|\.\.|\.$/.test(part)) return null
  return 'A dot in an e-mail address stands between two other characters.'
}

function domainProblem(domain: string): string | null {
  if (invisible.test(domain)) return hidden
  const problem = dotProblem(domain)
  if (problem !== null) return problem
  if (asciiDomain(domain) !== undefined) return null
  return `“${domain}” is not the name of a domain, as desk.example is.`
}

function lengthProblem(email: string): string | null {
  if (normalEmail(email).length <= limits.emailLength) return null
  return `An e-mail address has at most ${limits.emailLength} characters.`
}

/** A domain as name servers know it: in ASCII, other letters as `xn--…`. The last label is not a number. */
const name =
  /^(?!(?:.*\.)?\d+$)[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?(?:\.[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?)*$/
/** A mail server without a name, as in `dora@[192.168.0.2]`. */
const address = /^\[(?:\d{1,3}(?:\.\d{1,3}){3}|ipv6:[\da-f:.]{2,45})\]$/

function asciiDomain(domain: string): string | undefined {
  const small = domain.toLowerCase()
  if (address.test(small)) return small
  const host = /[/\\?#@:%[\]]/.test(domain) ? '' : hostOf(domain)
  return name.test(host) ? host : undefined
}

/** The domain in ASCII, by the URL parser of the browser or of Node, which knows IDNA. */
function hostOf(domain: string): string {
  try {
    return new URL(`http://${domain}`).hostname
  } catch {
    return ''
  }
}
