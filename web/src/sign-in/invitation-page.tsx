export function InvitationPage() {
  return <h1>Welcome to Deskbell</h1>
}
