import { toastError } from '../../../notifications/toast.ts'

/** Runs a change that shows at once; when it is refused, the change is reverted and a toast says why. */
export async function tryChange(refusal: string, change: () => Promise<void>) {
  try {
    await change()
  } catch (error) {
    toastError(refusal, error)
  }
}
