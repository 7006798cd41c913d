import type { FieldValue, PlainField } from '../fields.ts'

/** Values for the tests of both sides, at least two a field, all of them valid. A field without any does not compile. */
export const fieldSamples: {
  [N in PlainField]: readonly [FieldValue<N>, FieldValue<N>, ...FieldValue<N>[]]
} = {
  title: ['Printer 2', 'Scanner'],
  description: ['It smokes', 'It burns', ''],
}
