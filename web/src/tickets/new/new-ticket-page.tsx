export function NewTicketPage() {
  return <h1>New ticket</h1>
}
