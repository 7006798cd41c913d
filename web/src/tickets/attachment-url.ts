import type { Desk } from '@deskbell/client'

/** Where a file is downloaded, and an image shown from. */
export function attachmentUrl(desk: Desk, attachmentId: string): string {
  return `${desk.api.baseUrl}/api/attachments/${attachmentId}`
}
