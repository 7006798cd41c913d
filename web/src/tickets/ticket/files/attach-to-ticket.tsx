import { ActionIcon, Menu } from '@mantine/core'
import { mayTriage } from '@deskbell/contract'
import { IconLock, IconPlus, IconUsers } from '@tabler/icons-react'
import { useMe } from '../../../live/use-me.ts'
import { useFileChooser } from '../../composer/files/use-file-chooser.tsx'

interface AttachToTicketProps {
  onFiles: (files: readonly File[], internal: boolean) => void
}

/** Adds files to the ticket itself. Staff first choose who may see them. */
export function AttachToTicket({ onFiles }: AttachToTicketProps) {
  const me = useMe()
  const everyone = useFileChooser((files) => onFiles(files, false))
  const staff = useFileChooser((files) => onFiles(files, true))
  return (
    <>
      {everyone.input}
      {staff.input}
      {mayTriage(me) ? (
        <Menu position="bottom-end">
          <Menu.Target>
            <Plus />
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconUsers size={14} />} onClick={everyone.open}>
              Attach for everyone on the ticket
            </Menu.Item>
            <Menu.Item leftSection={<IconLock size={14} />} onClick={staff.open}>
              Attach for staff only
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : (
        <Plus onClick={everyone.open} />
      )}
    </>
  )
}

function Plus(props: { onClick?: () => void }) {
  return (
    <ActionIcon size={28} aria-label="Attach files to the ticket" data-adds {...props}>
      <IconPlus size={16} stroke={1.75} />
    </ActionIcon>
  )
}
