import { createDesk } from '@deskbell/client'
import type { Desk } from '@deskbell/client'
import type { Me } from '@deskbell/contract'
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { baseUrl } from './base-url.ts'
import { ConfirmationContext } from './confirmation-context.ts'
import type { Confirmation } from './confirmation-context.ts'
import { ClockProvider } from '../ui/clock.tsx'
import { DeskContext } from './desk-context.ts'
import { TabMemoryContext, createTabMemory } from './tab-memory.ts'
import type { TabMemory } from './tab-memory.ts'
import { useAuth } from './use-auth.ts'
import { WaitsForProvider } from './waits-for-provider.tsx'

interface DeskProviderProps {
  me: Me
  children: ReactNode
}

/** Keeps one live desk for the signed-in person, from sign-in to sign-out. */
export function DeskProvider({ me, children }: DeskProviderProps) {
  const { ended } = useAuth()
  const [{ desk, memory }, setTab] = useState<{ desk?: Desk; memory?: TabMemory }>({})
  const [confirmation, setConfirmation] = useState<Confirmation>()

  // The desk is created in an effect, not in a render: it holds a socket, and React may discard a render.
  useEffect(() => {
    const confirm = () =>
      new Promise<boolean>((resolve) => {
        const answer = (isConfirmed: boolean) => {
          setConfirmation(undefined)
          resolve(isConfirmed)
        }
        setConfirmation({ answer })
      })
    const made = createDesk({ me, baseUrl, confirm })
    setTab({ desk: made, memory: createTabMemory() })
    const showHidden = () => made.showScreen({ hidden: document.hidden })
    showHidden()
    document.addEventListener('visibilitychange', showHidden)
    return () => {
      document.removeEventListener('visibilitychange', showHidden)
      setConfirmation(undefined)
      made.stop()
    }
    // The desk itself follows a changed name or theme; only another person needs another desk.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [me.id])

  useEffect(() => {
    if (desk === undefined) return undefined
    return desk.subscribe(() => {
      const { connection } = desk.state
      if (connection.state === 'ended') ended(connection.reason)
    })
  }, [desk, ended])

  if (desk === undefined) return null
  return (
    <DeskContext value={desk}>
      <TabMemoryContext value={memory}>
        <ClockProvider key={me.id} now={desk.now}>
          <WaitsForProvider>
            <ConfirmationContext value={confirmation}>{children}</ConfirmationContext>
          </WaitsForProvider>
        </ClockProvider>
      </TabMemoryContext>
    </DeskContext>
  )
}
