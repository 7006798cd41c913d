import type { ColumnType, Generated } from 'kysely'
import type { Json, MadeTime, Time } from './column-types.ts'

export interface ConsumersTable {
  name: string
  seq: number
  tag: string
  ran_at: MadeTime
  skipped: Generated<number>
  failed: Generated<number>
}

export interface DeliveriesTable {
  id: string
  consumer: string
  key: string
  items: Json<object[]>
  created_at: MadeTime
  due_at: Time
  attempts: Generated<number>
  problem: ColumnType<string | null, string | undefined, string | null>
}

export interface ConsumerFailuresTable {
  id: Generated<number>
  consumer: string
  at: MadeTime
  reason: string
  details: Json<Record<string, unknown>>
}
