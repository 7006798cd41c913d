type PasswordStrength = 'weak' | 'fair' | 'strong'

const guessable =
  /passwor[dt]|passwort|qwert|asdf|yxcv|zxcv|letmein|welcome|admin|deskbell|helpdesk|iloveyou|secret|dragon|monkey|football/g

/**
 * Roughly how hard an accepted password is to guess: a hint while typing, never a rule. `about`: words that an
 * attacker tries first, such as the person's name and address.
 */
export function passwordStrength(
  password: string,
  about: readonly string[] = [],
): PasswordStrength {
  const bits = surprisingLength(password, about) * Math.log2(alphabetOf(password))
  if (bits < 45) return 'weak'
  return bits < 70 ? 'fair' : 'strong'
}

/** The length without predictable parts: known words, repeats and runs count as one character. */
function surprisingLength(password: string, about: readonly string[]): number {
  let text = password.toLowerCase()
  for (const word of about.flatMap((words) => words.toLowerCase().split(/[\s@.]+/))) {
    if (word.length > 2) text = text.replaceAll(word, '\0')
  }
  text = text.replace(guessable, '\0')
  const steps = Array.from(text, (_, i) => text.charCodeAt(i) - text.charCodeAt(i - 1))
  return steps.filter((step, i) => i === 0 || !(step === steps[i - 1] && Math.abs(step) <= 1))
    .length
}

function alphabetOf(password: string): number {
  const kinds: [RegExp, number][] = [
    [/[a-z]/, 26],
    [/[A-Z]/, 26],
    [/[0-9]/, 10],
    [/[^a-zA-Z0-9]/, 20],
  ]
  return kinds.reduce((sum, [kind, size]) => (kind.test(password) ? sum + size : sum), 1)
}
