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
 * Control and format characters, unpaired surrogates, code points that Unicode has not assigned, fillers and
 * variation selectors: all are invisible.
 */
const invisible = /[\p{C}\p{Default_Ignorable_Code_Point}]/u

function localProblem(local: string): string | null {
  if (invisible.test(local)) return hidden
  const [wrong] = /["(),:;<>[\]\\]/.exec(local) ?? []
  if (wrong !== undefined) return `An e-mail address cannot have ${wrong} before the @.`
  return formProblem(local) ?? dotProblem(local)
}

/** `ﬁ` looks like `fi`, and so would be a second account of one address. The vowels AM of Thai and Lao have no other form. */
function formProblem(local: string): string | null {
  const letters = local.normalize('NFC').replaceAll(/[\u0e33\u0eb3]/g, '')
  const plain = letters.normalize('NFKC')
  if (letters === plain) return null
  return 'This address has a letter in a special form, as ﬁ or Ａ. Please type it with plain letters.'
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

function asciiDomain(domain: string): string | undefined {
  const small = domain.toLowerCase()
  if (small.startsWith('[')) return addressLiteral(small)
  const host = /[/\\?#@:%[\]]/.test(domain) ? '' : hostOf(domain)
  return name.test(host) ? host : undefined
}

/** A mail server without a name, as in `dora@[192.168.0.2]` and `dora@[ipv6:2001:db8::2]`. */
function addressLiteral(domain: string): string | undefined {
  const [, four] = /^\[(\d+(?:\.\d+){3})\]$/.exec(domain) ?? []
  // The parser also reads numbers in other notations, and writes each as a plain one.
  if (four !== undefined) return hostOf(four) === four ? domain : undefined
  const [, six] = /^\[ipv6:([\da-f:.]+)\]$/.exec(domain) ?? []
  const host = six === undefined ? '' : hostOf(`[${six}]`)
  return host === '' ? undefined : host.replace('[', '[ipv6:')
}

/** The domain in ASCII, by the URL parser of the browser or of Node, which knows IDNA. */
function hostOf(domain: string): string {
  try {
    return new URL(`http://${domain}`).hostname
  } catch {
    return ''
  }
}
