import { useEffect } from 'react'

interface PageTitleProps {
  children: string
}

/** The title of the window. */
export function PageTitle({ children }: PageTitleProps) {
  useEffect(() => {
    document.title = `${children} · Deskbell`
  }, [children])
  return null
}
