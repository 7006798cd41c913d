/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** The address of the server, when it does not serve this page itself. */
  readonly VITE_API_URL?: string
}
