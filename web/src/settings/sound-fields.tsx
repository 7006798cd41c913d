import { Button, Input, SegmentedControl, Slider } from '@mantine/core'
import '@mantine/core/styles/FloatingIndicator.layer.css'
import '@mantine/core/styles/SegmentedControl.layer.css'
import '@mantine/core/styles/Slider.layer.css'
import { IconVolume } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { soundChoices } from '../alerts/alert-settings.ts'
import type { AlertSettings } from '../alerts/alert-settings.ts'
import { createSounds } from '../alerts/sounds.ts'
import type { SoundName, Sounds } from '../alerts/sounds.ts'
import type { AlertFieldsProps } from './desktop-fields.tsx'
import classes from './settings.module.css'

const choiceWords: Record<AlertSettings['sounds'], string> = {
  all: 'All that concerns me',
  urgent: 'Only urgent',
  off: 'Off',
}

/** Which sounds this device makes, and how loud. */
export function SoundFields({ settings, onChange }: AlertFieldsProps) {
  const { sounds: choice, volume } = settings
  const test = useTest()
  return (
    <div className={classes['form']}>
      <Input.Wrapper
        label="Sounds"
        description="Urgent tickets have a sound of their own. It repeats for five minutes, until somebody of the team has looked."
        labelElement="div"
      >
        <SegmentedControl
          mt={8}
          fullWidth
          aria-label="Sounds"
          value={choice}
          onChange={(next) => onChange({ sounds: next as AlertSettings['sounds'] })}
          data={soundChoices.map((value) => ({ value, label: choiceWords[value] }))}
        />
      </Input.Wrapper>
      {choice !== 'off' && (
        <>
          <Input.Wrapper label="Volume" labelElement="div">
            <Slider
              mt={8}
              thumbLabel="Volume"
              min={5}
              step={5}
              value={volume}
              label={(value) => `${value} %`}
              onChange={(next) => onChange({ volume: next })}
            />
          </Input.Wrapper>
          <div className={classes['foot']}>
            <TestButton name="urgent" onTest={(name) => test.play(name, volume)} />
            {choice === 'all' && (
              <TestButton name="usual" onTest={(name) => test.play(name, volume)} />
            )}
          </div>
          <p className={classes['whose']} role="status">
            {test.failed
              ? 'The browser held the sound back. Allow sounds in its settings for this site.'
              : ''}
          </p>
        </>
      )}
    </div>
  )
}

const soundWords: Record<SoundName, string> = {
  usual: 'Play the usual sound',
  urgent: 'Play the urgent sound',
}

function TestButton({ name, onTest }: { name: SoundName; onTest: (name: SoundName) => void }) {
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<IconVolume size={14} aria-hidden="true" />}
      onClick={() => onTest(name)}
    >
      {soundWords[name]}
    </Button>
  )
}

/** Plays a sound when asked, and knows whether that failed. */
function useTest() {
  const sounds = useRef<Sounds>(undefined)
  const [failed, setFailed] = useState(false)
  useEffect(() => () => sounds.current?.close(), [])
  return {
    failed,
    play(name: SoundName, volume: number) {
      sounds.current ??= createSounds()
      sounds.current.play(name, volume).then(
        (isHeard) => setFailed(!isHeard),
        () => setFailed(true),
      )
    },
  }
}
