/** A demo keeps its things beside those of a desk that is in use, never among them. */
export function demoDataDir(env: Readonly<Record<string, string | undefined>>): string {
  return env['DATA_DIR'] || './data/demo'
}
