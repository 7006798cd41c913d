import { useCanGoBack, useNavigate, useRouter } from '@tanstack/react-router'
import { PageTitle } from '../../shell/page-title.tsx'
import { NewTicketForm } from './new-ticket-form.tsx'
import classes from './new-ticket-page.module.css'

export function NewTicketPage() {
  const navigate = useNavigate()
  const router = useRouter()
  const canGoBack = useCanGoBack()

  /** Back to the list or the ticket from which the person came. */
  function leave() {
    if (canGoBack) router.history.back()
    else void navigate({ to: '/' })
  }

  return (
    <div className={classes['page']}>
      <PageTitle>New ticket</PageTitle>
      <h1 className={classes['title']}>New ticket</h1>
      <p className={classes['intro']}>
        Say what is wrong or what you need. Everyone on the staff will see it.
      </p>
      <NewTicketForm
        onCreated={(ref) => void navigate({ to: '/tickets/$ref', params: { ref }, replace: true })}
        onCancel={leave}
      />
    </div>
  )
}
