export function SetUpPage() {
  return <h1>Set up Deskbell</h1>
}
