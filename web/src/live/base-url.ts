/** Where the server is: empty means that it serves this page too. */
export const baseUrl = import.meta.env.VITE_API_URL ?? ''
