import type { Db } from '../database/types.ts'

/** Signs the cookies by which browsers that signed in before are known. The same for all nodes. */
export async function deviceSecret(db: Db): Promise<Buffer> {
  const { secret } = await db.selectFrom('device_secret').select('secret').executeTakeFirstOrThrow()
  return secret
}
