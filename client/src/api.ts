import type { Body, ErrorCode, Params, Query, Reply, RouteName } from '@deskbell/contract'

/** A refused call. `network`: the server was not reached, so nothing is known of the outcome. */
export class DeskError extends Error {
  readonly code: ErrorCode | 'network'
  readonly status: number
  readonly details: unknown
  readonly requestId: string | undefined

  constructor(code: ErrorCode | 'network', message: string, status: number, details?: unknown, requestId?: string) {
    super(message)
    this.name = 'DeskError'
    this.code = code
    this.status = status
    this.details = details
    this.requestId = requestId
  }
}

export interface Call<N extends RouteName> {
  params?: Params<N>
  query?: Query<N>
  body?: Body<N>
  /** The Idempotency-Key; made up when absent. */
  key?: string
  signal?: AbortSignal
}

/** Typed calls of the HTTP interface. */
export interface Api {
  readonly baseUrl: string
  call<N extends RouteName>(name: N, call?: Call<N>): Promise<Reply<N>>
}
