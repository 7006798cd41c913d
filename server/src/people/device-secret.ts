import type { Db } from '../database/types.ts'

/** Signs the cookies of browsers that signed in before. All nodes use the same secret. */
export async function deviceSecret(db: Db): Promise<Buffer> {
  const { secret } = await db.selectFrom('device_secret').select('secret').executeTakeFirstOrThrow()
  return secret
}
