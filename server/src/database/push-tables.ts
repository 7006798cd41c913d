import type { Generated } from 'kysely'

export interface PushKeyTable {
  singleton: Generated<boolean>
  public_key: string
  private_key: string
}

export interface PushSubscriptionsTable {
  session_id: string
  endpoint: string
  p256dh: string
  auth: string
  key: string
  with_text: boolean
  refused: Generated<number>
}
