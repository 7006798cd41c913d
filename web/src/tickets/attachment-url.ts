import type { Desk } from '@deskbell/client'

/** The address at which a file is downloaded and an image is shown. */
export function attachmentUrl(desk: Desk, attachmentId: string): string {
  return `${desk.api.baseUrl}/api/attachments/${attachmentId}`
}
