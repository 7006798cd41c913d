/** The folder of a demo. It is separate from the folder of a help desk that is in use. */
export function demoDataDir(env: Readonly<Record<string, string | undefined>>): string {
  return env['DATA_DIR'] || './data/demo'
}
