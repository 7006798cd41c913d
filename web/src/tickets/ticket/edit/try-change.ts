import { toastError } from '../../../notifications/toast.ts'

/** Runs a change that shows at once; if it is refused, it is put back and the reason is said. */
export async function tryChange(refusal: string, change: () => Promise<void>) {
  try {
    await change()
  } catch (error) {
    toastError(refusal, error)
  }
}
