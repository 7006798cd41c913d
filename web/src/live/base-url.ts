/** The address of the server; empty when the server also serves this page. */
export const baseUrl = import.meta.env.VITE_API_URL ?? ''
