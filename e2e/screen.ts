import type { Locator, Page } from 'playwright-core'
import type { Person } from './desk.ts'

/** A ticket's row in the list. */
export function row(page: Page, title: string): Locator {
  return page.locator('li[data-number]').filter({ hasText: title })
}

export function toast(page: Page, line: string | RegExp): Locator {
  return page.getByRole('region', { name: 'Notifications' }).getByText(line)
}

/** A comment in the history that the server has confirmed. */
export function comment(page: Page, author: string, text: string): Locator {
  return page
    .locator('li[data-seq]')
    .getByRole('article', { name: `Comment by ${author}` })
    .filter({ hasText: text })
}

/** Raises a ticket over HTTP. Resolves to its id and number. */
export async function raise(
  person: Person,
  title: string,
  priority: 'low' | 'medium' | 'high' | 'urgent' = 'medium',
): Promise<{ id: string; number: string }> {
  const { ticket } = await person.call('createTicket', {
    body: { title, description: 'Please help.', priority },
  })
  return { id: ticket.id, number: String(ticket.number) }
}

/** Opens a ticket and waits until the page shows it. */
export async function openTicket(page: Page, number: string): Promise<void> {
  await page.goto(`/tickets/${number}`)
  await page.getByRole('heading', { level: 1, name: /^(?!Loading)/ }).waitFor()
  await page.getByText('Live', { exact: true }).first().waitFor()
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'profile menu' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
}

export async function signIn(page: Page, { email, password }: Person): Promise<void> {
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('Live', { exact: true }).first().waitFor()
}
